"""Reads limits of lists: units in words, same-day procedures, limits told in a source. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.kit.clock import LimitUnit
from motcua.registry.drafts import LimitDraft
from motcua.registry.imports.refusals import WrongLimitInRow
from motcua.registry.sets import Channel

UNITS = {
    "working_day": LimitUnit.WORKING_DAY,
    "day": LimitUnit.CALENDAR_DAY,
    "calendar_day": LimitUnit.CALENDAR_DAY,
    "hour": LimitUnit.WORKING_HOUR,
    "working_hour": LimitUnit.WORKING_HOUR,
    "month": LimitUnit.MONTH,
    "same_day": LimitUnit.SAME_DAY,
}
CHANNELS = {
    "Trực tiếp": Channel.DIRECT,
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POST,
}
SAME_DAY = LimitDraft(0, LimitUnit.SAME_DAY)
MOST = 10_000
CASE_LENGTH = 120
INFERRED = "portal_value_unit_inferred"
OLDER = "portal_20"
_IN_LAW = re.compile(r"(\d+)\s+ngày( làm việc)?")
_WITHIN_THE_DAY = re.compile(r"\((?:trong ngày|ngay);")
_FREE = re.compile(r"^(Miễn phí|Không có thông tin)\s*")


def read_limit(code: str, value: str, unit: str, *, same_day: frozenset[str]) -> LimitDraft | None:
    """Give the limit of a cell pair; None when it is blank. Errors: WrongLimitInRow."""
    value, unit = value.strip(), unit.strip()
    if not value and unit != "same_day":
        return None
    if unit not in UNITS or not (value or "0").isdecimal() or int(value or 0) > MOST:
        raise WrongLimitInRow(value=value, unit=unit)
    return _limit(code, int(value or 0), UNITS[unit], same_day=same_day)


def read_channels(
    code: str,
    channels: Sequence[Mapping[str, Any]],
    limit_source: str,
    *,
    same_day: frozenset[str],
) -> tuple[LimitDraft, ...]:
    """Give all limits: one for every channel, and those that differ from it.

    The first limit of a channel is the usual case, each other one a case named by its text.
    Errors: WrongLimitInRow.
    """
    told = _told_in_law(code, limit_source, same_day=same_day)
    if told is not None:
        return (told,)
    found = _by_place(code, channels, limit_source, same_day=same_day)
    usual = [limit for (_, case), limit in found.items() if not case]
    if not usual:
        return ()
    counter = found.get((Channel.DIRECT, ""), usual[0])
    differing = [
        LimitDraft(limit.value, limit.unit, channel.value, case)
        for (channel, case), limit in found.items()
        if (limit.value, limit.unit) != (counter.value, counter.unit)
    ]
    return (counter, *differing)


def case_text(text: str) -> str:
    """Give the words of a fee text that name a case or a fee: "free" is no word."""
    return " ".join(_FREE.sub("", text.strip()).split())


def _limit(
    code: str, value: int, unit: LimitUnit, *, same_day: frozenset[str]
) -> LimitDraft | None:
    if unit is LimitUnit.SAME_DAY or (
        code in same_day and (value, unit) == (1, LimitUnit.WORKING_DAY)
    ):
        return SAME_DAY
    return LimitDraft(value, unit) if value else None


def _told_in_law(code: str, source: str, *, same_day: frozenset[str]) -> LimitDraft | None:
    """A limit the list took from a law stands in its source, not in its channels."""
    if not source.startswith("law:"):
        return None
    if _WITHIN_THE_DAY.search(source):
        return SAME_DAY
    found = _IN_LAW.search(source)
    if found is None:
        return None
    unit = LimitUnit.WORKING_DAY if found[2] else LimitUnit.CALENDAR_DAY
    return _limit(code, int(found[1]), unit, same_day=same_day)


def _by_place(
    code: str,
    channels: Sequence[Mapping[str, Any]],
    limit_source: str,
    *,
    same_day: frozenset[str],
) -> dict[tuple[Channel, str], LimitDraft]:
    found: dict[tuple[Channel, str], LimitDraft] = {}
    for row in channels:
        channel = CHANNELS.get(str(row.get("channel")), Channel.OTHER)
        unit = row.get("unit") or ("working_day" if limit_source == INFERRED else "")
        value = "" if row.get("value") is None or not unit else str(row["value"])
        limit = read_limit(code, value, unit, same_day=same_day)
        if limit is None:
            continue
        usual = found.setdefault((channel, ""), limit)
        if limit != usual:
            case = case_text(str(row.get("fee_text") or ""))[:CASE_LENGTH].strip()
            found.setdefault((channel, case or f"{limit.value} {limit.unit.value}"), limit)
    return found
