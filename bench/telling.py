"""Told history through rules, rows and events, against executemany of rows and events alone."""

import time

import django

COUNT = 10_000


def main() -> None:
    """Tell dossiers, then copy the very same rows and events by executemany."""
    django.setup()
    from django.db import connection

    from bench.homes import AT, pasts, prepare
    from bench.table import Figure, hand_back
    from motcua.accounts.actors import SYSTEM
    from motcua.dossiers.history import write_history

    prepare()
    told = list(pasts(COUNT))
    began = time.process_time()
    for written in write_history(told, actor=SYSTEM, at=AT):
        pass
    ours = time.process_time() - began
    assert (written.dossiers, written.refused) == (COUNT, [])
    bare = sum(_copied(connection, table) for table in ("dossiers_dossier", "ledger_event"))
    hand_back(
        [
            Figure(
                "history told, 7 events a dossier, CPU",
                COUNT / ours,
                "dossiers/s",
                "bare executemany of the same rows",
                ours / bare,
                "120 s for 100,000",
                COUNT / ours >= 100_000 / 120,
                f"{written.events / ours:,.0f} events/s",
            )
        ]
    )


def _copied(connection: object, table: str) -> float:
    raw = connection.connection  # type: ignore[attr-defined]
    schema = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
    raw.execute(schema.replace(f'"{table}"', f'"copy_{table}"', 1))
    indexes = raw.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        [table],
    ).fetchall()
    for number, (sql,) in enumerate(indexes):
        name = sql.split('"')[1]
        raw.execute(sql.replace(name, f"copy_{number}_{name}", 1).replace(table, f"copy_{table}"))
    rows = raw.execute(f"SELECT * FROM {table}").fetchall()
    marks = ", ".join("?" * len(rows[0]))
    began = time.process_time()
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(f"INSERT INTO copy_{table} VALUES ({marks})", rows)
    raw.execute("COMMIT")
    spent = time.process_time() - began
    assert raw.execute(f"SELECT count(*) FROM copy_{table}").fetchone()[0] == len(rows)
    return spent


if __name__ == "__main__":
    main()
