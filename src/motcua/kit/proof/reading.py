"""Reads the file of a proof back: what was asked, and the days of the calendar. Trusts nothing."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from motcua.kit.calendar import Calendar, DayEntry, DayKind, DayWord, Hours, Level, Spans, laid
from motcua.kit.clock import (
    Appointment,
    ClockRules,
    Extension,
    Limit,
    LimitUnit,
    Pause,
    PauseKind,
    StepLimit,
    StepUnit,
    Supplement,
)
from motcua.kit.clock.terms import PARTS_OF_A_DAY
from motcua.kit.moments import Day, Minute, from_iso_day, from_iso_minute
from motcua.kit.proof.paper import FORMAT, SCHEMA, SEAL, Record
from motcua.kit.proof.walking import Question
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

PARTS = ("program", "about", "inputs", "calendar", "lines", "due", SEAL)
WEEK = 7
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
Answer = TypeVar("Answer")


class PaperUnreadable(Refused):
    """A file that is no JSON at all, or only half of it."""

    message = gettext_noop(
        "This is not the whole file of a proof: %(reason)s. Download the proof once more."
    )


class PaperForeign(Refused):
    """JSON of another kind."""

    message = gettext_noop("This file is no proof of a time limit. Choose the file of a proof.")


class PaperTooNew(Refused):
    """A proof written in a form that this program does not know yet."""

    message = gettext_noop(
        "This proof is written in form %(schema)s; this program reads form %(known)s. Update it."
    )


class PaperBroken(Refused):
    """A proof in which something is missing or is not what it should be."""

    message = gettext_noop("The proof cannot be read: “%(place)s” is missing or unclear.")


def read_paper(text: str) -> Record:
    """Give the JSON of a proof, its parts there and its form known.

    Errors: PaperUnreadable, PaperForeign, PaperTooNew, PaperBroken.
    """
    try:
        paper = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as wrong:
        raise PaperUnreadable(reason=str(wrong)[:120]) from None
    if not isinstance(paper, dict) or paper.get("format") != FORMAT:
        raise PaperForeign
    schema = whole(paper.get("schema"), "schema")
    if schema != SCHEMA:
        raise PaperTooNew(schema=schema, known=SCHEMA)
    for part in PARTS:
        if part not in paper:
            raise PaperBroken(place=part)
    rows(paper["lines"], "lines")
    return paper


def question_of(told: object) -> Question:
    """Give what was asked. Errors: PaperBroken, and the refusals of limits that cannot be."""
    limit, rules = get(told, "limit", "inputs"), get(told, "rules", "inputs")
    extension, now_at = get(told, "extension", "inputs"), get(told, "now_at", "inputs")
    pauses = rows(get(told, "pauses", "inputs"), "inputs.pauses")
    counted = _limit(limit)
    if isinstance(counted, StepLimit) and extension is not None:
        raise PaperBroken(place="inputs.extension")  # steps are not appointed anew
    return Question(
        received_at=_minute(get(told, "received_at", "inputs"), "inputs.received_at"),
        limit=counted,
        rules=_rules(rules),
        pauses=tuple(_pause(one, f"inputs.pauses[{at}]") for at, one in enumerate(pauses)),
        extension=None if extension is None else _extension(extension),
        now_at=None if now_at is None else _minute(now_at, "inputs.now_at"),
    )


def calendar_again(told: object) -> Calendar:
    """Give the calendar of the days in the file, made anew from what is said about each.

    Errors: PaperBroken, NoWorkingDays, WorkedDayWithoutHours, SpanUnclear.
    """
    weeks = rows(get(told, "hours", "calendar"), "calendar.hours")
    hours = [_hours(one, f"calendar.hours[{at}]") for at, one in enumerate(weeks)]
    days = rows(get(told, "days", "calendar"), "calendar.days")
    if not days:
        raise PaperBroken(place="calendar.days")
    first = _day(get(days[0], "day_on", "calendar.days[0]"), "calendar.days[0].day_on")
    words = [
        _word(one, day, hours, f"calendar.days[{day - first}]")
        for day, one in enumerate(days, first)
    ]
    decided = _day(get(told, "decided_until_on", "calendar"), "calendar.decided_until_on")
    return Calendar(words, first=first, decided_until=decided)


def _word(told: object, day: Day, hours: list[Hours], place: str) -> DayWord:
    if _day(get(told, "day_on", place), f"{place}.day_on") != day:
        raise PaperBroken(place=f"{place}.day_on")
    entry, by = _perhaps(told, "entry"), _perhaps(told, "served_by")
    weekly = _one_of(hours, get(told, "hours", place), f"{place}.hours")
    if not weekly.holds_on(day):
        raise PaperBroken(place=f"{place}.hours")
    closures = rows(_perhaps(told, "closures") or [], f"{place}.closures")
    served_by: DayEntry | Hours | None = None
    if isinstance(by, dict):
        served_by = _entry(by, day, f"{place}.served_by")
    elif by is not None:
        served_by = _one_of(hours, by, f"{place}.served_by")
    return laid(
        day,
        hours=weekly,
        entry=None if entry is None else _entry(entry, day, f"{place}.entry"),
        closures=tuple(_entry(one, day, f"{place}.closures") for one in closures),
        served_by=served_by,
    )


# Values, each with the place it stands at


def get(record: object, name: str, place: str) -> Any:
    """Give a value of a record. Errors: PaperBroken."""
    if not isinstance(record, dict) or name not in record:
        raise PaperBroken(place=f"{place}.{name}")
    return record[name]


def _perhaps(record: object, name: str) -> Any:
    return record.get(name) if isinstance(record, dict) else None


def rows(value: object, place: str) -> list[Any]:
    """Give a list. Errors: PaperBroken."""
    if not isinstance(value, list):
        raise PaperBroken(place=place)
    return value


def whole(value: object, place: str) -> int:
    """Give a whole number; a truth value is none. Errors: PaperBroken."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise PaperBroken(place=place)
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise PaperBroken(place=place)
    return value


def _read(value: object, place: str, reader: Callable[[str], Answer]) -> Answer:
    try:
        return reader(_text(value, place))
    except (Refused, ValueError, KeyError):
        raise PaperBroken(place=place) from None


def _minute(value: object, place: str) -> Minute:
    return _read(value, place, from_iso_minute)


def _day(value: object, place: str) -> Day:
    return _read(value, place, from_iso_day)


def _clock(value: object, place: str) -> int:
    return _read(value, place, _clock_of)


def _clock_of(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def _spans(value: object, place: str) -> Spans:
    return tuple(_read(one, place, _span) for one in rows(value, place))


def _span(text: str) -> tuple[int, int]:
    start, _, end = text.partition("-")
    return _clock_of(start), _clock_of(end)


def _level(value: object, place: str) -> Level:
    return _read(value, place, lambda text: Level[text.upper()])


def _one_of(hours: list[Hours], at: object, place: str) -> Hours:
    number = whole(at, place)
    if not 0 <= number < len(hours):
        raise PaperBroken(place=place)
    return hours[number]


# Records


def _limit(told: object) -> Limit | StepLimit:
    place = "inputs.limit"
    value = whole(get(told, "value", place), f"{place}.value")
    extra = whole(get(told, "zone_extra", place), f"{place}.zone_extra")
    unit = _read(get(told, "unit", place), f"{place}.unit", StepUnit)
    return (
        StepLimit(value, unit)
        if unit in PARTS_OF_A_DAY
        else Limit(value, LimitUnit(unit.value), extra)
    )


def _rules(told: object) -> ClockRules:
    place = "inputs.rules"
    cut_off, are_days = get(told, "cut_off", place), get(told, "hours_are_days", place)
    if not isinstance(are_days, bool):
        raise PaperBroken(place=f"{place}.hours_are_days")
    return ClockRules(
        supplement=_read(get(told, "supplement", place), f"{place}.supplement", Supplement),
        appointment=_read(get(told, "appointment", place), f"{place}.appointment", Appointment),
        fixed_hour=_clock(get(told, "fixed_hour", place), f"{place}.fixed_hour"),
        same_day_cut_off=_clock(get(told, "same_day_cut_off", place), f"{place}.same_day_cut_off"),
        cut_off=None if cut_off is None else _clock(cut_off, f"{place}.cut_off"),
        hours_are_days=are_days,
    )


def _pause(told: object, place: str) -> Pause:
    to_at = get(told, "to_at", place)
    return Pause(
        _minute(get(told, "from_at", place), f"{place}.from_at"),
        None if to_at is None else _minute(to_at, f"{place}.to_at"),
        _read(get(told, "kind", place), f"{place}.kind", PauseKind),
    )


def _extension(told: object) -> Extension:
    place = "inputs.extension"
    return Extension(
        _minute(get(told, "granted_at", place), f"{place}.granted_at"),
        _minute(get(told, "due_at", place), f"{place}.due_at"),
    )


def _hours(told: object, place: str) -> Hours:
    since, until = get(told, "since_on", place), get(told, "until_on", place)
    spans = tuple(_spans(one, place) for one in rows(get(told, "week", place), f"{place}.week"))
    if len(spans) != WEEK:
        raise PaperBroken(place=f"{place}.week")
    more = {} if since is None else {"since": _day(since, f"{place}.since_on")}
    return Hours(
        spans=spans,
        until=None if until is None else _day(until, f"{place}.until_on"),
        level=_level(get(told, "level", place), f"{place}.level"),
        source=_text(get(told, "source", place), f"{place}.source"),
        legal_basis=_text(get(told, "legal_basis", place), f"{place}.legal_basis"),
        **more,
    )


def _entry(told: object, day: Day, place: str) -> DayEntry:
    counterpart = get(told, "counterpart_on", place)
    return DayEntry(
        day=day,
        kind=_read(get(told, "kind", place), f"{place}.kind", DayKind),
        spans=_spans(get(told, "spans", place), f"{place}.spans"),
        name=_text(get(told, "name", place), f"{place}.name"),
        counterpart=None if counterpart is None else _day(counterpart, f"{place}.counterpart_on"),
        source=_text(get(told, "source", place), f"{place}.source"),
        level=_level(get(told, "level", place), f"{place}.level"),
        legal_basis=_text(get(told, "legal_basis", place), f"{place}.legal_basis"),
    )


def _once(pairs: list[tuple[str, Any]]) -> Record:
    """Refuse a name told twice: readers would differ on which one holds."""
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(one for one in names if names.count(one) > 1)!r} twice")
    return record


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
