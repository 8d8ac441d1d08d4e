"""Who has to be looked at while a change runs, and between which two registries."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from motcua.dossiers.change_models import ClockChange, State
from motcua.dossiers.kinds import CHANGE_BEGUN, CHANGE_REVERSING, DUE_MOVED, LIMITS_MOVED
from motcua.dossiers.rules.statuses import OPEN
from motcua.ledger.models import Event
from motcua.registry.queries import catalogue

from .drafts import from_json, replaced_from
from .judging import Judge
from .packing import ids_bytes
from .reading import Reader, chunks_of, ids_watched, keys_of
from .worlds import Reach, Worlds, once_applied, once_reversed, reach_of

_KEPT: dict[tuple[UUID, str, str], Worlds] = {}


def worlds_of(change: ClockChange) -> Worlds:
    """Give the worlds between which a running change moves dossiers.

    Kept as long as the registry stands: to lay out the calendars of a nation costs more than to
    judge a page of dossiers by them.
    """
    known = catalogue()
    key = (change.pk, change.state, known.token)
    worlds = _KEPT.get(key)
    if worlds is None:
        draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
        once = once_reversed if change.state == State.REVERSING else once_applied
        worlds = once(known, draft, replaced)
        _KEPT.clear()
        _KEPT[key] = worlds
    return worlds


def look(change: ClockChange) -> list[bytes]:
    """Give every dossier that stands elsewhere than the change now says, by its id.

    With them go those whose smaller limits it may touch: all of them at first, later those to
    whom something has happened since.
    """
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    reach = reach_of(draft, replaced, catalogue())
    found = _standing_elsewhere(change, reach)
    watched = set(_parts(ids_bytes(ids_watched(reach))))
    found |= watched & _touched_since(change) if change.passes else watched
    if change.state == State.REVERSING:
        found.update(_to_bring_back(change))
    return sorted(found)


def _standing_elsewhere(change: ClockChange, reach: Reach) -> set[bytes]:
    judge, reader = Judge(worlds_of(change)), Reader()
    found: set[bytes] = set()
    for chunk in chunks_of(keys_of(reach)):
        rows = reader.read(chunk)
        judged = judge.judge(rows, reader.groups.listed())
        found.update(_parts(ids_bytes([rows.ids[place] for place in judged.places])))
    return found


def _parts(whole: bytes) -> Iterable[bytes]:
    return (whole[n : n + 16] for n in range(0, len(whole), 16))


def _touched_since(change: ClockChange) -> set[bytes]:
    """Give those to whom something has happened since the change began, but by itself."""
    kind = CHANGE_REVERSING if change.state == State.REVERSING else CHANGE_BEGUN
    begun = Event.objects.filter(subject_id=change.pk, kind=kind.name).aggregate(seq=Max("seq"))
    events = Event.objects.filter(seq__gt=begun["seq"] or 0, kind__startswith="dossier.")
    others = events.exclude(kind__in=(DUE_MOVED.name, LIMITS_MOVED.name))
    return {key.bytes for key in others.values_list("subject_id", flat=True).distinct()}


def _to_bring_back(change: ClockChange) -> Iterable[bytes]:
    """Give those the change has moved and that still run; the reversal has not seen them yet."""
    moved = change.moves.filter(version__gt=0, back_version=0, dossier__status__in=sorted(OPEN))
    return (key.bytes for key in moved.values_list("dossier_id", flat=True))
