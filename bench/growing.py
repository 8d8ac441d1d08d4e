"""How cost grows: the same questions at 10,000 and 100,000 dossiers, and the exponent."""

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

SIZES = (10_000, 100_000)
ROUNDS = 15


def main() -> None:
    """Measure each size in a process and home of its own, then compare."""
    import json

    from bench.table import Figure, hand_back

    if os.environ.get("BENCH_SIZE"):
        print(json.dumps(_measure(int(os.environ["BENCH_SIZE"]))))
        return
    found = [_in_own_home(size) for size in SIZES]
    figures = []
    for name, unit, goal in (
        ("facts made anew", "s", ""),
        ("one event to the facts", "ms", "≤ 2,000 ms"),
        ("a wall's figures", "ms", "≤ 50 ms"),
        ("work list, first page", "ms", "≤ 50 ms"),
        ("search by name without tones", "ms", "≤ 60 ms"),
    ):
        small, large = (values[name] for values in found)
        exponent = math.log(large / small) / math.log(SIZES[1] / SIZES[0])
        limit = float(goal.split()[1].replace(",", "")) if goal else None
        figures.append(
            Figure(
                f"{name}, {SIZES[1]:,} dossiers",
                large,
                unit,
                f"the same at {SIZES[0]:,}",
                large / small,
                goal,
                None if limit is None else large <= limit,
                f"grows with exponent {exponent:.2f}",
            )
        )
    hand_back(figures)


def _in_own_home(size: int) -> dict[str, float]:
    import json

    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        run = subprocess.run(
            [sys.executable, "-m", "bench.growing"],
            env={**os.environ, "MOTCUA_HOME": home, "BENCH_SIZE": str(size)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    values: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return values


def _measure(size: int) -> dict[str, float]:
    import django

    django.setup()
    from django.utils import timezone
    from tests.dossiers.given import APPLICANT, CLERK, a_request

    from bench.homes import AT, pasts, prepare
    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers import actions, queries
    from motcua.dossiers.history import write_history
    from motcua.indicators import facts
    from motcua.indicators.asking import Asked
    from motcua.indicators.queries import overview
    from motcua.kit.moments import minute_of
    from motcua.kit.periods import Period
    from motcua.registry.queries import catalogue

    prepare()
    _enrol()
    for written in write_history(pasts(size), actor=SYSTEM, at=AT):
        pass
    assert written.dossiers == size
    began = time.perf_counter()
    facts.rebuild()
    rebuilt = time.perf_counter() - began
    asked = Asked.of(Period.year(2025), now=minute_of(AT))
    whole = Asked.of(Period.read("2020-01-01", "2026-12-31"), now=minute_of(AT))
    assert overview(whole).total.counts["received"] == size
    now, known = timezone.now(), catalogue()

    def event() -> None:
        actions.receive_new(request=a_request(), applicants=APPLICANT, actor=CLERK, at=AT)
        facts.advance()
        overview(asked)

    def work() -> None:
        rows = queries.work_of(CLERK, queries.Wanted(scope="unit"), known=known, now=now)
        list(queries.ordered(rows, queries.Order("due", is_descending=False))[:50])

    return {
        "facts made anew": rebuilt,
        "one event to the facts": _median(event) * 1000,
        "a wall's figures": _median(lambda: overview(asked)) * 1000,
        "work list, first page": _median(work) * 1000,
        "search by name without tones": _median(lambda: list(queries.find("ha brong", CLERK)[:50]))
        * 1000,
    }


def _enrol() -> None:
    """Enrol the owners of told dossiers, some of whom answer to the search."""
    from uuid import UUID

    from bench.homes import AT, COMMUNE
    from motcua.accounts.actors import SYSTEM
    from motcua.citizens.history import Newcomer, enrol_many
    from motcua.citizens.rules import Details, Kind

    names = ("Ntơr Ha Brông", "K'Hoàng Bĭn", "Nguyễn Thị Mai Hương", "Pang Pế Ha Kră", "Mai Minh")
    people = [
        Newcomer(
            UUID(int=number),
            Details(kind=Kind.CITIZEN, name=f"{names[number % 5]} {number}", is_synthetic=True),
        )
        for number in range(1, 20_000)
    ]
    enrol_many(newcomers=people, unit_key=COMMUNE, actor=SYSTEM, at=AT)


def _median(question: object) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        question()  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return statistics.median(times[2:])


if __name__ == "__main__":
    main()
