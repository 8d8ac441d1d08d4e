"""Whether calendars can carry a change: asked by the form before, by the action under its lock."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from motcua.kit.calendar import Calendar
from motcua.kit.moments import day_number
from motcua.registry import rules, supposing
from motcua.registry.catalogue import Catalogue, Picture
from motcua.registry.drafts import (
    CalendarDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.layers import FIRST, LAST, EntryRow


def scopes_of(known: Catalogue, draft: CalendarDraft) -> tuple[str | None, ...]:
    """Give the units whose word a change is; None is the nation. Errors: NoSuchEntry."""
    if isinstance(draft, RemovalDraft):
        return tuple({known.entry(one).unit_key: None for one in draft.entry_ids})
    return (draft.unit_key,)


def with_draft(known: Catalogue, draft: CalendarDraft) -> Catalogue:
    """Give the registry as it would be after a change. Errors: NoSuchEntry, WrongSpans."""
    match draft:
        case WeekDraft():
            picture = supposing.with_week(known.picture, draft)
        case RemovalDraft():
            picture = _without(known, draft.entry_ids)
        case DecreeDraft():
            picture = supposing.with_days(_without(known, draft.replaced_ids), draft.days)
        case _:
            picture = supposing.with_days(known.picture, days_of(draft))
    return Catalogue(replace(picture, token=f"{picture.token}, supposed"))


def calendar_with(known: Catalogue, unit_key: str | None, draft: CalendarDraft) -> Calendar:
    """Give the counting calendar of a unit as it would be after a change.

    Errors: UnknownUnit, NoSuchEntry; NoWorkingDays and WorkedDayWithoutHours for a change that
    leaves no calendar to count by.
    """
    return with_draft(known, draft).calendar(unit_key)


def check_change(known: Catalogue, draft: CalendarDraft) -> None:
    """Refuse a change after which somebody could not count, or that says a thing twice.

    Errors: UnknownUnit, NoSuchEntry, NoSuchHours, DayEnteredTwice, DayOutside, SwapOfDayOff,
    SwapOfWorkingDay, NeverOpen, NoWorkingDays, WorkedDayWithoutHours.
    """
    if isinstance(draft, WeekDraft) and not draft.is_removal:
        rules.check_week(draft.week, is_service=draft.is_service)
    scopes = scopes_of(known, draft)
    for scope in scopes:
        if scope is not None:
            known.unit(scope)
    if isinstance(draft, WeekDraft) and draft.is_removal:
        _check_hours(draft, known)
    gone = draft.replaced_ids if isinstance(draft, DecreeDraft) else ()
    _check_days(days_of(draft), known.picture.entries, gone)
    if isinstance(draft, SwapDraft):
        _check_swap(known.calendar(draft.unit_key), draft)
    supposed = with_draft(known, draft)
    for scope in scopes:
        for place in _touched(known, scope, draft):
            supposed.calendar(place)


def days_of(draft: CalendarDraft) -> tuple[DayDraft, ...]:
    """Give the entries a change makes."""
    match draft:
        case DayDraft():
            return (draft,)
        case SwapDraft():
            return draft.days()
        case DecreeDraft():
            return draft.days
        case _:
            return ()


def _without(known: Catalogue, entry_ids: Collection[int]) -> Picture:
    for entry_id in entry_ids:
        known.entry(entry_id)
    kept = [row for row in known.picture.entries if row.entry_id not in entry_ids]
    return replace(known.picture, entries=kept)


def _check_hours(draft: WeekDraft, known: Catalogue) -> None:
    wanted = (draft.unit_key, draft.valid_from, draft.is_service)
    there = {(row.unit_key, row.valid_from, row.is_service) for row in known.picture.hours}
    if wanted not in there:
        raise rules.NoSuchHours


def _check_days(
    days: Iterable[DayDraft], entries: Iterable[EntryRow], gone: Collection[int]
) -> None:
    there = {
        (row.unit_key, row.day, row.kind, row.spans) for row in entries if row.entry_id not in gone
    }
    for draft in days:
        for day in (draft.day, draft.counterpart or draft.day):
            if not FIRST <= day <= LAST:
                raise rules.DayOutside(first=FIRST, last=LAST)
        key = (draft.unit_key, draft.day, draft.kind, rules.parse_spans(draft.spans))
        if key in there:
            raise rules.DayEnteredTwice(day=draft.day)
        there.add(key)


def _check_swap(calendar: Calendar, draft: SwapDraft) -> None:
    if not calendar.is_working(day_number(draft.day_off)):
        raise rules.SwapOfDayOff(day=draft.day_off)
    if calendar.is_working(day_number(draft.day_worked)):
        raise rules.SwapOfWorkingDay(day=draft.day_worked)


def _touched(known: Catalogue, scope: str | None, draft: CalendarDraft) -> list[str | None]:
    """Where a change could leave nothing to count by: at its own place, and where hours differ.

    Only new hours can take those of a worked day somewhere below away.
    """
    places = known.speaking_below(scope)
    if isinstance(draft, WeekDraft):
        return list(places)
    return [scope, *(place for place in places[1:] if known.has_hours(place))]
