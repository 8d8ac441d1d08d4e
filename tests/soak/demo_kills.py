"""Kills the demonstration while it loads and while it plays, and looks what is left.

    python -m tests.soak.demo_kills --kills 40 --seed 7

Works in a home of its own, which goes at the end, or in an empty MOTCUA_HOME or DATABASE_URL
that is named. Each round forks a child that loads a small world, or plays it once it is loaded; the
parent ends it (its own child, by pid) at a random moment. What was loaded must be the world as it
is planned, to the last dossier; rows, events and keys must stand or fall together.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date

import django
from django.db import connection, connections
from django.db.models import Count, Max

SCALE, BATCH = 50, 200
EVERY = 0.01
LINES = 15  # that a load of this size says, about


def main() -> int:
    """Run the rounds and print what was found as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", file=sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    with tempfile.TemporaryDirectory(prefix="motcua-demo-kills-") as home:
        os.environ.setdefault("MOTCUA_HOME", home)
        return _run(random.Random(args.seed), args.kills)


def _run(chance: random.Random, kills: int) -> int:
    django.setup()
    from motcua.setup import prepare

    prepare()
    connections.close_all()
    loading = kills // 2
    stages, faults = set[int](), list[str]()
    for number in range(loading):
        _killed_in_load(said=number * LINES // loading, rest=chance.uniform(0, 0.4))
        stages.add(_dossiers())
    faults += _faults_of_load()
    before = _events()
    for _ in range(kills - loading):
        _killed_at_play(rest=chance.uniform(0, 1))
        faults += _faults_of_play()
    found = {"kills": kills, "stages": len(stages), "played": _events() - before}
    print(json.dumps({**found, "faults": faults[:20]}))
    return 1 if faults else 0


def _killed_in_load(*, said: int, rest: float) -> None:
    """End a load some seconds after it has said so many lines: each stage says one when done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _load(tell=lambda _: os.write(writing, b"."))
        os._exit(0)
    os.close(writing)
    for _ in range(said):
        os.read(reading, 1)
    time.sleep(rest)
    _end(child)
    os.close(reading)


def _killed_at_play(*, rest: float) -> None:
    """End a player some seconds after its first action."""
    before, patience = _events(), time.monotonic() + 60
    child = os.fork()
    if child == 0:
        _play()
        os._exit(0)
    while _events() == before and time.monotonic() < patience:
        time.sleep(0.02)
    time.sleep(rest)
    _end(child)


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _load(tell: Callable[[str], object] = str) -> None:
    from motcua.exchange import demonstration

    demonstration.load(today=date(2026, 11, 18), tell=tell, scale=SCALE, batch=BATCH)


def _play() -> None:
    from motcua.exchange import demonstration

    demonstration.play_until(threading.Event(), every=EVERY)


def _faults_of_load() -> list[str]:
    """Load to the end and compare with the world as it is planned."""
    from motcua.dossiers.models import Dossier
    from motcua.exchange.demonstration import marker
    from motcua.kit.moments import moment_of
    from motcua.registry.queries import catalogue
    from tests.exchange.given_demonstration import a_world

    _load()
    world = marker.read()
    if world is None or not world.is_complete or world.levels is None:
        return ["the load did not end"]
    at = moment_of(world.now)
    pasts = a_world(catalogue(), at=at, seed=world.seed, scale=world.scale)
    planned = {past.id: len(past.moves) for past in pasts}
    rows = dict(Dossier.objects.values_list("id", "version"))
    faults = [
        f"not as planned: {key}" for key in planned | rows if planned.get(key) != rows.get(key)
    ]
    return faults + _torn()


def _faults_of_play() -> list[str]:
    from motcua.dossiers.models import Dossier
    from motcua.exchange.demonstration.stocks import MARK
    from motcua.ledger.models import ClientKey

    begun = list(
        Dossier.objects.filter(foreign_code__startswith=MARK).values_list("foreign_code", flat=True)
    )
    kept = set(ClientKey.objects.filter(key__startswith=MARK).values_list("key", flat=True))
    faults = [] if sorted(begun) == sorted(kept) else ["a dossier without its key, or twice"]
    return faults + _torn()


def _torn() -> list[str]:
    """Look for rows and events that differ, and for codes given twice."""
    from motcua.dossiers.models import Dossier
    from motcua.ledger.models import Event

    events = Event.objects.filter(kind__startswith="dossier.")
    told = {
        row["subject_id"]: (row["n"], row["last"])
        for row in events.values("subject_id").annotate(n=Count("seq"), last=Max("subject_version"))
    }
    rows = dict(Dossier.objects.values_list("id", "version"))
    faults = [f"torn: {key}" for key in rows | told if told.get(key) != (rows.get(key),) * 2]
    codes = Dossier.objects.values("code").annotate(n=Count("id")).filter(n__gt=1)
    faults += [f"a code twice: {row['code']}" for row in codes]
    connection.close()
    return faults


def _dossiers() -> int:
    from motcua.dossiers.models import Dossier

    number: int = Dossier.objects.count()
    connection.close()
    return number


def _events() -> int:
    from motcua.ledger.models import Event

    number: int = Event.objects.count()
    connection.close()
    return number


if __name__ == "__main__":
    sys.exit(main())
