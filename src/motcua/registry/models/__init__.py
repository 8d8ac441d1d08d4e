"""Rows of the registry."""

from motcua.registry.models.areas import UnitArea
from motcua.registry.models.calendars import CalendarEntry, WeekHours
from motcua.registry.models.procedures import (
    Component,
    Field,
    Procedure,
    ProcedureLimit,
    ProcedureVersion,
    Step,
)
from motcua.registry.models.units import CodePattern, Revision, Succession, Unit

__all__ = [
    "CalendarEntry",
    "CodePattern",
    "Component",
    "Field",
    "Procedure",
    "ProcedureLimit",
    "ProcedureVersion",
    "Revision",
    "Step",
    "Succession",
    "Unit",
    "UnitArea",
    "WeekHours",
]
