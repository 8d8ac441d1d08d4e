from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from motcua.kit.clock import PauseKind

from .change_models import ClockChange, ClockChangeMove, ClockChangePage
from .rules.statuses import OPEN, Outcome, Status
from .rules.watch import Crossing as Kind

__all__ = [
    "ClockChange",
    "ClockChangeMove",
    "ClockChangePage",
    "CodeCounter",
    "Dossier",
    "Leg",
    "Pause",
    "Remark",
]


class Dossier(models.Model):
    """A citizen's request for one procedure: where it stands now.

    How it got here is in the ledger. Only `actions` and `history` write these rows. Persons are
    known by their id only; who they are is kept by `citizens`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=60, unique=True)
    foreign_code = models.CharField(max_length=80, blank=True, db_index=True)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    epoch = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)  # equals its number of events in this epoch

    procedure_code = models.CharField(max_length=40)
    field_code = models.CharField(max_length=80)  # as the registry names fields
    case = models.CharField(max_length=120, blank=True)  # in the registry's words
    channel = models.CharField(max_length=10)
    online_offered = models.BooleanField(default=False)
    place_key = models.CharField(max_length=48)  # where it was handed in
    holder_key = models.CharField(max_length=48)  # the competent body that holds it
    clock_unit_key = models.CharField(max_length=48, blank=True)  # whose calendar counts
    in_zone = models.BooleanField(default=False)  # the zone supplement of the limit applies

    owner_id = models.UUIDField(null=True)
    submitter_id = models.UUIDField(null=True)
    representative_id = models.UUIDField(null=True)

    status = models.CharField(max_length=24, choices=[(s.value, s.value) for s in Status])
    assignee_id = models.CharField(max_length=80, blank=True)
    step = models.PositiveIntegerField(default=0)
    step_from_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)  # null: no limit, or the clock stands still
    answer_due_at = models.DateTimeField(null=True)  # the applicant's own limit to supplement
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )

    filed_at = models.DateTimeField(null=True)
    acceptance_due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    due_of = models.CharField(max_length=8, default="rules")
    due_at = models.DateTimeField(null=True)  # null: no limit, or the clock stands still
    original_due_at = models.DateTimeField(null=True)
    source_due_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    extensions = models.PositiveIntegerField(default=0)
    supplements = models.PositiveIntegerField(default=0)
    legs = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    watch_at = models.DateTimeField(null=True)  # when the clock looks next; too early does no harm
    told_level = models.PositiveSmallIntegerField(null=True)  # told of what stands now, if any
    crossed = models.PositiveIntegerField(default=0)  # its number of rows of `Crossing`

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source=""),
                name="dossier_once_per_source_key",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(s.value for s in OPEN), received_at__isnull=False)
                | ~Q(status__in=sorted(s.value for s in OPEN)),
                name="dossier_open_is_received",
            ),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extended_to__isnull=True)
                | Q(extended_at__isnull=False, extended_to__isnull=False),
                name="dossier_extension_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder_key", "due_at"],
                condition=Q(status__in=sorted(s.value for s in OPEN)),
                name="dossier_open_by_due",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=sorted(s.value for s in OPEN)),
                name="dossier_clock_runs",
            ),
            models.Index(
                fields=["watch_at"],
                condition=Q(watch_at__isnull=False),
                name="dossier_to_look_at",
            ),
            models.Index(
                fields=["holder_key", "told_level"],
                condition=Q(told_level__isnull=False),
                name="dossier_told_upwards",
            ),
            models.Index(
                fields=["place_key", "status"],
                condition=Q(status__in=["filed", "to_refile", "received", "result_ready"]),
                name="dossier_at_counter",
            ),
            models.Index(fields=["holder_key", "-received_at"], name="dossier_by_holder"),
            models.Index(fields=["status", "holder_key"], name="dossier_by_status"),
            models.Index(Coalesce("received_at", "filed_at"), "id", name="dossier_by_entry"),
            models.Index(
                fields=["returned_at"],
                condition=Q(returned_at__isnull=False),
                name="dossier_by_return",
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(received_at__isnull=True, ended_at__isnull=False),
                name="dossier_ended_unreceived",
            ),
            models.Index(fields=["owner_id"], name="dossier_by_owner"),
            models.Index(fields=["submitter_id"], name="dossier_by_submitter"),
            models.Index(
                fields=["representative_id"],
                condition=Q(representative_id__isnull=False),
                name="dossier_by_representative",
            ),
            models.Index(
                fields=["assignee_id", "due_at"],
                condition=~Q(assignee_id=""),
                name="dossier_by_assignee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.status})"


class Pause(models.Model):
    """A stretch in which the legal clock of a dossier stood still, or may have."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PauseKind])
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(to_at__isnull=True), name="pause_one_running"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_at} – {self.to_at or '…'}"


class Remark(models.Model):
    """The words a person gave with a move: guidance, reason, legal basis.

    Kept beside the row because events hold no free text; `version` names the event it belongs to.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="remarks")
    version = models.PositiveIntegerField()
    words = models.TextField()
    legal_basis = models.CharField(max_length=300, blank=True)
    approver_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="remark_one_per_event")
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Leg(models.Model):
    """A part of an interconnected dossier done by another body, with a limit of its own."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="leg_rows")
    number = models.PositiveIntegerField()
    body_key = models.CharField(max_length=48)
    opened_at = models.DateTimeField()
    original_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # null: no limit, or it waits with the clock
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="leg_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.body_key}"


class Crossing(models.Model):
    """A limit that came near or was passed, and was noted for one level.

    The constraint is the compare-and-swap: whoever comes second, on whatever machine, writes
    nothing. A row of its own and not a column of the dossier: each limit, each of its due moments
    and each level is noted apart, and what was noted of an older due moment stays.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="crossings")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    part = models.PositiveIntegerField(default=0)  # the number of the step or the leg
    due_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "part", "due_at", "level"], name="crossing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at} ({self.level})"


class CodeCounter(models.Model):
    """The last number given under one stem (unit and day) of dossier codes."""

    stem = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.stem} {self.last}"
