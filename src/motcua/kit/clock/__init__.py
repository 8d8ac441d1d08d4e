"""The legal clock: the one place where a due moment is computed."""

from motcua.kit.clock.due import due_of, effective_receipt
from motcua.kit.clock.pauses import PauseBackwards
from motcua.kit.clock.reading import (
    LimitUnclear,
    PauseUnclear,
    SameDayHasNoNumber,
    limit_of,
    pauses_of,
)
from motcua.kit.clock.steps import acceptance_due, step_due, warn_days
from motcua.kit.clock.terms import (
    Appointment,
    ClockRules,
    Due,
    Extension,
    Limit,
    LimitTooSmall,
    LimitUnit,
    Pause,
    PauseKind,
    StepLimit,
    StepUnit,
    Supplement,
    UnitUnknown,
    limit_unit,
)

__all__ = [
    "Appointment",
    "ClockRules",
    "Due",
    "Extension",
    "Limit",
    "LimitTooSmall",
    "LimitUnclear",
    "LimitUnit",
    "Pause",
    "PauseBackwards",
    "PauseKind",
    "PauseUnclear",
    "SameDayHasNoNumber",
    "StepLimit",
    "StepUnit",
    "Supplement",
    "UnitUnknown",
    "acceptance_due",
    "due_of",
    "effective_receipt",
    "limit_of",
    "limit_unit",
    "pauses_of",
    "step_due",
    "warn_days",
]
