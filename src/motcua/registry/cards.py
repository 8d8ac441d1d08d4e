"""What the registry shows of its rows: frozen values, safe to share between threads. Pure."""

from dataclasses import dataclass
from datetime import date

from motcua.kit.clock import ClockRules, Limit, StepLimit
from motcua.registry.sets import CopyKind, Handling, StepRole, UnitKind


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as it was from `valid_from` to `valid_to` (the last day, None while it lives).

    `receives_only`: a counter, which takes in and gives out but decides nothing. `serves`: the
    units a body works for; empty when it works for all of its parent.
    """

    key: str
    code: str
    valid_from: date
    valid_to: date | None
    name: str
    short_name: str
    kind: UnitKind
    parent_key: str | None
    lat: float | None = None
    lon: float | None = None
    function: str = ""
    receives_only: bool = False
    serves: tuple[str, ...] = ()
    is_demonstration: bool = False
    source: str = ""
    legal_basis: str = ""

    def is_valid_on(self, on: date) -> bool:
        """Say whether the unit exists on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Heir:
    """One successor of a unit and its share: `weight` out of the sum over all heirs."""

    unit_key: str
    on: date
    weight: int
    is_estimate: bool
    legal_basis: str


@dataclass(frozen=True, slots=True)
class LimitCard:
    """One limit of a version; empty `channel` or `case` stands for every one."""

    channel: str
    case: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of the internal process."""

    number: int
    name: str
    role: StepRole
    limit: StepLimit | None
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class ComponentCard:
    """A paper a dossier needs."""

    number: int
    name: str
    handling: Handling
    copy_kind: CopyKind
    copies: int
    is_required: bool
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """A procedure as it applies from `valid_from` until its next version."""

    code: str
    valid_from: date
    name: str
    field_code: str
    limits: tuple[LimitCard, ...]
    rules: ClockRules
    steps: tuple[StepCard, ...]
    components: tuple[ComponentCard, ...]
    competent_kind: UnitKind
    competent_function: str
    online: bool
    has_fee: bool
    fee_text: str
    pauses_for_obligation: bool
    pauses_for_verification: bool
    pauses_for_posting: bool
    is_interconnected: bool
    is_withdrawn: bool
    decision: str
    legal_basis: str
    source_url: str
    source_note: str
    is_demonstration: bool

    @property
    def version_key(self) -> str:
        """Give the name of this version: code and first day."""
        return f"{self.code}@{self.valid_from.isoformat()}"
