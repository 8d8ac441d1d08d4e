"""Walls are saved and removed, kiosks opened and revoked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.ledger import keys
from motcua.ledger.kinds import EventKind
from motcua.ledger.recording import record
from motcua.operations import rules
from motcua.operations.kinds import KIOSK_OPENED, KIOSK_REVOKED, WALL_REMOVED, WALL_SAVED
from motcua.operations.models import Kiosk, KioskWall, SavedWall


@transaction.atomic
def save_wall(
    *,
    name: str,
    params: Mapping[str, str],
    unit_key: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> UUID:
    """Keep the choice of a wall under a name, at a unit. Gives its number.

    Errors: NotAllowed, NoName, KeyUsedOtherwise.
    """
    require(actor, Permission.KEEP_KIOSKS, unit_key=unit_key)
    if told := keys.answer_to(key, action=WALL_SAVED.name, actor_id=actor.id):
        return UUID(str(told["wall"]))
    rules.check_name(name)
    wall = SavedWall.objects.create(unit_key=unit_key, name=name, choice=urlencode(params))
    _tell(WALL_SAVED, wall, 1, actor=actor, at=at)
    keys.keep(key, action=WALL_SAVED.name, actor_id=actor.id, answer={"wall": str(wall.pk)})
    return wall.pk


@transaction.atomic
def remove_wall(*, wall_id: UUID, actor: Actor, at: datetime) -> None:
    """Show a saved wall no more, neither here nor in kiosks. Doing it again changes nothing.

    Errors: NoSuchKiosk, NotAllowed.
    """
    wall = SavedWall.objects.select_for_update().filter(pk=wall_id).first()
    if wall is None:
        raise rules.NoSuchKiosk
    require(actor, Permission.KEEP_KIOSKS, unit_key=wall.unit_key)
    if wall.removed_at is not None:
        return
    wall.removed_at = at
    wall.save(update_fields=["removed_at"])
    _tell(WALL_REMOVED, wall, 2, actor=actor, at=at)


@transaction.atomic
def open_kiosk(
    *,
    name: str,
    unit_key: str,
    walls: Sequence[UUID],
    seconds: int,
    last_day: date | None,
    secret: str,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> bool:
    """Let saved walls of a unit be shown by whoever has the secret, up to a day.

    Only a hash of the secret is kept. Says whether the kiosk is new: a form sent again opens no
    second one, and its own secret opens nothing.
    Errors: NotAllowed, NoName, NoWalls, WrongPace, WrongEnd, KeyUsedOtherwise.
    """
    for permission in (Permission.KEEP_KIOSKS, Permission.READ_WALL):
        require(actor, permission, unit_key=unit_key)
    if keys.answer_to(key, action=KIOSK_OPENED.name, actor_id=actor.id):
        return False
    rules.check_name(name)
    mine = _kept_by(actor, walls)
    today = timezone.localdate(at)
    ends = rules.check_kiosk(walls=len(mine), seconds=seconds, last_day=last_day, today=today)
    kiosk = Kiosk.objects.create(
        unit_key=unit_key,
        name=name,
        digest=rules.digest_of(secret),
        seconds=seconds,
        opened_at=at,
        last_day=ends,
    )
    _put_in_turn(kiosk, mine)
    data = {"walls": len(mine), "seconds": seconds, "last_day": ends.isoformat()}
    _tell(KIOSK_OPENED, kiosk, 1, actor=actor, at=at, data=data)
    keys.keep(key, action=KIOSK_OPENED.name, actor_id=actor.id, answer={"kiosk": str(kiosk.pk)})
    return True


@transaction.atomic
def revoke_kiosk(*, kiosk_id: UUID, actor: Actor, at: datetime) -> None:
    """Let a kiosk show nothing any more. Doing it again changes nothing.

    Errors: NoSuchKiosk, NotAllowed.
    """
    kiosk = Kiosk.objects.select_for_update().filter(pk=kiosk_id).first()
    if kiosk is None:
        raise rules.NoSuchKiosk
    require(actor, Permission.KEEP_KIOSKS, unit_key=kiosk.unit_key)
    if kiosk.revoked_at is not None:
        return
    kiosk.revoked_at = at
    kiosk.save(update_fields=["revoked_at"])
    _tell(KIOSK_REVOKED, kiosk, 2, actor=actor, at=at)


def _kept_by(actor: Actor, ids: Sequence[UUID]) -> list[SavedWall]:
    found = SavedWall.objects.filter(pk__in=ids, removed_at=None).in_bulk()
    there = [found[one] for one in ids if one in found]
    return [wall for wall in there if actor.may(Permission.KEEP_KIOSKS, unit_key=wall.unit_key)]


def _put_in_turn(kiosk: Kiosk, walls: Sequence[SavedWall]) -> None:
    KioskWall.objects.bulk_create(
        KioskWall(kiosk=kiosk, wall=wall, place=place) for place, wall in enumerate(walls)
    )


def _tell(
    kind: EventKind,
    row: SavedWall | Kiosk,
    version: int,
    *,
    actor: Actor,
    at: datetime,
    data: Mapping[str, object] | None = None,
) -> None:
    record(
        kind,
        subject_id=row.pk,
        version=version,
        unit_key=row.unit_key,
        actor_id=actor.id,
        at=at,
        data=data,
    )
