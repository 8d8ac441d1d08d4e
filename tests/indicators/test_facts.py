"""The files of the facts: kept up, made anew, and whole at any moment."""

import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import duckdb
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.indicators import facts
from motcua.indicators.facts import building, manifest
from motcua.indicators.facts.cutting import COLUMNS
from motcua.kit.moments import iso_minute
from motcua.ledger import reading
from motcua.ledger.models import Bookmark, Event
from motcua.ledger.recording import Draft
from tests.architecture.test_personal_data import PERSONAL
from tests.sizes import sized, soaks

from .conftest import Fresh
from .content import content, files, named
from .histories import DAY, FIRST_DAY, UNITS, worlds, write

pytestmark = soaks
WHAT = {"procedure": "P1", "field": "F1", "channel": "direct", "place": UNITS[0]}


def received(number: int, *, on: int = 0, version: int = 1) -> Draft:
    """Give the receipt of one dossier, so many days after the first day."""
    at = (FIRST_DAY + on) * DAY + 600
    data = {**WHAT, "due": iso_minute(at + DAY)}
    return Draft("dossier.received", UUID(int=number), version, UNITS[0], "test", at, data)


def resolved(number: int, *, on: int) -> Draft:
    at = (FIRST_DAY + on) * DAY + 900
    data = {"outcome": "positive", "due": iso_minute(at)}
    return Draft("dossier.resolved", UUID(int=number), 2, UNITS[0], "test", at, data)


@settings(
    max_examples=sized(whole=60, part=8),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), cuts=st.lists(st.integers(0, 40), max_size=4), mixed=st.randoms())
def test_facts_kept_up_step_by_step_equal_facts_made_anew(
    fresh: Fresh, world: list[Draft], cuts: list[int], mixed: object
) -> None:
    with fresh():
        mixed.shuffle(world)  # type: ignore[attr-defined]  # even in no order at all
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(world)], strict=True):
            write(world[start:end])
            facts.advance()
        kept_up = content()

        facts.rebuild()

        assert content() == kept_up
        assert facts.bookmark() == reading.last_seq()


def test_only_months_that_something_happened_to_are_written_again(fresh: Fresh) -> None:
    with fresh():
        write([received(1), received(2, on=40)])
        facts.advance()
        before = manifest.read().months

        write([resolved(1, on=45)])
        facts.advance()

        after = manifest.read().months
        assert list(after) == ["2021-01", "2021-02"]  # by the month of the first event
        assert after["2021-01"] != before["2021-01"]
        assert after["2021-02"] == before["2021-02"]


def test_the_acceptance_of_a_filing_is_the_one_that_stands(fresh: Fresh) -> None:
    at = FIRST_DAY * DAY + 600
    first, second = iso_minute(at + 480), iso_minute(at + 480 + DAY)
    told: list[tuple[str, dict[str, object]]] = [
        ("dossier.filed", {**WHAT, "acceptance_due": first}),
        ("dossier.limits_moved", {"acceptance_due": second, "change": "a-change"}),
        ("dossier.limits_moved", {"step_due": first, "change": "a-change"}),
    ]
    with fresh():
        write(
            [
                Draft(kind, UUID(int=1), version, UNITS[0], "test", at + version, data)
                for version, (kind, data) in enumerate(told, start=1)
            ]
        )
        facts.advance()

        path = manifest.root() / manifest.read().months["2021-01"]["filings"]
        question = "SELECT acceptance_due_at, stands_since FROM read_parquet(?)"
        with duckdb.connect() as db:
            [row] = db.execute(question, [str(path)]).fetchall()

    assert row == (at + 480 + DAY, at + 1)


def test_events_of_others_move_the_bookmark_and_nothing_else(fresh: Fresh) -> None:
    with fresh():
        write([received(1)])
        facts.advance()
        before = manifest.read()

        write([Draft("citizen.enrolled", UUID(int=9), 1, "", "test", FIRST_DAY * DAY, {})])

        assert facts.advance() == 1
        assert manifest.read().months == before.months
        assert facts.bookmark() == reading.last_seq() > before.seq


def test_facts_of_another_ledger_are_made_anew(fresh: Fresh) -> None:
    with fresh() as folder:
        write([received(1), received(2)])
        facts.advance()
        told = (folder / "manifest.json").read_text()
        other = told.replace(manifest.read().anchor, str(UUID(int=0)))
        (folder / "manifest.json").write_text(other)
        write([resolved(2, on=1)])

        assert facts.advance() == 3


@pytest.mark.parametrize("how", ["cut", "other format", "file gone"])
def test_facts_that_cannot_be_read_are_made_anew(fresh: Fresh, how: str) -> None:
    with fresh() as folder:
        write([received(1)])
        facts.advance()
        told = (folder / "manifest.json").read_text()
        if how == "cut":
            (folder / "manifest.json").write_text(told[:40])
        elif how == "other format":
            (folder / "manifest.json").write_text(
                told.replace(f'"format": {manifest.FORMAT}', '"format": 0')
            )
        else:
            manifest.read().paths("spans")[0].unlink()

        assert facts.advance() == 1
        assert manifest.read().is_whole()


def test_the_ledger_s_reader_keeps_the_facts_up_and_its_row_repeats_their_bookmark(
    fresh: Fresh,
) -> None:
    with fresh():
        write([received(1)])

        assert reading.run(facts.READER, at=timezone.now()) == 1
        assert reading.run(facts.READER, at=timezone.now()) == 0
        assert Bookmark.objects.get(reader="facts").seq == facts.bookmark()
        assert reading.state_of(facts.READER).lag == 0


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: what a full disk does to a writer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_on_a_full_disk_the_reader_stops_with_its_reason_and_the_old_generation_stands(
    fresh: Fresh,
) -> None:
    with fresh() as folder:
        write([received(1)])
        facts.advance()
        before, kept = content(), files(folder)
        write([received(n) for n in range(2, 800)])

        with no_room_beyond(2_000), pytest.raises((duckdb.Error, OSError)) as failure:
            facts.advance()

        assert "large" in str(failure.value).lower() or "space" in str(failure.value).lower()
        assert content() == before
        assert files(folder) == kept  # nothing is left behind
        assert facts.advance() == 798


def test_old_files_rest_before_they_go(fresh: Fresh) -> None:
    with fresh() as folder:
        write([received(1)])
        facts.advance()
        old = named()
        write([resolved(1, on=1)])
        facts.advance()

        assert old < files(folder)
        for name in old:
            os.utime(folder / name, (0, 0))
        write([received(2)])
        facts.advance()

        assert not old & files(folder)
        assert named() <= files(folder)


def test_two_writers_at_once_write_one_after_the_other(fresh: Fresh, tmp_path: Path) -> None:
    with fresh():
        order: list[str] = []
        began, may_end = threading.Event(), threading.Event()

        def first() -> None:
            with manifest.only_writer():
                began.set()
                may_end.wait(10)
                order.append("first")

        def second() -> None:
            with manifest.only_writer():
                order.append("second")

        threads = [threading.Thread(target=first), threading.Thread(target=second)]
        threads[0].start()
        assert began.wait(10)
        threads[1].start()
        threads[1].join(0.2)
        assert threads[1].is_alive()
        may_end.set()
        for thread in threads:
            thread.join(10)

        assert order == ["first", "second"]


def test_spans_have_the_columns_that_are_written_down(fresh: Fresh) -> None:
    with fresh():
        write([received(1), resolved(1, on=1)])
        facts.advance()
        path = str(manifest.read().paths("spans")[0])

        with duckdb.connect() as db:
            told = db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()

        assert {name: kind for name, kind, *_ in told} == COLUMNS


def test_no_file_has_a_column_for_a_person(fresh: Fresh) -> None:
    with fresh():
        write([received(1)])
        facts.advance()
        with duckdb.connect() as db:
            for kind in manifest.KINDS:
                path = str(manifest.read().paths(kind)[0])
                told = db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
                columns = {name for name, *_ in told}
                assert not columns & (PERSONAL | {"actor_id", "account", "data"})


def test_a_moment_beyond_all_calendars_is_kept_as_the_last_one(fresh: Fresh) -> None:
    with fresh():
        far = received(1)
        data = {**far.data, "due": "9999-12-31T00:00"}
        write([Draft(far.kind, far.subject_id, 1, far.unit_key, "test", far.at, data)])
        facts.advance()

        (span,) = content()["spans", "2021-01"]
        assert span[list(COLUMNS).index("due_at")] == 2**31 - 2


def test_an_empty_ledger_gives_empty_facts(fresh: Fresh) -> None:
    with fresh():
        assert Event.objects.count() == 0
        assert building.rebuild() == 0
        assert content() == {}
