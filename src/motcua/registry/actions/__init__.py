"""The only door for writes to the registry."""

from motcua.registry.actions.boundaries import take_boundaries
from motcua.registry.actions.calendars import (
    enter_day,
    remove_day,
    remove_week_hours,
    restore_days,
    set_code_pattern,
    set_week_hours,
)
from motcua.registry.actions.decrees import take_decree
from motcua.registry.actions.procedures import (
    add_procedure_version,
    correct_limit,
    remove_version,
)
from motcua.registry.actions.units import add_unit, end_unit

__all__ = [
    "add_procedure_version",
    "add_unit",
    "correct_limit",
    "end_unit",
    "enter_day",
    "remove_day",
    "remove_version",
    "remove_week_hours",
    "restore_days",
    "set_code_pattern",
    "set_week_hours",
    "take_boundaries",
    "take_decree",
]
