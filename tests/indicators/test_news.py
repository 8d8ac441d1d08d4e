"""Who asks about other places than those of the news has the same answer as before."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.indicators import cube, facts, queries
from motcua.indicators.asking import Asked, Boundaries
from motcua.indicators.cube import closing, figures, news
from motcua.indicators.hours import by_hour
from motcua.indicators.lineage import lineage
from motcua.kit.moments import date_of
from motcua.kit.periods import Period
from motcua.ledger.recording import Draft
from motcua.registry.queries import catalogue
from tests.sizes import sized, soaks

from .conftest import Fresh
from .histories import CHANNELS, DAY, DAYS, FIELDS, FIRST_DAY, UNITS, worlds, write
from .test_counts import ONE_FRESH_LEDGER_EACH
from .test_cube import FEWER, HOPS
from .test_lineage import X, Y, Z, a_reorganisation

pytestmark = [pytest.mark.django_db, soaks]
PERIOD = Period(date_of(FIRST_DAY), date_of(FIRST_DAY + 3 * DAYS))
PLACES = (
    *((Boundaries.AS_THEN, units) for units in (None, *((unit,) for unit in UNITS))),
    *((Boundaries.AS_NOW, units) for units in ((X,), (Y,), (Y, Z))),
)


QUESTIONS = [
    Asked(PERIOD, 0, units=units, boundaries=how, field=field, channel=channel)
    for (how, units), field, channel in product(PLACES, ("", FIELDS[0]), ("", *CHANNELS[:2]))
]


def told(q: Asked, *, whole: bool) -> object:
    """Give what a wall shows of a question; its hours and last dossiers of the `whole` only."""
    total = figures.total(q)
    if not whole:
        return total
    last = queries.found("received", q, order=queries.Order.RECEIVED, is_descending=True, limit=5)
    return total, by_hour(q), [one.dossier_id for one in last.rows]


def state_of(q: Asked) -> news.Last:
    stamp = figures.stamp()
    return news.last_of(q, file=stamp.file, until=stamp.news)


@settings(ONE_FRESH_LEDGER_EACH, max_examples=sized(whole=60, part=2))
@given(world=worlds(most=3), hops=HOPS, one=st.sampled_from(QUESTIONS))
def test_without_news_of_its_place_an_answer_stays(
    fresh: Fresh, world: Sequence[Draft], hops: Sequence[int], one: Asked
) -> None:
    with fresh():
        a_reorganisation()
        now, before = FIRST_DAY * DAY, dict[Asked, tuple[object, object]]()
        cube.advance(now=now)
        for draft, hop in zip(world, cycle(hops), strict=False):
            write([draft])
            facts.advance()
            for passed in (0, hop // 3):  # an event, then time alone
                now += passed
                cube.advance(now=now)
                for q in QUESTIONS:
                    state, answer = state_of(q), told(replace(q, now=now), whole=q == one)
                    assert state != before.get(q, (None,))[0] or answer == before[q][1], q
                    before[q] = state, answer


def in_unit(world: Sequence[Draft], unit: str) -> list[Draft]:
    return [draft for draft in world if draft.unit_key == unit]


@FEWER
@given(world=worlds())
def test_news_of_one_unit_are_none_of_another(fresh: Fresh, world: Sequence[Draft]) -> None:
    here = in_unit(world, UNITS[0])
    ids = {draft.subject_id for draft in here}
    alone = [draft for draft in world if draft.subject_id in ids]
    if any(draft.unit_key != UNITS[0] or "body" in draft.data for draft in alone):
        return  # one that was handed over is news of both
    with fresh():
        cube.advance(now=FIRST_DAY * DAY)
        write(alone)
        cube.advance(now=(FIRST_DAY + DAYS) * DAY)

        mine = Asked(PERIOD, 0, units=(UNITS[0],))
        assert (state_of(mine).number > 0) == bool(alone)
        assert state_of(replace(mine, units=(UNITS[1],))).number == 0
        assert state_of(replace(mine, units=None)) == state_of(mine)


def test_who_asks_rarely_is_told_that_all_changed(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh():
        cube.advance(now=FIRST_DAY * DAY)
        monkeypatch.setattr(closing, "NEWS_KEPT", 3)
        monkeypatch.setattr(news, "NEWS_KEPT", 3)
        held, q = closing.mine(), Asked(PERIOD, 0, units=(UNITS[0],))

        def happen(times: int) -> news.Last:
            for _ in range(times):
                with held.writing():
                    held.add_news(7, [(UNITS[1], UNITS[1], "", "")])
            return state_of(q)

        first = happen(1)
        assert happen(2) == first
        assert happen(5) != first


def test_more_places_than_can_be_noted_are_everywhere(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_PLACES", 0)
    with fresh():
        a_reorganisation()
        some = {(UUID(int=1), "U", "U", "F", "online")}
        line = lineage(catalogue(), date_of(FIRST_DAY))
        assert list(news.places(some, (), line)) == [news.EVERYWHERE]
