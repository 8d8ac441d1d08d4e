"""A sheet of 81,408 requests taken in through the rules, against a bare executemany of its rows.

The sheet has the shape of a city's request log; MOTCUA_BENCH_BOSTON may name the real one.
"""

import csv
import os
import random
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

ROWS = 81_408


def main() -> None:
    """Take the file in, count again what came in, and copy its rows bare."""
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from bench.table import Figure, hand_back
    from motcua.dossiers.models import Dossier
    from motcua.exchange import files
    from motcua.setup import prepare

    prepare()
    home = Path(settings.MOTCUA_HOME)
    sheet = Path(os.environ.get("MOTCUA_BENCH_BOSTON") or _made(home / "requests.csv"))
    wall, began = time.perf_counter(), time.process_time()
    files.import_dossiers(
        path=sheet,
        mapping="boston311",
        is_dry_run=False,
        create_missing_below="BENCH",
        at=timezone.now(),
        tell=lambda text: None,
    )
    spent, wall = time.process_time() - began, time.perf_counter() - wall
    count = Dossier.objects.count()
    assert count == ROWS, count
    bare = _bare(home, count)
    hand_back(
        [
            Figure(
                f"import of {count:,} requests",
                wall,
                "s",
                "bare executemany of as many rows, CPU",
                spent / bare,
                "< 20 s",
                wall < 20,
                f"{count / wall:,.0f} a second; CPU {spent:.1f} s",
            )
        ]
    )


def _made(path: Path) -> Path:
    """Write a sheet in the shape of the real one."""
    chance = random.Random(311)
    first = datetime(2015, 1, 1, 6, tzinfo=UTC)
    reasons = [
        (f"Reason {n}", f"Type {n}-{m}", f"SUBJ{n % 5}") for n in range(20) for m in range(7)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADER)
        for number in range(ROWS):
            opened = first + timedelta(minutes=chance.randrange(240 * 1440))
            target = opened + timedelta(days=chance.randint(1, 30))
            closed = opened + timedelta(minutes=chance.randrange(20 * 1440))
            is_closed = chance.random() < 0.95
            reason, kind, subject = chance.choice(reasons)
            values = {
                "CASE_ENQUIRY_ID": str(10**11 + number),
                "OPEN_DT": f"{opened:%Y-%m-%d %H:%M:%S}",
                "TARGET_DT": f"{target:%Y-%m-%d %H:%M:%S}" if chance.random() < 0.8 else "",
                "CLOSED_DT": f"{closed:%Y-%m-%d %H:%M:%S}" if is_closed else "",
                "OnTime_Status": "ONTIME",
                "CASE_STATUS": "Closed" if is_closed else "Open",
                "SUBJECT": subject,
                "REASON": reason,
                "TYPE": kind,
                "Department": subject,
                "Source": "Citizens Connect App",
            }
            sheet.writerow([values.get(name, "") for name in HEADER])
    return path


def _bare(home: Path, count: int) -> float:
    database = sqlite3.connect(home / "bare.sqlite3")
    database.execute("CREATE TABLE bare (key TEXT PRIMARY KEY, opened, target, closed)")
    rows = [(str(number), "2015-01-01 08:00:00", None, None) for number in range(count)]
    began = time.process_time()
    with database:
        database.executemany("INSERT INTO bare VALUES (?, ?, ?, ?)", rows)
    spent = time.process_time() - began
    assert database.execute("SELECT count(*) FROM bare").fetchone()[0] == count
    database.close()
    return spent


HEADER = (
    "CASE_ENQUIRY_ID",
    "OPEN_DT",
    "TARGET_DT",
    "CLOSED_DT",
    "OnTime_Status",
    "CASE_STATUS",
    "SUBJECT",
    "REASON",
    "TYPE",
    "QUEUE",
    "Department",
    "neighborhood",
    "ward",
    "Source",
)


if __name__ == "__main__":
    main()
