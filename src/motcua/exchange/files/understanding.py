"""Turns the cells of one row into an entry. Pure; made for many rows, so it remembers words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .cells import (
    NotUnderstood,
    WholeDay,
    clean,
    code,
    identity_number,
    limit,
    moment_reader,
    procedure_code,
)
from .entries import Entry, add_flag
from .fields import MOMENTS, WORDS, Field
from .flags import Flag
from .labels import code_of, label
from .mapping import Plan

BLANK = Entry(
    0, "", "", "", "", "", "", "", "", "", None, None, None, None, None, None, None,
    "", "", "", "", "", "", "", "", "",
)  # fmt: skip
AT = {name: place for place, name in enumerate(Entry._fields)}
WORD_AT = {Field.CHANNEL: AT["channel"], Field.STATUS: AT["said"]}
TEXTS: dict[Field, Callable[[str], str]] = {
    Field.KEY: code,
    Field.CODE: code,
    Field.PROCEDURE_CODE: procedure_code,
    Field.PROCEDURE_NAME: clean,
    Field.FIELD_NAME: clean,
    Field.UNIT: clean,
    Field.PLACE: clean,
    Field.OWNER: clean,
    Field.SUBMITTER: clean,
    Field.IDENTITY_NUMBER: identity_number,
    Field.ADDRESS: clean,
    Field.PHONE: code,
}
REPEATING = frozenset({
    Field.PROCEDURE_CODE, Field.PROCEDURE_NAME, Field.FIELD_NAME, Field.UNIT, Field.PLACE,
})  # fmt: skip
TEST_ROW = re.compile(r"hồ sơ thử|\bthử nghiệm\b|\btest\b|\bdemo\b", re.IGNORECASE)
TELLING_TEST = (Field.OWNER, Field.SUBMITTER, Field.PROCEDURE_NAME, Field.NOTE)
STEP_PARTS = (Field.STEP, Field.STEP_INSTANCE, Field.STEP_LIFECYCLE, Field.STEP_RESOURCE)
KEPT_MOMENTS = MOMENTS - {Field.ASKED_AT, Field.SUPPLEMENTED_AT, Field.STEP_AT}


@dataclass
class Unknown:
    """A word no vocabulary knows: where it was met first, and how often."""

    line: int
    times: int = 0


@dataclass
class _Words:
    known: Mapping[str, str]
    other: str
    met: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, Unknown] = field(default_factory=dict)

    def read(self, text: str, line: int) -> str:
        found = self.met.get(text)
        if found is None:
            name = label(clean(text))
            found = self.known.get(name, self.other) if name else ""
            if name and not found:
                self.unknown.setdefault(text.strip(), Unknown(line)).times += 1
                return ""
            self.met[text] = found
        return found


class Understanding:
    """Reads rows of one table by one plan."""

    def __init__(self, plan: Plan, places: Mapping[Field, int]) -> None:
        self.plan = plan
        self.places = places
        self.blank = BLANK._replace(channel=plan.channel)
        self.texts = [(AT[f], places[f], _reader(f)) for f in TEXTS if f in places]
        self.words = {
            f: _Words(plan.words.get(f, {}), plan.other_words.get(f, ""))
            for f in WORDS
            if f in places
        }
        self.worded = [(WORD_AT[f], places[f], words) for f, words in self.words.items()]
        self.moments = {f: self._moment_reader(f) for f in MOMENTS if f in places}
        self.kept = [(AT[f], f, places[f]) for f in sorted(KEPT_MOMENTS & places.keys())]
        self.telling_test = [places[f] for f in TELLING_TEST if f in places]
        self.number = places.get(Field.NUMBER)
        self._limits: dict[str, tuple[int, str] | None] = {}

    def _moment_reader(self, name: Field) -> Callable[[str], int | None]:
        column = self.plan.columns[name]
        return moment_reader(
            day_first=self.plan.day_first, shift=column.shift, whole_day_at=column.whole_day_at
        )

    @property
    def unknown_words(self) -> dict[Field, dict[str, Unknown]]:
        """The words met so far that no vocabulary knows."""
        return {f: words.unknown for f, words in self.words.items() if words.unknown}

    def goes_on(self, entry: Entry, cells: Sequence[str]) -> bool:
        """The row has neither key nor number nor receipt: it goes on with the one above."""
        numbered = self.number is not None and cells[self.number].strip()
        return not (entry.key or entry.received_at is not None or numbered or entry.flags)

    def read(self, line: int, cells: Sequence[str]) -> Entry:
        """What one row tells. A cell that cannot be read is left out and flagged."""
        told: list[object] = list(self.blank)
        told[0] = line
        self._read_texts(told, cells)
        unread = self._read_moments(told, cells)
        if Field.CHANNEL in self.words:
            told[AT["channel"]] = self.words[Field.CHANNEL].read(
                cells[self.places[Field.CHANNEL]], line
            )
        if Field.STATUS in self.words:
            told[AT["said"]] = self.words[Field.STATUS].read(cells[self.places[Field.STATUS]], line)
        if Field.LIMIT in self.places:
            unread += self._read_limit(told, cells[self.places[Field.LIMIT]])
        entry = Entry._make(told)
        for name, add in ((Field.ASKED_AT, self._with_supplement), (Field.STEP, self._with_step)):
            if name in self.places:
                entry, more = add(entry, cells)
                unread += more
        for words in unread:
            entry = add_flag(entry, Flag.UNREADABLE, words)
        if any(TEST_ROW.search(clean(cells[place])) for place in self.telling_test):
            entry = add_flag(entry, Flag.TEST_ROW)
        return entry

    def _read_texts(self, told: list[object], cells: Sequence[str]) -> None:
        for at, place, read_text in self.texts:
            told[at] = read_text(cells[place])
        told[AT["code"]] = told[AT["code"]] or told[AT["key"]]
        told[AT["unit"]] = told[AT["unit"]] or told[AT["place"]] or self.plan.unit
        if not told[AT["procedure_code"]]:
            told[AT["procedure_name"]] = told[AT["procedure_name"]] or self.plan.procedure

    def _read_moments(self, told: list[object], cells: Sequence[str]) -> list[str]:
        unread = []
        for at, name, place in self.kept:
            text = cells[place]
            if text:
                moment, trouble = self._moment(name, text)
                told[at] = moment
                unread += trouble
        received = told[AT["received_at"]]
        if isinstance(received, int):
            _fit_whole_days(told, received)
        return unread

    def _moment(self, name: Field, text: str) -> tuple[int | None, list[str]]:
        try:
            return self.moments[name](text), []
        except NotUnderstood:
            return None, [f"{name}: {clean(text)}"]

    def _read_limit(self, told: list[object], text: str) -> list[str]:
        try:
            if text not in self._limits:
                self._limits[text] = limit(text)
        except NotUnderstood:
            return [f"{Field.LIMIT}: {clean(text)}"]
        found = self._limits[text]
        if found is not None:
            told[AT["limit_value"]], told[AT["limit_unit"]] = found
        return []

    def _with_supplement(self, entry: Entry, cells: Sequence[str]) -> tuple[Entry, list[str]]:
        asked, unread = self._moment(Field.ASKED_AT, cells[self.places[Field.ASKED_AT]])
        done, more = None, list[str]()
        if Field.SUPPLEMENTED_AT in self.places:
            done, more = self._moment(
                Field.SUPPLEMENTED_AT, cells[self.places[Field.SUPPLEMENTED_AT]]
            )
        unread += more
        if asked is None:
            return entry, unread
        if isinstance(asked, WholeDay) and entry.received_at is not None:
            asked = max(int(asked), min(entry.received_at, _end_of_day(asked)))
        return entry._replace(asked=f"{int(asked)}/{'' if done is None else int(done)}"), unread

    def _with_step(self, entry: Entry, cells: Sequence[str]) -> tuple[Entry, list[str]]:
        activity = clean(cells[self.places[Field.STEP]])
        if not activity or Field.STEP_AT not in self.places:
            return entry, []
        moment, unread = self._moment(Field.STEP_AT, cells[self.places[Field.STEP_AT]])
        if moment is None:
            return (entry if unread else add_flag(entry, Flag.STEP_UNTIMED)), unread
        parts = [code_of(cells[self.places[f]]) if f in self.places else "" for f in STEP_PARTS]
        return entry._replace(steps="|".join([*parts, str(int(moment))])), unread


def _reader(name: Field) -> Callable[[str], str]:
    """The reader of a text field; values that come again and again are read once."""
    read = TEXTS[name]
    if name not in REPEATING:
        return read
    met: dict[str, str] = {}

    def remembered(text: str) -> str:
        found = met.get(text)
        if found is None:
            found = met[text] = read(text)
        return found

    return remembered


def _fit_whole_days(told: list[object], received: int) -> None:
    """A day without a time, on the day of receipt, cannot contradict the receipt."""
    filed = told[AT["filed_at"]]
    if isinstance(received, WholeDay) and isinstance(filed, int) and filed > received:
        received = min(filed, _end_of_day(received))
    told[AT["received_at"]] = int(received)
    for name in ("filed_at", "due_at", "extended_to", "ended_at", "returned_at"):
        moment = told[AT[name]]
        if isinstance(moment, WholeDay):
            same_day = moment // 1440 == received // 1440
            later = min(moment, received) if name == "filed_at" else max(moment, received)
            told[AT[name]] = int(later if same_day else moment)


def _end_of_day(minute: int) -> int:
    return minute - minute % 1440 + 1439
