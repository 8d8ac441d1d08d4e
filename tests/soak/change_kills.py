"""Kills a process in the middle of a change of the calendar, again and again, and looks after.

    python -m tests.soak.change_kills --dossiers 400 --seed 7

Needs an empty MOTCUA_HOME or DATABASE_URL. A child applies a holiday, then takes it back; the
parent ends it (its own child, by pid) at random moments until it gets through by itself.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from uuid import UUID

import django
from django.db import connection


def main() -> int:
    """Apply and reverse under kills; print what was found as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=400)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", file=sys.stderr)
    django.setup()
    from django.core.management import call_command

    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers import actions
    from tests.dossiers.given import a_registry
    from tests.dossiers.given_changes import (
        HOLIDAY,
        NOW,
        a_previewed,
        a_world,
        all_else,
        counted,
        dues,
    )

    call_command("migrate", verbosity=0)
    a_registry()
    chance = random.Random(args.seed)
    a_world(chance, args.dossiers)
    before, rest, faults = dues(), all_else(), []
    change = a_previewed(HOLIDAY)
    kills = 0
    for act in (actions.apply_change, actions.reverse_change):
        act(change_id=change.pk, actor=SYSTEM, at=NOW)
        kills += _under_kills(change.pk, chance)
        if dues() != counted():
            faults.append(f"{act.__name__}: not what a full count gives")
        if all_else() != rest:
            faults.append(f"{act.__name__}: something else was changed")
    if dues() != before:
        faults.append("not every due moment is what it was")
    faults += _twice_told()
    print(json.dumps({"kills": kills, "moved": _moved(), "faults": faults}))
    return 1 if faults else 0


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

    return ClockChange.objects.get().moved


def _twice_told() -> list[str]:
    """Give a fault where a dossier was moved more than once each way, or row and ledger differ."""
    from django.db.models import Count, Max

    from motcua.dossiers.models import Dossier
    from motcua.ledger.models import Event

    told = Event.objects.filter(kind="dossier.due_moved").values("subject_id")
    often = [one for one in told.annotate(n=Count("seq")) if one["n"] != 2]
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
