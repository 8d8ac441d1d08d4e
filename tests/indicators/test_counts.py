"""Every number equals a plain count over the lives, for any histories."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.indicators import counting, facts
from motcua.indicators.asking import Asked, By
from motcua.indicators.hours import by_hour
from motcua.indicators.listing import Found, Order, count, found
from motcua.indicators.measures import MEASURES
from motcua.indicators.series import by_day
from motcua.kit.moments import date_of, day_number
from motcua.kit.periods import Period
from motcua.ledger.recording import Draft
from tests.sizes import sized, soaks

from .conftest import Fresh
from .histories import CHANNELS, DAY, DAYS, FIELDS, FIRST_DAY, UNITS, worlds, write
from .plain import Life, Question, lives_of
from .plain import count as count_plainly

ONE_FRESH_LEDGER_EACH = settings(
    max_examples=sized(whole=60, part=8),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
pytestmark = soaks
DAY_NUMBERS = st.integers(FIRST_DAY - 3, FIRST_DAY + DAYS + 3)
PERIODS = st.tuples(DAY_NUMBERS, DAY_NUMBERS).map(sorted)
NOWS = st.integers(FIRST_DAY * DAY, (FIRST_DAY + DAYS + 40) * DAY)


def asked(q: Question) -> Asked:
    period = Period(date_of(q.first), date_of(q.last))
    units = None if q.units is None else tuple(sorted(q.units))
    return Asked(period, q.now, units, field=q.field, channel=q.channel)


def every(world: list[Draft]) -> list[Life]:
    write(world)
    facts.rebuild()
    return lives_of(world)


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(), period=PERIODS, now=NOWS)
def test_each_measure_equals_the_plain_count_in_all_and_for_each_unit_field_and_channel(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        lives = every(world)
        q = Question(period[0], period[1], now)

        assert counting.total(asked(q)) == count_plainly(lives, q)
        for by, keys, name in (
            (By.UNIT, UNITS, "units"),
            (By.FIELD, FIELDS, "field"),
            (By.CHANNEL, CHANNELS, "channel"),
        ):
            groups = counting.groups(asked(q), by)
            for key in keys:
                value = frozenset([key]) if by is By.UNIT else key
                one = replace(q, **{name: value})  # type: ignore[arg-type]
                assert groups.get(key, counting.NOTHING) == count_plainly(lives, one)
                assert counting.total(asked(one)) == count_plainly(lives, one)


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(), period=PERIODS, now=NOWS)
def test_months_hold_their_own_flows_and_the_stocks_of_their_last_day(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        lives = every(world)
        q = Question(period[0], period[1], now)
        months = counting.groups(asked(q), By.MONTH)

        parts = list(asked(q).period.months())
        assert list(months) == [part.first.strftime("%Y-%m") for part in parts]
        for counts, part in zip(months.values(), parts, strict=True):
            one = replace(q, first=day_number(part.first), last=day_number(part.last))
            assert counts == count_plainly(lives, one)


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(strange=False), period=PERIODS, now=NOWS)
def test_the_balance_holds_for_every_unit_and_month(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        every(world)
        for unit in (None, *UNITS):
            units = frozenset([unit]) if unit else None
            q = asked(Question(period[0], period[1], now, units))
            for n in (counting.total(q), *counting.groups(q, By.MONTH).values()):
                came = n["carried_over"] + n["received"] + n["transferred_in"]
                assert came == n["resolved"] + n["open"] + n["transferred_out"]
                assert n["open"] == (n["in_time"] + n["waiting"] + n["overdue"] + n["open_no_due"])
                assert n["resolved"] == n["early"] + n["on_the_day"] + n["late"] + n["no_due"]


@ONE_FRESH_LEDGER_EACH
@given(
    world=worlds(),
    period=PERIODS,
    now=NOWS,
    order=st.sampled_from(Order),
    size=st.integers(1, 3),
)
def test_each_list_has_as_many_rows_as_its_number_says(
    *, fresh: Fresh, world: list[Draft], period: list[int], now: int, order: Order, size: int
) -> None:
    with fresh():
        every(world)
        q = asked(Question(period[0], period[1], now))
        total = counting.total(q)
        for measure in MEASURES:
            assert count(measure, q) == total[measure]
            rows: list[Found] = []
            after = None
            while True:
                page = found(measure, q, order=order, after=after, limit=size)
                rows += page.rows
                after = page.next
                if after is None:
                    break
            assert len(rows) == total[measure]
            if not measure.startswith("transferred"):
                assert len({row.dossier_id for row in rows}) == len(rows)


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(strange=False), order=st.sampled_from(Order), is_descending=st.booleans())
def test_a_list_tells_the_moments_of_the_life_and_stands_in_its_order_those_without_last(
    fresh: Fresh, world: list[Draft], order: Order, is_descending: bool
) -> None:
    with fresh():
        ended = {one.dossier_id: one.ended_at for one in every(world)}
        q = asked(Question(FIRST_DAY, FIRST_DAY + DAYS + 9, (FIRST_DAY + DAYS + 9) * DAY))

        for measure in ("received", "resolved", "open"):
            rows = found(measure, q, order=order, is_descending=is_descending).rows
            assert [row.ended_at for row in rows] == [ended[row.dossier_id] for row in rows]
            column = {"received_at": "received_at", "due_at": "due_at", "to_at": "ended_at"}[order]
            moments = [getattr(row, column) for row in rows]
            known = [moment for moment in moments if moment is not None]
            assert known == sorted(known, reverse=is_descending)
            assert moments[: len(known)] == known


@ONE_FRESH_LEDGER_EACH
@given(world=worlds(), period=PERIODS, now=NOWS)
def test_the_series_by_day_and_by_hour_add_up_to_the_flows(
    fresh: Fresh, world: list[Draft], period: list[int], now: int
) -> None:
    with fresh():
        lives = every(world)
        q = Question(period[0], period[1], now)
        total = count_plainly(lives, q)

        days = by_day(asked(q))
        for name in ("received", "resolved", "on_time", "late"):
            assert sum(getattr(day, name) for day in days) == total[name]
        for day in days:
            number = day_number(day.day)
            one = count_plainly(lives, replace(q, first=number, last=number))
            assert (day.received, day.resolved) == (one["received"], one["resolved"])
        assert sum(hour.received for hour in by_hour(asked(q))) == total["received"]
