"""One receipt through rules, row, event and key, against a bare insert of the same row."""

import statistics
import time
from uuid import uuid4

import django

RUNS, WARM = 400, 50


def main() -> None:
    """Measure CPU of both, in turn, and check that both wrote the same number of rows."""
    django.setup()
    from django.db import connection
    from tests.dossiers.given import APPLICANT, CLERK, MONDAY, a_request

    from bench.homes import prepare
    from bench.table import Figure, hand_back
    from motcua.dossiers import actions
    from motcua.dossiers.models import Dossier

    prepare()
    names = [f.column for f in Dossier._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare AS SELECT * FROM dossiers_dossier WHERE 0")
    raw = connection.connection
    columns = ", ".join(f'"{name}"' for name in names)
    insert = f"INSERT INTO bare ({columns}) VALUES ({', '.join('?' * len(names))})"
    acted: list[float] = []
    bare: list[float] = []
    row: list[object] = ["x"] * len(names)
    for _ in range(RUNS + WARM):
        began = time.process_time()
        actions.receive_new(
            request=a_request(), applicants=APPLICANT, actor=CLERK, at=MONDAY, key=str(uuid4())
        )
        acted.append(time.process_time() - began)
        began = time.process_time()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(insert, row)
        raw.execute("COMMIT")
        bare.append(time.process_time() - began)
    count = raw.execute("SELECT count(*) FROM bare").fetchone()[0]
    assert Dossier.objects.count() == count == RUNS + WARM
    ours, theirs = (statistics.median(times[WARM:]) * 1000 for times in (acted, bare))
    hand_back(
        [
            Figure(
                "one receipt, CPU",
                ours,
                "ms",
                "bare INSERT, same columns, own transaction",
                ours / theirs,
                "≤ 5 ms",
                ours <= 5,
            )
        ]
    )


if __name__ == "__main__":
    main()
