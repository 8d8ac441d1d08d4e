"""One dossier's life as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from motcua.kit.calendar import Calendar
from motcua.kit.clock import ClockRules, Extension, Limit, Pause
from motcua.kit.moments import Minute

from .statuses import Outcome, Status


@dataclass(frozen=True, slots=True)
class Terms:
    """What law and calendar say about one dossier; looked up once, by its day of receipt.

    Units: working hours, whole days.
    """

    calendar: Calendar
    limit: Limit | None
    clock: ClockRules
    pauses_for_obligation: bool
    acceptance_hours: int
    max_extensions: int
    extension_notice_days: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person adds to a move; each move reads what concerns it. Moments are local minutes."""

    account: str = ""
    step: int = 0
    step_due_at: Minute | None = None
    body: str = ""  # a unit key
    leg: int = 0
    reason: str = ""  # a code, never words
    outcome: Outcome | None = None
    way: str = ""
    due_at: Minute | None = None
    change: str = ""  # the id of a change of calendar or limit
    activity: Mapping[str, str] | None = None


NOTHING = Facts()


class Life(NamedTuple):
    """All that the rules know of one dossier. Moments are local minutes.

    `due_at` is the due moment as it stands; None when there is no limit or the clock stands still.
    `due_of`: "rules" when it is counted here, "source" when another system set it.
    """

    procedure: str
    field: str
    channel: str
    place: str
    holder: str
    case: str = ""
    source: str = ""
    online_offered: bool = False
    status: Status | None = None
    version: int = 0
    filed_at: Minute | None = None
    acceptance_due_at: Minute | None = None
    acceptance_noted: bool = False
    received_at: Minute | None = None
    due_of: str = "rules"
    due_at: Minute | None = None
    original_due_at: Minute | None = None
    source_due_at: Minute | None = None
    pauses: tuple[Pause, ...] = ()
    clock_unit: str = ""  # whose calendar counts: the body that held it on its day 0
    extension: Extension | None = None
    extensions: int = 0
    supplements: int = 0
    legs: int = 0
    assignee: str = ""
    step: int = 0
    step_due_at: Minute | None = None
    outcome: Outcome | None = None
    ended_at: Minute | None = None
    returned_at: Minute | None = None
    overdue_noted_for: Minute | None = None

    @property
    def is_waiting(self) -> bool:
        """The clock stands still."""
        return bool(self.pauses) and self.pauses[-1].to_at is None
