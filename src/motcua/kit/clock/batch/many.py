"""When many dossiers are due: `due_of` for arrays, in one go."""

from collections.abc import Iterator, Sequence

import numpy as np

from motcua.kit.calendar import Calendar
from motcua.kit.clock.batch import plain
from motcua.kit.clock.batch.asked import UNITS, Array, Asked, Dues, Pauses, Problem, by_row
from motcua.kit.clock.batch.counts import LONGEST
from motcua.kit.clock.batch.groups import Group
from motcua.kit.clock.batch.parts import Longs
from motcua.kit.clock.due import STANDARD
from motcua.kit.clock.terms import ClockRules, LimitUnit
from motcua.kit.moments import DAY_MINUTES

CHUNK = 1 << 15
"""Rows counted together: few enough to stay in the cache, many enough to forget the calls."""
_HOUR, _DAY = UNITS.index(LimitUnit.WORKING_HOUR), UNITS.index(LimitUnit.WORKING_DAY)
_SAME_DAY, _UNKNOWN = UNITS.index(LimitUnit.SAME_DAY), len(UNITS)


def due_of_many(
    *,
    received_at: Array,
    limit: Array | int,
    unit: Array | LimitUnit,
    calendar: Calendar | Sequence[Calendar],
    calendar_at: Array | int = 0,
    rules: ClockRules | Sequence[ClockRules] = STANDARD,
    rules_at: Array | int = 0,
    pauses: Pauses | None = None,
) -> Dues:
    """The due moments of many limits: what `due_of` gives row by row, without extensions.

    A wrong row gets a `Problem` and stops nothing.
    Shape: `received_at` has one whole number a row; `limit` (with its zone supplement) and
    `unit` (places in `UNITS`) likewise or one for all; `calendar_at` and `rules_at` say which
    of several calendars and rules a row is counted under.
    Units: local minutes since 1970-01-01 (`kit.moments`), limits in their unit.
    Errors: ValueError for arrays that do not fit each other, and for calendars outside the
    years 949–2990 (bugs).
    Source: Civil Code 2015, Art. 147–148, as `due_of`.
    """
    asked = Asked.check(
        received_at=received_at,
        limit=limit,
        unit=unit,
        calendar=calendar,
        calendar_at=calendar_at,
        rules=rules,
        rules_at=rules_at,
        pauses=pauses,
    )
    dues = Dues.empty(len(received_at))
    if plain.is_plain(asked):
        plain.answer(asked, dues)
    else:
        _answer(asked, dues)
    return dues


def _answer(asked: Asked, dues: Dues) -> None:
    """Write the answers, group by group; a few chunks at once, for each has several units."""
    length, step = len(asked.received_at), CHUNK * len(UNITS)
    for number, rules in enumerate(asked.rules):
        for since in range(0, length, step):
            rows = np.arange(since, min(since + step, length))
            if isinstance(asked.rules_at, np.ndarray):
                rows = rows[asked.rules_at[rows] == number]
            for group in _groups(asked, rows, rules, dues):
                group.answer(dues)


def _groups(asked: Asked, rows: Longs, rules: ClockRules, dues: Dues) -> Iterator[Group]:
    """The rows of one set of rules by unit; those with a wrong unit or limit are marked instead."""
    unit, limit = by_row(asked.unit, rows), by_row(asked.limit, rows)
    unit[(unit < 0) | (unit > _UNKNOWN)] = _UNKNOWN
    dues.refuse(rows[unit == _UNKNOWN], Problem.UNIT_UNKNOWN)
    too_small = (limit < 1) & (unit != _SAME_DAY) & (unit != _UNKNOWN)
    dues.refuse(rows[too_small], Problem.LIMIT_TOO_SMALL)
    unit[too_small] = _UNKNOWN
    if rules.hours_are_days:
        _turn_hours_into_days(asked, rows, unit, limit)
    for place, each in enumerate(UNITS):
        these = np.flatnonzero(unit == place)
        if len(these):
            yield Group(asked, rows[these], limit[these], each, rules)


def _turn_hours_into_days(asked: Asked, rows: Longs, unit: Longs, limit: Longs) -> None:
    """Make limits in working hours that fill whole working days limits in working days."""
    hours = np.flatnonzero(unit == _HOUR)
    if not len(hours):
        return
    which = asked.which if isinstance(asked.which, int) else by_row(asked.which, rows[hours])
    days = asked.received_at[rows[hours]].astype(np.int64) // DAY_MINUTES
    a_day = asked.tables.usual_minutes[asked.tables.slots(which, days)]
    whole, rest = np.divmod(np.minimum(limit[hours], LONGEST) * 60, a_day)
    fills = hours[rest == 0]
    unit[fills], limit[fills] = _DAY, whole[rest == 0]
