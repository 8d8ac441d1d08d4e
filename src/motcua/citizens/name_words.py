"""The words of names, searched from their start: written beside the rows, read by `queries`.

PostgreSQL keeps them in an index of the column, so there is nothing to write.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection


def last_row() -> int:
    """Give the place after which rows written from now on will stand."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(rowid), 0) FROM citizens_person")
        return int(cursor.fetchone()[0])


def learn_after(row: int) -> None:
    """Add the names of all rows after this place, in one statement."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO citizens_name (fold_name, person_id)"
            " SELECT fold_name, id FROM citizens_person WHERE rowid > %s ORDER BY rowid",
            [row],
        )


def persons_with(words: Sequence[str], *, limit: int) -> list[UUID]:
    """Give the persons whose name holds words that start so, the latest first on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id FROM citizens_person"
                " WHERE to_tsvector('simple', fold_name) @@ to_tsquery('simple', %s) LIMIT %s",
                [" & ".join(f"{word}:*" for word in words), limit],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT person_id FROM citizens_name WHERE citizens_name MATCH %s"
            " ORDER BY rowid DESC LIMIT %s",
            [" ".join(f'"{word}"*' for word in words), limit],
        )
        return [UUID(row[0]) for row in cursor.fetchall()]
