"""The legal clock: the one place where a due moment is computed."""

from motcua.kit.clock.due import due_of, effective_receipt
from motcua.kit.clock.pauses import PauseBackwards
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
    "LimitUnit",
    "Pause",
    "PauseBackwards",
    "PauseKind",
    "StepLimit",
    "StepUnit",
    "Supplement",
    "UnitUnknown",
    "acceptance_due",
    "due_of",
    "effective_receipt",
    "limit_unit",
    "step_due",
    "warn_days",
]
