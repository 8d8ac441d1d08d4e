"""Pages of reference written from the code: `python -m tests.architecture.reference`."""

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

from motcua.accounts.permissions import Permission
from motcua.accounts.roles import NAMES, PERMISSIONS_OF, Role
from motcua.dossiers.rules.moves import BY_SYSTEM, MOVES, Move
from motcua.dossiers.rules.statuses import Status
from motcua.ledger.kinds import EventKind
from tests.architecture.words import PACKAGE, ROOMS, answered

DOCS = PACKAGE.parents[1] / "docs"
SETTING = re.compile(r'"((?:MOTCUA_[A-Z_]+)|DATABASE_URL)"')

WRITTEN = "Written from the code by `make fix`."
EVENTS_HEAD = ("# Events", "", WRITTEN, "", "| kind | says | may carry |", "|---|---|---|")
RIGHTS_HEAD = (
    "# Rights",
    "",
    f"{WRITTEN} A role is held at a unit and reaches every unit below it.",
    "",
)
MOVES_HEAD = (
    "# Moves",
    "",
    f"{WRITTEN} As a diagram: [dossier-moves.md](../dossier-moves.md). Where the status of a move",
    "is not named it stays. Nobody: done by the program itself.",
    "",
    "| thao tác | move | from | to | who may |",
    "|---|---|---|---|---|",
)


def all_kinds() -> list[EventKind]:
    """Give every kind of event, room by room."""
    modules = [f"motcua.{room}.kinds" for room in ROOMS if room != "ledger"]
    found: list[EventKind] = []
    for module in modules:
        if find_spec(module) is not None:
            said = vars(importlib.import_module(module)).values()
            found.extend(value for value in said if isinstance(value, EventKind))
    return found


def events() -> str:
    """Give the page of events."""
    rows = [
        f"| `{kind.name}` | {kind.says} | "
        + ", ".join(f"`{name}` {shape}" for name, shape in kind.fields.items())
        + " |"
        for kind in all_kinds()
    ]
    return "\n".join([*EVENTS_HEAD, *rows, ""])


def rights() -> str:
    """Give the page of rights: what each role may do."""
    parts = [*RIGHTS_HEAD]
    for role in Role:
        held = ", ".join(f"`{permission}`" for permission in sorted(PERMISSIONS_OF[role]))
        parts.append(f"**{NAMES[role]}** (`{role}`): {held}.\n")
    nobody = sorted(set(Permission) - frozenset().union(*PERMISSIONS_OF.values()))
    parts.append(
        f"Held by no role, only by the program itself: {', '.join(f'`{p}`' for p in nobody)}.\n"
    )
    return "\n".join(parts)


def moves() -> str:
    """Give the page of moves: from where to where each leads, and who may make it."""
    said = answered("dossiers")
    rows = []
    for move in MOVES:
        message = said.get(move.title)
        title = message.string if message else move.title
        rows.append(
            f"| {title} | `{move.name}` | {_sources(move)} | {_code(move.target)} | {_who(move)} |"
        )
    return "\n".join([*MOVES_HEAD, *rows, ""])


def _sources(move: Move) -> str:
    if move.sources is None:
        return "(new)"
    return ", ".join(_code(status) for status in Status if status in move.sources)


def _who(move: Move) -> str:
    may = [_code(role) for role in Role if PERMISSIONS_OF[role] & move.permissions]
    return "nobody" if move in BY_SYSTEM else ", ".join(may)


def _code(value: str | None) -> str:
    return f"`{value}`" if value else ""


PAGES = {"events.md": events, "moves.md": moves, "rights.md": rights}


def settings_read() -> set[str]:
    """Give the names of the environment variables the settings read."""
    return set(SETTING.findall((PACKAGE / "settings.py").read_text("utf-8")))


def folder() -> Path:
    """Give where the pages stand."""
    return DOCS / "reference"


if __name__ == "__main__":
    folder().mkdir(parents=True, exist_ok=True)
    for page, written in PAGES.items():
        (folder() / page).write_text(written(), encoding="utf-8")
