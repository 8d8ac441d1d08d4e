"""The hours people come: receipts by weekday and hour, month by month of the facts.

A month of the facts that did not change has the same hours as before, so of each question only the
months that changed are counted again.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motcua.kit.moments import Minute
from motcua.registry.queries import catalogue

from . import store
from .asking import Asked, Boundaries
from .counting import HOUR, WEEKDAY, conditions, parameters
from .facts import manifest
from .lineage import lineage
from .measures import MEASURES

MOST_ASKED = 512  # about 10 KB each
Grid = NDArray[np.int64]  # [weekday, hour]


@dataclass(frozen=True, slots=True)
class HourCount:
    """Receipts in one hour of one weekday, Monday 0."""

    weekday: int
    hour: int
    received: int


@dataclass(frozen=True, slots=True)
class _Month:
    """The hours of one file of spans; `last`: the last minute of a receipt."""

    file: str
    grid: Grid | None = None
    last: Minute = 0


_known: OrderedDict[object, dict[str, _Month]] = OrderedDict()
_lock = threading.Lock()


def by_hour(asked: Asked) -> tuple[HourCount, ...]:
    """Count receipts by weekday and hour; hours with none are left out."""
    with store.steady():
        files, key = store.files(), _key(asked)
        with _lock:
            months = _known.pop(key, {})
        held = {month for month, one in months.items() if one.file == files.get(month)}
        stale = [month for month in files if month not in held]
        counted = _counted(asked, stale, until=asked.period.until - 1)
        months = {month: counted.get(month) or months[month] for month in files}
        with _lock:
            _known[key] = months
            if len(_known) > MOST_ASKED:
                _known.popitem(last=False)
        if any(
            one.last > asked.minutes["until"] for one in months.values()
        ):  # a clock ahead of ours
            months = _counted(asked, list(files), until=asked.minutes["until"])
    found = sum((one.grid for one in months.values() if one.grid is not None), _nothing())
    places = zip(*(axis.tolist() for axis in np.nonzero(found)), strict=True)
    return tuple(HourCount(day, hour, int(found[day, hour])) for day, hour in places)


def _key(asked: Asked) -> object:
    is_now = asked.boundaries is Boundaries.AS_NOW
    line = lineage(catalogue(), asked.run_on).name if is_now else ""
    return manifest.root(), line, replace(asked, now=0)


def _counted(asked: Asked, months: Sequence[str], *, until: Minute) -> dict[str, _Month]:
    """Count the receipts of the period in each of some months of the facts, up to a minute."""
    if not months:
        return {}
    sql = (
        f"SELECT month, {WEEKDAY}, {HOUR}, count(*), max(received_at)"  # noqa: S608
        f" FROM {conditions(asked, of=store.of_months(months))}"
        f" WHERE {MEASURES['received'].holds} GROUP BY ALL"
    )
    files = store.files()
    found = {month: _Month(files[month]) for month in months}
    values = {**parameters(asked), "until": until}
    with store.steady() as db:
        for month, day, hour, number, last in db.execute(sql, values).fetchall():
            was = found[month]
            grid = _nothing() if was.grid is None else was.grid
            grid[day, hour] = number
            found[month] = _Month(was.file, grid, max(was.last, last))
    return found


def _nothing() -> Grid:
    return np.zeros((7, 24), np.int64)
