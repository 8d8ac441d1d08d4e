"""Imports a file in a process that is killed again and again, and looks whether the end is equal.

    python -m tests.soak.import_kills --kills 20 [--rows 2000] [--seed 1]

prints {"kills", "dossiers", "faults"}; a fault is a difference from one undisturbed import.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL_BATCH = 50
MAPPING = """
source = "soak"
[columns]
key = "id"
received_at = "received"
due_at = "due"
ended_at = "ended"
unit = "unit"
procedure_name = "procedure"
owner = "owner"
identity_number = "number"
"""


def write_file(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write a file of dossiers with persons, a third of them met before, and its mapping."""
    path, mapping = folder / "soak.csv", folder / "soak.toml"
    lines = ["id,received,due,ended,unit,procedure,owner,number"]
    for n in range(rows):
        day, person = 1 + n % 28, n % (rows * 2 // 3)
        lines.append(
            f"S-{n},2025-03-{day:02} 08:{n % 60:02}:00,2025-04-{day:02} 17:00:00,"
            f"2025-03-{day:02} 10:00:00,Phòng số {n % 7},Thủ tục thử {n % 11},"
            f"Người Thử {person},0681{person:02}9999{person % 100:02}"[:400]
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return path, mapping


def child(path: Path, mapping: Path) -> None:
    """Import in small batches; say each step, so that the parent knows when to kill."""
    import django

    django.setup()
    from django.utils import timezone

    from motcua.exchange.files import acting_account, importing, load_mapping

    plan = load_mapping(str(mapping))
    importing.BATCH = SMALL_BATCH
    print("started", flush=True)
    importing.import_dossiers(
        path=path,
        plan=plan,
        root="SOAK",
        reports=Path(os.environ["MOTCUA_HOME"]) / "reports",
        actor=acting_account(plan),
        at=timezone.now(),
        progress=lambda stage, count: print(stage, count, flush=True),
    )
    print("done", flush=True)


def state() -> None:
    """Print what the import left: a digest of dossiers, persons, units, procedures, events."""
    import django

    django.setup()
    from motcua.citizens.models import Person
    from motcua.dossiers.models import Dossier
    from motcua.ledger.models import Event
    from motcua.registry.queries import catalogue

    known = catalogue()
    events = Event.objects.exclude(kind__startswith="registry.")
    told = {
        "dossiers": sorted(map(str, Dossier.objects.values_list())),
        "persons": sorted(map(str, Person.objects.values_list("id", "name", "identity_number"))),
        "units": sorted(unit.key for unit in known.units()),
        "procedures": sorted(known.procedure_codes()),
        "events": sorted(
            map(str, events.values_list("kind", "subject_id", "epoch", "subject_version", "data"))
        ),
    }
    digests = {
        name: [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
        for name, rows in told.items()
    }
    print(json.dumps(digests))


def prepare() -> None:
    import django

    django.setup()
    from motcua.setup import prepare as prepare_home

    prepare_home()


def start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start this module as a process of its own, in that home."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.import_kills", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "MOTCUA_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "motcua.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(home: Path, *arguments: str) -> str:
    """Run this module to its end; give what it printed."""
    process = start(home, *arguments)
    printed, errors = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(errors)
    return printed


def kill_once(home: Path, path: Path, mapping: Path, *, chance: random.Random, most: int) -> bool:
    """Start an import and kill it a moment after some step; give whether it was still running."""
    process = start(home, "--child", str(path), "--map", str(mapping))
    stream = process.stdout
    if stream is None:
        raise RuntimeError("no pipe")
    for _ in range(chance.randint(1, most)):
        if stream.readline() in ("", "done\n"):
            break
    time.sleep(chance.random() * 0.03)
    was_running = process.poll() is None
    process.kill()
    process.communicate()
    return was_running


def compare(kills: int, rows: int, seed: int) -> dict[str, object]:
    """Kill imports on their way in one home, import undisturbed in another, compare the two."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="motcua-soak-") as name:
        folder = Path(name)
        path, mapping = write_file(folder, rows)
        shaken, calm = folder / "shaken", folder / "calm"
        for home in (shaken, calm):
            finished(home, "--prepare")
        done = sum(
            kill_once(
                shaken, path, mapping, chance=chance, most=max(3, rows // SMALL_BATCH // kills * 2)
            )
            for _ in range(kills)
        )
        for home in (shaken, calm):
            finished(home, "--child", str(path), "--map", str(mapping))
        found, wanted = (json.loads(finished(home, "--state")) for home in (shaken, calm))
    faults = [name for name in wanted if found[name] != wanted[name]]
    return {"kills": done, "dossiers": wanted["dossiers"][0], "faults": faults}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--rows", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--child", type=Path)
    options.add_argument("--map", type=Path)
    options.add_argument("--state", action="store_true")
    options.add_argument("--prepare", action="store_true")
    told = options.parse_args()
    if told.child:
        child(told.child, told.map)
    elif told.state:
        state()
    elif told.prepare:
        prepare()
    else:
        print(json.dumps(compare(told.kills, told.rows, told.seed)))


if __name__ == "__main__":
    main()
