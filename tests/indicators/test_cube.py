"""The day cube says what the facts say, in every cell, however the news arrived."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.indicators import counting, cube, facts
from motcua.indicators.asking import Asked, Boundaries, By
from motcua.indicators.cube import closing, figures, keeping
from motcua.indicators.series import by_day
from motcua.kit.moments import date_of
from motcua.kit.periods import Period
from motcua.ledger.recording import Draft
from tests.sizes import sized, soaks

from .conftest import Fresh
from .histories import CHANNELS, DAY, FIELDS, FIRST_DAY, UNITS, worlds, write
from .plain import Question, lives_of
from .plain import count as count_plainly
from .test_counts import ONE_FRESH_LEDGER_EACH, PERIODS, asked
from .test_lineage import X, Y, Z, a_reorganisation

pytestmark = [pytest.mark.django_db, soaks]
FEWER = settings(ONE_FRESH_LEDGER_EACH, max_examples=sized(whole=40, part=4))
HOPS = st.lists(st.integers(0, 30 * DAY), min_size=1, max_size=4)


def arrive(world: Sequence[Draft], hops: Sequence[int]) -> int:
    """Let the ledger grow in as many pieces as there are hops of time; give the last minute."""
    now, size = FIRST_DAY * DAY, -(-len(world) // len(hops))
    for n, hop in enumerate(hops):
        now += hop
        write(world[n * size : (n + 1) * size])
        cube.advance(now=now)
        cube.advance(now=now)  # the same news once more: nothing to do
    return now


def additive(counts: counting.Counts) -> dict[str, int]:
    return {code: counts[code] for code in figures.CODES}


def said_by_facts(q: Asked, by: By) -> dict[str, dict[str, int]]:
    groups = {key: additive(n) for key, n in counting.groups(q, by).items()}
    return {key: n for key, n in groups.items() if any(n.values())}


def same(q: Asked) -> None:
    """Hold the cube's answers against those of the facts."""
    assert figures.total(q) == additive(counting.total(q))
    assert figures.by_unit(q) == said_by_facts(q, By.UNIT)
    assert figures.by_channel(q) == said_by_facts(q, By.CHANNEL)
    both = {key: additive(n) for key, n in counting.cells(q, By.UNIT, By.FIELD).items()}
    assert figures.cells(q) == {key: n for key, n in both.items() if any(n.values())}
    assert figures.by_day(q) == by_day(q)


@FEWER
@given(world=worlds(), hops=HOPS, period=PERIODS)
def test_it_says_what_the_facts_and_a_plain_replay_say(
    fresh: Fresh, world: list[Draft], hops: list[int], period: list[int]
) -> None:
    with fresh():
        a_reorganisation()
        now = arrive(world, hops)
        facts.advance()
        q = Question(period[0], period[1], now)
        lives = lives_of(world)

        for one in (q, replace(q, units=frozenset(UNITS[:2])), replace(q, field=FIELDS[0])):
            assert figures.total(asked(one)) == additive(count_plainly(lives, one))
            same(asked(one))
        crossed = replace(q, field=FIELDS[1], channel=CHANNELS[0])
        same(asked(crossed))
        for units in (None, (X,), (X, Y, Z), UNITS):
            same(replace(asked(q), boundaries=Boundaries.AS_NOW, units=units))


@FEWER
@given(world=worlds(), hops=HOPS)
def test_kept_up_and_made_anew_it_is_the_same_in_every_cell(
    fresh: Fresh, world: list[Draft], hops: list[int]
) -> None:
    with fresh():
        a_reorganisation()
        now = arrive(world, hops)

        assert cube.compare(now=now) == ()
        write([])
        assert cube.compare(now=now + 9 * DAY) == ()


@pytest.mark.parametrize("crossed_up_to", [0, 1000])
@FEWER
@given(world=worlds(), hops=HOPS)
def test_made_in_pieces_it_is_the_same_in_every_cell(
    fresh: Fresh, crossed_up_to: int, world: list[Draft], hops: list[int]
) -> None:
    with fresh(), pytest.MonkeyPatch.context() as small:
        small.setattr(closing, "MOST_PARTS_CROSSED", crossed_up_to)
        a_reorganisation()
        now = arrive(world, hops)
        facts.advance()
        small.setattr(keeping, "MOST_SPANS_AT_ONCE", 2)

        assert cube.compare(now=now) == ()


@FEWER
@given(world=worlds(most=3), hops=HOPS)
def test_a_cell_that_differs_is_named_and_mended(
    fresh: Fresh, world: list[Draft], hops: list[int]
) -> None:
    with fresh():
        now = arrive(world, hops)
        held = closing.mine()
        rows = list(held.rows(-(2**31), 2**31))
        if not rows:
            return
        day, cells = rows[-1]
        wrong = cells.copy()
        wrong[0, 3] += 7
        with held.writing():
            sql = "UPDATE closing SET cells = ? WHERE field = 0 AND channel = 0 AND day = ?"
            held.db.execute(sql, [closing._blob(wrong), day])

        [found] = cube.compare(now=now)

        part = closing.names_of(held.known("part"))[0]
        assert (found.unit, found.heir) == tuple(part.split("|"))
        assert (found.day, found.measure) == (date_of(day), "other")
        assert found.told - found.right == 7
        assert cube.compare(now=now) == ()


def test_what_it_cannot_answer_is_left_to_the_facts(fresh: Fresh) -> None:
    with fresh():
        q = asked(Question(FIRST_DAY, FIRST_DAY + 9, (FIRST_DAY + 9) * DAY))
        with pytest.raises(closing.NoCube):
            figures.total(q)
        cube.advance(now=q.now)
        assert not any(figures.total(q).values())
        running = replace(q, period=Period(q.period.first, q.period.last + timedelta(days=9)))
        for other in (
            replace(q, procedure="P1"),
            replace(q, hour=8),
            replace(running, now=q.now - 2),
            replace(running, now=q.now + 1),
        ):
            with pytest.raises(closing.NoCube):
                figures.total(other)


def test_a_cube_of_another_ledger_format_or_reorganisation_is_made_anew(fresh: Fresh) -> None:
    with fresh():
        now = (FIRST_DAY + 80) * DAY
        cube.advance(now=now)
        first = closing.current()
        cube.advance(now=now + 1)
        assert closing.current() == first
        a_reorganisation()
        cube.advance(now=now + 2)
        second = closing.current()
        assert second != first
        held = closing.mine()
        with held.writing():
            held.set_marks(format="0")
        cube.advance(now=now + 3)
        assert closing.current() not in (first, second)
        assert keeping.until() == now + 3
        assert [path.name for path in closing.folder().glob("*.sqlite")] == [
            closing.current().name  # type: ignore[union-attr]
        ]


def test_a_cube_that_is_filled_unseen_outlives_another_made_meanwhile(fresh: Fresh) -> None:
    with fresh():
        now = arrive([], [0])
        left_by_a_kill = keeping.fill(now)
        with closing.filling():
            unseen = keeping.fill(now)
            cube.rebuild(now=now)
            assert unseen.path.exists()
            assert left_by_a_kill.path.exists()
        cube.rebuild(now=now)

        assert [path.name for path in closing.folder().glob("*.sqlite")] == [
            closing.current().name  # type: ignore[union-attr]
        ]
