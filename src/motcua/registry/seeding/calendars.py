"""Hours, days and numbering that come with the program."""

from datetime import date

from motcua.kit.calendar import DayKind
from motcua.registry.drafts import DayDraft
from motcua.registry.law import read_law
from motcua.registry.models import CodePattern, WeekHours

NATION = "nation"
WEEK = range(7)


def day_drafts() -> list[DayDraft]:
    """Give the days of the nation that differ from their weekday."""
    return [
        DayDraft(
            day=row["day"],
            kind=DayKind(row["kind"]),
            name=row["name"],
            counterpart=row.get("counterpart"),
            is_decided=row.get("decided", True),
            legal_basis=row["legal_basis"],
            source=row["source"],
        )
        for row in read_law("calendar.yaml")["days"]
    ]


def hour_rows() -> list[WeekHours]:
    """Give the rows of office hours, one a weekday."""
    return [
        WeekHours(
            unit_id=_scope(said["scope"]),
            valid_from=_day(said["from"]),
            weekday=weekday,
            spans=said["week"].get(weekday, ""),
            legal_basis=said["legal_basis"],
            source=said["source"],
        )
        for said in read_law("office_hours.yaml")["hours"]
        for weekday in WEEK
    ]


def pattern_rows() -> list[CodePattern]:
    """Give the rows of numbering patterns."""
    return [
        CodePattern(
            unit_id=_scope(said["scope"]),
            valid_from=_day(said["from"]),
            pattern=said["pattern"],
            legal_basis=said["legal_basis"],
        )
        for said in read_law("dossier_codes.yaml")["patterns"]
    ]


def _scope(text: str) -> str | None:
    return None if text == NATION else text


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} in the law is no day")
    return value
