"""The door of the command line to the import of dossiers."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .importing import acting_account
from .importing import import_dossiers as take_in
from .mapping import load
from .outcome import Outcome

SECONDS_BETWEEN = 1.0


def import_dossiers(
    *,
    path: Path,
    mapping: Path | str,
    is_dry_run: bool,
    create_missing_below: str | None,
    at: datetime,
    tell: Callable[[str], object],
) -> Outcome:
    """Take in a file of dossiers by a mapping; `tell` hears how far it is.

    Errors: FileRefused and the refusals of the registry; nothing was written then, except that
    DiskFull says how many dossiers are in.
    """
    plan = load(str(mapping))
    return take_in(
        path=path,
        plan=plan,
        root=create_missing_below or "",
        reports=Path(settings.MOTCUA_HOME) / "reports",
        actor=acting_account(plan),
        at=at,
        progress=_Slowly(tell),
        dry_run=is_dry_run,
    )


class _Slowly:
    """Passes on what is told, once a second."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell
        self._told_at = time.monotonic()

    def __call__(self, stage: str, count: int) -> None:
        now = time.monotonic()
        if now - self._told_at >= SECONDS_BETWEEN:
            self._told_at = now
            self._tell(_(stage) % {"count": count})
