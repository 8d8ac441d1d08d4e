"""Saved walls, and kiosks that show them where nobody signs in."""

from uuid import uuid4

from django.db import models


class SavedWall(models.Model):
    """A wall somebody named: its choice, as the address says it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    unit_key = models.CharField(max_length=48, db_index=True)  # who keeps it
    name = models.CharField(max_length=80)
    choice = models.CharField(max_length=600, blank=True)  # the address after the "?"
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Kiosk(models.Model):
    """A screen without sign-in: shows saved walls in turn, of one unit and what is below it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    unit_key = models.CharField(max_length=48, db_index=True)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # of its secret; the secret is not kept
    seconds = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class KioskWall(models.Model):
    """A wall of a kiosk and its turn."""

    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="turns")
    wall = models.ForeignKey(SavedWall, on_delete=models.PROTECT, related_name="turns")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kiosk", "place"], name="kiosk_wall_one_a_turn")
        ]

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.place}"
