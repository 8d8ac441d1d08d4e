"""Numbers, days and moments as this country writes them; the language decides the separators.

Moments and days may come as the local counts of `kit.moments`: minutes and days since
1970-01-01 on the clock of Việt Nam.
"""

from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from typing import TypeAlias

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.kit import money
from motcua.kit.moments import LOCAL, date_of, moment_of

NOTHING = "–"
NO_BREAK = "\u00a0"
MINUTES_OF_HOUR, MINUTES_OF_DAY = 60, 1440
WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

Number: TypeAlias = int | float | Decimal


def number(value: Number | None, places: int = 0) -> str:
    """Give `74.909` in Vietnamese, `74,909` in English; a dash for nothing."""
    if value is None:
        return NOTHING
    text = money.decimal_text(value, places=places, language=language())
    return text.replace("-", "−")  # a minus, not a hyphen


def percent(value: Number | None, places: int = 2) -> str:
    """Give `99,52 %` for 99.52; a dash for nothing (nothing was due, so there is no rate)."""
    return NOTHING if value is None else f"{number(value, places)}{NO_BREAK}%"


def percent_cut(value: Number | None, places: int = 1) -> str:
    """Give a percentage cut to fewer places, never rounded up: 99.99 is `99,9 %`, not 100."""
    if value is None:
        return NOTHING
    step = Decimal(1).scaleb(-places)
    return percent(float(Decimal(str(value)).quantize(step, ROUND_FLOOR)), places)


def share(part: Number, whole: Number | None, places: int = 2) -> str:
    """Give part of whole as a percentage; a dash when the whole is nothing."""
    if not whole:
        return NOTHING
    return percent(Decimal(str(part)) * 100 / Decimal(str(whole)), places)


def dong(value: Number | None) -> str:
    """Give `30.000 đồng`."""
    return NOTHING if value is None else money.dong(int(value), language=language())


def as_date(value: date | datetime | int) -> date:
    """Give the local day of a date, a moment, or a count of days."""
    if isinstance(value, int):
        return date_of(value)
    if isinstance(value, datetime):
        return _local(value).date()
    return value


def as_moment(value: datetime | int) -> datetime:
    """Give the local moment of a moment, or of a count of minutes."""
    return moment_of(value) if isinstance(value, int) else _local(value)


def day(value: date | datetime | int | None) -> str:
    """Give `24/11/2026`."""
    return NOTHING if value is None else f"{as_date(value):%d/%m/%Y}"


def weekday(value: date | datetime | int | None) -> str:
    """Give `Thứ Ba`."""
    if value is None:
        return NOTHING
    return WEEKDAYS[language()][as_date(value).weekday()]


def moment(value: datetime | int | None) -> str:
    """Give `08:30 24/11/2026`."""
    return NOTHING if value is None else f"{as_moment(value):%H:%M %d/%m/%Y}"


def clock(value: datetime | int | None) -> str:
    """Give `08:30`."""
    return NOTHING if value is None else f"{as_moment(value):%H:%M}"


def time_left(value: int, unit: str = "working_day") -> str:
    """Give time left, or the time past the limit when negative, in plain words.

    Units: `value` counts `unit`: working_day, day, working_hour, or minute (whole minutes,
    said as days, hours and minutes).
    """
    if value == 0 and unit in ("working_day", "day"):
        return _("due today")
    amount = _amount(abs(value), unit)
    template = _("%(amount)s left") if value >= 0 else _("%(amount)s overdue")
    return template % {"amount": amount}


def _amount(count: int, unit: str) -> str:
    shown = {"count": number(count)}
    if unit == "working_day":
        return ngettext("%(count)s working day", "%(count)s working days", count) % shown
    if unit == "working_hour":
        return ngettext("%(count)s working hour", "%(count)s working hours", count) % shown
    if unit == "day":
        return ngettext("%(count)s day", "%(count)s days", count) % shown
    return _minutes(count)


def _minutes(count: int) -> str:
    """Say the two largest parts: nobody needs the minutes of a stay of days."""
    days, rest = divmod(count, MINUTES_OF_DAY)
    hours, minutes = divmod(rest, MINUTES_OF_HOUR)
    words = []
    if days:
        words.append(_amount(days, "day"))
    if hours:
        words.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if minutes or not words:
        text = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        words.append(text % {"count": minutes})
    return " ".join(words[:2])


def _local(value: datetime) -> datetime:
    return value.astimezone(LOCAL)


def language() -> str:
    """Give the language people read now: en, else vi."""
    return "en" if (get_language() or "").startswith("en") else "vi"
