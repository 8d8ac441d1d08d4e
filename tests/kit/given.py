"""The national calendar as decided, for examples worked by hand."""

import csv
from pathlib import Path

import pytest

from motcua.kit.calendar import Calendar, DayEntry, DayKind
from motcua.kit.clock import ClockRules, Limit, LimitUnit, Pause, due_of
from motcua.kit.moments import Day, from_iso_day, from_iso_minute, iso_minute

DECREES = Path(__file__).parents[3] / "shared/data/vn_working_calendar_2021_2027.csv"
FIRST, LAST, DECIDED = map(from_iso_day, ("2021-01-01", "2027-12-31", "2026-12-31"))


def national_entries() -> list[DayEntry]:
    """The holidays and swaps of 2021–2027; skips where the file is not at hand."""
    if not DECREES.exists():
        pytest.skip("needs the file of national holidays beside the work tree")
    with DECREES.open(encoding="utf-8-sig", newline="") as rows:
        return [
            DayEntry(
                day=from_iso_day(row["date"]),
                kind=DayKind(row["kind"]),
                name=row["name_vi"],
                counterpart=_day(row["counterpart_date"]),
                source=row["source"],
            )
            for row in csv.DictReader(rows)
        ]


def national(*more: DayEntry) -> Calendar:
    """The national calendar with the usual office hours, and what a test adds."""
    return Calendar.build(
        first=FIRST, last=LAST, entries=[*national_entries(), *more], decided_until=DECIDED
    )


def due(
    received: str,
    number: int,
    unit: LimitUnit,
    *,
    calendar: Calendar,
    pauses: str = "",
    rules: ClockRules | None = None,
) -> str | None:
    """The due moment as text; pauses as `A/B;C/D`, without B for one that runs."""
    found = due_of(
        received_at=from_iso_minute(received),
        limit=Limit(number, unit),
        calendar=calendar,
        pauses=[pause(text) for text in pauses.split(";") if text],
        rules=rules or ClockRules(),
    )
    return None if found.due_at is None else iso_minute(found.due_at)


def pause(text: str) -> Pause:
    """The pause written `A/B`, or `A/` while it runs."""
    from_at, _, to_at = text.partition("/")
    return Pause(from_iso_minute(from_at), from_iso_minute(to_at) if to_at else None)


def _day(text: str) -> Day | None:
    return from_iso_day(text) if text else None
