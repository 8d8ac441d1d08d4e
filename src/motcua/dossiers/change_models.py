"""A change of the calendar or of a limit, and what it did to running dossiers."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import uuid4

from django.db import models
from django.db.models import Q

from motcua.kit.words import gettext_noop


class What(StrEnum):
    """What is changed; all but the last are the words of `registry.draft_params`."""

    ENTER_DAY = "enter_day"
    SWAP_DAYS = "swap_days"
    REMOVE_DAYS = "remove_days"
    SET_WEEK_HOURS = "set_week_hours"
    TAKE_DECREE = "take_decree"
    CORRECT_LIMIT = "correct_limit"


NAMES: Mapping[str, str] = {
    What.ENTER_DAY: gettext_noop("Entry of a day"),
    What.SWAP_DAYS: gettext_noop("Swap of two days"),
    What.REMOVE_DAYS: gettext_noop("Removal of an entry"),
    What.SET_WEEK_HOURS: gettext_noop("Hours of the week"),
    What.TAKE_DECREE: gettext_noop("Decree of a year"),
    What.CORRECT_LIMIT: gettext_noop("Corrected limit"),
}


class State(StrEnum):
    """How far a change is."""

    DRAFT = "draft"
    APPLYING = "applying"
    APPLIED = "applied"
    REVERSING = "reversing"
    REVERSED = "reversed"
    DISCARDED = "discarded"  # a draft that was thrown away


class Preview(StrEnum):
    """How far the preview of a draft is."""

    WANTED = "wanted"
    COUNTING = "counting"
    READY = "ready"
    STOPPED = "stopped"
    FAILED = "failed"


class Purpose(StrEnum):
    """What the rows of a page are for."""

    PREVIEW = "preview"
    TODO = "todo"


RUNNING = (State.APPLYING.value, State.REVERSING.value)


class ClockChange(models.Model):
    """A holiday, a swap, hours or a corrected limit, from its draft to its reversal.

    `draft` and `replaced` hold dates, codes, and the names and legal bases of the registry: no
    personal data. `seen` of `total` is how far the step that runs has come.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    version = models.PositiveIntegerField(default=0)  # equals its number of events
    what = models.CharField(max_length=16, choices=[(w.value, w.value) for w in What])
    unit_key = models.CharField(max_length=48, blank=True)  # empty: the nation, every unit
    draft = models.JSONField()
    replaced = models.JSONField(default=dict)  # what the entry replaced, to put it back
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])

    preview = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Preview])
    registry_token = models.CharField(max_length=40, blank=True)  # the registry it was made for
    problem = models.JSONField(default=dict)  # why the preview failed: message and facts
    seen = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    would_move = models.PositiveIntegerField(default=0)
    would_be_late = models.PositiveIntegerField(default=0)  # of these: overdue by the change alone
    uncounted = models.PositiveIntegerField(default=0)  # that no rule could count
    by_unit = models.JSONField(default=list)  # [unit, later, earlier, otherwise]

    passes = models.PositiveIntegerField(default=0)  # how often it was looked who must move
    moved_in_pass = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    moved_back = models.PositiveIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)  # dossiers whose smaller limits followed
    followed_back = models.PositiveIntegerField(default=0)

    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    reversed_by = models.CharField(max_length=80, blank=True)
    reversing_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="clock_change_state_known"
            ),
            models.CheckConstraint(
                condition=Q(preview__in=[p.value for p in Preview]),
                name="clock_change_preview_known",
            ),
            models.CheckConstraint(
                condition=Q(what__in=[w.value for w in What]), name="clock_change_what_known"
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at"], name="clock_change_by_age"),
            models.Index(
                fields=["state"], condition=Q(state__in=RUNNING), name="clock_change_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.state})"


class ClockChangePage(models.Model):
    """Some rows of a preview, or some dossiers still to be looked at, packed (`changes.packing`).

    Both can be made again at any time.
    """

    change = models.ForeignKey(ClockChange, on_delete=models.CASCADE, related_name="pages")
    purpose = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    rows = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "purpose", "number"], name="clock_change_page_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"


class ClockChangeMove(models.Model):
    """What a change did to one dossier, and what its reversal did.

    A null moment: no due moment ran. `version` is that of the event, 0 where there was none.
    `without_at` is what the rules counted without the change when it was applied: only while they
    still count that, `before_at` is where the dossier belongs once the change is taken back.
    """

    change = models.ForeignKey(ClockChange, on_delete=models.PROTECT, related_name="moves")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    before_at = models.DateTimeField(null=True)
    after_at = models.DateTimeField(null=True)
    without_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    back_at = models.DateTimeField(null=True)
    back_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "dossier"], name="clock_change_moves_once")
        ]

    def __str__(self) -> str:
        return f"{self.before_at} → {self.after_at}"
