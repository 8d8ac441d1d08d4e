"""A mapping: which column of a foreign file tells what, and in which words. Read from TOML."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

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
RULES = {"no_due", "unit", "channel", "valid_from"}


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
    channel: str = "direct"
    valid_from: str = ""

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
        raise MappingWrong(mapping=path.name, why=str(error)) from error
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
            self._wrong('source must be a short name of letters, digits, "-", "_" and "."')
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
            channel=self._choice(
                "rules.channel", rules.get("channel", "direct"), WORDS[Field.CHANNEL]
            ),
            valid_from=self._text("rules.valid_from", rules.get("valid_from", "")),
        )

    def _columns(self) -> dict[Field, Column]:
        table = self._table("columns")
        self._only("columns.", table, set(Field))
        columns = {Field(name): self._column(Field(name), told) for name, told in table.items()}
        for needed in ALWAYS_NEEDED:
            if needed not in columns:
                self._wrong(f"columns.{needed} is missing: without it no row can be understood")
        return columns

    def _column(self, name: Field, told: object) -> Column:
        where = f"columns.{name}"
        if isinstance(told, str | list):
            told = {"names": told}
        if not isinstance(told, dict):
            self._wrong(f"{where} must be a name, a list of names or a table")
        self._only(f"{where}.", told, COLUMN_KEYS)
        if name not in MOMENTS and (told.keys() & {"clock", "whole_day_at"}):
            self._wrong(f"{where} is no moment: clock and whole_day_at do not belong there")
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
            self._wrong(f"{where}.names must be a name or a list of names")
        labels = tuple(label(self._text(where, one)) for one in listed)
        if not all(labels):
            self._wrong(f"{where}.names holds an empty name")
        return labels

    def _time(self, where: str, told: object, name: Field) -> int:
        if told is None:
            return minute_of_whole_day(name)
        found = TIME.fullmatch(self._text(where, told))
        if found is None:
            self._wrong(f'{where} must be a time such as "17:30"')
        return int(found[1]) * MINUTES_OF_AN_HOUR + int(found[2])

    def _words(self) -> tuple[dict[Field, dict[str, str]], dict[Field, str]]:
        table = self._table("words")
        self._only("words.", table, set(WORDS))
        words: dict[Field, dict[str, str]] = {}
        others: dict[Field, str] = {}
        for name, told in table.items():
            if not isinstance(told, dict):
                self._wrong(f"words.{name} must be a table: our word = [their words]")
            self._only(f"words.{name}.", told, WORDS[Field(name)])
            theirs = words.setdefault(Field(name), {})
            for ours, listed in told.items():
                if listed == "*":
                    others[Field(name)] = ours
                    continue
                for one in self._names(f"words.{name}.{ours}", listed):
                    if theirs.setdefault(one, ours) != ours:
                        self._wrong(f'words.{name} gives "{one}" two meanings')
        return words, others

    def _codes(self, part: str) -> dict[str, str]:
        table = self._table(part)
        return {
            label(theirs): self._text(f"{part}.{theirs}", ours) for theirs, ours in table.items()
        }

    def _table(self, part: str) -> Mapping[str, object]:
        told = self.content.get(part, {})
        if not isinstance(told, dict):
            self._wrong(f"[{part}] must be a table")
        return told

    def _only(
        self,
        where: str,
        table: Mapping[str, object],
        known: "set[str] | frozenset[str] | set[Field]",
    ) -> None:
        for name in table:
            if name not in known:
                self._wrong(f"{where}{name} is unknown; known are {', '.join(sorted(known))}")

    def _choice(
        self, where: str, told: object, known: "Mapping[str, object] | frozenset[str] | set[str]"
    ) -> str:
        if not isinstance(told, str) or told not in known:
            self._wrong(f"{where} must be one of {', '.join(sorted(known))}")
        return told

    def _text(self, where: str, told: object) -> str:
        if not isinstance(told, str):
            self._wrong(f"{where} must be text")
        return told

    def _flag(self, where: str, told: object) -> bool:
        if not isinstance(told, bool):
            self._wrong(f"{where} must be true or false")
        return told

    def _wrong(self, why: str) -> NoReturn:
        raise MappingWrong(mapping=self.name, why=why)
