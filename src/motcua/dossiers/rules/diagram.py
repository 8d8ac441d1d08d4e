"""The table of moves as a picture, so that the README never tells another story."""

from .moves import BY_SYSTEM, MOVES
from .statuses import Status

BEGIN, END = "<!-- moves: begin -->", "<!-- moves: end -->"


def mermaid() -> str:
    """Give a Mermaid state diagram of every move that changes the status."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for move in MOVES:
        if move.target is None:
            continue
        sources = ["[*]"] if move.sources is None else sorted(move.sources, key=list(Status).index)
        lines += [f"    {source} --> {move.target}: {move.name}" for source in sources]
    lines += [f"    {status} --> [*]" for status in Status if _is_last(status)]
    return "\n".join([*lines, "```"])


def staying() -> str:
    """Give the moves that leave the status as it is, as a sentence."""
    names = [m.name for m in MOVES if m.target is None and m not in BY_SYSTEM]
    return "Moves that keep the status: " + ", ".join(names) + "."


def _is_last(status: Status) -> bool:
    return not any(
        m.sources and status in m.sources and m.target is not None and m not in BY_SYSTEM
        for m in MOVES
    )
