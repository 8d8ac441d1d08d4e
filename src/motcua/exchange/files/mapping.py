"""A mapping: which column of a foreign file tells what, and in which words. Read from TOML."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn

from motcua.kit.words import gettext_noop as _

from .fields import ALWAYS_NEEDED, MOMENTS, WORDS, Field, minute_of_whole_day
from .labels import label
from .refusals import MappingUnknown, MappingWrong

TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
READY = Path(__file__).parent / "mappings"
MINUTES_OF_AN_HOUR = 60
UTC_SHIFT = 7 * MINUTES_OF_AN_HOUR
ENCODINGS = frozenset({"auto", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "cp1252"})
SEPARATORS = {"auto": "", "comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
PARTS = {"source", "title", "file", "columns", "words", "units", "procedures", "rules"}
COLUMN_KEYS = {"names", "needed", "clock", "whole_day_at"}
RULES = {"no_due", "unit", "procedure", "channel", "valid_from"}


SOURCE_WRONG = _(
    "Mapping %(mapping)s: source must be a short name of letters, digits, hyphen, dot and "
    "underscore."
)
COLUMN_NEEDED = _("Mapping %(mapping)s: %(where)s is missing; without it no row is understood.")
COLUMN_SHAPE = _("Mapping %(mapping)s: %(where)s must be a name, a list of names or a table.")
NAMES_SHAPE = _("Mapping %(mapping)s: %(where)s must be a name or a list of names, none empty.")
NO_MOMENT = _(
    "Mapping %(mapping)s: %(where)s is no moment, so clock and whole_day_at do not belong there."
)
TIME_SHAPE = _('Mapping %(mapping)s: %(where)s must be a time such as "17:30".')
DAY_SHAPE = _("Mapping %(mapping)s: %(where)s must be a day such as 2021-01-01, without quotes.")
WORDS_SHAPE = _("Mapping %(mapping)s: %(where)s must be a table: our word = [their words].")
TWO_MEANINGS = _("Mapping %(mapping)s: %(where)s gives “%(word)s” two meanings.")
TABLE_SHAPE = _("Mapping %(mapping)s: %(where)s must be a table.")
TEXT_SHAPE = _("Mapping %(mapping)s: %(where)s must be text.")
FLAG_SHAPE = _("Mapping %(mapping)s: %(where)s must be true or false.")
ONE_OF = _("Mapping %(mapping)s: %(where)s must be one of: %(known)s.")
UNKNOWN = _("Mapping %(mapping)s: %(where)s is unknown. Known are: %(known)s.")
NOT_TOML = _("The mapping %(mapping)s is no TOML: %(reason)s")


@dataclass(frozen=True)
class Column:
    """Where one field is found. `shift` is added to its moments, in minutes."""

    names: tuple[str, ...]
    needed: bool = False
    shift: int = 0
    whole_day_at: int = 0


@dataclass(frozen=True)
class Plan:
    """A checked mapping."""

    name: str
    source: str
    title: str
    columns: Mapping[Field, Column]
    encoding: str = "auto"
    separator: str = ""
    sheet: str = ""
    day_first: bool = True
    words: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    other_words: Mapping[Field, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    procedures: Mapping[str, str] = field(default_factory=dict)
    count_missing_due: bool = False
    unit: str = ""
    procedure: str = ""
    channel: str = "direct"
    valid_from: date | None = None

    @property
    def needed(self) -> frozenset[Field]:
        return frozenset(f for f, column in self.columns.items() if column.needed)


def ready_mappings() -> list[str]:
    """Names of the mappings that come with the program."""
    return sorted(path.name for path in READY.glob("*.toml"))


def load(name: str) -> Plan:
    """The mapping in that file, or the ready one of that name.

    Errors: MappingUnknown, MappingWrong.
    """
    path = _find(name)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingWrong(NOT_TOML, mapping=path.name, reason=str(error)) from error
    return _Reading(path.name, content).plan()


def _find(name: str) -> Path:
    given = Path(name)
    ready = READY / given.name
    for path in (given, ready, ready.with_name(f"{given.name}.toml")):
        if path.is_file():
            return path
    raise MappingUnknown(mapping=name, ready=", ".join(ready_mappings()))


class _Reading:
    """Checks one TOML document part by part; every complaint says where it stands."""

    def __init__(self, name: str, content: Mapping[str, object]) -> None:
        self.name = name
        self.content = content

    def plan(self) -> Plan:
        self._only("", self.content, PARTS)
        source = self._text("source", self.content.get("source"))
        if not source or not all(c.isascii() and (c.isalnum() or c in "-_.") for c in source):
            self._wrong(SOURCE_WRONG)
        layout = self._table("file")
        self._only("file.", layout, {"encoding", "separator", "sheet", "day_first"})
        rules = self._table("rules")
        self._only("rules.", rules, RULES)
        words, others = self._words()
        return Plan(
            name=self.name,
            source=source,
            title=self._text("title", self.content.get("title", source)),
            columns=self._columns(),
            encoding=self._choice("file.encoding", layout.get("encoding", "auto"), ENCODINGS),
            separator=SEPARATORS[
                self._choice("file.separator", layout.get("separator", "auto"), SEPARATORS)
            ],
            sheet=self._text("file.sheet", layout.get("sheet", "")),
            day_first=self._flag("file.day_first", layout.get("day_first", True)),
            words=words,
            other_words=others,
            units=self._codes("units"),
            procedures=self._codes("procedures"),
            count_missing_due=self._choice(
                "rules.no_due", rules.get("no_due", "none"), {"none", "limit"}
            )
            == "limit",
            unit=self._text("rules.unit", rules.get("unit", "")),
            procedure=self._text("rules.procedure", rules.get("procedure", "")),
            channel=self._choice(
                "rules.channel", rules.get("channel", "direct"), WORDS[Field.CHANNEL]
            ),
            valid_from=self._day("rules.valid_from", rules.get("valid_from")),
        )

    def _columns(self) -> dict[Field, Column]:
        table = self._table("columns")
        self._only("columns.", table, set(Field))
        columns = {Field(name): self._column(Field(name), told) for name, told in table.items()}
        for needed in ALWAYS_NEEDED:
            if needed not in columns:
                self._wrong(COLUMN_NEEDED, where=f"columns.{needed}")
        return columns

    def _column(self, name: Field, told: object) -> Column:
        where = f"columns.{name}"
        if isinstance(told, str | list):
            told = {"names": told}
        if not isinstance(told, dict):
            self._wrong(COLUMN_SHAPE, where=where)
        self._only(f"{where}.", told, COLUMN_KEYS)
        if name not in MOMENTS and (told.keys() & {"clock", "whole_day_at"}):
            self._wrong(NO_MOMENT, where=where)
        clock = self._choice(f"{where}.clock", told.get("clock", "local"), {"local", "utc"})
        return Column(
            names=self._names(where, told.get("names")),
            needed=name in ALWAYS_NEEDED
            or self._flag(f"{where}.needed", told.get("needed", False)),
            shift=UTC_SHIFT if clock == "utc" else 0,
            whole_day_at=self._time(f"{where}.whole_day_at", told.get("whole_day_at"), name),
        )

    def _names(self, where: str, told: object) -> tuple[str, ...]:
        listed = [told] if isinstance(told, str) else told
        if not isinstance(listed, list) or not listed:
            self._wrong(NAMES_SHAPE, where=f"{where}.names")
        labels = tuple(label(self._text(where, one)) for one in listed)
        if not all(labels):
            self._wrong(NAMES_SHAPE, where=f"{where}.names")
        return labels

    def _time(self, where: str, told: object, name: Field) -> int:
        if told is None:
            return minute_of_whole_day(name)
        found = TIME.fullmatch(self._text(where, told))
        if found is None:
            self._wrong(TIME_SHAPE, where=where)
        return int(found[1]) * MINUTES_OF_AN_HOUR + int(found[2])

    def _words(self) -> tuple[dict[Field, dict[str, str]], dict[Field, str]]:
        table = self._table("words")
        self._only("words.", table, set(WORDS))
        words: dict[Field, dict[str, str]] = {}
        others: dict[Field, str] = {}
        for name, told in table.items():
            if not isinstance(told, dict):
                self._wrong(WORDS_SHAPE, where=f"words.{name}")
            self._only(f"words.{name}.", told, WORDS[Field(name)])
            theirs = words.setdefault(Field(name), {})
            for ours, listed in told.items():
                if listed == "*":
                    others[Field(name)] = ours
                    continue
                for one in self._names(f"words.{name}.{ours}", listed):
                    if theirs.setdefault(one, ours) != ours:
                        self._wrong(TWO_MEANINGS, where=f"words.{name}", word=one)
        return words, others

    def _codes(self, part: str) -> dict[str, str]:
        table = self._table(part)
        return {
            label(theirs): self._text(f"{part}.{theirs}", ours) for theirs, ours in table.items()
        }

    def _table(self, part: str) -> Mapping[str, object]:
        told = self.content.get(part, {})
        if not isinstance(told, dict):
            self._wrong(TABLE_SHAPE, where=part)
        return told

    def _only(
        self,
        where: str,
        table: Mapping[str, object],
        known: "set[str] | frozenset[str] | set[Field]",
    ) -> None:
        for name in table:
            if name not in known:
                self._wrong(UNKNOWN, where=f"{where}{name}", known=", ".join(sorted(known)))

    def _choice(
        self, where: str, told: object, known: "Mapping[str, object] | frozenset[str] | set[str]"
    ) -> str:
        if not isinstance(told, str) or told not in known:
            self._wrong(ONE_OF, where=where, known=", ".join(sorted(known)))
        return told

    def _text(self, where: str, told: object) -> str:
        if not isinstance(told, str):
            self._wrong(TEXT_SHAPE, where=where)
        return told

    def _day(self, where: str, told: object) -> date | None:
        if told is not None and type(told) is not date:
            self._wrong(DAY_SHAPE, where=where)
        return told

    def _flag(self, where: str, told: object) -> bool:
        if not isinstance(told, bool):
            self._wrong(FLAG_SHAPE, where=where)
        return told

    def _wrong(self, complaint: str, **facts: object) -> NoReturn:
        raise MappingWrong(complaint, mapping=self.name, **facts)
