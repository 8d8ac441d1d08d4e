"""The work that no person waits for: readers of the ledger, and time as an actor.

Both lists stand here to be read from top to bottom; nothing registers itself.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from motcua.accounts import deadlines as accounts_deadlines
from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers import deadlines as dossiers_deadlines
from motcua.indicators import cube, facts
from motcua.indicators import deadlines as indicators_deadlines
from motcua.ledger.reading import AnyReader, last_seq, run
from motcua.setup import only_one

logger = logging.getLogger(__name__)

CLOCK = Actor.everywhere("clock", {Permission.WATCH_CLOCK})
POLL_SECONDS = 0.2
WALL_POLL_SECONDS = 0.1
ROUND_WITHOUT_NEWS = timedelta(seconds=10)  # readers that rest after a failure try again
REST_AFTER_FAILURE = timedelta(minutes=1)


class Work(Protocol):
    """What a deadline does: it says as whom, and when it is."""

    def __call__(self, *, clock: Actor, at: datetime) -> int: ...


@dataclass(frozen=True)
class Deadline:
    """Something to be looked at again and again; `work` gives how much it found."""

    name: str
    every: timedelta
    work: Work


# The wall has rounds of its own: large facts take longer than a wall may wait (docs/adr/0018).
WALL_READERS: Sequence[AnyReader] = (cube.READER,)
FACT_READERS: Sequence[AnyReader] = (facts.READER,)
READERS: Sequence[AnyReader] = (*WALL_READERS, *FACT_READERS)

WALL_DEADLINES: Sequence[Deadline] = (
    Deadline("the minute of the wall", timedelta(seconds=1), indicators_deadlines.sweep),
)
DEADLINES: Sequence[Deadline] = (
    Deadline("limits of dossiers", timedelta(minutes=1), dossiers_deadlines.note_crossings),
    Deadline(
        "changes of calendar and limits",
        timedelta(seconds=1),
        dossiers_deadlines.go_on_with_changes,
    ),
    Deadline(
        "nightly comparison of the wall",
        timedelta(minutes=10),
        indicators_deadlines.compare_nightly,
    ),
    Deadline("sessions that are over", timedelta(hours=1), accounts_deadlines.forget_sessions),
)


@dataclass
class Rounds:
    """One worker's memory: what it has seen, and when each deadline comes up again."""

    readers: Sequence[AnyReader] = FACT_READERS
    deadlines: Sequence[Deadline] = DEADLINES
    seen_seq: int = -1
    read_at: datetime | None = None
    next_at: dict[str, datetime] = field(default_factory=dict)

    def go(self, *, at: datetime) -> int:
        """Look once at everything; give how many events were read and deadlines met."""
        return self._meet_deadlines(at) + self._read(at)

    def _read(self, at: datetime) -> int:
        newest = last_seq()
        is_idle = newest == self.seen_seq
        if is_idle and self.read_at is not None and at - self.read_at < ROUND_WITHOUT_NEWS:
            return 0
        count = sum(run(reader, at=at) for reader in self.readers)
        self.read_at = at
        self.seen_seq = newest if count == 0 else -1
        return count

    def _meet_deadlines(self, at: datetime) -> int:
        return sum(
            self._meet(deadline, at)
            for deadline in self.deadlines
            if at >= self.next_at.get(deadline.name, at)
        )

    def _meet(self, deadline: Deadline, at: datetime) -> int:
        self.next_at[deadline.name] = at + deadline.every
        try:
            return deadline.work(clock=CLOCK, at=at)
        except Exception:  # docs/adr/0012: one failing deadline must not stop the others
            logger.exception("deadline failed, tries again later: %s", deadline.name)
            self.next_at[deadline.name] = at + max(deadline.every, REST_AFTER_FAILURE)
            return 0


def work(*, stop: threading.Event, tell: Callable[[str], None] = logger.info) -> None:
    """Read and watch until told to stop. A second worker of this home waits for its turn."""
    lock = Path(settings.MOTCUA_HOME) / "worker.lock"
    is_waiting = False
    while not stop.is_set():
        with only_one(lock, wait=False) as is_mine:
            if is_mine:
                tell("worker runs")
                _rounds_until(stop)
                return
        if not is_waiting:
            tell("another worker runs; this one waits for its turn")
            is_waiting = True
        stop.wait(POLL_SECONDS)


def _rounds_until(stop: threading.Event) -> None:
    """Go round until told to stop; when the rounds of the wall break, end like any failure."""
    done = threading.Event()
    failures: list[Exception] = []
    wall = Rounds(readers=WALL_READERS, deadlines=WALL_DEADLINES)
    beside = threading.Thread(
        target=_keep_wall, args=(wall, done, failures), name="wall", daemon=True
    )
    beside.start()
    rounds, parent = Rounds(), os.getppid()
    try:
        while not stop.is_set() and os.getppid() == parent and not failures:
            if rounds.go(at=timezone.now()) == 0:
                stop.wait(POLL_SECONDS)
    finally:
        done.set()
        beside.join()
    if failures:
        raise failures[0]


def _keep_wall(rounds: Rounds, done: threading.Event, failures: list[Exception]) -> None:
    try:
        while not done.is_set():
            if rounds.go(at=timezone.now()) == 0:
                done.wait(WALL_POLL_SECONDS)
    except Exception as failure:  # told to the rounds beside, which end with it
        failures.append(failure)
    finally:
        connection.close()
