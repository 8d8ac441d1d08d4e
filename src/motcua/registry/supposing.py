"""The registry as it would be, or as it would have been: a picture with one thing changed. Pure.

Who asks what a change would do makes a second catalogue of such a picture; nothing is written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from motcua.kit.clock import Limit
from motcua.registry.cards import LimitCard, ProcedureCard
from motcua.registry.catalogue import Picture
from motcua.registry.drafts import CorrectionDraft, DayDraft, WeekDraft
from motcua.registry.layers import WEEK, EntryRow, HoursRow, entry_of
from motcua.registry.rules import NoSuchLimit, parse_spans


def with_days(picture: Picture, drafts: Iterable[DayDraft]) -> Picture:
    """Give the picture with these entries in its calendars, after those that are there."""
    return replace(picture, entries=[*picture.entries, *map(entry_of, drafts)])


def without_days(picture: Picture, drafts: Iterable[DayDraft]) -> Picture:
    """Give the picture without these entries."""
    gone = {_key(entry_of(draft)) for draft in drafts}
    return replace(picture, entries=[row for row in picture.entries if _key(row) not in gone])


def with_week(picture: Picture, draft: WeekDraft) -> Picture:
    """Give the picture with these hours, or with none, in place of those of the same day."""
    rest = without_week(picture, draft).hours
    if draft.is_removal:
        return replace(picture, hours=rest)
    return replace(picture, hours=[*rest, *_hours(draft)])


def without_week(picture: Picture, draft: WeekDraft) -> Picture:
    """Give the picture without the hours that begin on the day of the draft."""
    gone = (draft.unit_key, draft.valid_from, draft.is_service)
    kept = [row for row in picture.hours if (row.unit_key, row.valid_from, row.is_service) != gone]
    return replace(picture, hours=kept)


def with_limit(picture: Picture, draft: CorrectionDraft) -> Picture:
    """Give the picture with the limit corrected: in its version, or in a new one from a day on.

    Errors: NoSuchLimit.
    """
    version = _version(picture.procedures, draft)
    place = (draft.channel, draft.case)
    if place not in {(one.channel, one.case) for one in version.limits}:
        raise NoSuchLimit(procedure=draft.procedure, on=draft.valid_from)
    limit = LimitCard(*place, Limit(draft.value, draft.unit, draft.zone_extra))
    limits = tuple(limit if (one.channel, one.case) == place else one for one in version.limits)
    if draft.from_day is None:
        corrected = replace(version, limits=limits)
        return _each(picture, lambda card: corrected if card is version else card)
    fresh = replace(version, limits=limits, valid_from=draft.from_day)
    return replace(picture, procedures=[*picture.procedures, fresh])


def without_version(picture: Picture, draft: CorrectionDraft) -> Picture:
    """Give the picture without the version a correction made."""
    gone = (draft.procedure, draft.from_day)
    kept = [card for card in picture.procedures if (card.code, card.valid_from) != gone]
    return replace(picture, procedures=kept)


def _version(procedures: Sequence[ProcedureCard], draft: CorrectionDraft) -> ProcedureCard:
    for card in procedures:
        if (card.code, card.valid_from) == (draft.procedure, draft.valid_from):
            return card
    raise NoSuchLimit(procedure=draft.procedure, on=draft.valid_from)


def _each(picture: Picture, change: Callable[[ProcedureCard], ProcedureCard]) -> Picture:
    return replace(picture, procedures=[change(card) for card in picture.procedures])


def _key(row: EntryRow) -> tuple[object, ...]:
    return row.unit_key, row.day, row.kind, row.spans


def _hours(draft: WeekDraft) -> list[HoursRow]:
    return [
        HoursRow(
            unit_key=draft.unit_key,
            valid_from=draft.valid_from,
            weekday=weekday,
            is_service=draft.is_service,
            spans=parse_spans(draft.week.get(weekday, "")),
            source=draft.source,
            legal_basis=draft.legal_basis,
        )
        for weekday in WEEK
    ]
