"""How a process keeps the spans before its eyes."""

import threading
from typing import Any

import pytest

from motcua.indicators import counting, facts, store
from motcua.indicators.asking import Asked, By
from motcua.kit.moments import date_of
from motcua.kit.periods import Period

from .conftest import Fresh
from .histories import DAY, DAYS, FIRST_DAY, write
from .test_facts import received, resolved

ALL = Asked(Period(date_of(FIRST_DAY), date_of(FIRST_DAY + DAYS)), now=(FIRST_DAY + DAYS + 1) * DAY)


def total() -> tuple[int, int]:
    counts = counting.total(ALL)
    return counts["received"], counts["resolved"]


def test_no_facts_yet_count_nothing(fresh: Fresh) -> None:
    with fresh():
        assert total() == (0, 0)
        assert counting.groups(ALL, By.UNIT) == {}


def test_what_was_added_is_seen_by_the_next_question(fresh: Fresh) -> None:
    with fresh():
        write([received(1), received(2, on=40)])
        facts.advance()
        assert total() == (2, 0)

        write([resolved(1, on=1)])
        assert total() == (2, 0)
        facts.advance()
        assert total() == (2, 1)

        facts.rebuild()
        assert total() == (2, 1)


def test_a_block_sees_one_state_of_the_facts_whatever_is_written_meanwhile(fresh: Fresh) -> None:
    with fresh():
        write([received(1)])
        facts.advance()

        with store.steady():
            before = total()
            write([received(2)])
            facts.advance()
            meanwhile = in_a_thread(total)
            assert total() == before == (1, 0)

        assert meanwhile == (2, 0)
        assert total() == (2, 0)


def test_large_facts_are_asked_in_their_files_and_give_the_same(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh():
        write([received(1), received(2, on=40), resolved(1, on=1)])
        facts.advance()
        copied = counting.total(ALL), counting.groups(ALL, By.MONTH)

        monkeypatch.setattr(store, "IN_MEMORY", 1)
        write([received(3)])
        facts.advance()
        facts.rebuild()
        assert total() == (3, 1)
        with store.steady() as db:
            assert not db.execute("FROM duckdb_tables() WHERE table_name = 'copied'").fetchall()

        monkeypatch.setattr(store, "IN_MEMORY", 100)
        write([received(4)])
        facts.advance()
        assert total() == (4, 1)
        assert copied[0]["received"] == 2


def test_rows_replaced_again_and_again_do_not_pile_up(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh():
        monkeypatch.setattr(store, "IN_MEMORY", 20)
        for number in range(1, 12):
            write([received(number)])
            facts.advance()
            assert total() == (number, 0)

        process = store._mine()
        assert process.is_copy
        assert process.replaced <= 20


def test_many_threads_ask_while_the_facts_grow(fresh: Fresh) -> None:
    with fresh():
        write([received(1)])
        facts.advance()
        seen: list[list[int]] = [[] for _ in range(4)]
        failures: list[BaseException] = []
        stop = threading.Event()

        def ask(place: int) -> None:
            try:
                while not stop.is_set():
                    seen[place].append(total()[0])
            except BaseException as failure:  # told to the test below
                failures.append(failure)

        threads = [threading.Thread(target=ask, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for number in range(2, 12):
            write([received(number, on=number * 4)])
            facts.advance()
        stop.set()
        for thread in threads:
            thread.join(30)

        assert failures == []
        assert all(counts == sorted(counts) for counts in seen)
        assert total() == (11, 0)


def in_a_thread(work: Any) -> Any:
    told: list[Any] = []
    thread = threading.Thread(target=lambda: told.append(work()))
    thread.start()
    thread.join(30)
    return told[0]
