"""One dossier's life as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from motcua.kit.calendar import Calendar
from motcua.kit.clock import ClockRules, Extension, Limit, Pause, StepLimit
from motcua.kit.moments import Minute

from .statuses import Outcome, Status
from .watch import Noted, Watch

VERIFICATION, POSTING = "verification", "posting"  # for what a clock stops beside an obligation


class StepOfWork(NamedTuple):
    """One step of the procedure's internal process; `role` as the registry names it."""

    number: int
    role: str
    limit: StepLimit | None


class LegOfWork(NamedTuple):
    """A part done by another body. `due_at` is None while it waits with the clock."""

    number: int
    body: str
    opened_at: Minute
    original_due_at: Minute | None = None
    due_at: Minute | None = None
    closed_at: Minute | None = None


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
    steps: tuple[StepOfWork, ...] = ()
    answer_days: int = 0  # working days the applicant has to answer a request; 0: no limit
    legs_wait: bool = False  # the limits of legs wait with the clock
    pause_reasons: frozenset[str] = frozenset()  # for what the clock may be stopped
    watch: Watch = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person adds to a move; each move reads what concerns it. Moments are local minutes."""

    account: str = ""
    step: int = 0
    body: str = ""  # a unit key
    leg: int = 0
    crossing: str = ""  # with `part` and `level`: what the clock notes
    part: int = 0
    level: int = 0
    reason: str = ""  # a code, never words
    outcome: Outcome | None = None
    way: str = ""
    due_at: Minute | None = None
    change: str = ""  # the id of a change of calendar or limit
    limits: tuple[str, ...] = ()  # the smaller limits it moves, by the names of a life
    activity: Mapping[str, str] | None = None


NOTHING = Facts()


class Life(NamedTuple):
    """All that the rules know of one dossier. Moments are local minutes.

    `due_at` is the due moment as it stands; None when there is no limit or the clock stands still.
    The same holds for `step_due_at`.
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
    step_from_at: Minute | None = None  # since when the clock of the step runs
    step_due_at: Minute | None = None
    answer_due_at: Minute | None = None  # by when the applicant answers a request to supplement
    outcome: Outcome | None = None
    ended_at: Minute | None = None
    returned_at: Minute | None = None
    leg_rows: tuple[LegOfWork, ...] = ()
    crossings: tuple[Noted, ...] = ()  # in the order they were noted
    watch_at: Minute | None = None  # when the clock must look next; too early does no harm
    told_level: int | None = None  # the highest level told of what stands now

    @property
    def is_waiting(self) -> bool:
        """The clock stands still."""
        return bool(self.pauses) and self.pauses[-1].to_at is None
