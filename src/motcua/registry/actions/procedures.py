"""Versions of procedures."""

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.registry import rules
from motcua.registry.drafts import CorrectionDraft, VersionDraft
from motcua.registry.kinds import LIMIT_CORRECTED, VERSION_ADDED, VERSION_REMOVED
from motcua.registry.models import Component, ProcedureLimit, ProcedureVersion, Step
from motcua.registry.writing import Told, copy_version, lock_registry, store_versions, tell


@transaction.atomic
def add_procedure_version(*, draft: VersionDraft, actor: Actor, at: datetime) -> ProcedureVersion:
    """Add a version of a procedure, known or new, in force from its first day on.

    Running dossiers keep the version of the day they were received.
    Errors: NotAllowed, VersionExists, WrongCode, NoLegalBasis, WrongLimit, TwoLimits.
    """
    require_anywhere(actor, Permission.KEEP_PROCEDURES)
    revision = lock_registry()
    if ProcedureVersion.objects.filter(
        procedure_id=draft.code, valid_from=draft.valid_from
    ).exists():
        raise rules.VersionExists(procedure=draft.code, on=draft.valid_from.isoformat())
    [row] = store_versions([draft])
    tell(revision, [version_added(draft)], actor=actor, at=at)
    return row


@transaction.atomic
def correct_limit(*, draft: CorrectionDraft, actor: Actor, at: datetime) -> ProcedureLimit:
    """Correct a limit of a version: where it stands, or as a version of its own from a day on.

    The first also touches who is running (a backdated correction), and only a decision can say
    so; whoever keeps running clocks moves them (`dossiers.changes`).
    An empty legal basis puts back what the version itself said.
    Errors: NotAllowed, WrongLimit, NoSuchLimit, NothingCorrected, VersionExists.
    """
    require_anywhere(actor, Permission.KEEP_PROCEDURES)
    rules.check_limits([(draft.channel, draft.case, draft.value, draft.unit)])
    revision = lock_registry()
    version = _version_of(draft.procedure, draft.valid_from)
    if draft.from_day is not None:
        _check_free(draft.procedure, draft.from_day)
        version = copy_version(version, valid_from=draft.from_day)
    row = version.limits.filter(channel=draft.channel, case=draft.case).first()
    if row is None:
        raise rules.NoSuchLimit(procedure=draft.procedure, on=draft.valid_from)
    was = (row.value, row.unit, row.zone_extra)
    row.value, row.unit, row.zone_extra = draft.value, draft.unit.value, draft.zone_extra
    if was == (row.value, row.unit, row.zone_extra):
        raise rules.NothingCorrected
    row.decision, row.legal_basis = draft.decision, draft.legal_basis
    row.save()
    told = _corrected(draft, was) if draft.from_day is None else _added(version)
    tell(revision, [told], actor=actor, at=at)
    return row


@transaction.atomic
def remove_version(*, procedure: str, valid_from: date, actor: Actor, at: datetime) -> None:
    """Take a version out again; the one before it applies in its place.

    Errors: NotAllowed, NoSuchLimit, VersionInUse.
    """
    require_anywhere(actor, Permission.KEEP_PROCEDURES)
    revision = lock_registry()
    version = _version_of(procedure, valid_from)
    if not ProcedureVersion.objects.filter(procedure_id=procedure).exclude(pk=version.pk).exists():
        raise rules.VersionInUse(procedure=procedure, on=valid_from)
    for part in (ProcedureLimit, Step, Component):
        part.objects.filter(version=version).delete()
    version.delete()
    data = {"procedure": procedure, "valid_from": valid_from.isoformat()}
    tell(revision, [Told(VERSION_REMOVED, data)], actor=actor, at=at)


def _version_of(procedure: str, valid_from: date) -> ProcedureVersion:
    found = ProcedureVersion.objects.filter(procedure_id=procedure, valid_from=valid_from).first()
    if found is None:
        raise rules.NoSuchLimit(procedure=procedure, on=valid_from)
    return found


def _check_free(procedure: str, on: date) -> None:
    if ProcedureVersion.objects.filter(procedure_id=procedure, valid_from=on).exists():
        raise rules.VersionExists(procedure=procedure, on=on.isoformat())


def _corrected(draft: CorrectionDraft, was: tuple[int, str, int]) -> Told:
    return Told(
        LIMIT_CORRECTED,
        {
            "procedure": draft.procedure,
            "valid_from": draft.valid_from.isoformat(),
            "channel": draft.channel,
            "limit": draft.value,
            "limit_unit": draft.unit.value,
            "zone_extra": draft.zone_extra,
            "was": was[0],
            "was_unit": was[1],
            "was_zone_extra": was[2],
        },
    )


def _added(version: ProcedureVersion) -> Told:
    data = {
        "procedure": version.procedure_id,
        "valid_from": version.valid_from.isoformat(),
        "demonstration": version.is_demonstration,
    }
    return Told(VERSION_ADDED, data)


def version_added(draft: VersionDraft) -> Told:
    """Give what the ledger is told of a new version."""
    return Told(
        VERSION_ADDED,
        {
            "procedure": draft.code,
            "valid_from": draft.valid_from.isoformat(),
            "demonstration": draft.is_demonstration,
        },
    )
