"""The rows of calendars as they would be after a change. Pure: nothing is written."""

from collections.abc import Iterable

from motcua.registry import rules
from motcua.registry.drafts import (
    CalendarDraft,
    DayDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.layers import EntryRow, HoursRow

WEEK = range(7)


def laid_over(
    hours: Iterable[HoursRow], entries: Iterable[EntryRow], draft: CalendarDraft
) -> tuple[list[HoursRow], list[EntryRow]]:
    """Give hours and entries with the change made, in the order the database would give them.

    Errors: NoSuchEntry for a removal of what is not there; WrongSpans.
    """
    said, heard = list(hours), list(entries)
    match draft:
        case DayDraft():
            heard.append(entry_row(draft))
        case SwapDraft():
            heard += [entry_row(day) for day in draft.days()]
        case RemovalDraft():
            heard = _without(heard, draft.entry_ids)
        case WeekDraft():
            said = [row for row in said if not _is_replaced(row, draft)] + _week_rows(draft)
    return sorted(said, key=lambda row: (row.valid_from, row.weekday)), heard


def entry_row(draft: DayDraft) -> EntryRow:
    """Give the row an entry would be. Errors: WrongSpans."""
    return EntryRow(
        unit_key=draft.unit_key,
        day=draft.day,
        kind=draft.kind,
        spans=rules.parse_spans(draft.spans),
        name=draft.name,
        counterpart=draft.counterpart,
        source=draft.source,
        legal_basis=draft.legal_basis,
        is_decided=draft.is_decided,
    )


def _without(entries: list[EntryRow], entry_ids: tuple[int, ...]) -> list[EntryRow]:
    known = {row.entry_id for row in entries}
    if not set(entry_ids) <= known:
        raise rules.NoSuchEntry
    return [row for row in entries if row.entry_id not in entry_ids]


def _is_replaced(row: HoursRow, draft: WeekDraft) -> bool:
    return (row.unit_key, row.valid_from, row.is_service) == (
        draft.unit_key,
        draft.valid_from,
        draft.is_service,
    )


def _week_rows(draft: WeekDraft) -> list[HoursRow]:
    return [
        HoursRow(
            unit_key=draft.unit_key,
            valid_from=draft.valid_from,
            weekday=weekday,
            is_service=draft.is_service,
            spans=rules.parse_spans(draft.week.get(weekday, "")),
            source=draft.source,
            legal_basis=draft.legal_basis,
        )
        for weekday in WEEK
    ]
