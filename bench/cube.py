"""Walls from the day cube against the same figures counted from spans and from rows."""

import math
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table import Figure, hand_back

if TYPE_CHECKING:
    from motcua.indicators.asking import Asked

YEAR = date(2026, 1, 1)
PROVINCE, NATION = 124, 3_321  # units
SMALL, GROWN = (10_000, 100_000), (10_000, 100_000, 1_000_000)
ASKED, COUNTED = 300, 4  # questions to the cube, and to what it is compared with
LARGE = "BENCH_LARGE"


def main() -> None:
    """Fill a cube of each size in a home of its own and ask it for random periods."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures: list[Figure] = []
    walls = []
    nation = int(os.environ.get(LARGE, "0"))
    sizes = GROWN if nation else SMALL
    for size in sizes:
        found = _measure(size, PROVINCE)
        walls.append(found["p50"])
        print(f"{size:,}: {found}", file=sys.stderr)
    figures += _growth(walls, sizes)
    province = 2_000_000 if nation else 200_000
    measured = _measure(province, PROVINCE, rows=True)
    figures += _rows(f"province-year, {province:,} dossiers", measured)
    if nation:
        figures += _rows(f"nation-year, {nation:,} dossiers", _measure(nation, NATION), cells=True)
    hand_back(figures)


def _growth(walls: list[float], sizes: tuple[int, ...]) -> list[Figure]:
    small, large = walls[0], walls[-1]
    exponent = math.log(large / small) / math.log(sizes[-1] / sizes[0])
    steps = ", ".join(f"{n:,}: {ms:.2f}" for n, ms in zip(sizes, walls, strict=True))
    return [
        Figure(
            f"wall by unit on the cube, {sizes[-1]:,} dossiers",
            large,
            "ms",
            f"the same at {sizes[0]:,}",
            large / small,
            "< 5 ms",
            large < 5,
            f"grows with exponent {exponent:.2f} ({steps} ms)",
        )
    ]


def _rows(name: str, found: dict[str, float], *, cells: bool = False) -> list[Figure]:
    ratio = found["spans"] / found["p50"]
    made = f"p50 {found['p50']:.2f} ms, DuckDB {found['spans']:.0f} ms, "
    made += f"filled in {found['fill']:.0f} s, {found['mb']:.0f} MB, peak {found['peak']:.0f} MB"
    rows = [
        Figure(
            f"wall by unit, p95, {name}",
            found["p95"],
            "ms",
            goal="< 5 ms",
            is_met=found["p95"] < 5,
            note=made,
        ),
        Figure(
            f"DuckDB over the spans, {name}",
            found["spans"],
            "ms",
            "the cube's median",
            ratio,
            "≥ 100 ×",
            ratio >= 100,
            "equal in every additive measure of every unit",
        ),
    ]
    if "rows" in found:
        rows.append(
            Figure(
                f"rows in SQLite, covering indexes, {name}",
                found["rows"],
                "ms",
                "the cube's median",
                found["rows"] / found["p50"],
                note="one question, four figures by unit",
            )
        )
    if cells:
        rows.append(
            Figure(
                f"unit × field, p95, {name}",
                found["cells"],
                "ms",
                goal="< 100 ms",
                is_met=found["cells"] < 100,
                note=f"p50 {found['cells_p50']:.0f} ms",
            )
        )
    return rows


def _measure(size: int, units: int, *, rows: bool = False) -> dict[str, float]:
    import resource

    from django.conf import settings

    from bench import spans
    from motcua.indicators import counting, cube
    from motcua.indicators.asking import By
    from motcua.indicators.cube import closing, figures
    from motcua.kit.moments import day_number

    first = day_number(YEAR) * 1440
    now = first + 365 * 1440
    with tempfile.TemporaryDirectory(dir=os.environ["MOTCUA_HOME"]) as home:
        settings.MOTCUA_HOME = Path(home)
        spans.put_in_force(size, units=units, first=first)
        began = time.perf_counter()
        cube.rebuild(now=now)
        found = {"fill": time.perf_counter() - began}
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        path = closing.current()
        assert path is not None
        found["mb"] = path.stat().st_size / 1e6
        periods = [_asked(random.Random(n), now) for n in range(ASKED)]
        found["p50"], found["p95"] = _times(figures.by_unit, periods)
        found["spans"], _ = _times(lambda q: counting.groups(q, By.UNIT), periods[:COUNTED])
        for q in periods[:COUNTED]:
            right = {
                unit: {code: n[code] for code in figures.CODES}
                for unit, n in counting.groups(q, By.UNIT).items()
            }
            told = figures.by_unit(q)
            assert told == {unit: n for unit, n in right.items() if any(n.values())}, "not equal"
            assert len(told) == units
        found["cells_p50"], found["cells"] = _times(figures.cells, periods[:20])
        if rows:
            found["rows"] = _sqlite(periods[0])
    return found


def _asked(chance: random.Random, now: int) -> "Asked":
    """Ask for some days of the year that are over."""
    from motcua.indicators.asking import Asked
    from motcua.kit.periods import Period

    first, last = sorted(chance.sample(range(364), 2))
    days = (YEAR + timedelta(days=first), YEAR + timedelta(days=last))
    return Asked.of(Period(*days), now=now)


def _times(question: Callable[["Asked"], object], asked: list["Asked"]) -> tuple[float, float]:
    """Give median and p95 in ms, after one question that warms."""
    question(asked[0])
    times = []
    for one in asked:
        began = time.perf_counter()
        question(one)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _sqlite(asked: "Asked") -> float:
    """Ask rows of the same dossiers for four figures by unit; give ms."""
    from motcua.indicators import counting, store
    from motcua.indicators.asking import By

    columns = "unit_key, received_at, to_at, end_due_at, due_at, from_at, waits, is_first, ended_by"
    with tempfile.TemporaryDirectory(dir=os.environ["MOTCUA_HOME"]) as home, store.steady() as db:
        rows = sqlite3.connect(Path(home) / "rows.sqlite")
        rows.execute(f"CREATE TABLE r ({columns})")
        found = db.execute(f"SELECT {columns} FROM spans")
        while some := found.fetchmany(100_000):
            rows.executemany(f"INSERT INTO r VALUES ({', '.join('?' * 9)})", some)
        rows.execute("CREATE INDEX a ON r (received_at, is_first, unit_key)")
        rows.execute("CREATE INDEX b ON r (to_at, ended_by, end_due_at, unit_key)")
        rows.execute("CREATE INDEX c ON r (from_at, to_at, waits, due_at, unit_key)")
        rows.commit()
        since, until = asked.minutes["since"], asked.minutes["until"]
        began = time.perf_counter()
        told: dict[str, list[int]] = {}
        for sql, at in _FIGURES:
            for unit, *counts in rows.execute(sql, {"since": since, "until": until}):
                told.setdefault(unit, [0, 0, 0, 0])[at : at + len(counts)] = counts
        spent = (time.perf_counter() - began) * 1000
        codes = ("received", "resolved", "on_time", "overdue")
        right = counting.groups(asked, By.UNIT)
        assert told == {unit: [n[code] for code in codes] for unit, n in right.items()}, "not equal"
        rows.close()
    return spent


_FIGURES = (
    (
        "SELECT unit_key, count(*) FROM r"
        " WHERE received_at BETWEEN :since AND :until AND is_first GROUP BY 1",
        0,
    ),
    (
        "SELECT unit_key, count(*), count(*) FILTER (WHERE to_at <= end_due_at) FROM r"
        " WHERE to_at BETWEEN :since AND :until AND ended_by IS NOT NULL GROUP BY 1",
        1,
    ),
    (
        "SELECT unit_key, count(*) FROM r WHERE from_at <= :until"
        " AND (to_at > :until OR to_at IS NULL) AND NOT waits AND due_at < :until GROUP BY 1",
        3,
    ),
)


if __name__ == "__main__":
    main()
