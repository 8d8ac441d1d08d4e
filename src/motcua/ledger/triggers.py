"""The database itself refuses to change the past."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("ledger_event", "ledger_clientkey")


def install(connection: BaseDatabaseWrapper, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL) on append-only tables.

    Rooms above give the names of tables of their own.
    """
    tables = tuple(tables)
    remove(connection, tables)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION motcua_append_only() RETURNS trigger AS $$ BEGIN"
                " RAISE EXCEPTION 'append-only: %% is never changed', TG_TABLE_NAME; END $$"
                " LANGUAGE plpgsql",
                [],
            )
        for table in tables:
            for statement in _create(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Take the triggers away; only for tests that empty the database between them."""
    with connection.cursor() as cursor:
        for table in tables:
            for event in ("update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")


def _create(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        rows = [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION motcua_append_only()"
            for event in ("update", "delete")
        ]
        return [
            *rows,
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION motcua_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'append-only: {table} is never changed'); END"
        for event in ("update", "delete")
    ]
