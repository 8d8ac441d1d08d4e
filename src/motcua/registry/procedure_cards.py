"""Makes the cards of procedures from their rows, in four reads."""

from collections.abc import Iterable
from typing import TypeVar

from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Limit,
    LimitUnit,
    StepLimit,
    StepUnit,
    Supplement,
)
from motcua.registry.cards import ComponentCard, LimitCard, ProcedureCard, StepCard
from motcua.registry.models import Component, ProcedureLimit, ProcedureVersion, Step
from motcua.registry.sets import CopyKind, Handling, StepRole, UnitKind

_Card = TypeVar("_Card")


def procedure_cards() -> list[ProcedureCard]:
    """Give a card for every version of every procedure."""
    limits = _grouped(_limit(row) for row in ProcedureLimit.objects.all())
    steps = _grouped(_step(row) for row in Step.objects.all())
    components = _grouped(_component(row) for row in Component.objects.all())
    return [
        _procedure(row, limits.get(row.pk, ()), steps.get(row.pk, ()), components.get(row.pk, ()))
        for row in ProcedureVersion.objects.order_by("procedure", "valid_from")
    ]


def _grouped(pairs: Iterable[tuple[int, _Card]]) -> dict[int, tuple[_Card, ...]]:
    found: dict[int, list[_Card]] = {}
    for version_id, card in pairs:
        found.setdefault(version_id, []).append(card)
    return {version_id: tuple(cards) for version_id, cards in found.items()}


def _limit(row: ProcedureLimit) -> tuple[int, LimitCard]:
    limit = Limit(row.value, LimitUnit(row.unit), row.zone_extra)
    return row.version_id, LimitCard(row.channel, row.case, limit)


def _step(row: Step) -> tuple[int, StepCard]:
    limit = None
    if row.limit_value is not None:
        limit = StepLimit(row.limit_value, StepUnit(row.limit_unit))
    return row.version_id, StepCard(
        row.number, row.name, StepRole(row.role), limit, row.is_demonstration
    )


def _component(row: Component) -> tuple[int, ComponentCard]:
    return row.version_id, ComponentCard(
        row.number,
        row.name,
        Handling(row.handling),
        CopyKind(row.copy_kind),
        row.copies,
        row.is_required,
        row.is_demonstration,
    )


def _rules(row: ProcedureVersion) -> ClockRules:
    return ClockRules(
        supplement=Supplement(row.supplement_mode),
        appointment=Appointment(row.appointment_mode),
        fixed_hour=row.fixed_hour,
        same_day_cut_off=row.same_day_cut_off,
        cut_off=row.cut_off,
        hours_are_days=row.hours_are_days,
    )


def _procedure(
    row: ProcedureVersion,
    limits: tuple[LimitCard, ...],
    steps: tuple[StepCard, ...],
    components: tuple[ComponentCard, ...],
) -> ProcedureCard:
    return ProcedureCard(
        code=row.procedure_id,
        valid_from=row.valid_from,
        name=row.name,
        field_code=row.field_id,
        limits=limits,
        rules=_rules(row),
        steps=steps,
        components=components,
        competent_kind=UnitKind(row.competent_kind),
        competent_function=row.competent_function,
        online=row.is_online,
        has_fee=row.has_fee,
        fee_text=row.fee_text,
        pauses_for_obligation=row.pauses_for_obligation,
        pauses_for_verification=row.pauses_for_verification,
        pauses_for_posting=row.pauses_for_posting,
        is_interconnected=row.is_interconnected,
        is_withdrawn=row.is_withdrawn,
        decision=row.decision,
        legal_basis=row.legal_basis,
        source_url=row.source_url,
        source_note=row.source_note,
        is_demonstration=row.is_demonstration,
    )
