"""Reads of saved walls and kiosks."""

from collections.abc import Collection, Sequence
from datetime import date
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import QuerySet

from . import rules
from .models import Kiosk, SavedWall


def walls_at(units: Collection[str] | None) -> QuerySet[SavedWall]:
    """Give the saved walls kept at these units (None: at all), by name."""
    rows = SavedWall.objects.filter(removed_at=None).order_by("name", "pk")
    return rows if units is None else rows.filter(unit_key__in=sorted(units))


def kiosks_at(units: Collection[str] | None) -> QuerySet[Kiosk]:
    """Give the kiosks of these units (None: of all), the latest first."""
    rows = Kiosk.objects.order_by("-opened_at", "pk")
    return rows if units is None else rows.filter(unit_key__in=sorted(units))


def kiosk_of(secret: str, *, today: date) -> Kiosk | None:
    """Give the kiosk this secret opens; None for a wrong, revoked or expired one."""
    digest = rules.digest_of(secret)
    return Kiosk.objects.filter(digest=digest, revoked_at=None, last_day__gte=today).first()


def walls_of(kiosk: Kiosk) -> Sequence[SavedWall]:
    """Give the walls of a kiosk in their turn, without those removed since."""
    turns = kiosk.turns.select_related("wall").order_by("place")
    return [turn.wall for turn in turns if turn.wall.removed_at is None]


def walls_named(ids: Sequence[UUID], units: Collection[str] | None) -> Sequence[SavedWall]:
    """Give saved walls in the order named, those at other units left out."""
    found = {wall.pk: wall for wall in walls_at(units).filter(pk__in=ids)}
    return [found[key] for key in ids if key in found]


def params_of(wall: SavedWall) -> dict[str, str]:
    """Give the parameters of a saved wall's address."""
    return dict(parse_qsl(wall.choice))
