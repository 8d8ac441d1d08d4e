"""Calendars in memory: a province, a district, a commune, and what each of them says."""

from collections.abc import Sequence
from datetime import date

from motcua.kit.calendar import Calendar, DayKind
from motcua.registry.cards import UnitCard
from motcua.registry.layers import EntryRow, HoursRow, Voices, build_calendar
from motcua.registry.rules import parse_spans
from motcua.registry.sets import UnitKind

OFFICE = parse_spans("07:30-11:30,13:30-17:30")


def card(code: str, kind: UnitKind, parent: str | None = None) -> UnitCard:
    since = date(2020, 1, 1)
    return UnitCard(f"{code}@2020-01-01", code, since, None, code, code, kind, parent)


PROVINCE = card("68", UnitKind.PROVINCE)
DISTRICT = card("674", UnitKind.DISTRICT, PROVINCE.key)
COMMUNE = card("24875", UnitKind.COMMUNE, DISTRICT.key)
UNITS = (PROVINCE, DISTRICT, COMMUNE)


def entry(
    day: date,
    kind: DayKind,
    unit_key: str | None = None,
    *,
    spans: str = "",
    name: str = "",
    counterpart: date | None = None,
    is_decided: bool = True,
) -> EntryRow:
    """What a unit says of a day; nobody named is the nation."""
    return EntryRow(
        unit_key=unit_key,
        day=day,
        kind=kind,
        spans=parse_spans(spans),
        name=name or kind.value,
        counterpart=counterpart,
        source="báo",
        legal_basis="QĐ",
        is_decided=is_decided,
    )


def hours(
    since: date,
    spans: str,
    unit_key: str | None = None,
    *,
    is_service: bool = False,
    days: Sequence[int] = range(5),
) -> list[HoursRow]:
    """What a unit says of a week from a day on."""
    return [
        HoursRow(unit_key, since, day, is_service, parse_spans(spans), f"{since}", "QĐ")
        for day in days
    ]


def world(entries: Sequence[EntryRow] = (), said: Sequence[HoursRow] = ()) -> Voices:
    """Everything that is said where the commune works."""
    return Voices(UNITS, tuple(said), tuple(entries))


def calendar_of(voices: Voices) -> Calendar:
    """The calendar these voices make."""
    return build_calendar(
        [unit.key for unit in UNITS],
        units=voices.by_key,
        hours=voices.hours,
        entries=voices.entries,
    )
