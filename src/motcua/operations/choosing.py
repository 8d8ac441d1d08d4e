"""What a wall is asked to show: period, unit, field, procedure, channel, what it is compared with
and how it looks, as typed and as understood. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from motcua.indicators.asking import EARLIEST, Boundaries
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _

PRESETS = ("day", "month", "quarter", "year", "last_year", "whole")
STANDARD = "year"
LONGEST_DAYS = 366 * 30
LATEST = date(2199, 12, 31)  # as far as moments are written
WHOLE_SINCE = date(2021, 1, 1)  # the first year a demonstration or an import usually tells of
CHANNELS = ("direct", "online", "post", "other")
TEXTS = ("unit", "field", "procedure", "channel")
WRONG = {
    "boundaries": _("Units are counted as they were then (as_then) or as they are now (as_now)."),
    "compare": _(
        "Figures are compared with the period before (before) or a year ago (year_ago),"
        " not with “%(text)s”."
    ),
    "theme": _("A wall is dark (dark) or light (light), not “%(text)s”."),
}
_Word = TypeVar("_Word", bound=StrEnum)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


class Compare(StrEnum):
    """What the figures of a period are held against."""

    BEFORE = "before"  # the period before, of the same length
    YEAR_AGO = "year_ago"


class Theme(StrEnum):
    """How a wall looks; walls are dark unless somebody asks for light."""

    DARK = "dark"
    LIGHT = "light"


CLOSED: Mapping[str, StrEnum] = {
    "boundaries": Boundaries.AS_THEN,
    "compare": Compare.BEFORE,
    "theme": Theme.DARK,
}


@dataclass(frozen=True)
class Problem:
    """Why a typed value cannot be used: the field, a msgid, and what fills its places."""

    name: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What was typed, and the period it means; `preset` is empty for a free period.

    `first_text` and `last_text` are what a form shows again: the days as written here, or what
    was typed where that is no day. `unit`, `field`, `procedure` and `channel` are texts as typed;
    empty means all.
    """

    period: Period
    preset: str
    first_text: str
    last_text: str
    unit: str = ""
    field: str = ""
    procedure: str = ""
    channel: str = ""
    boundaries: Boundaries = Boundaries.AS_THEN
    compare: Compare = Compare.BEFORE
    theme: Theme = Theme.DARK
    problems: tuple[Problem, ...] = ()

    @property
    def params(self) -> dict[str, str]:
        """Give the parameters that lead here again."""
        texts = {name: getattr(self, name) for name in TEXTS}
        for name, standard in CLOSED.items():
            said = getattr(self, name)
            texts[name] = "" if said is standard else said.value
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        period = {"period": self.preset} if self.preset else {"from": first, "to": last}
        return {**period, **{name: text for name, text in texts.items() if text}}


def read(params: Mapping[str, str], *, today: date) -> Choice:
    """Understand the parameters of an address; what cannot be used is named in `problems`.

    A preset beside two days is kept only while it still means these days.
    """
    typed = {name: params.get(name, "").strip() for name in TEXTS}
    texts = params.get("from", "").strip(), params.get("to", "").strip()
    preset = params.get("period", "").strip()
    if any(texts):
        period, problems = _free(*texts, today=today)
        means = preset_period(preset, today=today) if preset in PRESETS else None
        preset = preset if means == period and not problems else ""
    else:
        problems = _of_preset(preset)
        preset = preset if preset in PRESETS else STANDARD
        period = preset_period(preset, today=today)
    is_clear = not any(one.name in ("from", "to") for one in problems)
    first, last = (_written(period.first), _written(period.last)) if is_clear else texts
    if typed["channel"] and typed["channel"] not in CHANNELS:
        problems.append(Problem("channel", _("There is no such channel. Choose one of the list.")))
    closed = {name: params.get(name, "").strip() for name in CLOSED}
    return Choice(
        period,
        preset,
        first,
        last,
        **typed,
        boundaries=_one_of(Boundaries.AS_THEN, "boundaries", closed, problems),
        compare=_one_of(Compare.BEFORE, "compare", closed, problems),
        theme=_one_of(Theme.DARK, "theme", closed, problems),
        problems=tuple(problems),
    )


def preset_period(preset: str, *, today: date) -> Period:
    """Give the period a preset means on a day."""
    quarter = (today.month + 2) // 3
    return {
        "day": lambda: Period(today, today),
        "month": lambda: Period.month(today.year, today.month),
        "quarter": lambda: Period.quarter(today.year, quarter),
        "year": lambda: Period.year(today.year),
        "last_year": lambda: Period.year(today.year - 1),
        "whole": lambda: Period(WHOLE_SINCE, max(today, WHOLE_SINCE)),
    }[preset]()


def _one_of(standard: _Word, name: str, typed: Mapping[str, str], problems: list[Problem]) -> _Word:
    """Give the word that was typed, the standard one for none or for one there is not."""
    text = typed[name]
    if text in list(type(standard)):
        return type(standard)(text)
    if text:
        problems.append(Problem(name, WRONG[name], {"text": text}))
    return standard


def _of_preset(preset: str) -> list[Problem]:
    if not preset or preset in PRESETS:
        return []
    return [Problem("period", _("There is no such period. Choose one of the list."))]


def _free(first: str, last: str, *, today: date) -> tuple[Period, list[Problem]]:
    since, until = day_of_text(first), day_of_text(last) if last else today
    problems = [
        Problem(name, _("“%(text)s” is not a day. Write it as 24/11/2026."), {"text": text})
        for name, text, day in (("from", first, since), ("to", last, until))
        if day is None
    ]
    if since is not None and until is not None:
        problems = _impossible(since, until, today=today)
        if not problems:
            return Period(since, until), []
    return preset_period(STANDARD, today=today), problems


def _impossible(since: date, until: date, *, today: date) -> list[Problem]:
    if until < since:
        message = _("The period ends (%(last)s) before it begins (%(first)s).")
        return [Problem("to", message, {"first": _written(since), "last": _written(until)})]
    if since <= EARLIEST:
        return [Problem("from", _("The period begins before 1900. Choose a later first day."))]
    if until > LATEST:
        return [Problem("to", _("The period ends after 2199. Choose an earlier last day."))]
    if since > today:
        message = _("The period has not begun yet (%(first)s). Choose an earlier first day.")
        return [Problem("from", message, {"first": _written(since)})]
    if (until - since).days > LONGEST_DAYS:
        return [Problem("to", _("The period is longer than 30 years. Choose a shorter one."))]
    return []


def day_of_text(text: str) -> date | None:
    """Give the day written as 24/11/2026 or 2026-11-24; None for anything else."""
    iso, written = _ISO.fullmatch(text), _WRITTEN.fullmatch(text)
    if iso is not None:
        parts = [int(part) for part in iso.groups()]
    elif written is not None:
        parts = [int(part) for part in reversed(written.groups())]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
