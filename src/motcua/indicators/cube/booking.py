"""From spans to bookings: on which day, in which cell, how many more or fewer.

One rule for one dossier brought up to date and for a whole cube made anew: the same SQL over the
spans in question. A flow is booked on the day of its moment; a stock enters with +1 and leaves with
−1. Nothing is booked before its moment has passed, so no closing row lies in the future and a row
of the running day says what is so at the minute swept to.

The tests of flows are the predicates of the lists (`measures`), asked of all time up to `upto`.

A relation of spans to be booked has two columns more: `upto`, the minute up to which it is booked,
and `sign`, +1 to book it and −1 to take it back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from motcua.indicators.lineage import Lineage
from motcua.indicators.measures import CONDITIONS, MEASURES

# ruff: noqa: S608 (all SQL here is made of the words of this file and of `measures`)
RECEIPTS = ("online", "direct", "post", "other", "offered_online", "online_of_offered")
ENDS = (
    *("early", "on_the_day", "late", "no_due", "on_time_after_extension", "late_after_extension"),
    *("withdrawn", "ended_before_receipt", "transferred_out"),
)
STAYS = ("open", "waiting", "open_no_due")  # stocks that hold for the whole span
SOON = (1, 3, 5)
SLOTS: tuple[str, ...] = (
    *(*RECEIPTS, *ENDS, "transferred_in", "good_ended", "in_now", "out_now", *STAYS),
    *("overdue", *(f"due_soon_{k}" for k in SOON), "bad_766"),
)
FIRST_STOCK = SLOTS.index("open")
WIDTH = len(SLOTS)
SLOT: Mapping[str, int] = {name: place for place, name in enumerate(SLOTS)}

EVER, NEVER = -(2**31), 2**31 - 1
_KEYS = "unit_key, heir, field, channel"
_TESTS = {
    **{code: MEASURES[code].holds for code in (*RECEIPTS, *ENDS, "transferred_in")},
    "good_ended": "ended AND NOT asked_twice AND NOT coalesce(NOT waits AND was_late, false)",
    # Under the units of the run date a hand-over to one's own heir is none.
    "in_now": "came_in AND came_heir <> heir",
    "out_now": "went_out AND went_heir <> heir",
    "open": "lasts",
    "waiting": "lasts AND waits",
    "open_no_due": "lasts AND NOT waits AND due_at IS NULL",
    "twice": "lasts AND asked_twice",
    "overdue": "NOT waits",
}
_ALL_TIME = {"$since": str(EVER), "$before": str(EVER), "$until": "upto"}


def _always(test: str) -> str:
    for name, value in _ALL_TIME.items():
        test = test.replace(name, value)
    return test


_CONDITIONS = ", ".join(f"{_always(holds)} AS {name}" for name, holds in CONDITIONS.items())
_HEIR = "coalesce({0}.heir, {1})"
# Each span with its answers, the heir it counts for now, and those before and after it.
ANSWERED = f"""
CREATE OR REPLACE TEMP TABLE answered AS
SELECT spans.*, {_CONDITIONS}, {_HEIR.format("mine", "unit_key")} AS heir,
  {_HEIR.format("came", "came_from")} AS came_heir, {_HEIR.format("went", "went_to")} AS went_heir,
  coalesce(to_at, {NEVER}) AS leaves, from_at < coalesce(to_at, {NEVER}) AS lasts
FROM {{relation}} spans
LEFT JOIN parts mine ON mine.old = unit_key AND share >= mine.low AND share < mine.high
LEFT JOIN parts came ON came.old = came_from AND share >= came.low AND share < came.high
LEFT JOIN parts went ON went.old = went_to AND share >= went.low AND share < went.high
"""


@dataclass(frozen=True)
class Arm:
    """Bookings of one moment. `slots`: slot → test and sign."""

    moment: str
    where: str
    slots: Mapping[str, tuple[str, int]]

    def packed(self, n: int) -> str:
        """Give two columns of number `n`: the day, and a bit for each slot that is booked."""
        bits = " + ".join(
            f"CASE WHEN {test} THEN {1 << place} ELSE 0 END"
            for place, (test, _sign) in enumerate(self.slots.values())
        )
        is_booked = f"({self.where}) AND {self.moment} <= upto"
        return (
            f"coalesce(floor({self.moment} / 1440.0), 0)::INTEGER AS day_{n},"
            f" CASE WHEN {is_booked} THEN {bits} ELSE 0 END AS bits_{n}"
        )

    def columns(self) -> str:
        """Give the columns that say of one span when it is booked here, and where."""
        tests = ", ".join(f"({test})" for test, _sign in self.slots.values())
        return f"CASE WHEN ({self.where}) AND {self.moment} <= upto THEN {self.moment} END, {tests}"


def _flows(*names: str) -> dict[str, tuple[str, int]]:
    return {name: (_TESTS[name], 1) for name in names}


def _stays(sign: int) -> dict[str, tuple[str, int]]:
    said = {name: (_TESTS[name], sign) for name in STAYS}
    return {**said, "bad_766": (_TESTS["twice"], sign)}


def _late(moment: str, sign: int) -> Arm:
    """Past due: overdue, and bad for Decision 766 unless it was from the beginning."""
    where = f"NOT waits AND due_at IS NOT NULL AND {_PAST_DUE} < leaves"
    slots = {"overdue": ("true", sign), "bad_766": ("NOT asked_twice", sign)}
    return Arm(moment, where, slots)


def _soon(k: int, moment: str, sign: int) -> Arm:
    enters, leaves = _soon_from(k), _SOON_UNTIL
    where = f"NOT waits AND due_at IS NOT NULL AND warn_{k} IS NOT NULL AND {enters} < {leaves}"
    return Arm(moment, where, {f"due_soon_{k}": ("true", sign)})


def _soon_from(k: int) -> str:
    return f"greatest(from_at, warn_{k} * 1440)"


_PAST_DUE = "greatest(from_at, due_at + 1)"
_SOON_UNTIL = "least(leaves, due_at + 1)"
ARMS: Sequence[Arm] = (
    Arm("received_at", "is_first", _flows(*RECEIPTS)),
    Arm("from_at", "true", {**_flows("transferred_in", "in_now"), **_stays(1)}),
    Arm(
        "to_at",
        "to_at IS NOT NULL",
        {**_flows(*ENDS, "good_ended", "out_now"), **_stays(-1)},
    ),
    _late(_PAST_DUE, 1),
    _late("leaves", -1),
    *(_soon(k, _soon_from(k), 1) for k in SOON),
    *(_soon(k, _SOON_UNTIL, -1) for k in SOON),
)

# When something of a dossier will next have to be booked: no later than that, maybe earlier.
AHEAD = """
SELECT dossier_id::VARCHAR, min(moment) FROM (
  SELECT dossier_id, unnest([received_at, from_at, to_at, due_at + 1, warn_1 * 1440, warn_3 * 1440,
    warn_5 * 1440]) AS moment
  FROM {relation} spans WHERE coalesce(to_at > $until, true) OR received_at > $until
) WHERE moment > $until GROUP BY 1
"""

Keys = tuple[str, str, str, str]  # unit, heir, field, channel


@dataclass(frozen=True)
class Booked:
    """How many more or fewer on which day in which cell; several of one cell allowed.

    Shapes: all [n]; `key` is an index of `keys`, `slot` one of `SLOTS`.
    """

    keys: Sequence[Keys]
    day: NDArray[np.int32]
    key: NDArray[np.int32]
    slot: NDArray[np.int32]
    number: NDArray[np.int32]


def bring_lineage(db: duckdb.DuckDBPyConnection, line: Lineage) -> None:
    """Make the table `parts`: what became of old units up to the run date."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE parts AS SELECT unnest($old::VARCHAR[]) AS old,"
        " unnest($low::INTEGER[]) AS low, unnest($high::INTEGER[]) AS high,"
        " unnest($heir::VARCHAR[]) AS heir",
        {
            name: [getattr(part, name) for part in line.parts]
            for name in ("old", "low", "high", "heir")
        },
    )


def book_many(db: duckdb.DuckDBPyConnection, relation: str) -> Booked:
    """Give the bookings of many spans; `parts` must be there.

    DuckDB answers the tests, one row of bits for a span; what they add up to is found column by
    column. Takes about 400 bytes a span.
    """
    db.execute(ANSWERED.format(relation=relation))
    db.execute(
        "CREATE OR REPLACE TEMP TABLE cells AS SELECT (row_number() OVER () - 1)::INTEGER AS key,"
        f" {_KEYS} FROM (SELECT DISTINCT {_KEYS} FROM answered)"
    )
    keys = db.execute(f"SELECT {_KEYS} FROM cells ORDER BY key").fetchall()
    names = [f"key_{name}" for name in _KEYS.split(", ")]
    same = " AND ".join(f"{name[4:]} IS NOT DISTINCT FROM {name}" for name in names)
    columns = ", ".join(arm.packed(n) for n, arm in enumerate(ARMS))
    sql = f"SELECT key, sign::TINYINT AS sign, {columns} FROM answered"
    sql += f" JOIN cells c(key, {', '.join(names)}) ON {same}"
    rows = db.execute(sql).fetchnumpy()
    found = []
    for n, arm in enumerate(ARMS):
        day, bits = rows.pop(f"day_{n}"), rows.pop(f"bits_{n}")
        for place, (slot, (_test, sign)) in enumerate(arm.slots.items()):
            here = np.flatnonzero(bits & (1 << place))
            slots = np.full(len(here), SLOT[slot], np.int8)
            found.append((day[here], rows["key"][here], slots, rows["sign"][here] * sign))
    columns_of = (np.concatenate(column).astype(np.int32) for column in zip(*found, strict=True))
    return Booked(keys, *columns_of)


def book_few(db: duckdb.DuckDBPyConnection, relation: str) -> Booked:
    """Give the same bookings by one question, for the few dossiers that news came of.

    Planning a question costs more than answering it for a handful of spans.
    """
    db.execute(ANSWERED.format(relation=relation))
    columns = ", ".join(arm.columns() for arm in ARMS)
    keys: dict[Keys, int] = {}
    found: Counter[tuple[int, int, int]] = Counter()
    for row in db.execute(f"SELECT {_KEYS}, sign, {columns} FROM answered").fetchall():
        key, sign, at = keys.setdefault(row[:4], len(keys)), row[4], 5
        for arm in ARMS:
            moment, tests = row[at], row[at + 1 : at + 1 + len(arm.slots)]
            at += 1 + len(arm.slots)
            if moment is None:
                continue
            for holds, (slot, (_test, one)) in zip(tests, arm.slots.items(), strict=True):
                if holds:
                    found[moment // 1440, key, SLOT[slot]] += sign * one
    return _of_counter(tuple(keys), found)


def _of_counter(keys: Sequence[Keys], found: Mapping[tuple[int, int, int], int]) -> Booked:
    rows = [(*place, number) for place, number in found.items() if number]
    return Booked(keys, *np.array(rows, np.int32).reshape(-1, 4).T)


def ahead(db: duckdb.DuckDBPyConnection, relation: str, *, until: int) -> list[tuple[str, int]]:
    """Give for each dossier the next minute after `until` at which it must be booked anew."""
    return db.execute(AHEAD.format(relation=relation), {"until": until}).fetchall()
