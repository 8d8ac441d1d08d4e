"""The events of the Operations Centre. Pure."""

from motcua.ledger.kinds import EventKind, Shape

READER_RESUMED = EventKind(
    "reader.resumed", "a resting reader was told to try again", {"reader": Shape.CODE}
)
ALL = (READER_RESUMED,)
