"""Brings an installation to life: database, first registry, words. Any command may ask for it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation
from django.utils.translation.reloader import translation_file_changed

from motcua.accounts.actors import SYSTEM
from motcua.registry import seed
from motcua.ui import translations


def prepare() -> None:
    """Do what is still to do; a home that is ready costs a few reads.

    Safe when several commands start at once: the first one works, the others wait for it.
    """
    home = Path(settings.MOTCUA_HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with only_one(home / "setup.lock"):
        compile_words()
        if is_database_behind():
            call_command("migrate", interactive=False, verbosity=0)
        seed.install(actor=SYSTEM, at=timezone.now())


def compile_words() -> None:
    """Compile words that were changed, and let this process forget the old ones it has read."""
    if translations.compile_all():
        language = translation.get_language()
        translation_file_changed(None, Path("django.mo"))  # what Django does when it sees a new one
        translation.activate(language or settings.LANGUAGE_CODE)


def is_database_behind() -> bool:
    """Say whether a migration has not been applied yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def only_one(lock: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock on this machine during the block; give False when somebody else holds it.

    The system lets go of the lock when the process ends, however it ends.
    """
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
