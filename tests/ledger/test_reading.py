from collections.abc import Sequence
from datetime import timedelta

import pytest

from motcua.ledger.models import Bookmark, Event
from motcua.ledger.reading import FileReader, Reader, advance, resume, run, state_of

from .given import AT, an_event

pytestmark = pytest.mark.django_db


def _fail(events: Sequence[Event]) -> None:
    raise RuntimeError("disk full")


def test_a_reader_sees_each_event_once_and_in_order() -> None:
    seen: list[int] = []
    reader = Reader("test", lambda events: seen.extend(e.seq for e in events))
    made = [an_event().seq for _ in range(5)]

    assert advance(reader, batch=2) == 2
    assert advance(reader) == 3
    assert advance(reader) == 0
    assert seen == made


def test_an_idle_reader_writes_nothing(django_assert_num_queries: object) -> None:
    reader = Reader("test", lambda events: None)
    an_event()
    advance(reader)

    with django_assert_num_queries(2) as asked:  # type: ignore[operator]
        advance(reader)
    assert all(q["sql"].startswith("SELECT") for q in asked.captured_queries)


def test_a_reader_that_fails_keeps_its_place() -> None:
    an_event()

    with pytest.raises(RuntimeError, match="disk full"):
        advance(Reader("failing", _fail))

    assert not Bookmark.objects.filter(reader="failing", seq__gt=0).exists()


def test_a_failing_reader_stops_alone_says_why_and_tries_again_later() -> None:
    failing = Reader("failing", _fail)
    seen: list[Event] = []
    other = Reader("other", seen.extend)
    an_event()

    assert run(failing, at=AT) == 0
    assert run(other, at=AT) == 1

    state = state_of(failing)
    assert (state.lag, state.is_failing, state.reason) == (1, True, "RuntimeError: disk full")
    assert state.next_try_at == AT + timedelta(minutes=1)
    run(failing, at=AT + timedelta(seconds=59))
    assert state_of(failing).failures == 1
    run(failing, at=AT + timedelta(seconds=60))
    assert state_of(failing).failures == 2
    assert state_of(other).lag == 0


def test_a_mended_reader_goes_on_where_it_stopped() -> None:
    broken = [True]
    seen: list[Event] = []

    def read(events: Sequence[Event]) -> None:
        if broken[0]:
            raise RuntimeError("still broken")
        seen.extend(events)

    reader = Reader("mended", read)
    an_event()
    run(reader, at=AT)
    broken[0] = False

    resume(reader)

    assert run(reader, at=AT) == 1
    assert not state_of(reader).is_failing
    assert len(seen) == 1


def test_a_reader_of_files_keeps_its_bookmark_in_them() -> None:
    files = {"seq": 0}

    def forward() -> int:
        news = list(Event.objects.filter(seq__gt=files["seq"]).order_by("seq"))
        files["seq"] = news[-1].seq
        return len(news)

    reader = FileReader("files", lambda: files["seq"], forward)
    an_event()
    an_event()

    assert run(reader, at=AT) == 2
    assert state_of(reader).lag == 0
    files["seq"] = 0  # files lost: whatever the row says, the reader begins anew
    assert state_of(reader).lag == 2
    assert run(reader, at=AT) == 2
