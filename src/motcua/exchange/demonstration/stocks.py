"""How many dossiers stand at each stage, and which stage is worked on next.

The live world keeps each stage near the level it was loaded with: what is above its level is
worked on more often, and while too much is open, less comes in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from random import Random

from motcua.dossiers import queries
from motcua.dossiers.queries import Standing
from motcua.dossiers.rules.statuses import BEFORE_RECEIPT, PAUSED, Status

SOURCE, MARK = "demo", "demo-live-"  # the dossiers of the demonstration: loaded, and begun live
READY_FOR = timedelta(days=10)  # older results are those nobody ever fetches


class Stage(StrEnum):
    """Where a dossier stands, as far as it decides what is done next."""

    COUNTER = auto()  # filed, not received
    WORK = auto()
    OVERDUE = auto()
    WAITING = auto()  # for the applicant, or for verification
    READY = auto()


OPEN = (Stage.WORK, Stage.OVERDUE, Stage.WAITING)
# How many moves a dossier needs at a stage, on the average: a stage at its level keeps to it.
SHARES = {
    Stage.COUNTER: 0.6,
    Stage.WORK: 4.2,
    Stage.OVERDUE: 0.3,
    Stage.WAITING: 0.1,
    Stage.READY: 1.0,
}
STEADY = frozenset({Stage.WORK})  # its stock is kept by what comes in
MOST, LEAST = 4.0, 0.05
NEVER_BELOW = 0.5  # of its level: there is always something overdue to be shown


@dataclass(frozen=True)
class Stocks:
    """What is under way, by stage."""

    by_stage: Mapping[Stage, Sequence[Standing]]

    @classmethod
    def of(cls, rows: Sequence[Standing], *, at: datetime) -> "Stocks":
        """Sort what is under way into its stages."""
        by_stage: dict[Stage, list[Standing]] = {stage: [] for stage in Stage}
        for row in rows:
            by_stage[stage_of(row, at=at)].append(row)
        return cls(by_stage)

    def next_stage(self, rng: Random, levels: Mapping[str, int]) -> Stage | None:
        """Draw the stage to work at; None: a new dossier comes in."""
        weights = {
            stage: _weight(stage, len(rows), levels[stage])
            for stage, rows in self.by_stage.items()
            if rows
        }
        is_open = sum(len(self.by_stage[stage]) for stage in OPEN)
        wanted = sum(levels[stage] for stage in OPEN)
        choices = [None, *weights]
        drawn: Stage | None = rng.choices(
            choices, [_pull(wanted, is_open) ** 2, *weights.values()]
        )[0]
        return drawn


def stage_of(row: Standing, *, at: datetime) -> Stage:
    """Give the stage of one dossier at a moment."""
    if row.status in BEFORE_RECEIPT:
        return Stage.COUNTER
    if row.status is Status.RESULT_READY:
        return Stage.READY
    if row.status in PAUSED:
        return Stage.WAITING
    return Stage.OVERDUE if row.due_at is not None and row.due_at < at else Stage.WORK


def under_way(*, at: datetime) -> Stocks:
    """Give what is under way of the demonstration; what visitors began is theirs."""
    rows = queries.standing(source=SOURCE, mark=MARK, ready_since=at - READY_FOR)
    return Stocks.of(rows, at=at)


def levels_at(at: datetime) -> dict[str, int]:
    """Give how many dossiers stand at each stage; never nothing, so that nothing dries up."""
    return {stage.value: max(1, len(rows)) for stage, rows in under_way(at=at).by_stage.items()}


def _weight(stage: Stage, stock: int, level: int) -> float:
    if stage is Stage.OVERDUE and stock <= level * NEVER_BELOW:
        return 0.0
    return SHARES[stage] * (1.0 if stage in STEADY else _pull(stock, level))


def _pull(stock: int, level: int) -> float:
    return min(MOST, max(LEAST, (stock / max(level, 1)) ** 2))
