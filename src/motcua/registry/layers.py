"""The calendar of a unit from what nation, province and commune say. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Level, Spans
from motcua.kit.moments import day_number
from motcua.registry.cards import UnitCard
from motcua.registry.drafts import DayDraft
from motcua.registry.rules import parse_spans
from motcua.registry.sets import UnitKind

FIRST = date(2010, 1, 1)
LAST = date(2035, 12, 31)
WEEK = range(7)
DECREED = frozenset(
    {DayKind.HOLIDAY, DayKind.OBSERVED, DayKind.SWAP_OFF, DayKind.SWAP_WORK}
)  # what the yearly decree lists


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Open spans of one weekday from a day on; `unit_key` None is the nation."""

    unit_key: str | None
    valid_from: date
    weekday: int
    is_service: bool
    spans: Spans
    source: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A day that differs from its weekday; `unit_key` None is the nation.

    `entry_id` names the row in the database; 0 is one that is not written.
    """

    unit_key: str | None
    day: date
    kind: DayKind
    spans: Spans
    name: str
    counterpart: date | None
    source: str
    legal_basis: str
    is_decided: bool
    entry_id: int = 0

    @property
    def is_of_the_nations_year(self) -> bool:
        """Say whether it is such a day as the nation's yearly decree lists.

        A closure, or a day worked or served, can be decided for itself: it says nothing of the
        days off of its year.
        """
        return self.unit_key is None and self.kind in DECREED


@dataclass(frozen=True, slots=True)
class Voices:
    """All rows heard where a unit works; `units` are those that speak, the widest first."""

    units: tuple[UnitCard, ...]
    hours: tuple[HoursRow, ...]
    entries: tuple[EntryRow, ...]

    @property
    def order(self) -> tuple[str | None, ...]:
        """Give who speaks, the nation first."""
        return (None, *(unit.key for unit in self.units))

    @property
    def by_key(self) -> Mapping[str, UnitCard]:
        """Give the units that speak by key."""
        return {unit.key: unit for unit in self.units}


def level_of(unit: UnitCard | None) -> Level:
    """Give the level whose word a unit's calendar is: no unit is the nation."""
    if unit is None:
        return Level.NATION
    return Level.PROVINCE if unit.kind is UnitKind.PROVINCE else Level.COMMUNE


def build_calendar(
    scopes: Sequence[str],
    *,
    units: Mapping[str, UnitCard],
    hours: Iterable[HoursRow],
    entries: Iterable[EntryRow],
) -> Calendar:
    """Give the calendar that counts where these units speak, the widest first."""
    order: tuple[str | None, ...] = (None, *scopes)
    heard = [row for row in entries if row.unit_key in order]
    said = [row for row in hours if row.unit_key in order]
    return Calendar.build(
        hours=weeks_of((row for row in said if not row.is_service), order, units),
        service=weeks_of((row for row in said if row.is_service), order, units),
        entries=[
            day_entry(row, units) for row in sorted(heard, key=lambda r: order.index(r.unit_key))
        ],
        first=day_number(FIRST),
        last=day_number(LAST),
        decided_until=day_number(_decided_until(heard)),
    )


def _decided_until(entries: Iterable[EntryRow]) -> date:
    """Give the last day up to which, from the first year with days off on, each has its decree."""
    years: dict[int, bool] = {}
    for row in entries:
        if row.is_of_the_nations_year:
            years[row.day.year] = years.get(row.day.year, False) or row.is_decided
    year = first = min(years, default=FIRST.year)
    while years.get(year):
        year += 1
    return FIRST - timedelta(days=1) if year == first else date(year - 1, 12, 31)


def weeks_of(
    rows: Iterable[HoursRow],
    order: tuple[str | None, ...],
    units: Mapping[str, UnitCard],
) -> list[Hours]:
    """Give the hours of weeks these rows say, the widest voice and the oldest first."""
    ranked = sorted(rows, key=lambda row: (order.index(row.unit_key), row.valid_from))
    weeks = []
    for (key, since), group in groupby(ranked, key=lambda row: (row.unit_key, row.valid_from)):
        days = {row.weekday: row for row in group}
        any_row = next(iter(days.values()))
        weeks.append(
            Hours(
                spans=tuple(days[day].spans if day in days else () for day in WEEK),
                since=day_number(since),
                level=level_of(units[key] if key else None),
                source=any_row.source,
                legal_basis=any_row.legal_basis,
            )
        )
    return weeks


def entry_of(draft: DayDraft) -> EntryRow:
    """Give the row a draft would be, not written yet. Errors: WrongSpans."""
    return EntryRow(
        unit_key=draft.unit_key,
        day=draft.day,
        kind=draft.kind,
        spans=parse_spans(draft.spans),
        name=draft.name,
        counterpart=draft.counterpart,
        source=draft.source,
        legal_basis=draft.legal_basis,
        is_decided=draft.is_decided,
    )


def day_entry(row: EntryRow, units: Mapping[str, UnitCard]) -> DayEntry:
    """Give a row as a calendar hears it."""
    return DayEntry(
        day=day_number(row.day),
        kind=row.kind,
        spans=row.spans,
        name=row.name,
        counterpart=None if row.counterpart is None else day_number(row.counterpart),
        source=row.source,
        level=level_of(units[row.unit_key] if row.unit_key else None),
        legal_basis=row.legal_basis,
    )
