"""Working days and hours by level: the nation (no unit), a province, a commune."""

from django.db import models
from django.db.models import Q

from motcua.kit.calendar import DayKind
from motcua.registry.models.units import Unit

ENTRY_KINDS = tuple(kind.value for kind in DayKind if kind is not DayKind.WEEKLY_REST)


class WeekHours(models.Model):
    """Open spans of one weekday from a day on, "07:30-11:30,13:30-17:30"; empty is closed.

    `is_service`: the hours in which the counter receives, though the day may not count.
    """

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="week_hours"
    )
    valid_from = models.DateField()
    weekday = models.PositiveSmallIntegerField()
    is_service = models.BooleanField(default=False)
    spans = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=300)
    legal_basis = models.CharField(max_length=300)

    class Meta:
        ordering = ("unit", "is_service", "valid_from", "weekday")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "is_service", "valid_from", "weekday"),
                name="week_hours_once_per_weekday",
            ),
            models.UniqueConstraint(
                fields=("is_service", "valid_from", "weekday"),
                condition=Q(unit__isnull=True),
                name="week_hours_of_the_nation_once",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="week_hours_weekday"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="week_hours_legal_basis"),
        )

    def __str__(self) -> str:
        return f"{self.weekday}: {self.spans}"


class CalendarEntry(models.Model):
    """A day that differs from its weekday. A closure may take only a part of the day."""

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_entries"
    )
    day = models.DateField()
    kind = models.CharField(max_length=10)
    spans = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    counterpart = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    legal_basis = models.CharField(max_length=300)
    is_decided = models.BooleanField(default=True)

    class Meta:
        ordering = ("day", "unit", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "day", "kind", "spans"), name="calendar_entry_once"
            ),
            models.UniqueConstraint(
                fields=("day", "kind", "spans"),
                condition=Q(unit__isnull=True),
                name="calendar_entry_of_the_nation_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=ENTRY_KINDS), name="calendar_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="swap_work") | Q(counterpart__isnull=False),
                name="calendar_worked_day_has_counterpart",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="calendar_entry_legal_basis"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
