"""Reads of the registry. `catalogue()` is what the other rooms ask."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.registry.cards import Heir, UnitCard
from motcua.registry.catalogue import Catalogue, PatternRow, Picture
from motcua.registry.drafts import CorrectionDraft, DayDraft, WeekDraft
from motcua.registry.layers import EntryRow, HoursRow
from motcua.registry.models import (
    CalendarEntry,
    CodePattern,
    Field,
    ProcedureLimit,
    Revision,
    Succession,
    Unit,
    WeekHours,
)
from motcua.registry.procedure_cards import procedure_cards
from motcua.registry.rules import NoSuchEntry, NoSuchLimit, parse_spans
from motcua.registry.sets import UnitKind

NOTHING_YET = UUID(int=0)

_latest: Catalogue | None = None


def catalogue() -> Catalogue:
    """Give the registry as it is now: one small read when nothing has changed.

    The picture is shared by all threads and never changed. It is kept under the token of the
    last write, so a picture made inside a transaction that is rolled back is never shown again.
    """
    global _latest  # noqa: PLW0603 (one picture per process; replaced whole, never changed)
    token = str(_token())
    latest = _latest
    if latest is None or latest.token != token:
        latest = Catalogue(_picture(token))
        _latest = latest
    return latest


def days_of(entry_ids: Sequence[int]) -> dict[int, DayDraft]:
    """Give entries of calendars as the drafts that would enter them again, by number.

    Errors: NoSuchEntry when one of them is not there.
    """
    rows = CalendarEntry.objects.in_bulk(entry_ids)
    if len(rows) < len(set(entry_ids)):
        raise NoSuchEntry
    return {
        number: DayDraft(
            day=row.day,
            kind=DayKind(row.kind),
            name=row.name,
            legal_basis=row.legal_basis,
            source=row.source,
            unit_key=row.unit_id,
            spans=row.spans,
            counterpart=row.counterpart,
            is_decided=row.is_decided,
        )
        for number, row in sorted(rows.items())
    }


def left_of(entry_ids: Sequence[int]) -> list[int]:
    """Give which of these entries of calendars are still there, in their order."""
    there = CalendarEntry.objects.filter(pk__in=entry_ids)
    return list(there.order_by("pk").values_list("pk", flat=True))


def week_of(unit_key: str | None, valid_from: date, *, is_service: bool) -> WeekDraft | None:
    """Give the hours of a week that begin on this very day as the draft that set them."""
    same = {"unit_id": unit_key, "valid_from": valid_from, "is_service": is_service}
    rows = list(WeekHours.objects.filter(**same))
    if not rows:
        return None
    return WeekDraft(
        valid_from=valid_from,
        week={row.weekday: row.spans for row in rows},
        legal_basis=rows[0].legal_basis,
        source=rows[0].source,
        unit_key=unit_key,
        is_service=is_service,
    )


def limit_of(draft: CorrectionDraft) -> CorrectionDraft:
    """Give the limit that stands where a correction would change it, as the draft to restore it.

    Errors: NoSuchLimit.
    """
    row = ProcedureLimit.objects.filter(
        version__procedure_id=draft.procedure,
        version__valid_from=draft.valid_from,
        channel=draft.channel,
        case=draft.case,
    ).first()
    if row is None:
        raise NoSuchLimit(procedure=draft.procedure, on=draft.valid_from)
    return replace(
        draft,
        value=row.value,
        unit=LimitUnit(row.unit),
        zone_extra=row.zone_extra,
        decision=row.decision,
        legal_basis=row.legal_basis,
        from_day=None,
    )


def is_installed() -> bool:
    """Say whether anything was ever written to the registry."""
    return _token() != NOTHING_YET


def _token() -> UUID:
    return Revision.objects.values_list("token", flat=True).first() or NOTHING_YET


def _picture(token: str) -> Picture:
    return Picture(
        token=token,
        units=[_unit(row) for row in Unit.objects.order_by("code", "valid_from")],
        number_parts=dict(Unit.objects.exclude(number_parts={}).values_list("key", "number_parts")),
        heirs=_heirs(),
        fields=dict(Field.objects.order_by("name").values_list("code", "name")),
        procedures=procedure_cards(),
        patterns=[
            PatternRow(row.unit_id, row.valid_from, row.pattern)
            for row in CodePattern.objects.order_by("valid_from")
        ],
        hours=[_hours(row) for row in WeekHours.objects.order_by("valid_from", "weekday")],
        entries=[_entry(row) for row in CalendarEntry.objects.order_by("day", "pk")],
    )


def _unit(row: Unit) -> UnitCard:
    return UnitCard(
        key=row.key,
        code=row.code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        name=row.name,
        short_name=row.short_name,
        kind=UnitKind(row.kind),
        parent_key=row.parent_id,
        lat=row.lat,
        lon=row.lon,
        function=row.function,
        receives_only=row.receives_only,
        serves=tuple(row.serves),
        is_demonstration=row.is_demonstration,
        source=row.source,
        legal_basis=row.legal_basis,
    )


def _heirs() -> dict[str, tuple[Heir, ...]]:
    found: dict[str, list[Heir]] = {}
    for row in Succession.objects.order_by("predecessor_id", "successor_id"):
        heir = Heir(row.successor_id, row.on, row.weight, row.is_estimate, row.legal_basis)
        found.setdefault(row.predecessor_id, []).append(heir)
    return {key: tuple(heirs) for key, heirs in found.items()}


def _hours(row: WeekHours) -> HoursRow:
    return HoursRow(
        unit_key=row.unit_id,
        valid_from=row.valid_from,
        weekday=row.weekday,
        is_service=row.is_service,
        spans=parse_spans(row.spans),
        source=row.source,
        legal_basis=row.legal_basis,
    )


def _entry(row: CalendarEntry) -> EntryRow:
    return EntryRow(
        unit_key=row.unit_id,
        day=row.day,
        kind=DayKind(row.kind),
        spans=parse_spans(row.spans),
        name=row.name,
        counterpart=row.counterpart,
        source=row.source,
        legal_basis=row.legal_basis,
        is_decided=row.is_decided,
        entry_id=row.pk,
    )
