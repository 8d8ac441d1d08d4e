"""A change of the calendar as the parameters of an address, and back. Pure.

Shape: `do` names the change, and then

- `enter_day`: unit, day, kind, name, legal_basis, source, spans, counterpart, computed
- `swap_days`: unit, day_off, day_worked, name, legal_basis, source
- `remove_days`: entry (numbers of entries, `12,13`)
- `set_week_hours`: unit, valid_from, mon … sun, service, legal_basis, source
- `remove_week_hours`: unit, valid_from, service
- `take_decree`: unit, days (a line each, its cells parted by tabs: day, kind, counterpart, spans,
  name, source, legal_basis, computed), entry (numbers of the entries that give way)

`unit` is a key, `CODE@DATE`, or `nation`: the nation is never what a missing unit means. Days are
`2026-11-24`, spans `07:30-11:30,13:30-17:30` with nothing for a closed day or a whole one,
flags `1`. What is empty is left out of an address.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.kit.calendar import DayKind
from motcua.kit.moments import date_of, from_iso_day
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry import rules
from motcua.registry.drafts import (
    CalendarDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.layers import FIRST, LAST

NATION = "nation"
ENTER, SWAP, REMOVE, HOURS = "enter_day", "swap_days", "remove_days", "set_week_hours"
DECREE, NO_HOURS = "take_decree", "remove_week_hours"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_SIGNS = {"name": 200, "legal_basis": 300, "source": 300, "spans": 80, "entry": 1300}
ENTERED = tuple(kind for kind in DayKind if kind is not DayKind.WEEKLY_REST)
MOST_REMOVED, MOST_DAYS = 100, 100
CELLS = ("day", "kind", "counterpart", "spans", "name", "source", "legal_basis", "computed")
_FLAG = "1"
_ENTRIES = re.compile(r"[0-9]{1,12}(,[0-9]{1,12})*", re.ASCII)


class NothingSaid(Refused):
    """A field that must not be empty."""

    message = gettext_noop("Fill this in.")


class TooLong(Refused):
    """A text longer than its place."""

    message = gettext_noop("At most %(most)s signs, please.")


class UnknownKind(Refused):
    """A kind of day that an entry cannot have."""

    message = gettext_noop("“%(kind)s” is no kind of day that can be entered.")


class UnknownChange(Refused):
    """The parameters name no change of the calendar."""

    message = gettext_noop("It is not said what is to be changed. Begin again on the calendar.")


class SameDay(Refused):
    """A day that is exchanged with itself."""

    message = gettext_noop("The two days are the same. Name the day off and the day worked.")


class NoCounterpart(Refused):
    """One half of a swap alone."""

    message = gettext_noop("Name the other day of the swap.")


class WrongEntries(Refused):
    """Numbers of entries that cannot be read."""

    message = gettext_noop("It is not said which entry is to be removed.")


class WrongDays(Refused):
    """Days of a decree that cannot be read from an address."""

    message = gettext_noop("The days of the decree cannot be read. Take the file in again.")


@dataclass(frozen=True, slots=True)
class Problems:
    """Why parameters are no draft: refusals by the name of the parameter."""

    by_field: Mapping[str, Refused]


def to_params(draft: CalendarDraft) -> dict[str, str]:
    """Give the parameters of a draft, `do` first; what is empty is left out."""
    match draft:
        case DayDraft():
            said = {"do": ENTER, **_scope(draft), **_day(draft)}
        case SwapDraft():
            said = {"do": SWAP, **_scope(draft), **_swap(draft)}
        case WeekDraft(is_removal=True):
            said = {"do": NO_HOURS, "unit": draft.unit_key or NATION, **_week(draft)}
        case WeekDraft():
            said = {"do": HOURS, **_scope(draft), **_week(draft)}
        case RemovalDraft():
            said = {"do": REMOVE, "entry": ",".join(map(str, draft.entry_ids))}
        case DecreeDraft():
            said = {"do": DECREE, "unit": draft.unit_key or NATION, **_decree(draft)}
    return {name: text for name, text in said.items() if text}


def _scope(draft: DayDraft | SwapDraft | WeekDraft) -> dict[str, str]:
    return {
        "unit": draft.unit_key or NATION,
        "legal_basis": draft.legal_basis,
        "source": draft.source,
    }


def _day(draft: DayDraft) -> dict[str, str]:
    return {
        "day": draft.day.isoformat(),
        "kind": draft.kind.value,
        "name": draft.name,
        "spans": draft.spans,
        "counterpart": draft.counterpart.isoformat() if draft.counterpart else "",
        "computed": "" if draft.is_decided else _FLAG,
    }


def _swap(draft: SwapDraft) -> dict[str, str]:
    return {
        "day_off": draft.day_off.isoformat(),
        "day_worked": draft.day_worked.isoformat(),
        "name": draft.name,
    }


def _week(draft: WeekDraft) -> dict[str, str]:
    hours = {name: draft.week.get(day, "") for day, name in enumerate(WEEKDAYS)}
    return {
        "valid_from": draft.valid_from.isoformat(),
        **hours,
        "service": _FLAG if draft.is_service else "",
    }


def _decree(draft: DecreeDraft) -> dict[str, str]:
    days = [{**_day(one), **_scope(one)} for one in draft.days]
    return {
        "days": "\n".join("\t".join(one[cell] for cell in CELLS) for one in days),
        "entry": ",".join(map(str, draft.replaced_ids)),
    }


def from_params(said: Mapping[str, str]) -> CalendarDraft | Problems:
    """Give the draft the parameters describe, or everything that is wrong with them at once."""
    read = _READERS.get(said.get("do", "").strip())
    if read is None:
        return Problems({"do": UnknownChange()})
    reading = _Reading(said)
    draft = read(reading)
    return draft if draft is not None and not reading.wrong else Problems(reading.wrong)


class _Reading:
    """Reads parameters one by one and keeps what is wrong with each."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said
        self.wrong: dict[str, Refused] = {}

    def text(self, name: str, *, is_needed: bool = True) -> str:
        text = " ".join(self._said.get(name, "").split())
        most = MOST_SIGNS.get(name, 300)
        if is_needed and not text:
            self.wrong[name] = rules.NoLegalBasis() if name == "legal_basis" else NothingSaid()
        elif len(text) > most:
            self.wrong[name] = TooLong(most=most)
        return text

    def raw(self, name: str) -> str:
        return self._said.get(name, "").replace("\r\n", "\n")

    def entries(self, *, is_needed: bool = True) -> tuple[int, ...]:
        text = self.text("entry", is_needed=False).replace(" ", "")
        if not text and not is_needed:
            return ()
        if not _ENTRIES.fullmatch(text) or text.count(",") >= MOST_REMOVED:
            self.wrong["entry"] = WrongEntries()
            return ()
        return tuple(dict.fromkeys(int(one) for one in text.split(",")))

    def unit(self) -> str | None:
        text = self.text("unit")
        return None if text == NATION else text

    def flag(self, name: str) -> bool:
        return self._said.get(name, "") == _FLAG

    def day(self, name: str, *, is_needed: bool = True) -> date | None:
        text = self.text(name, is_needed=is_needed)
        if not text or name in self.wrong:
            return None
        try:
            day = date_of(from_iso_day(text))
        except Refused as refusal:
            self.wrong[name] = refusal
            return None
        if not FIRST <= day <= LAST:
            self.wrong[name] = rules.DayOutside(first=FIRST, last=LAST)
            return None
        return day

    def spans(self, name: str) -> str:
        text = self.text(name, is_needed=False)
        try:
            rules.parse_spans(text)
        except Refused as refusal:
            self.wrong[name] = refusal
        return text.replace(" ", "")

    def kind(self) -> DayKind | None:
        text = self.text("kind")
        if text in ENTERED:
            return DayKind(text)
        self.wrong.setdefault("kind", UnknownKind(kind=text))
        return None


def _read_day(read: _Reading) -> DayDraft | None:
    unit, day, kind, spans = read.unit(), read.day("day"), read.kind(), read.spans("spans")
    counterpart = read.day("counterpart", is_needed=False)
    name, basis, source = read.text("name"), read.text("legal_basis"), read.text("source")
    if day is None or kind is None:
        return None
    if counterpart == day:
        read.wrong["counterpart"] = SameDay()
    elif kind in (DayKind.SWAP_OFF, DayKind.SWAP_WORK) and counterpart is None:
        read.wrong.setdefault("counterpart", NoCounterpart())
    else:
        _check_hours(read, kind, spans, counterpart)
    return DayDraft(
        day=day,
        kind=kind,
        name=name,
        legal_basis=basis,
        source=source,
        unit_key=unit,
        spans=spans,
        counterpart=counterpart,
        is_decided=not read.flag("computed"),
    )


def _check_hours(read: _Reading, kind: DayKind, spans: str, counterpart: date | None) -> None:
    try:
        rules.check_entry(kind=kind, spans=spans, counterpart=counterpart)
    except Refused as refusal:
        read.wrong.setdefault("spans", refusal)


def _read_swap(read: _Reading) -> SwapDraft | None:
    unit, day_off, day_worked = read.unit(), read.day("day_off"), read.day("day_worked")
    name, basis, source = read.text("name"), read.text("legal_basis"), read.text("source")
    if day_off is None or day_worked is None:
        return None
    if day_off == day_worked:
        read.wrong["day_worked"] = SameDay()
    return SwapDraft(day_off, day_worked, name, basis, source, unit)


def _read_removal(read: _Reading) -> RemovalDraft | None:
    return RemovalDraft(read.entries())


def _read_week(read: _Reading) -> WeekDraft | None:
    unit, valid_from = read.unit(), read.day("valid_from")
    week = {day: read.spans(name) for day, name in enumerate(WEEKDAYS)}
    basis, source, is_service = read.text("legal_basis"), read.text("source"), read.flag("service")
    if not any(week.values()) and not is_service:
        read.wrong.setdefault(WEEKDAYS[0], rules.NeverOpen())
    if valid_from is None:
        return None
    hours = {day: spans for day, spans in week.items() if spans}
    return WeekDraft(valid_from, hours, basis, source, unit, is_service)


def _read_no_week(read: _Reading) -> WeekDraft | None:
    unit, valid_from, is_service = read.unit(), read.day("valid_from"), read.flag("service")
    if valid_from is None:
        return None
    return WeekDraft(valid_from, {}, "", "", unit, is_service, is_removal=True)


def _read_decree(read: _Reading) -> DecreeDraft | None:
    unit = read.unit()
    entries = read.entries(is_needed=False)
    lines = [line for line in read.raw("days").split("\n") if line]
    days = [_read_line(line, unit or NATION) for line in lines[: MOST_DAYS + 1]]
    good = tuple(day for day in days if day is not None)
    if len(good) < len(days) or len(days) > MOST_DAYS or not (good or entries):
        read.wrong["days"] = WrongDays()
    return DecreeDraft(good, entries, unit)


def _read_line(line: str, unit: str) -> DayDraft | None:
    cells = line.split("\t")
    if len(cells) != len(CELLS):
        return None
    draft = from_params({**dict(zip(CELLS, cells, strict=True)), "do": ENTER, "unit": unit})
    return draft if isinstance(draft, DayDraft) else None


_READERS: Mapping[str, Callable[[_Reading], CalendarDraft | None]] = {
    ENTER: _read_day,
    SWAP: _read_swap,
    REMOVE: _read_removal,
    HOURS: _read_week,
    NO_HOURS: _read_no_week,
    DECREE: _read_decree,
}
