"""The events of the Operations Centre. Pure."""

from motcua.ledger.kinds import EventKind, Shape

READER_RESUMED = EventKind(
    "reader.resumed", "a resting reader was told to try again", {"reader": Shape.CODE}
)
WALL_SAVED = EventKind("wall.saved", "the choice of a wall was kept under a name")
WALL_REMOVED = EventKind("wall.removed", "a saved wall is not shown any more")
KIOSK_OPENED = EventKind(
    "kiosk.opened",
    "saved walls may be shown without sign-in, up to a day",
    {"walls": Shape.COUNT, "seconds": Shape.COUNT, "last_day": Shape.DAY},
)
KIOSK_REVOKED = EventKind("kiosk.revoked", "a kiosk shows nothing any more")
ALL = (READER_RESUMED, WALL_SAVED, WALL_REMOVED, KIOSK_OPENED, KIOSK_REVOKED)
