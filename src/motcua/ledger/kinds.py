"""What an event may say. Pure: no Django.

An event holds codes, keys, moments and counts only. There is no field for words, so neither free
text nor personal data can enter the ledger by mistake (docs/adr/0002).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache


class Shape(StrEnum):
    """The closed set of things an event may carry."""

    CODE = "code"  # letters, digits and . _ : / + - ; no blank, at most 80
    UNIT = "unit"  # CODE@YYYY-MM-DD
    ID = "id"  # a UUID, or the id of an account such as import:boston311
    MOMENT = "moment"  # YYYY-MM-DDTHH:MM, local
    DAY = "day"  # YYYY-MM-DD
    COUNT = "count"  # a whole number
    FLAG = "flag"  # true or false


_PATTERNS = {
    Shape.CODE: re.compile(r"[A-Za-z0-9_][A-Za-z0-9._:/+-]{0,79}", re.ASCII),
    Shape.UNIT: re.compile(r"[A-Za-z0-9._-]{1,32}@\d{4}-\d\d-\d\d", re.ASCII),
    Shape.ID: re.compile(r"[A-Za-z0-9_][A-Za-z0-9._:@-]{0,79}", re.ASCII),
    Shape.MOMENT: re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII),
    Shape.DAY: re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
}


class WrongEventData(ValueError):
    """An action tried to record what its event kind does not declare: a bug in the action."""


@dataclass(frozen=True, eq=False)  # a kind is itself, and may stand in sets
class EventKind:
    """One kind of event: its name, what it says, and the shape of each thing it may carry."""

    name: str
    says: str
    fields: Mapping[str, Shape] = field(default_factory=dict)

    def checked(self, data: Mapping[str, object]) -> dict[str, object]:
        """Give the data without its empty values.

        Errors: WrongEventData for an undeclared name or a value of another shape.
        """
        kept = {name: value for name, value in data.items() if value is not None and value != ""}
        for name, value in kept.items():
            shape = self.fields.get(name)
            if shape is None or not _fits(shape, value):
                raise WrongEventData(f"{self.name}: {name} is not a declared {shape or 'field'}")
        return kept


def _fits(shape: Shape, value: object) -> bool:
    if shape is Shape.FLAG:
        return isinstance(value, bool)
    if shape is Shape.COUNT:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and _reads_as(shape, value)


@lru_cache(maxsize=1 << 16)  # bulk doors tell the same codes and days again and again
def _reads_as(shape: Shape, text: str) -> bool:
    return _PATTERNS[shape].fullmatch(text) is not None
