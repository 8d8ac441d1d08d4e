"""Procedures and the versions of them that were in force."""

from django.db import models
from django.db.models import Q

from motcua.kit.clock import Appointment, LimitUnit, StepUnit, Supplement
from motcua.registry.sets import Channel, CopyKind, Handling, StepRole, UnitKind


class Field(models.Model):
    """A field of administration (lĩnh vực)."""

    code = models.CharField(max_length=80, primary_key=True)
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure by its code in the national database."""

    code = models.CharField(max_length=40, primary_key=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """A procedure as it applies from a day on, until the next version begins."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    name = models.CharField(max_length=1500)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="versions")
    competent_kind = models.CharField(max_length=12)
    competent_function = models.CharField(max_length=24, blank=True)
    supplement_mode = models.CharField(max_length=12, default="pauses")
    appointment_mode = models.CharField(max_length=12, default="close")
    fixed_hour = models.PositiveSmallIntegerField(default=17 * 60)
    same_day_cut_off = models.PositiveSmallIntegerField(default=15 * 60)
    cut_off = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_are_days = models.BooleanField(default=False)
    pauses_for_obligation = models.BooleanField(default=False)
    pauses_for_verification = models.BooleanField(default=False)
    pauses_for_posting = models.BooleanField(default=False)
    is_online = models.BooleanField(default=False)
    is_interconnected = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    has_fee = models.BooleanField(default=False)
    fee_text = models.TextField(blank=True)
    decision = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=500)
    source_url = models.CharField(max_length=300, blank=True)
    source_note = models.CharField(max_length=500, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("procedure", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("procedure", "valid_from"), name="procedure_one_version_a_day"
            ),
            models.CheckConstraint(
                condition=Q(competent_kind__in=[kind.value for kind in UnitKind]),
                name="procedure_competent_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(supplement_mode__in=[mode.value for mode in Supplement]),
                name="procedure_supplement_mode_known",
            ),
            models.CheckConstraint(
                condition=Q(appointment_mode__in=[mode.value for mode in Appointment]),
                name="procedure_appointment_mode_known",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="procedure_has_legal_basis"),
        )

    def __str__(self) -> str:
        return f"{self.procedure_id}@{self.valid_from}"


class ProcedureLimit(models.Model):
    """The time allowed, by channel and case; empty text stands for every one."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="limits")
    channel = models.CharField(max_length=8, blank=True)
    case = models.CharField(max_length=120, blank=True)
    value = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14)
    zone_extra = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=200, blank=True)  # that corrected this limit
    legal_basis = models.CharField(max_length=500, blank=True)  # empty: that of the version

    class Meta:
        ordering = ("version", "case", "channel")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "channel", "case"), name="limit_once_per_channel_and_case"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in LimitUnit]), name="limit_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1) | Q(unit="same_day", value=0),
                name="limit_positive_unless_same_day",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *(channel.value for channel in Channel)]),
                name="limit_channel_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


class Step(models.Model):
    """One step of the internal process."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16)
    limit_value = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_unit = models.CharField(max_length=14, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="step_number_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in StepRole]), name="step_role_known"
            ),
            models.CheckConstraint(
                condition=Q(limit_value__isnull=True, limit_unit="")
                | Q(limit_value__gte=1, limit_unit__in=[unit.value for unit in StepUnit]),
                name="step_limit_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Component(models.Model):
    """A paper a dossier needs (thành phần hồ sơ)."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="components"
    )
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    handling = models.CharField(max_length=10, default="handed_in")
    copy_kind = models.CharField(max_length=16, default="original")
    copies = models.PositiveSmallIntegerField(default=1)
    is_required = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("version", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="component_number_once"),
            models.CheckConstraint(
                condition=Q(handling__in=[value.value for value in Handling]),
                name="component_handling_known",
            ),
            models.CheckConstraint(
                condition=Q(copy_kind__in=[value.value for value in CopyKind]),
                name="component_copy_kind_known",
            ),
        )

    def __str__(self) -> str:
        return self.name
