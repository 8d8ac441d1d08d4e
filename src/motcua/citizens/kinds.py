"""The events of this room: that a person was enrolled or corrected, never who or what."""

from motcua.kit.words import gettext_noop
from motcua.ledger.kinds import EventKind, Shape

ENROLLED = EventKind(
    "citizen.enrolled",
    gettext_noop("A person was enrolled"),
    {"kind": Shape.CODE, "synthetic": Shape.FLAG},
)
CORRECTED = EventKind(
    "citizen.corrected",
    gettext_noop("The details of a person were corrected"),
    {"fields": Shape.CODE},  # names of fields joined by +
)
KINDS = (ENROLLED, CORRECTED)
