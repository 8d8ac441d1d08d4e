"""The only door for writes to the registry."""

from motcua.registry.actions.calendars import (
    enter_day,
    remove_day,
    set_code_pattern,
    set_week_hours,
)
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.actions.units import add_unit, end_unit

__all__ = [
    "add_procedure_version",
    "add_unit",
    "end_unit",
    "enter_day",
    "remove_day",
    "set_code_pattern",
    "set_week_hours",
]
