"""Why a list of procedures, or a row of it, cannot be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.files import (
    FileEmpty,
    FileUnreadable,
    HalfFile,
    RowBroken,
    WrongColumns,
    WrongEncoding,
)

__all__ = [
    "FileEmpty",
    "FileTooLarge",
    "FileUnreadable",
    "HalfFile",
    "NothingUsable",
    "Rejected",
    "RowBroken",
    "RowTooLong",
    "RowTwice",
    "RowWithout",
    "UnknownFormat",
    "WrongCodeInRow",
    "WrongColumns",
    "WrongEncoding",
    "WrongLimitInRow",
]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be used, and why."""

    line: int
    code: str
    refusal: Refused


class FileTooLarge(Refused):
    """Far more than a list of procedures."""

    message = gettext_noop(
        "The file has %(size)s MB; a list of procedures has at most %(most)s MB. "
        "Check that it is the right file."
    )


class UnknownFormat(Refused):
    """Neither the short list nor the detailed one."""

    message = gettext_noop(
        "The file %(file)s is neither a CSV nor JSON lines. Give it the ending .csv or .jsonl."
    )


class NothingUsable(Refused):
    """Every row was rejected; `rejected` says why."""

    message = gettext_noop("None of the %(rows)s rows can be used. Nothing was changed.")

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        super().__init__(rows=len(rejected))
        self.rejected = tuple(rejected)


class RowWithout(Refused):
    """A needed cell is empty."""

    message = gettext_noop("The row has no %(column)s.")


class RowTooLong(Refused):
    """A cell longer than its place."""

    message = gettext_noop("The cell %(column)s is too long (%(length)s signs, at most %(most)s).")


class RowTwice(Refused):
    """The code stands in an earlier row."""

    message = gettext_noop("The code %(code)s stands in line %(line)s already.")


class WrongCodeInRow(Refused):
    """A code of the wrong shape."""

    message = gettext_noop("The code %(code)s is no procedure code.")


class WrongLimitInRow(Refused):
    """A limit that is no whole number or has an unknown unit."""

    message = gettext_noop(
        "The limit %(value)s %(unit)s cannot be read: it needs a whole number and one of the "
        "units working_day, day, hour, month, same_day."
    )
