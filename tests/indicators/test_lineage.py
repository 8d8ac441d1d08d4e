"""Units as they are now: whole dossiers under today's units, numbers and lists alike."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.accounts.actors import SYSTEM
from motcua.indicators import counting, facts, queries
from motcua.indicators.asking import Asked, Boundaries, By
from motcua.indicators.lineage import SHARES, below_now, lineage, share_of
from motcua.indicators.listing import count, found
from motcua.indicators.measures import MEASURES
from motcua.kit.moments import date_of, day_number
from motcua.kit.periods import Period
from motcua.ledger.recording import Draft
from motcua.registry.actions.units import add_unit, end_unit
from motcua.registry.drafts import UnitDraft
from motcua.registry.queries import catalogue
from motcua.registry.sets import UnitKind
from tests.sizes import sized, soaks

from .conftest import Fresh
from .histories import DAY, UNITS, worlds, write
from .plain import Life, Question, State, lives_of
from .plain import count as count_plainly
from .test_counts import NOWS, ONE_FRESH_LEDGER_EACH, PERIODS, asked

pytestmark = [pytest.mark.django_db, soaks]
AT = datetime(2021, 1, 1, tzinfo=UTC)
U1, U2, U3 = UNITS
X, Y, Z = "X@2021-03-01", "Y@2021-03-01", "Z@2021-04-01"
D = "D@2020-01-01"


def _unit(code: str, since: date, parent: str | None) -> None:
    draft = UnitDraft(
        code,
        since,
        f"Xã {code}",
        UnitKind.DISTRICT if code == "D" else UnitKind.COMMUNE,
        legal_basis="test",
        source="test",
        parent_key=parent,
    )
    add_unit(draft=draft, actor=SYSTEM, at=AT)


def _end(key: str, last: date, heirs: dict[str, int]) -> None:
    said = {"legal_basis": "test", "source": "test", "is_estimate": len(heirs) > 1}
    end_unit(key=key, last_day=last, heirs=heirs, actor=SYSTEM, at=AT, **said)  # type: ignore[arg-type]


def a_reorganisation() -> None:
    """U1 goes on as X; U2 is divided 1 : 2 to X and Y; Y is divided again, 1 : 1 to X and Z."""
    for code, since, parent in (
        ("D", date(2020, 1, 1), None),
        ("U1", date(2020, 1, 1), D),
        ("U2", date(2020, 1, 1), D),
        ("U3", date(2021, 2, 1), None),
        ("X", date(2021, 3, 1), None),
        ("Y", date(2021, 3, 1), None),
        ("Z", date(2021, 4, 1), None),
    ):
        _unit(code, since, parent)
    _end(U1, date(2021, 2, 28), {X: 1})
    _end(U2, date(2021, 2, 28), {X: 1, Y: 2})
    _end(Y, date(2021, 3, 31), {X: 1, Z: 1})


def _heir(old: str, share: int, on: date) -> str:
    """Say it once more, plainly."""
    third, two_thirds = SHARES // 3, SHARES - SHARES // 3
    if on < date(2021, 3, 1) or old == U3:
        return old
    if old == U1 or share < third:
        return X
    if on < date(2021, 4, 1):
        return Y
    return X if share < third + two_thirds // 2 else Z


def _moved(lives: Iterable[Life], on: date) -> list[Life]:
    def now(state: State, life: Life) -> State:
        return replace(state, unit=_heir(state.unit, share_of(life.dossier_id), on))

    return [replace(life, states=[now(one, life) for one in life.states]) for life in lives]


def _now(q: Question) -> Asked:
    return replace(asked(q), boundaries=Boundaries.AS_NOW)


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(), period=PERIODS, now=NOWS)
def test_counts_under_todays_units_equal_the_plain_count_of_moved_lives(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        a_reorganisation()
        write(world)
        facts.rebuild()
        q = Question(period[0], period[1], now)
        lives = _moved(lives_of(world), date_of(now // DAY))

        groups = counting.groups(_now(q), By.UNIT)
        assert counting.total(_now(q)) == count_plainly(lives, q)
        for unit in (*UNITS, X, Y, Z):
            one = replace(q, units=frozenset([unit]))
            assert groups.get(unit, counting.NOTHING) == count_plainly(lives, one)
            assert counting.total(_now(one)) == count_plainly(lives, one)
        months = counting.groups(_now(q), By.MONTH)
        for counts, part in zip(months.values(), asked(q).period.months(), strict=True):
            one = replace(q, first=day_number(part.first), last=day_number(part.last))
            assert counts == count_plainly(lives, one)


@settings(ONE_FRESH_LEDGER_EACH, max_examples=sized(whole=60, part=4))
@given(world=worlds(), period=PERIODS, now=NOWS, unit=st.sampled_from([None, X, Z, U3]))
def test_each_list_under_todays_units_has_as_many_rows_as_its_number_says(
    *, fresh: Fresh, world: list[Draft], period: list[int], now: int, unit: str | None
) -> None:
    with fresh():
        a_reorganisation()
        write(world)
        facts.rebuild()
        units = None if unit is None else frozenset([unit])
        q = _now(Question(period[0], period[1], now, units))
        total = counting.total(q)
        for measure in MEASURES:
            rows = found(measure, q, limit=1000).rows
            assert count(measure, q) == total[measure] == len(rows)
            assert units is None or {row.unit_key for row in rows} <= units


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(), period=PERIODS, now=NOWS)
def test_all_that_does_not_move_between_units_is_the_same_under_both_boundaries(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        a_reorganisation()
        write(world)
        facts.rebuild()
        q = Question(period[0], period[1], now)
        then, today = counting.total(asked(q)), counting.total(_now(q))
        moved = {"transferred_in", "transferred_out"}
        assert {m: n for m, n in then.items() if m not in moved} == {
            m: n for m, n in today.items() if m not in moved
        }
        assert today["transferred_in"] == today["transferred_out"] <= then["transferred_in"]


def test_shares_of_many_dossiers_follow_the_stated_weights(fresh: Fresh) -> None:
    with fresh():
        a_reorganisation()
        line = lineage(catalogue(), date(2021, 5, 1))
        heirs = [line.heir(U2, share_of(uuid4())) for _ in range(6000)]

        assert abs(heirs.count(X) / 6000 - 2 / 3) < 0.03
        assert abs(heirs.count(Z) / 6000 - 1 / 3) < 0.03
        assert {line.heir(U1, share) for share in (0, SHARES - 1)} == {X}
        assert lineage(catalogue(), date(2021, 2, 28)).parts == ()


def test_what_an_old_unit_means_now_and_what_is_an_estimate(fresh: Fresh) -> None:
    with fresh():
        a_reorganisation()
        period = Period(date(2021, 1, 1), date(2021, 2, 1))
        now = day_number(date(2021, 5, 1)) * DAY
        line = lineage(catalogue(), date(2021, 5, 1))

        assert below_now(catalogue(), U2, line.on) == (X, Z)
        assert below_now(catalogue(), D, line.on) == (D, U1, U2)
        asked, told = queries.ask(period, now=now, unit=U1, boundaries=Boundaries.AS_NOW)
        assert (asked.units, told and told.key) == ((X,), X)
        asked, told = queries.ask(period, now=now, unit="U2", boundaries=Boundaries.AS_NOW)
        assert (asked.units, told and told.key) == ((X, Z), U2)
        assert line.is_estimate([U2], [X])
        assert not line.is_estimate([U2], [X, Z])
        assert not line.is_estimate([U1, U3], [X, U3])
        assert not line.is_estimate([U2], None)
        assert line.divided([U1, U2, U3], None) == {X, Z}
        assert line.divided([U1, U2], [X]) == {X}
