"""Kills a process in the middle of a change of the calendar, again and again, and looks after.

    python -m tests.soak.change_kills --dossiers 400 --kills 100 --seed 7

Works in a home of its own, which goes at the end, or in an empty MOTCUA_HOME or DATABASE_URL. A
child applies a holiday, then takes it back; the parent ends it (its own child, by pid) at random
moments until it gets through by itself, and begins anew until there were enough kills.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from uuid import UUID

import django
from django.db import connection


def main() -> int:
    """Apply and reverse under kills; print what was found as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=400)
    parser.add_argument("--kills", type=int, default=1, help="as many at least")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", file=sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    with tempfile.TemporaryDirectory(prefix="motcua-kills-") as home:
        os.environ.setdefault("MOTCUA_HOME", home)
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    django.setup()
    from django.core.management import call_command

    from tests.dossiers.given import a_registry
    from tests.dossiers.given_changes import a_world

    call_command("migrate", verbosity=0)
    a_registry()
    chance = random.Random(args.seed)
    a_world(chance, args.dossiers)
    kills, rounds = 0, 0
    faults: list[str] = []
    while not rounds or kills < args.kills:
        more, wrong = _there_and_back(chance)
        kills, rounds, faults = kills + more, rounds + 1, [*faults, *wrong]
    faults += _told_otherwise(2 * rounds)
    print(json.dumps({"kills": kills, "changes": rounds, "moved": _moved(), "faults": faults[:20]}))
    return 1 if faults else 0


def _there_and_back(chance: random.Random) -> tuple[int, list[str]]:
    """Apply a holiday and take it back under kills; give how many, and what was wrong."""

    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers import actions
    from tests.dossiers.given_changes import (
        HOLIDAY,
        NOW,
        a_previewed,
        all_else,
        counted,
        dues,
        smaller,
        smaller_counted,
    )

    before, limits, rest, faults = dues(), smaller(), all_else(), []
    change = a_previewed(HOLIDAY)
    kills = 0
    for act in (actions.apply_change, actions.reverse_change):
        act(change_id=change.pk, actor=SYSTEM, at=NOW)
        kills += _under_kills(change.pk, chance)
        if dues() != counted() or smaller() != smaller_counted():
            faults.append(f"{act.__name__}: not what a full count gives")
        if all_else() != rest:
            faults.append(f"{act.__name__}: something else was changed")
    if dues() != before or smaller() != limits:
        faults.append("not every due moment is what it was")
    return kills, faults


def _under_kills(change_id: UUID, chance: random.Random) -> int:
    """Let children go on with the change until one gets through; give how many were killed."""
    kills = 0
    while True:
        connection.close()
        child = os.fork()
        if child == 0:
            _finish(change_id)
        patience = chance.uniform(0.005, 0.15) + kills * 0.005
        until = time.monotonic() + patience
        ended = 0
        while not ended and time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            time.sleep(0.002)
        if ended:
            assert status == 0, status
            return kills
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kills += 1


def _finish(change_id: UUID) -> None:
    from motcua.dossiers.changes import moving
    from motcua.dossiers.changes.going_on import finish
    from tests.dossiers.given_changes import NOW

    moving.BATCH = 5
    finish(change_id, at=NOW)
    os._exit(0)


def _moved() -> int:
    from motcua.dossiers.models import ClockChange

    return sum(ClockChange.objects.values_list("moved", flat=True))


def _told_otherwise(times: int) -> list[str]:
    """Give a fault where a dossier was moved more or less often, or row and ledger differ."""
    from django.db.models import Count, Max

    from motcua.dossiers.models import Dossier
    from motcua.ledger.models import Event

    told = Event.objects.filter(kind="dossier.due_moved").values("subject_id")
    often = [one for one in told.annotate(n=Count("seq")) if one["n"] != times]
    last = dict(
        Event.objects.filter(kind__startswith="dossier.")
        .values_list("subject_id")
        .annotate(last=Max("subject_version"))
    )
    rows = dict(Dossier.objects.values_list("pk", "version"))
    faults = [f"moved {one['n']} times: {one['subject_id']}" for one in often]
    return faults + ([] if rows == last else ["rows and ledger tell different versions"])


if __name__ == "__main__":
    sys.exit(main())
