"""Large files, a full disk and kills: clear words, nothing half."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier
from motcua.exchange.files import importing, refusals
from motcua.ledger.models import Event
from tests.exchange.given import PLAIN, a_registry, imported, mapping_file, plain_csv
from tests.sizes import sized, soaks

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("MOTCUA_KILLS", "3"))
MEGABYTE = 1_000_000
SLACK_KB = 80_000
PEAK = (
    "import resource, subprocess, sys;"
    "run = subprocess.run([sys.executable, '-m', 'motcua.cli', *sys.argv[1:]], check=True,"
    " stdout=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
ROW = "{},2025-07-07 08:21:59,2025-07-08 17:30:00,2025-07-08 10:00:00,24853,1.001193"


def run(home: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "MOTCUA_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "motcua.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def write_large(path: Path, size: int) -> None:
    note = "ghi chú rất dài " * 120
    with path.open("w", encoding="utf-8") as file:
        file.write("id,received,due,ended,unit,procedure,note\n")
        number = 0
        while file.tell() < size:
            file.writelines(f"{ROW.format(f'A-{n}')},{note}\n" for n in range(number, number + 999))
            number += 999


@soaks
@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="reading needs one engine only")
def test_a_file_of_many_megabytes_needs_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    mapping = str(mapping_file(tmp_path, PLAIN + 'note = "note"\n'))
    peaks = []
    for size in (MEGABYTE, sized(whole=200, part=60) * MEGABYTE):
        path = tmp_path / "large.csv"
        write_large(path, size)
        command = ["import", "dossiers", str(path), "--mapping", mapping, "--dry-run"]
        peaks.append(int(run(tmp_path / "home", "-c", PEAK, *command, "--create-missing", "R")))

    assert peaks[1] < peaks[0] + SLACK_KB


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="SQLite is made to run full here")
def test_a_full_disk_is_told_and_running_again_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 100)
    a_registry()
    path = plain_csv(tmp_path, *[ROW.format(f"A-{n}") for n in range(3000)])
    mapping = mapping_file(tmp_path, PLAIN)
    with connection.cursor() as cursor:
        [used] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {used + 200}")

    with pytest.raises(refusals.DiskFull) as caught:
        imported(path, mapping)

    taken = Dossier.objects.count()
    assert 0 < taken < 3000
    assert caught.value.facts == {"applied": taken}
    assert Event.objects.filter(kind="dossier.received").count() == taken
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    again = imported(path, mapping)
    assert (again.known, again.taken_in) == (taken, 3000 - taken)


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="make soak kills on PostgreSQL")
def test_killed_on_the_way_and_run_again_the_end_is_equal(tmp_path: Path) -> None:
    rows = str(max(200, KILLS * 100))

    printed = run(tmp_path, "-m", "tests.soak.import_kills", "--kills", str(KILLS), "--rows", rows)

    found = json.loads(printed)
    assert found["faults"] == []
    assert found["kills"] > 0
