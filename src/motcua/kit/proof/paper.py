"""A proof as JSON: all that is needed to count again, the lines, and a seal over both.

The seal (SHA-256 over the canonical form) finds what was changed without care. It is no
signature: what makes a proof hold is that anybody can count it again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from motcua.kit.calendar import Calendar, DayEntry, Hours, Spans
from motcua.kit.clock import Due, Limit
from motcua.kit.moments import Day, clock_text, date_of, iso_minute
from motcua.kit.proof.lines import Because, Line
from motcua.kit.proof.walking import Proof, Question

FORMAT, SCHEMA = "motcua.clock.proof", 1
SEAL = "seal"
Record = dict[str, Any]


def paper_of(proof: Proof, *, about: Mapping[str, object], program: str) -> Record:
    """Give the proof as JSON values, sealed.

    `about` says in codes what is proved (dossier, step) and what is only told, not counted;
    `program` is the version that counted.
    """
    paper: Record = {
        "format": FORMAT,
        "schema": SCHEMA,
        "program": program,
        "about": dict(about),
        "inputs": inputs_of(proof.asked),
        "calendar": calendar_of(proof.calendar, proof.first_on, proof.last_on),
        "lines": [line_of(line) for line in proof.lines],
        "due": ends_of(proof.due),
    }
    return {**paper, SEAL: seal_of(paper)}


def seal_of(paper: Record) -> str:
    """Give the seal of a paper, whatever seal it carries."""
    bare = {name: value for name, value in paper.items() if name != SEAL}
    return "sha256:" + hashlib.sha256(canonical(bare).encode()).hexdigest()


def canonical(value: object) -> str:
    """Give one text for equal JSON values: keys sorted, no spaces, nothing escaped needlessly."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def paper_text(paper: Record) -> str:
    """Give the paper as a file: one record a line, so that two files can be laid side by side."""
    calendar = paper["calendar"]
    shown = {
        **paper,
        "calendar": {
            **calendar,
            "hours": _Rows(calendar["hours"]),
            "days": _Rows(calendar["days"]),
        },
        "lines": _Rows(paper["lines"]),
    }
    return _laid_out(shown, 0) + "\n"


class _Rows(list[Any]):
    """A list whose elements stand on a line each."""


def _laid_out(value: object, depth: int) -> str:
    end, indent = "\n" + " " * depth, "\n" + " " * (depth + 1)
    if isinstance(value, _Rows) and value:
        rows = f",{indent}".join(json.dumps(row, ensure_ascii=False) for row in value)
        return f"[{indent}{rows}{end}]"
    if isinstance(value, dict) and depth <= 1:
        pairs = f",{indent}".join(
            f"{json.dumps(name)}: {_laid_out(inner, depth + 1)}" for name, inner in value.items()
        )
        return f"{{{indent}{pairs}{end}}}"
    return json.dumps(value, ensure_ascii=False)


def line_of(line: Line) -> Record:
    """Give one line; moments, days and clock times as text."""
    told = {field.name: _value(field.name, getattr(line, field.name)) for field in fields(line)}
    return {"kind": line.kind, **told}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    as_text = _AS_TEXT.get(name.rpartition("_")[2])
    if as_text is not None:
        return as_text(value)
    if isinstance(value, tuple):
        return [_because(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _because(one: Because) -> Record:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def inputs_of(asked: Question) -> Record:
    """Give what the count begins from."""
    limit, rules, extension = asked.limit, asked.rules, asked.extension
    return {
        "received_at": iso_minute(asked.received_at),
        "limit": {
            "value": limit.value,
            "zone_extra": limit.zone_extra if isinstance(limit, Limit) else 0,
            "unit": limit.unit.value,
        },
        "rules": {
            "supplement": rules.supplement.value,
            "appointment": rules.appointment.value,
            "fixed_hour": clock_text(rules.fixed_hour),
            "same_day_cut_off": clock_text(rules.same_day_cut_off),
            "cut_off": None if rules.cut_off is None else clock_text(rules.cut_off),
            "hours_are_days": rules.hours_are_days,
        },
        "pauses": [
            {
                "from_at": iso_minute(one.from_at),
                "to_at": _value("to_at", one.to_at),
                "kind": one.kind.value,
            }
            for one in asked.pauses
        ],
        "extension": None
        if extension is None
        else {
            "granted_at": iso_minute(extension.granted_at),
            "due_at": iso_minute(extension.due_at),
        },
        "now_at": _value("now_at", asked.now_at),
    }


def ends_of(due: Due) -> Record:
    """Give what the count ends in."""
    return {name: _value(name, getattr(due, name)) for name in due._fields}


def calendar_of(calendar: Calendar, first: Day, last: Day) -> Record:
    """Give these days with all that is said about them."""
    weeks: list[Hours] = []
    days = [_day(calendar, day, weeks) for day in range(first, last + 1)]
    return {
        "decided_until_on": day_iso(calendar.decided_until),
        "hours": [_hours(one) for one in weeks],
        "days": days,
    }


def _day(calendar: Calendar, day: Day, weeks: list[Hours]) -> Record:
    word = calendar.word_of(day)
    told: Record = {"day_on": day_iso(day), "open": spans_of(word.spans)}
    told["hours"] = _place(word.hours, weeks)
    if word.entry is not None:
        told["entry"] = entry_of(word.entry)
    if word.closures:
        told["closures"] = [entry_of(one) for one in word.closures]
    by = word.served_by
    if by is not None:
        told["served"] = spans_of(word.served)
        told["served_by"] = _place(by, weeks) if isinstance(by, Hours) else entry_of(by)
    return told


def _place(hours: Hours, weeks: list[Hours]) -> int:
    if hours not in weeks:
        weeks.append(hours)
    return weeks.index(hours)


def _hours(hours: Hours) -> Record:
    return {
        "since_on": None if hours.is_from_ever else day_iso(hours.since),
        "until_on": _value("until_on", hours.until),
        "level": hours.level.name.lower(),
        "source": hours.source,
        "legal_basis": hours.legal_basis,
        "week": [spans_of(spans) for spans in hours.spans],
    }


def entry_of(entry: DayEntry) -> Record:
    """Give what one source says about a day."""
    return {
        "kind": entry.kind.value,
        "name": entry.name,
        "spans": spans_of(entry.spans),
        "counterpart_on": _value("counterpart_on", entry.counterpart),
        "level": entry.level.name.lower(),
        "source": entry.source,
        "legal_basis": entry.legal_basis,
    }


def spans_of(spans: Spans | Sequence[tuple[int, int]]) -> list[str]:
    """Give spans of a day as `07:30-11:30`."""
    return [f"{clock_text(start)}-{clock_text(end)}" for start, end in spans]


def day_iso(day: Day) -> str:
    """Give a day as `2026-11-24`."""
    return date_of(day).isoformat()


_AS_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "at": iso_minute,
    "on": day_iso,
    "clock": clock_text,
    "spans": spans_of,
}
"""How a value is written, by the last part of its name."""
