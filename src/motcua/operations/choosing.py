"""What a wall is asked to show: period, unit, field, channel, as typed and as understood. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from motcua.indicators.asking import EARLIEST, Boundaries
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _

PRESETS = ("day", "month", "quarter", "year", "last_year", "whole")
STANDARD = "year"
LONGEST_DAYS = 366 * 30
LATEST = date(2199, 12, 31)  # as far as moments are written
WHOLE_SINCE = date(2021, 1, 1)  # the first year a demonstration or an import usually tells of
CHANNELS = ("direct", "online", "post", "other")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


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
    was typed where that is no day. `unit`, `field` and `channel` are texts as typed; empty
    means all.
    """

    period: Period
    preset: str
    first_text: str
    last_text: str
    unit: str = ""
    field: str = ""
    channel: str = ""
    boundaries: Boundaries = Boundaries.AS_THEN
    problems: tuple[Problem, ...] = ()

    @property
    def params(self) -> dict[str, str]:
        """Give the parameters that lead here again."""
        texts = {"unit": self.unit, "field": self.field, "channel": self.channel}
        if self.boundaries is not Boundaries.AS_THEN:
            texts["boundaries"] = self.boundaries.value
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        period = {"period": self.preset} if self.preset else {"from": first, "to": last}
        return {**period, **{name: text for name, text in texts.items() if text}}


def read(params: Mapping[str, str], *, today: date) -> Choice:
    """Understand the parameters of an address; what cannot be used is named in `problems`.

    A preset beside two days is kept only while it still means these days.
    """
    typed = {name: params.get(name, "").strip() for name in ("unit", "field", "channel")}
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
    boundaries = _boundaries(params.get("boundaries", "").strip(), problems)
    return Choice(
        period, preset, first, last, **typed, boundaries=boundaries, problems=tuple(problems)
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


def comparable(period: Period, *, today: date) -> Period | None:
    """Give the stretch to compare with: as much of the period before as has passed of this one.

    None when nothing of the period has passed yet.
    """
    if period.first > today:
        return None
    before = period.before()
    if period.last <= today:
        return before
    passed = (today - period.first).days
    return Period(before.first, min(before.first + timedelta(days=passed), before.last))


def _boundaries(text: str, problems: list[Problem]) -> Boundaries:
    if text and text not in list(Boundaries):
        told = _("Units are counted as they were then (as_then) or as they are now (as_now).")
        problems.append(Problem("boundaries", told))
        return Boundaries.AS_THEN
    return Boundaries(text or Boundaries.AS_THEN)


def _of_preset(preset: str) -> list[Problem]:
    if not preset or preset in PRESETS:
        return []
    return [Problem("period", _("There is no such period. Choose one of the list."))]


def _free(first: str, last: str, *, today: date) -> tuple[Period, list[Problem]]:
    since, until = _day(first), _day(last) if last else today
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


def _day(text: str) -> date | None:
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
