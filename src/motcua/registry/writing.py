"""Turns checked drafts into rows, many at a time, and raises the revision with each write.

Only actions, the seed and the import call this, inside their transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from motcua.accounts.actors import Actor
from motcua.kit.moments import minute_of
from motcua.ledger.kinds import EventKind
from motcua.ledger.recording import Draft, record_many
from motcua.registry import rules
from motcua.registry.drafts import DayDraft, SuccessionDraft, UnitDraft, VersionDraft
from motcua.registry.holding import about_to_change
from motcua.registry.kinds import NATION, REGISTRY
from motcua.registry.models import (
    CalendarEntry,
    Component,
    Field,
    Procedure,
    ProcedureLimit,
    ProcedureVersion,
    Revision,
    Step,
    Succession,
    Unit,
)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell the ledger."""

    kind: EventKind
    data: Mapping[str, object]
    unit_key: str = NATION


def lock_registry() -> Revision:
    """Take the one row every write raises; the first lock of each action.

    Waits until nobody counts by the registry (docs/adr/0014).
    """
    about_to_change()
    Revision.objects.get_or_create(id=1, defaults={"token": uuid4()})
    return Revision.objects.select_for_update().get(id=1)


def tell(revision: Revision, told: Sequence[Told], *, actor: Actor, at: datetime) -> None:
    """Raise the revision by one for each thing told and record them in order."""
    first = revision.number + 1
    revision.number += len(told)
    revision.token = uuid4()
    revision.save(update_fields=["number", "token"])
    record_many(
        Draft(
            kind=one.kind.name,
            subject_id=REGISTRY,
            version=first + place,
            unit_key=one.unit_key,
            actor_id=actor.id,
            at=minute_of(at),
            data=one.kind.checked(one.data),
        )
        for place, one in enumerate(told)
    )


def check_unit(draft: UnitDraft) -> None:
    """Refuse a unit that cannot be. Errors: WrongCode, WrongPeriod, NoLegalBasis."""
    rules.check_code(draft.code)
    rules.check_period(draft.valid_from, draft.valid_to)
    rules.check_legal_basis(draft.legal_basis)


def check_version(draft: VersionDraft) -> None:
    """Refuse a version that cannot be. Errors: WrongCode, NoLegalBasis, WrongLimit, TwoLimits."""
    rules.check_procedure_code(draft.code)
    rules.check_legal_basis(draft.legal_basis)
    rules.check_limits((one.channel, one.case, one.value, one.unit) for one in draft.limits)


def store_units(drafts: Iterable[UnitDraft]) -> list[Unit]:
    """Insert units, parents first as given."""
    rows = []
    for draft in drafts:
        check_unit(draft)
        rows.append(
            Unit(
                key=rules.unit_key(draft.code, draft.valid_from),
                code=draft.code,
                valid_from=draft.valid_from,
                valid_to=draft.valid_to,
                name=draft.name,
                short_name=draft.short_name or draft.name,
                kind=draft.kind.value,
                function=draft.function,
                receives_only=draft.receives_only,
                parent_id=draft.parent_key,
                lat=draft.lat,
                lon=draft.lon,
                number_parts=dict(draft.number_parts),
                serves=list(draft.serves),
                is_demonstration=draft.is_demonstration,
                source=draft.source,
                legal_basis=draft.legal_basis,
            )
        )
    return Unit.objects.bulk_create(rows, batch_size=BATCH)


def store_successions(drafts: Iterable[SuccessionDraft]) -> list[Succession]:
    """Insert what became of units."""
    return Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=draft.predecessor_key,
                successor_id=draft.successor_key,
                on=draft.on,
                weight=draft.weight,
                is_estimate=draft.is_estimate,
                legal_basis=draft.legal_basis,
                source=draft.source,
            )
            for draft in drafts
        ],
        batch_size=BATCH,
    )


def store_days(drafts: Iterable[DayDraft], *, numbers: Sequence[int] = ()) -> list[CalendarEntry]:
    """Insert entries of calendars; `numbers` are those they had before.

    Errors: WrongSpans, WrongEntry, NoLegalBasis, DayEnteredTwice.
    """
    rows = []
    for place, draft in enumerate(drafts):
        rules.check_legal_basis(draft.legal_basis)
        rules.parse_spans(draft.spans)
        rules.check_entry(kind=draft.kind, spans=draft.spans, counterpart=draft.counterpart)
        same = {"unit": draft.unit_key, "day": draft.day, "kind": draft.kind, "spans": draft.spans}
        if CalendarEntry.objects.filter(**same).exists():
            raise rules.DayEnteredTwice(day=draft.day)
        rows.append(
            CalendarEntry(
                pk=numbers[place] if numbers else None,
                unit_id=draft.unit_key,
                day=draft.day,
                kind=draft.kind.value,
                spans=draft.spans,
                name=draft.name,
                counterpart=draft.counterpart,
                source=draft.source,
                legal_basis=draft.legal_basis,
                is_decided=draft.is_decided,
            )
        )
    return CalendarEntry.objects.bulk_create(rows, batch_size=BATCH)


def store_fields(names: Iterable[str]) -> list[str]:
    """Insert the fields that are missing; give their codes."""
    wanted = {rules.field_code(name): name for name in names}
    known = set(Field.objects.filter(code__in=wanted).values_list("code", flat=True))
    fresh = [code for code in wanted if code not in known]
    Field.objects.bulk_create([Field(code=code, name=wanted[code]) for code in fresh])
    return fresh


def store_versions(drafts: Sequence[VersionDraft]) -> list[ProcedureVersion]:
    """Insert versions with their limits, steps and components."""
    for draft in drafts:
        check_version(draft)
    store_fields(draft.field_name for draft in drafts)
    codes = {draft.code for draft in drafts}
    known = set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    Procedure.objects.bulk_create([Procedure(code=code) for code in sorted(codes - known)])
    rows = ProcedureVersion.objects.bulk_create(
        [_version(draft) for draft in drafts], batch_size=BATCH
    )
    store_parts(list(zip(rows, drafts, strict=True)))
    return rows


Pairs = Sequence[tuple[ProcedureVersion, VersionDraft]]


def store_parts(pairs: Pairs) -> None:
    """Insert limits, steps and components of versions that have none yet."""
    ProcedureLimit.objects.bulk_create(_limits(pairs), batch_size=BATCH)
    Step.objects.bulk_create(_steps(pairs), batch_size=BATCH)
    Component.objects.bulk_create(_components(pairs), batch_size=BATCH)


def _limits(pairs: Pairs) -> Iterator[ProcedureLimit]:
    for row, draft in pairs:
        for one in draft.limits:
            yield ProcedureLimit(
                version=row,
                channel=one.channel,
                case=one.case,
                value=one.value,
                unit=one.unit.value,
                zone_extra=one.zone_extra,
            )


def _steps(pairs: Pairs) -> Iterator[Step]:
    for row, draft in pairs:
        for number, one in enumerate(draft.steps, 1):
            yield Step(
                version=row,
                number=number,
                name=one.name,
                role=one.role.value,
                limit_value=one.limit.value if one.limit else None,
                limit_unit=one.limit.unit.value if one.limit else "",
                is_demonstration=one.is_demonstration,
            )


def _components(pairs: Pairs) -> Iterator[Component]:
    for row, draft in pairs:
        for number, one in enumerate(draft.components, 1):
            yield Component(
                version=row,
                number=number,
                name=one.name,
                handling=one.handling.value,
                copy_kind=one.copy_kind.value,
                copies=one.copies,
                is_required=one.is_required,
                is_demonstration=one.is_demonstration,
            )


def copy_version(version: ProcedureVersion, *, valid_from: date) -> ProcedureVersion:
    """Insert the same version once more, from another day on, with all its parts."""
    parts: list[Sequence[ProcedureLimit] | Sequence[Step] | Sequence[Component]] = [
        list(version.limits.all()),
        list(version.steps.all()),
        list(version.components.all()),
    ]
    copied = ProcedureVersion.objects.get(pk=version.pk)
    copied.pk, copied.valid_from = None, valid_from
    copied._state.adding = True
    copied.save()
    for rows in parts:
        for row in rows:
            row.pk, row.version = None, copied
        if rows:
            type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)  # type: ignore[arg-type]
    return copied


def version_values(draft: VersionDraft) -> dict[str, object]:
    """Give the columns of a version, its key left out."""
    return {
        "name": draft.name,
        "field_id": rules.field_code(draft.field_name),
        "competent_kind": draft.competent_kind.value,
        "competent_function": draft.competent_function,
        "supplement_mode": draft.supplement_mode.value,
        "appointment_mode": draft.appointment_mode.value,
        "fixed_hour": draft.fixed_hour,
        "same_day_cut_off": draft.same_day_cut_off,
        "cut_off": draft.cut_off,
        "hours_are_days": draft.hours_are_days,
        "pauses_for_obligation": draft.pauses_for_obligation,
        "pauses_for_verification": draft.pauses_for_verification,
        "pauses_for_posting": draft.pauses_for_posting,
        "is_online": draft.is_online,
        "is_interconnected": draft.is_interconnected,
        "is_withdrawn": draft.is_withdrawn,
        "has_fee": draft.has_fee,
        "fee_text": draft.fee_text,
        "decision": draft.decision,
        "legal_basis": draft.legal_basis,
        "source_url": draft.source_url,
        "source_note": draft.source_note,
        "is_demonstration": draft.is_demonstration,
    }


def _version(draft: VersionDraft) -> ProcedureVersion:
    return ProcedureVersion(
        procedure_id=draft.code, valid_from=draft.valid_from, **version_values(draft)
    )
