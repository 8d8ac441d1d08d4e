from typing import Any, NoReturn
from uuid import uuid4

from django.db import models


class Event(models.Model):
    """One thing that happened. Written once, never changed: triggers of the database hold it.

    Holds no personal data: names and identity numbers stay on rows where they can be corrected
    or erased.
    """

    seq = models.BigAutoField(primary_key=True)  # order of arrival on this node
    id = models.UUIDField(unique=True, default=uuid4)  # the same on every node
    kind = models.CharField(max_length=60)  # "dossier.returned"
    subject_id = models.UUIDField()
    epoch = models.PositiveIntegerField(default=0)  # rises when another node takes the subject over
    subject_version = models.PositiveIntegerField()  # 1, 2, 3 … per subject
    unit_key = models.CharField(max_length=48)  # CODE@YYYY-MM-DD: who held the subject after it
    actor_id = models.CharField(max_length=80)
    node = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "epoch", "subject_version"],
                name="ledger_one_event_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.subject_version} of {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an event is never changed; record a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("an event is never deleted")


class ClientKey(models.Model):
    """A key made by a client, and the answer it gets, for ever the same."""

    key = models.CharField(max_length=80, primary_key=True)
    action = models.CharField(max_length=60)
    actor_id = models.CharField(max_length=80)
    answer = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class Bookmark(models.Model):
    """How far one reader has read the ledger, and why it stands still if it does.

    For a reader whose output is files `seq` only repeats what the files say.
    """

    reader = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row; 0 while it runs
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.reader} at {self.seq}"
