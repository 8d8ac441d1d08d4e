"""Units with their periods, what became of them, and how their dossiers are numbered."""

from django.db import models
from django.db.models import F, Q

from motcua.registry.sets import UnitKind


def _choices(values: type[UnitKind]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Unit(models.Model):
    """A body as it was between two days. Codes are used again, so the key is code and day."""

    key = models.CharField(max_length=40, primary_key=True)
    code = models.CharField(max_length=28, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=_choices(UnitKind))
    function = models.CharField(max_length=24, blank=True)
    receives_only = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    number_parts = models.JSONField(default=dict, blank=True)
    serves = models.JSONField(default=list, blank=True)
    is_demonstration = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    legal_basis = models.CharField(max_length=300)

    class Meta:
        ordering = ("code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="unit_code_and_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="unit_kind_known"
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="unit_has_legal_basis"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("key")), name="unit_not_its_parent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class Succession(models.Model):
    """One unit goes on, whole or in part, as another. Weights of one old unit are its shares."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    weight = models.PositiveIntegerField(default=1)
    is_estimate = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=300)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ("predecessor", "successor")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"), name="succession_once_per_pair"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="succession_weight_positive"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="succession_has_legal_basis"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_not_to_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class CodePattern(models.Model):
    """How dossiers of a unit and all below it are numbered from a day on."""

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="code_patterns"
    )
    valid_from = models.DateField()
    pattern = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=300)

    class Meta:
        ordering = ("unit", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=("unit", "valid_from"), name="code_pattern_once_a_day"),
            models.UniqueConstraint(
                fields=("valid_from",),
                condition=Q(unit__isnull=True),
                name="code_pattern_of_the_nation_once",
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis=""), name="code_pattern_has_legal_basis"
            ),
        )

    def __str__(self) -> str:
        return self.pattern


class Revision(models.Model):
    """The one row every write raises: `number` orders the writes, `token` names the state.

    The token is random: a number that was rolled back is given out again, a token never.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    token = models.UUIDField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="revision_is_one_row"),)

    def __str__(self) -> str:
        return str(self.number)
