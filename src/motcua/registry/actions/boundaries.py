"""Official boundaries of units, in place of what was drawn before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.registry import rules
from motcua.registry.drafts import AreasDraft
from motcua.registry.kinds import BOUNDARIES_TAKEN, NATION
from motcua.registry.models import Unit, UnitArea
from motcua.registry.writing import BATCH, Told, lock_registry, tell


@dataclass(frozen=True, slots=True)
class Taken:
    """How many units have a boundary now that had none, or another one, or this very one."""

    added: int
    replaced: int
    unchanged: int


@transaction.atomic
def take_boundaries(*, draft: AreasDraft, actor: Actor, at: datetime) -> Taken:
    """Keep the boundaries of these units; those of others stay. The same again changes nothing.

    Errors: NotAllowed, UnknownUnit.
    """
    for key in draft.areas:
        require(actor, Permission.KEEP_UNITS, unit_key=key)
    revision = lock_registry()
    above = _parents(draft)
    known = {row.unit_id: row for row in UnitArea.objects.filter(unit__in=draft.areas)}
    changed = {
        key: wkt for key, wkt in draft.areas.items() if not _says(known.get(key), wkt, draft)
    }
    replaced = len(known.keys() & changed.keys())
    taken = Taken(len(changed) - replaced, replaced, len(draft.areas) - len(changed))
    if changed:
        UnitArea.objects.filter(unit__in=changed).delete()
        on = timezone.localdate(at)
        UnitArea.objects.bulk_create(
            [
                UnitArea(unit_id=key, wkt=wkt, source=draft.source, imported_on=on)
                for key, wkt in sorted(changed.items())
            ],
            batch_size=BATCH,
        )
        tell(revision, [_told(taken, above)], actor=actor, at=at)
    return taken


def _parents(draft: AreasDraft) -> set[str | None]:
    rows = dict(Unit.objects.filter(key__in=draft.areas).values_list("key", "parent_id"))
    for key in draft.areas:
        if key not in rows:
            raise rules.UnknownUnit(unit=key)
    return set(rows.values())


def _says(row: UnitArea | None, wkt: str, draft: AreasDraft) -> bool:
    return row is not None and (row.wkt, row.source) == (wkt, draft.source)


def _told(taken: Taken, above: set[str | None]) -> Told:
    """The event stands at the unit above all of them, where there is one."""
    unit = above.pop() if len(above) == 1 else None
    data = {
        "unit": unit,
        "units": taken.added + taken.replaced,
        "added": taken.added,
        "replaced": taken.replaced,
    }
    return Told(BOUNDARIES_TAKEN, data, unit or NATION)
