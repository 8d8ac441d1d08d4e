"""The due moments of some rows at once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from motcua.kit.calendar import Calendar
from motcua.kit.clock import Limit, Pause, due_of, limit_of, pauses_of
from motcua.kit.clock.batch import NO_MOMENT, UNITS, Pauses, Problem, due_of_many
from motcua.kit.moments import Minute, from_iso_minute, iso_minute
from motcua.kit.refusals import Refused

from .records import Record

COLUMNS = ("id", "received_at", "limit", "unit", "pauses")
NO_PAUSES: tuple[Pause, ...] = ()
_CODES = {unit: code for code, unit in enumerate(UNITS)}


class Question(NamedTuple):
    """What a row asks."""

    received_at: Minute
    limit: Limit
    pauses: Sequence[Pause]


class Counted(NamedTuple):
    """A row with its due moment as text (empty while a pause runs), or why it is wrong."""

    record: Record
    due_at: str
    refusal: Refused | None


def count(
    records: Sequence[Record], places: Mapping[str, int], calendar: Calendar
) -> list[Counted]:
    """Give the rows in their order with due moment or refusal.

    Shape: `places` says in which cell each of `COLUMNS` stands.
    """
    read = [_read(record, places) for record in records]
    asked = [one for one in read if isinstance(one, Question)]
    answers = iter(_answers(asked, calendar))
    return [
        Counted(record, *(next(answers) if isinstance(one, Question) else ("", one)))
        for record, one in zip(records, read, strict=True)
    ]


def _read(record: Record, places: Mapping[str, int]) -> Question | Refused:
    if record.refusal is not None:
        return record.refusal
    cells = record.cells
    pauses = cells[places["pauses"]]
    try:
        return Question(
            from_iso_minute(cells[places["received_at"]]),
            _limit(cells[places["limit"]], cells[places["unit"]]),
            pauses_of(pauses) if pauses else NO_PAUSES,
        )
    except Refused as refusal:
        return _bare(refusal)


def _answers(asked: Sequence[Question], calendar: Calendar) -> list[tuple[str, Refused | None]]:
    if not asked:
        return []
    found = due_of_many(
        received_at=np.array([one.received_at for one in asked], np.int64),
        limit=np.array([one.limit.value for one in asked], np.int64),
        unit=np.array([_CODES[one.limit.unit] for one in asked], np.int8),
        calendar=calendar,
        pauses=Pauses.of(one.pauses for one in asked),
    )
    return [
        (_text(due), None) if problem == Problem.NONE else ("", _refusal(one, calendar))
        for one, due, problem in zip(
            asked, found.due_at.tolist(), found.problem.tolist(), strict=True
        )
    ]


def _refusal(asked: Question, calendar: Calendar) -> Refused:
    """The refusal of a row the batch has no answer to, with its facts: asked of the clock alone."""
    try:
        due_of(
            received_at=asked.received_at,
            limit=asked.limit,
            calendar=calendar,
            pauses=asked.pauses,
        )
    except Refused as refusal:
        return _bare(refusal)
    raise AssertionError(f"batch and clock differ over {asked}")


def _bare(refusal: Refused) -> Refused:
    """A refusal without its way through the code, which would hold all rows of the piece."""
    refusal.__context__ = None
    return refusal.with_traceback(None)


def _text(due_at: Minute) -> str:
    return "" if due_at == NO_MOMENT else _moment_text(due_at)


_limit = lru_cache(maxsize=1 << 12)(limit_of)
_moment_text = lru_cache(maxsize=1 << 16)(iso_minute)
