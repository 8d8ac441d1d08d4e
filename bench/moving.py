"""A holiday drafted over a million open dossiers: what its preview costs, and whether it is right.

MOTCUA_BENCH_OPEN sets how many. The home holds the registry that comes with the program: dossiers
of every commune, of procedures with limits in days, hours, months, under the calendars of the
provinces; one in five with a pause, one in fifty with an appointment given anew.
"""

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import django

OPEN = int(os.environ.get("MOTCUA_BENCH_OPEN", "1000000"))
SAMPLE = 3_000
GOAL = 10.0
DAY = 1440


def main() -> None:
    """Fill a home, preview a holiday, and count a sample of all dossiers by the scalar clock."""
    django.setup()
    from bench.table import Figure, hand_back
    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers import actions
    from motcua.dossiers.changes.previewing import preview
    from motcua.dossiers.models import ClockChange
    from motcua.registry.queries import catalogue

    fill()
    draft, at = holiday(), moment()
    change = actions.draft_change(draft=draft, actor=SYSTEM, at=at)
    catalogue().calendar(None)
    began, wall = time.process_time(), time.perf_counter()
    preview(change.pk)
    spent, passed = time.process_time() - began, time.perf_counter() - wall
    change = ClockChange.objects.get(pk=change.pk)
    assert change.preview == "ready", change.problem
    assert change.uncounted == 0
    scalar = check(change)
    note = f"{change.would_move:,} of {OPEN:,} would move; {change.total:,} counted; {passed:.1f} s"
    hand_back(
        [
            Figure(
                f"preview of a holiday, {OPEN:,} open dossiers, CPU",
                spent,
                "s",
                "the scalar clock on models, from a sample",
                spent / scalar,
                f"≤ {GOAL:.0f} s",
                spent <= GOAL * max(1.0, OPEN / 1_000_000),
                note,
            )
        ]
    )


def holiday() -> Any:
    """Give the draft of a holiday all over the country."""
    from motcua.kit.calendar import DayKind
    from motcua.registry.drafts import DayDraft

    return DayDraft(date(2026, 11, 25), DayKind.HOLIDAY, "Ngày nghỉ thử", "Thử", "bench")


def moment() -> Any:
    """Give now: what is open was received in the weeks before."""
    from motcua.kit.moments import moment_of

    return moment_of(now())


def now() -> int:
    """Give now as a local minute: 24 November 2026, 09:00."""
    from motcua.kit.moments import day_number

    return day_number(date(2026, 11, 24)) * DAY + 9 * 60


def fill() -> None:
    """Bring in the registry, a closure in every second province, and the dossiers."""
    from django.core.management import call_command
    from django.db import connection

    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers.models import Dossier, Pause
    from motcua.kit.calendar import DayKind
    from motcua.registry import seed
    from motcua.registry.actions import enter_day
    from motcua.registry.drafts import DayDraft
    from motcua.registry.queries import catalogue
    from motcua.registry.sets import UnitKind

    call_command("migrate", verbosity=0)
    seed.install(actor=SYSTEM, at=moment())
    today = date(2026, 11, 24)
    provinces = [
        unit
        for unit in catalogue().units()
        if unit.kind is UnitKind.PROVINCE and unit.is_valid_on(today)
    ]
    for unit in provinces[::2]:
        closed = DayDraft(date(2026, 12, 1), DayKind.CLOSURE, "Thử", "Thử", "bench", unit.key)
        enter_day(draft=closed, actor=SYSTEM, at=moment())
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    names = [str(f.column) for f in Dossier._meta.concrete_fields]
    columns = ",".join(f'"{name}"' for name in names)
    marks = ",".join("?" * len(names))
    raw.execute("BEGIN IMMEDIATE")
    pauses: list[tuple[object, ...]] = []
    raw.executemany(
        f"INSERT INTO dossiers_dossier ({columns}) VALUES ({marks})",
        ([row[name] for name in names] for row in rows(pauses)),
    )
    raw.executemany(
        f"INSERT INTO {Pause._meta.db_table} (dossier_id, kind, from_at, to_at) VALUES (?,?,?,?)",
        pauses,
    )
    raw.execute("COMMIT")
    raw.execute("ANALYZE")


def rows(pauses: list[tuple[object, ...]]) -> Iterator[dict[str, object]]:
    """Give the columns of the dossiers; their pauses are put into the list."""
    from motcua.kit.clock import Extension, Pause, due_of
    from motcua.kit.moments import date_of, day_of
    from motcua.ledger.recording import sqlite_moment
    from motcua.registry.queries import catalogue
    from motcua.registry.sets import UnitKind

    known, chance, until = catalogue(), random.Random(20261124), now()
    today = date_of(day_of(until))
    communes = [
        unit.key
        for unit in known.units()
        if unit.kind is UnitKind.COMMUNE and unit.is_valid_on(today)
    ]
    cards = [card for card in known.procedures(today) if card.limits]
    empty = _empty_row()
    for number in range(OPEN):
        card, unit = chance.choice(cards), chance.choice(communes)
        channel = chance.choice(("direct", "online"))
        limit = known.limit(card, channel)
        received = until - chance.randint(1, _usual_age(limit))
        key = UUID(int=chance.getrandbits(128)).hex
        stops: list[Pause] = []
        if chance.random() < 0.2:
            begins = received + chance.randint(60, 5 * DAY)
            if begins < until:
                ends = begins + chance.randint(60, 6 * DAY)
                stops = [Pause(begins, ends if ends < until else None)]
        extension = None
        due = None
        if limit is not None:
            due = due_of(
                received_at=received,
                limit=limit,
                calendar=known.calendar(unit),
                pauses=stops,
                rules=card.rules,
            ).due_at
        if due is not None and chance.random() < 0.02 and not stops:
            extension = Extension(received + 60, due + 5 * DAY)
            due = extension.due_at
        waits = bool(stops) and stops[0].to_at is None
        for stop in stops:
            to_at = None if stop.to_at is None else sqlite_moment(stop.to_at)
            pauses.append((key, "supplement", sqlite_moment(stop.from_at), to_at))
        yield {
            **empty,
            "id": key,
            "code": f"B-{number}",
            "procedure_code": card.code,
            "field_code": card.field_code,
            "channel": channel,
            "place_key": unit,
            "holder_key": unit,
            "clock_unit_key": unit,
            "status": "awaiting_supplement" if waits else "in_process",
            "received_at": sqlite_moment(received),
            "due_at": None if due is None else sqlite_moment(due),
            "original_due_at": None if due is None else sqlite_moment(due),
            "waiting_since": sqlite_moment(stops[0].from_at) if waits else None,
            "extended_at": sqlite_moment(extension.granted_at) if extension else None,
            "extended_to": sqlite_moment(extension.due_at) if extension else None,
            "extensions": 1 if extension else 0,
        }


def _usual_age(limit: Any) -> int:
    """Give how old an open dossier may be: few are overdue."""
    days = {"month": 30, "working_hour": 0.2, "same_day": 1}.get(
        limit.unit.value if limit else "", 1
    )
    return int((limit.total if limit else 10) * days * DAY) + DAY


def _empty_row() -> dict[str, object]:
    from motcua.dossiers.models import Dossier

    found: dict[str, object] = {}
    for one in Dossier._meta.concrete_fields:
        default = one.get_default() if one.has_default() else ("" if not one.null else None)
        found[str(one.column)] = int(default) if isinstance(default, bool) else default
    return {**found, "version": 2, "due_of": "rules"}


def check(change: Any) -> float:
    """Hold a sample of all dossiers against the scalar clock; give its CPU for all of them.

    Whoever is in the list must move exactly so, and whoever is not must stay.
    """
    from motcua.dossiers.changes.drafts import from_json, replaced_from
    from motcua.dossiers.changes.packing import unpacked
    from motcua.dossiers.changes.rows import NO_MOMENT
    from motcua.dossiers.changes.worlds import if_applied
    from motcua.dossiers.models import Dossier, Pause
    from motcua.dossiers.rows import life_of
    from motcua.dossiers.rules.moves import MOVE_DUE
    from motcua.dossiers.rules.taking import counted_due
    from motcua.dossiers.terms import terms_of
    from motcua.registry.queries import catalogue

    listed = {
        row["id"].tobytes(): int(row["after"])
        for page in change.pages.filter(purpose="preview")
        for row in unpacked(page.rows)
    }
    assert len(listed) == change.would_move
    chance = random.Random(7)
    codes = [f"B-{chance.randrange(OPEN)}" for _ in range(SAMPLE)]
    draft = from_json(change.what, change.draft)
    worlds = if_applied(catalogue(), draft, replaced_from(change.replaced))
    began, moved = time.process_time(), 0
    found = list(Dossier.objects.filter(code__in=codes))
    for row in found:
        life = life_of(row, list(Pause.objects.filter(dossier=row)))
        before, after = (
            counted_due(life, terms_of(life, MOVE_DUE, catalogue=one, at=now(), in_zone=False))
            for one in (worlds.before, worlds.after)
        )
        assert before == life.due_at, row.code
        expected = None if before == after else NO_MOMENT if after is None else after
        assert listed.get(row.pk.bytes) == expected, row.code
        moved += expected is not None
    assert moved > len(found) / 10
    return (time.process_time() - began) / len(found) * OPEN


if __name__ == "__main__":
    main()
