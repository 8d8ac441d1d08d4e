"""Readers read within a second, deadlines are met, and nothing that fails stops the rest."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from motcua import worker
from motcua.accounts.actors import Actor
from motcua.accounts.kinds import CLOSED
from motcua.kit.moments import LOCAL
from motcua.ledger.models import Event
from motcua.ledger.reading import Reader, state_of
from motcua.ledger.recording import record
from motcua.setup import only_one

MORNING = datetime(2026, 11, 18, 8, 0, tzinfo=LOCAL)


def something_happens() -> None:
    with transaction.atomic():
        record(CLOSED, subject_id=uuid4(), version=1, unit_key="", actor_id="x", at=MORNING)


class Notebook:
    """A reader that keeps what it read, or fails."""

    def __init__(self, name: str, *, fails: bool = False) -> None:
        self.seen: list[int] = []
        self.fails = fails
        self.reader = Reader(name=name, read=self.read)

    def read(self, events: Sequence[Event]) -> None:
        if self.fails:
            raise RuntimeError("the disk is full")
        self.seen += [event.seq for event in events]


class Watch:
    """A deadline that counts how often it was looked at, or fails."""

    def __init__(self, name: str, *, fails: bool = False) -> None:
        self.count = 0
        self.fails = fails
        self.deadline = worker.Deadline(name, timedelta(minutes=1), self.work)

    def work(self, *, clock: Actor, at: datetime) -> int:
        self.count += 1
        if self.fails:
            raise RuntimeError("a bug")
        return 1


@pytest.mark.django_db
def test_a_reader_reads_what_is_new_and_then_rests() -> None:
    book = Notebook("book")
    rounds = worker.Rounds(readers=[book.reader], deadlines=[])
    something_happens()

    counts = [rounds.go(at=MORNING) for _ in range(3)]

    assert counts == [1, 0, 0]
    assert len(book.seen) == 1


@pytest.mark.django_db
def test_a_reader_that_fails_stops_itself_alone() -> None:
    bad, good = Notebook("bad", fails=True), Notebook("good")
    rounds = worker.Rounds(readers=[bad.reader, good.reader], deadlines=[])
    something_happens()

    rounds.go(at=MORNING)

    assert len(good.seen) == 1
    state = state_of(bad.reader)
    assert (state.is_failing, state.lag) == (True, 1)
    assert "the disk is full" in state.reason


@pytest.mark.django_db
def test_a_reader_that_failed_tries_again_although_nothing_is_new() -> None:
    bad = Notebook("bad", fails=True)
    rounds = worker.Rounds(readers=[bad.reader], deadlines=[])
    something_happens()
    rounds.go(at=MORNING)
    rounds.go(at=MORNING)
    bad.fails = False

    rounds.go(at=MORNING + timedelta(minutes=2))

    assert len(bad.seen) == 1
    assert not state_of(bad.reader).is_failing


@pytest.mark.django_db
def test_a_deadline_is_looked_at_each_time_its_turn_comes() -> None:
    watch = Watch("watch")
    rounds = worker.Rounds(readers=[], deadlines=[watch.deadline])

    for second in (0, 1, 59, 60, 61, 119, 120):
        rounds.go(at=MORNING + timedelta(seconds=second))

    assert watch.count == 3


@pytest.mark.django_db
def test_a_deadline_that_fails_stops_itself_alone_and_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, good = Watch("bad", fails=True), Watch("good")
    rounds = worker.Rounds(readers=[], deadlines=[bad.deadline, good.deadline])

    rounds.go(at=MORNING)
    rounds.go(at=MORNING + timedelta(minutes=1))

    assert (bad.count, good.count) == (2, 2)
    assert "deadline failed, tries again later: bad" in caplog.text


def test_a_second_worker_of_a_home_waits_until_the_first_one_ends(home: Path) -> None:
    said: list[str] = []
    stop = threading.Event()

    with only_one(home / "worker.lock"):
        second = threading.Thread(target=worker.work, kwargs={"stop": stop, "tell": said.append})
        second.start()
        _wait_until(lambda: bool(said))
        stop.set()
        second.join()

    assert said == ["another worker runs; this one waits for its turn"]


def test_every_reader_and_deadline_has_a_name_of_its_own() -> None:
    names = [each.name for each in (*worker.READERS, *worker.DEADLINES)]

    assert len(names) == len(set(names)) >= 3


def _wait_until(is_so: object) -> None:
    assert callable(is_so)
    pause = threading.Event()
    for _ in range(100):
        if is_so():
            return
        pause.wait(0.05)
    raise AssertionError("waited five seconds in vain")
