"""Fills an empty registry with what comes with the program."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.registry.kinds import INSTALLED, NATION
from motcua.registry.models import (
    CodePattern,
    Procedure,
    ProcedureVersion,
    Succession,
    Unit,
    WeekHours,
)
from motcua.registry.seeding.calendars import day_drafts, hour_rows, pattern_rows
from motcua.registry.seeding.procedures import version_drafts
from motcua.registry.seeding.units import LamDong
from motcua.registry.writing import (
    Told,
    lock_registry,
    store_days,
    store_successions,
    store_units,
    store_versions,
    tell,
)

EDITION = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Installed:
    """How much was written; all zero when the registry was filled before."""

    units: int = 0
    successions: int = 0
    procedures: int = 0
    versions: int = 0
    days: int = 0


@transaction.atomic
def install(actor: Actor, at: datetime) -> Installed:
    """Fill the registry, once: a registry anybody has written to is left alone.

    Errors: NotAllowed.
    """
    require(actor, Permission.KEEP_UNITS, unit_key=NATION)
    revision = lock_registry()
    if revision.number:
        return Installed()
    world = LamDong()
    store_units(world.units())
    store_successions(world.successions())
    WeekHours.objects.bulk_create(hour_rows())
    CodePattern.objects.bulk_create(pattern_rows())
    days = store_days(day_drafts())
    store_versions(version_drafts())
    done = Installed(
        units=Unit.objects.count(),
        successions=Succession.objects.count(),
        procedures=Procedure.objects.count(),
        versions=ProcedureVersion.objects.count(),
        days=len(days),
    )
    tell(revision, [_told(done)], actor=actor, at=at)
    return done


def _told(done: Installed) -> Told:
    return Told(
        INSTALLED,
        {
            "edition": EDITION,
            "units": done.units,
            "successions": done.successions,
            "procedures": done.procedures,
            "versions": done.versions,
            "days": done.days,
        },
    )
