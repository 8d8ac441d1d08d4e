"""Units begin and end; their work goes on with their heirs."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.registry import rules
from motcua.registry.drafts import SuccessionDraft, UnitDraft
from motcua.registry.kinds import NATION, UNIT_ADDED, UNIT_ENDED, UNIT_SUCCEEDED
from motcua.registry.models import Unit
from motcua.registry.writing import Told, lock_registry, store_successions, store_units, tell


@transaction.atomic
def add_unit(*, draft: UnitDraft, actor: Actor, at: datetime) -> Unit:
    """Add a unit. A code may be used again once the unit that had it has ended.

    Errors: NotAllowed, WrongCode, WrongPeriod, NoLegalBasis, WrongParent, OverlappingPeriod.
    """
    require(actor, Permission.KEEP_UNITS, unit_key=draft.parent_key or NATION)
    revision = lock_registry()
    _check_parent(draft)
    _check_overlap(draft)
    [row] = store_units([draft])
    data = {"unit": row.key, "parent": row.parent_id, "kind": row.kind}
    tell(revision, [Told(UNIT_ADDED, data, row.key)], actor=actor, at=at)
    return row


@transaction.atomic
def end_unit(
    *,
    key: str,
    last_day: date,
    heirs: Mapping[str, int],
    legal_basis: str,
    source: str,
    actor: Actor,
    at: datetime,
    is_estimate: bool = False,
) -> Unit:
    """End a unit and name who goes on with its work, with weights as whole numbers.

    Its dossiers stay with it until they are handed over, one event each.
    Errors: NotAllowed, UnknownUnit, AlreadyEnded, WrongPeriod, NoLegalBasis, NoHeirs, WrongHeir.
    """
    require(actor, Permission.KEEP_UNITS, unit_key=key)
    revision = lock_registry()
    row = _row(key)
    if row.valid_to is not None:
        raise rules.AlreadyEnded(unit=key, on=row.valid_to.isoformat())
    rules.check_period(row.valid_from, last_day)
    rules.check_legal_basis(legal_basis)
    on = rules.day_after(last_day)
    _check_heirs(key, heirs, on)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    store_successions(
        SuccessionDraft(key, heir, on, weight, legal_basis, source, is_estimate)
        for heir, weight in heirs.items()
    )
    ended = {"unit": key, "last_day": last_day.isoformat(), "heirs": len(heirs)}
    shares = [
        Told(UNIT_SUCCEEDED, {"unit": key, "heir": h, "on": on.isoformat(), "weight": w}, h)
        for h, w in heirs.items()
    ]
    tell(revision, [Told(UNIT_ENDED, ended, key), *shares], actor=actor, at=at)
    return row


def _row(key: str) -> Unit:
    row = Unit.objects.filter(key=key).first()
    if row is None:
        raise rules.UnknownUnit(unit=key)
    return row


def _is_valid_on(row: Unit, on: date) -> bool:
    return rules.overlaps((row.valid_from, row.valid_to), (on, on))


def _check_parent(draft: UnitDraft) -> None:
    if draft.parent_key is not None and not _is_valid_on(_row(draft.parent_key), draft.valid_from):
        raise rules.WrongParent(parent=draft.parent_key, on=draft.valid_from.isoformat())


def _check_overlap(draft: UnitDraft) -> None:
    for row in Unit.objects.filter(code=draft.code):
        if rules.overlaps((row.valid_from, row.valid_to), (draft.valid_from, draft.valid_to)):
            raise rules.OverlappingPeriod(code=row.code, **{"from": row.valid_from.isoformat()})


def _check_heirs(key: str, heirs: Mapping[str, int], on: date) -> None:
    if not heirs:
        raise rules.NoHeirs(unit=key)
    for heir, weight in heirs.items():
        if heir == key or weight < 1 or not _is_valid_on(_row(heir), on):
            raise rules.WrongHeir(heir=heir, on=on.isoformat())
