"""Which units, fields and procedures have dossiers at all: what choosers offer."""

from functools import lru_cache
from pathlib import Path

from . import store
from .cube import figures
from .cube.closing import NoCube
from .facts import manifest


def known_units() -> tuple[str, ...]:
    """Give the keys of all units that ever held a received dossier."""
    try:
        return figures.known_units()
    except NoCube:
        return _distinct("unit_key")


def known_fields() -> tuple[str, ...]:
    """Give the codes of all fields that have dossiers."""
    try:
        return figures.known_fields()
    except NoCube:
        return _distinct("field")


def known_procedures() -> tuple[str, ...]:
    """Give the codes of all procedures that have dossiers."""
    return _distinct("procedure")


def _distinct(column: str) -> tuple[str, ...]:
    return _found(column, manifest.root(), manifest.stamp())


@lru_cache(maxsize=8)
def _found(column: str, _home: Path, _facts: object) -> tuple[str, ...]:
    """Look through the facts once for all choosers, as long as they are the same."""
    with store.steady() as db:
        rows = db.execute(f"SELECT DISTINCT {column} FROM spans ORDER BY 1").fetchall()  # noqa: S608
    return tuple(row[0] for row in rows)
