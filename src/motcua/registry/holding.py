"""Keeps the registry as it is while somebody counts by it (docs/adr/0014).

A door that read the calendar before a change of it commits, and commits its dossier after
everybody was looked through, would keep the old due moment for ever. So who counts holds the
registry still to the end of its transaction; who writes it waits for them, and they for it.

Both are taken before every other lock of a transaction: then nobody who waits here has anything
that somebody else waits for. SQLite needs nothing: its transactions begin IMMEDIATE, one at a time,
so whoever counts or writes there does it alone (docs/adr/0003).
"""

from django.db import connection

REGISTRY_LOCK = 7_301_002  # any fixed number but the ledger's; names the PostgreSQL advisory lock


def hold_still() -> None:
    """Let nobody change the registry until the transaction ends; many may hold it at once.

    What was read of the registry before is read again after it: `queries.catalogue()` looks at the
    token each time, so that a picture from before the wait is not used.

    Errors: RuntimeError outside a transaction.
    """
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


def about_to_change() -> None:
    """Wait until nobody counts by the registry, and let nobody begin until the transaction ends.

    Never after `hold_still` in one transaction: two who do both would wait for each other.

    Errors: RuntimeError outside a transaction.
    """
    _lock("SELECT pg_advisory_xact_lock(%s)")


def _lock(statement: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the registry is held until the end of a transaction; there is none")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [REGISTRY_LOCK])
