"""Whether calendars can carry a change: asked by the form before, by the action under its lock."""

from motcua.registry import rules
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafted import entry_row
from motcua.registry.drafts import CalendarDraft, DayDraft, RemovalDraft, SwapDraft, WeekDraft
from motcua.registry.layers import FIRST, LAST, EntryRow


def scopes_of(known: Catalogue, draft: CalendarDraft) -> tuple[str | None, ...]:
    """Give the units whose word a change is; None is the nation. Errors: NoSuchEntry."""
    if isinstance(draft, RemovalDraft):
        return tuple({known.entry(one).unit_key: None for one in draft.entry_ids})
    return (draft.unit_key,)


def check_change(known: Catalogue, draft: CalendarDraft) -> None:
    """Refuse a change after which somebody could not count, or that says a thing twice.

    Errors: UnknownUnit, NoSuchEntry, DayEnteredTwice, DayOutside, NoWorkingDays,
    WorkedDayWithoutHours.
    """
    for scope in scopes_of(known, draft):
        heard = known.voices(scope).entries
        for row in _new_rows(draft):
            _check_reach(row)
            _check_once(row, heard)
        for place in _touched(known, scope, draft):
            known.calendar_with(place, draft)


def _new_rows(draft: CalendarDraft) -> list[EntryRow]:
    match draft:
        case DayDraft():
            return [entry_row(draft)]
        case SwapDraft():
            return [entry_row(day) for day in draft.days()]
        case _:
            return []


def _check_reach(row: EntryRow) -> None:
    for day in (row.day, row.counterpart or row.day):
        if not FIRST <= day <= LAST:
            raise rules.DayOutside(first=FIRST, last=LAST)


def _check_once(row: EntryRow, heard: tuple[EntryRow, ...]) -> None:
    for other in heard:
        if _same(row, other):
            raise rules.DayEnteredTwice(day=row.day)


def _same(row: EntryRow, other: EntryRow) -> bool:
    return (row.unit_key, row.day, row.kind, row.spans) == (
        other.unit_key,
        other.day,
        other.kind,
        other.spans,
    )


def _touched(known: Catalogue, scope: str | None, draft: CalendarDraft) -> list[str | None]:
    """Where a change could leave nothing to count by: at its own place, and where hours differ.

    Only new hours can take those of a worked day somewhere below away.
    """
    places = known.speaking_below(scope)
    if isinstance(draft, WeekDraft):
        return list(places)
    return [scope, *(place for place in places[1:] if known.has_hours(place))]
