"""What a cell says: moments, codes, limits. Pure; every form met in exports is here.

Source: law.md 10 (an export sheet of a one-stop software in use).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

EPOCH = date(1970, 1, 1).toordinal()
SERIAL_EPOCH = date(1899, 12, 30).toordinal()
MINUTES = 1440
SECONDS = 86_400
YEARS = range(2010, 2036)  # those of the working calendar
SERIALS = range(40_179, 49_675)  # the same years
LOCAL_SHIFT = 7 * 60
NOTHING = frozenset({"", "-", "--", "---", "–", "—", "n/a", "null", "none", "không", "không có"})
BLANKS = re.compile(r"[\s\u00a0\u200b-\u200d\ufeff]+")
DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-"})
QUOTES = "'’‘`´\""

DATE = r"(?:ngày\s+)?(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})"
TIME = (
    r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{1,2})?(?:\s*phút)?(?::\d{1,2}(?:[.,]\d+)?)?\s*(sa|ch|am|pm)?"
)
ZONE = r"\s*(z|utc|[+\-]\d{2}:?\d{2})?"
DATE_FIRST = re.compile(rf"{DATE}(?:[\s,t]+{TIME}{ZONE})?$")
TIME_FIRST = re.compile(rf"{TIME}[\s,]+{DATE}$")
PLAIN = re.compile(r"\d[\d/.\-]{8}\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?$")
LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:\(\w+\)\s*)?([^\d]*)$")
SAME_DAY = re.compile(r"trong ngày|ngay trong|trong buổi|trả ngay")
LIMIT_UNITS = {
    **dict.fromkeys(("h", "giờ", "giờ làm việc", "tiếng"), "working_hour"),
    **dict.fromkeys(("ngày lịch", "ngày thường"), "calendar_day"),
    **dict.fromkeys(("", "ngày", "ngày làm việc", "ngày lv", "nlv"), "working_day"),
    "tháng": "month",
}
PORTAL_CODE = re.compile(r"\d\.\d{1,5}$")
PORTAL_DIGITS = 8
HOURS_OF_A_DAY = 8


class NotUnderstood(ValueError):
    """The cell holds something, but nothing known."""


class WholeDay(int):
    """A moment of which the source gave the day only; the minute is the mapping's."""


def clean(text: str) -> str:
    """The cell in NFC without invisible signs and double blanks; "" for all kinds of nothing."""
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", BLANKS.sub(" ", text).strip())
    elif "  " in text or "\n" in text:
        text = BLANKS.sub(" ", text)
    return "" if len(text) < 10 and text.casefold() in NOTHING else text  # noqa: PLR2004


def code(text: str) -> str:
    """A code as its maker wrote it: no apostrophe before it, plain hyphens, no blanks."""
    return clean(text).strip(QUOTES).translate(DASHES).replace(" ", "")


def procedure_code(text: str) -> str:
    """A code of the national catalogue; a spreadsheet drops its last zeros: 2.00084."""
    found = code(text)
    return found.ljust(PORTAL_DIGITS, "0") if PORTAL_CODE.match(found) else found


def identity_number(text: str) -> str:
    """Digits of an identity or tax number; a spreadsheet drops its first zero."""
    digits = "".join(c for c in text.removesuffix(".0") if c.isdigit())
    return digits.zfill(len(digits) + 1) if len(digits) in (8, 11) else digits


def moment_reader(*, day_first: bool, shift: int, whole_day_at: int) -> Callable[[str], int | None]:
    """A function from cell to local minute; it remembers the days it has met.

    Errors of that function: NotUnderstood.
    """
    midnights: dict[str, int] = {}

    def read(text: str) -> int | None:
        known = midnights.get(text[:10])
        if known is not None and PLAIN.fullmatch(text):
            return known + int(text[11:13]) * 60 + int(text[14:16]) + shift
        return read_anew(clean(text))

    def read_anew(text: str) -> int | None:
        if not text:
            return None
        midnight, minute, own_shift = _parts(text.casefold().strip(QUOTES), day_first=day_first)
        if minute is None:
            return WholeDay(midnight + whole_day_at)
        if PLAIN.fullmatch(text):
            midnights[text[:10]] = midnight
        return midnight + minute + (shift if own_shift is None else own_shift)

    return read


def _parts(text: str, *, day_first: bool) -> tuple[int, int | None, int | None]:
    """Midnight, minute of the day if told, and the shift to local time if told."""
    if SERIAL.match(text):
        return _serial(float(text.replace(",", ".")))
    if found := DATE_FIRST.match(text):
        first, second, third, hour, minute, half, zone = found.groups()
    elif found := TIME_FIRST.match(text):
        hour, minute, half, first, second, third = found.groups()
        zone = None
    else:
        raise NotUnderstood(text)
    midnight = _midnight(first, second, third, day_first=day_first)
    return midnight, _minute(hour, minute, half), _zone_shift(zone)


def _midnight(first: str, second: str, third: str, *, day_first: bool) -> int:
    if len(first) == 4:  # noqa: PLR2004
        year, month, day = first, second, third
    elif len(third) != 4:  # noqa: PLR2004
        raise NotUnderstood(third)
    else:
        year = third
        day, month = (first, second) if day_first else (second, first)
    if int(year) not in YEARS:
        raise NotUnderstood(year)
    try:
        return (date(int(year), int(month), int(day)).toordinal() - EPOCH) * MINUTES
    except ValueError as error:
        raise NotUnderstood(f"{first}/{second}/{third}") from error


def _minute(hour: str | None, minute: str | None, half: str | None) -> int | None:
    if hour is None:
        return None
    hours, minutes = int(hour), int(minute or 0)
    if half in ("ch", "pm") and hours < 12:  # noqa: PLR2004
        hours += 12
    elif half in ("sa", "am") and hours == 12:  # noqa: PLR2004
        hours = 0
    if hours > 23 or minutes > 59:  # noqa: PLR2004
        raise NotUnderstood(f"{hour}:{minute}")
    return hours * 60 + minutes


def _zone_shift(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone in ("z", "utc"):
        return LOCAL_SHIFT
    digits = zone[1:].replace(":", "")
    offset = int(digits[:2]) * 60 + int(digits[2:])
    return LOCAL_SHIFT - (offset if zone[0] == "+" else -offset)


def _serial(value: float) -> tuple[int, int | None, int | None]:
    """A spreadsheet's day count. Seconds are rounded first: 0.34759 of a day is 08:20:32."""
    if int(value) not in SERIALS:
        raise NotUnderstood(str(value))
    midnight = (int(value) + SERIAL_EPOCH - EPOCH) * MINUTES
    seconds = round((value - int(value)) * SECONDS)
    return midnight, seconds // 60 if seconds else None, None


def limit(text: str) -> tuple[int, str] | None:
    """A limit as value and unit of `LimitUnit`: "10 ngày", "0,5 ngày", "8h", "trong ngày".

    Days are working days unless called calendar days; parts of a day become working hours.
    Errors: NotUnderstood.
    """
    text = clean(text).casefold()
    if not text:
        return None
    if SAME_DAY.search(text):
        return 1, "same_day"
    found = LIMIT.match(text)
    unit = LIMIT_UNITS.get(found[2].strip()) if found else None
    if found is None or unit is None:
        raise NotUnderstood(text)
    value = float(found[1].replace(",", "."))
    if unit == "working_day" and not value.is_integer():
        return _whole(value * HOURS_OF_A_DAY, "working_hour")
    return _whole(value, unit)


def _whole(value: float, unit: str) -> tuple[int, str]:
    if value < 1 or not value.is_integer():
        raise NotUnderstood(str(value))
    return int(value), unit
