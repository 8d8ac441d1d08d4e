"""What the registry tells the ledger. The registry is one subject; its version is the revision."""

from typing import Final
from uuid import UUID

from motcua.kit.words import gettext_noop
from motcua.ledger.kinds import EventKind, Shape

REGISTRY: Final = UUID("5d6f0b1e-6c0f-4f5e-9a54-7b7f3c6a2e01")
NATION: Final = "VN@1945-09-02"

INSTALLED: Final = EventKind(
    "registry.installed",
    gettext_noop("The registry was filled with the data that comes with the program"),
    {
        "edition": Shape.CODE,
        "units": Shape.COUNT,
        "successions": Shape.COUNT,
        "procedures": Shape.COUNT,
        "versions": Shape.COUNT,
        "days": Shape.COUNT,
    },
)
UNIT_ADDED: Final = EventKind(
    "registry.unit_added",
    gettext_noop("A unit was added"),
    {"unit": Shape.UNIT, "parent": Shape.UNIT, "kind": Shape.CODE},
)
UNIT_ENDED: Final = EventKind(
    "registry.unit_ended",
    gettext_noop("A unit ended"),
    {"unit": Shape.UNIT, "last_day": Shape.DAY, "heirs": Shape.COUNT},
)
UNIT_SUCCEEDED: Final = EventKind(
    "registry.unit_succeeded",
    gettext_noop("A unit went on with the work of another"),
    {"unit": Shape.UNIT, "heir": Shape.UNIT, "on": Shape.DAY, "weight": Shape.COUNT},
)
VERSION_ADDED: Final = EventKind(
    "registry.version_added",
    gettext_noop("A version of a procedure was added"),
    {"procedure": Shape.CODE, "valid_from": Shape.DAY, "demonstration": Shape.FLAG},
)
VERSION_CORRECTED: Final = EventKind(
    "registry.version_corrected",
    gettext_noop("A version of a procedure was corrected on the day it was made"),
    {"procedure": Shape.CODE, "valid_from": Shape.DAY},
)
PROCEDURES_IMPORTED: Final = EventKind(
    "registry.procedures_imported",
    gettext_noop("Procedures were imported from a file"),
    {
        "rows": Shape.COUNT,
        "added": Shape.COUNT,
        "changed": Shape.COUNT,
        "unchanged": Shape.COUNT,
        "rejected": Shape.COUNT,
    },
)
HOURS_SET: Final = EventKind(
    "registry.hours_set",
    gettext_noop("Office hours were set"),
    {"unit": Shape.UNIT, "valid_from": Shape.DAY, "service": Shape.FLAG},
)
DAY_ENTERED: Final = EventKind(
    "registry.day_entered",
    gettext_noop("A day of the calendar was entered"),
    {"unit": Shape.UNIT, "day": Shape.DAY, "kind": Shape.CODE, "counterpart": Shape.DAY},
)
DAY_REMOVED: Final = EventKind(
    "registry.day_removed",
    gettext_noop("A day of the calendar was removed"),
    {"unit": Shape.UNIT, "day": Shape.DAY, "kind": Shape.CODE},
)
DECREE_TAKEN: Final = EventKind(
    "registry.decree_taken",
    gettext_noop("The days of a decree were taken into the calendar"),
    {
        "unit": Shape.UNIT,
        "entered": Shape.COUNT,
        "replaced": Shape.COUNT,
        "first": Shape.DAY,
        "last": Shape.DAY,
    },
)
HOURS_REMOVED: Final = EventKind(
    "registry.hours_removed",
    gettext_noop("Office hours were taken out again"),
    {"unit": Shape.UNIT, "valid_from": Shape.DAY, "service": Shape.FLAG},
)
LIMIT_CORRECTED: Final = EventKind(
    "registry.limit_corrected",
    gettext_noop("A limit of a version was corrected, also for running dossiers"),
    {
        "procedure": Shape.CODE,
        "valid_from": Shape.DAY,
        "channel": Shape.CODE,
        "limit": Shape.COUNT,
        "limit_unit": Shape.CODE,
        "zone_extra": Shape.COUNT,
        "was": Shape.COUNT,
        "was_unit": Shape.CODE,
        "was_zone_extra": Shape.COUNT,
    },
)
VERSION_REMOVED: Final = EventKind(
    "registry.version_removed",
    gettext_noop("A version of a procedure was taken out again"),
    {"procedure": Shape.CODE, "valid_from": Shape.DAY},
)
PATTERN_SET: Final = EventKind(
    "registry.pattern_set",
    gettext_noop("The numbering of dossiers was set"),
    {"unit": Shape.UNIT, "valid_from": Shape.DAY},
)
BOUNDARIES_TAKEN: Final = EventKind(
    "registry.boundaries_taken",
    gettext_noop("Boundaries of units were taken from a file"),
    {"unit": Shape.UNIT, "units": Shape.COUNT, "added": Shape.COUNT, "replaced": Shape.COUNT},
)

KINDS: Final = (
    INSTALLED,
    UNIT_ADDED,
    UNIT_ENDED,
    UNIT_SUCCEEDED,
    VERSION_ADDED,
    VERSION_CORRECTED,
    PROCEDURES_IMPORTED,
    HOURS_SET,
    DAY_ENTERED,
    DAY_REMOVED,
    DECREE_TAKEN,
    HOURS_REMOVED,
    LIMIT_CORRECTED,
    VERSION_REMOVED,
    PATTERN_SET,
    BOUNDARIES_TAKEN,
)
