"""Kills a process in the middle of actions, again and again, and looks what is left.

    python -m tests.soak.kills --kills 200 --seed 7

Works in a home of its own, which goes at the end, or in an empty MOTCUA_HOME or DATABASE_URL
that is named. Each round forks a child that does actions and says
"done" after each commit; the parent ends it (its own child, by pid) at a random moment, then
checks that nothing it heard of is lost and that rows and events stand or fall together.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from uuid import UUID, uuid4

import django
from django.db import connection
from django.db.models import Count, Max

STEPS = (("hand_over", 1), ("request_supplement", 24), ("complete_supplement", 72))


def main() -> int:
    """Run the rounds and print what was found as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    print(f"seed {args.seed}", file=sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    with tempfile.TemporaryDirectory(prefix="motcua-kills-") as home:
        os.environ.setdefault("MOTCUA_HOME", home)
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    django.setup()
    _prepare()
    chance, heard, faults = random.Random(args.seed), 0, []
    for number in range(args.kills):
        acknowledged = _round(chance, number)
        heard += len(acknowledged)
        faults += _faults(acknowledged)
    faults += _integrity()
    print(json.dumps({"kills": args.kills, "acknowledged": heard, "faults": faults[:20]}))
    return 1 if faults else 0


def _prepare() -> None:
    from django.core.management import call_command

    from motcua.dossiers.models import Dossier
    from tests.dossiers.given import a_registry

    call_command("migrate", verbosity=0)
    if Dossier.objects.exists():
        sys.exit("There are dossiers here: name an empty home or database.")
    a_registry()
    connection.close()


def _round(chance: random.Random, number: int) -> list[tuple[str, str, int]]:
    """Let a child work and end it; give what it acknowledged: key, dossier, version."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _work(write_end, random.Random(f"{number}"))
    os.close(write_end)
    told = b""
    os.set_blocking(read_end, False)
    patience = time.monotonic() + 30
    while not told and time.monotonic() < patience:  # a busy machine takes its time to begin
        told += _read(read_end)
        time.sleep(0.001)
    stop_at = time.monotonic() + chance.uniform(0, 0.2)
    while time.monotonic() < stop_at:
        told += _read(read_end)
        time.sleep(chance.uniform(0.0005, 0.003))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told += _read(read_end)
    os.close(read_end)
    lines = told.decode().split("\n")[:-1]  # what follows the last line end was cut off
    return [(key, dossier, int(version)) for key, dossier, version in (x.split() for x in lines)]


def _read(pipe: int) -> bytes:
    try:
        return os.read(pipe, 1 << 20)
    except BlockingIOError:
        return b""


def _work(pipe: int, chance: random.Random) -> None:
    from motcua.dossiers import actions
    from tests.dossiers.given import APPLICANT, CLERK, MONDAY, WHY, a_request, later

    while True:
        key = str(uuid4())
        dossier = actions.receive_new(
            request=a_request(), applicants=APPLICANT, actor=CLERK, at=MONDAY, key=key
        )
        _say(pipe, key, dossier.id, dossier.version)
        for name, hours in STEPS[: chance.randint(0, 3)]:
            key = str(uuid4())
            words = {"words": WHY} if name == "request_supplement" else {}
            step = getattr(actions, name)
            done = step(dossier_id=dossier.id, actor=CLERK, at=later(hours=hours), key=key, **words)
            _say(pipe, key, dossier.id, done.version)


def _say(pipe: int, key: str, dossier_id: UUID, version: int) -> None:
    os.write(pipe, f"{key} {dossier_id} {version}\n".encode())


def _faults(acknowledged: list[tuple[str, str, int]]) -> list[str]:
    from motcua.dossiers.models import Dossier, Pause, Remark
    from motcua.ledger.models import ClientKey, Event

    events = Event.objects.filter(kind__startswith="dossier.")
    told = {
        row["subject_id"]: (row["n"], row["last"])
        for row in events.values("subject_id").annotate(n=Count("seq"), last=Max("subject_version"))
    }
    rows = dict(Dossier.objects.values_list("id", "version"))
    faults = [f"row and events differ: {key}" for key in rows | told if _differs(key, rows, told)]
    kept = set(ClientKey.objects.values_list("key", flat=True))
    faults += [
        f"lost: {dossier} v{version}"
        for key, dossier, version in acknowledged
        if key not in kept or rows.get(UUID(dossier), 0) < version
    ]
    if Event.objects.filter(kind__startswith="dossier.").count() != len(kept):
        faults.append("an event without its key, or a key without its event")
    asked = events.filter(kind="dossier.supplement_requested").count()
    if not asked == Pause.objects.count() == Remark.objects.count():
        faults.append("a supplement without its pause or its words")
    connection.close()
    return faults


def _differs(key: UUID, rows: dict[UUID, int], told: dict[UUID, tuple[int, int]]) -> bool:
    version = rows.get(key)
    return told.get(key) != (version, version)


def _integrity() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        answer = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    return [] if answer == "ok" else [answer]


if __name__ == "__main__":
    sys.exit(main())
