"""One dossier to be: when, what, where, by which channel, and how it shall end. Pure."""

from dataclasses import dataclass
from enum import StrEnum, auto

from motcua.kit.clock import Limit, LimitUnit, due_of
from motcua.kit.moments import Minute
from motcua.registry.sets import UnitKind

from .asked import Asked
from .people import Village
from .places import Way
from .timetable import Timetable


class Fate(StrEnum):
    """How a dossier shall go."""

    USUAL = auto()
    LATE = auto()
    OPEN = auto()  # still at work, in time, at `open_at`
    OPEN_OVERDUE = auto()
    OPEN_SUPPLEMENT = auto()
    OPEN_OBLIGATION = auto()
    FORGOTTEN = auto()  # filed online, and nobody looks for days
    # Outside the count: never received, or voided
    VOIDED = auto()
    REFUSED = auto()
    GIVEN_UP = auto()


OUTSIDE = frozenset({Fate.VOIDED, Fate.REFUSED, Fate.GIVEN_UP})
STAYS_OPEN = frozenset({Fate.OPEN, Fate.OPEN_OVERDUE, Fate.OPEN_SUPPLEMENT, Fate.OPEN_OBLIGATION})


@dataclass(slots=True)
class Slot:
    """A dossier to be. `end_by`: it ends not after this minute. `open_at`: it is open then."""

    key: str
    received_at: Minute
    asked: Asked
    village: Village
    way: Way
    channel: str
    limit: Limit | None
    timetable: Timetable
    in_zone: bool = False
    fate: Fate = Fate.USUAL
    end_by: Minute | None = None
    open_at: Minute | None = None

    @property
    def is_quick(self) -> bool:
        """Done within the day."""
        return self.limit is not None and self.limit.unit is LimitUnit.SAME_DAY

    @property
    def is_at_branch(self) -> bool:
        """Decided by the branch of the Land Registration Office."""
        return self.asked.card.competent_kind is UnitKind.BRANCH

    def first_due(self) -> Minute | None:
        """Give the due moment at receipt, as the rules will count it."""
        if self.limit is None:
            return None
        return due_of(
            received_at=self.received_at,
            limit=self.limit,
            calendar=self.timetable.calendar,
            rules=self.asked.card.rules,
        ).due_at
