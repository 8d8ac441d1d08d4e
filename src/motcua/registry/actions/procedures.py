"""Versions of procedures."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.registry import rules
from motcua.registry.drafts import VersionDraft
from motcua.registry.kinds import VERSION_ADDED
from motcua.registry.models import ProcedureVersion
from motcua.registry.writing import Told, lock_registry, store_versions, tell


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
