"""What an action is given to write: frozen values, checked by rules before they become rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from motcua.kit.calendar import DayKind
from motcua.kit.clock import Appointment, LimitUnit, StepLimit, Supplement
from motcua.registry.sets import CopyKind, Handling, StepRole, UnitKind


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit to be."""

    code: str
    valid_from: date
    name: str
    kind: UnitKind
    legal_basis: str
    source: str
    short_name: str = ""
    valid_to: date | None = None
    parent_key: str | None = None
    function: str = ""
    receives_only: bool = False
    lat: float | None = None
    lon: float | None = None
    number_parts: Mapping[str, str] = field(default_factory=dict)
    serves: Sequence[str] = ()
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class SuccessionDraft:
    """A share of one unit's work that goes on in another."""

    predecessor_key: str
    successor_key: str
    on: date
    weight: int
    legal_basis: str
    source: str
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """A limit by channel and case; empty text stands for every one."""

    value: int
    unit: LimitUnit
    channel: str = ""
    case: str = ""
    zone_extra: int = 0


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step of the internal process."""

    name: str
    role: StepRole
    limit: StepLimit | None = None
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """A paper a dossier needs."""

    name: str
    handling: Handling = Handling.HANDED_IN
    copy_kind: CopyKind = CopyKind.ORIGINAL
    copies: int = 1
    is_required: bool = True
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A version of a procedure to be."""

    code: str
    valid_from: date
    name: str
    field_name: str
    legal_basis: str
    competent_kind: UnitKind = UnitKind.COMMUNE
    competent_function: str = ""
    limits: Sequence[LimitDraft] = ()
    steps: Sequence[StepDraft] = ()
    components: Sequence[ComponentDraft] = ()
    supplement_mode: Supplement = Supplement.PAUSES
    appointment_mode: Appointment = Appointment.CLOSE
    fixed_hour: int = 17 * 60
    same_day_cut_off: int = 15 * 60
    cut_off: int | None = None
    hours_are_days: bool = False
    pauses_for_obligation: bool = False
    pauses_for_verification: bool = False
    pauses_for_posting: bool = False
    is_online: bool = False
    is_interconnected: bool = False
    is_withdrawn: bool = False
    has_fee: bool = False
    fee_text: str = ""
    decision: str = ""
    source_url: str = ""
    source_note: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class DayDraft:
    """A calendar entry to be; `unit_key` None is the nation."""

    day: date
    kind: DayKind
    name: str
    legal_basis: str
    source: str
    unit_key: str | None = None
    spans: str = ""
    counterpart: date | None = None
    is_decided: bool = True


@dataclass(frozen=True, slots=True)
class SwapDraft:
    """Two days to be exchanged at once: one off, one worked with the hours of the other."""

    day_off: date
    day_worked: date
    name: str
    legal_basis: str
    source: str
    unit_key: str | None = None

    def days(self) -> tuple[DayDraft, DayDraft]:
        """Give the two entries: the day off, the day worked."""
        off = DayDraft(
            day=self.day_off,
            kind=DayKind.SWAP_OFF,
            name=self.name,
            legal_basis=self.legal_basis,
            source=self.source,
            unit_key=self.unit_key,
            counterpart=self.day_worked,
        )
        worked = replace(off, day=self.day_worked, kind=DayKind.SWAP_WORK, counterpart=self.day_off)
        return off, worked


@dataclass(frozen=True, slots=True)
class RemovalDraft:
    """Entries to be taken out together: one, or both halves of a swap."""

    entry_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """Hours of a week to be, from a day on; weekdays (0 is Monday) left out are closed.

    `is_removal`: those that begin on the day are taken out; then hours and words are empty.
    """

    valid_from: date
    week: Mapping[int, str]
    legal_basis: str
    source: str
    unit_key: str | None = None
    is_service: bool = False
    is_removal: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A limit of a version as it should have been; empty channel or case stands for every one.

    `from_day` None: the decision also touches running dossiers, and the version itself is
    corrected. A day: the corrected limit is a version of its own from that day on, and who was
    received before keeps the old one.
    """

    procedure: str
    valid_from: date
    value: int
    unit: LimitUnit
    decision: str
    legal_basis: str
    channel: str = ""
    case: str = ""
    zone_extra: int = 0
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class DecreeDraft:
    """The days of a decree to be entered together, in place of entries that were computed."""

    days: tuple[DayDraft, ...]
    replaced_ids: tuple[int, ...] = ()
    unit_key: str | None = None


CalendarDraft = DayDraft | SwapDraft | RemovalDraft | WeekDraft | DecreeDraft
"""One change of the calendar."""


@dataclass(frozen=True, slots=True)
class AreasDraft:
    """Boundaries to be: `areas` by unit, as WKT in longitude and latitude; who says so."""

    areas: Mapping[str, str]
    source: str
