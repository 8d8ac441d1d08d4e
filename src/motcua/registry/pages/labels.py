"""Words for what a calendar says."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from motcua.kit.calendar import DayKind, Level, Spans
from motcua.kit.moments import clock_text
from motcua.kit.words import gettext_noop
from motcua.registry.years import DayState, Decree, Says
from motcua.ui import formats

STATES: Mapping[DayState, str] = {
    DayState.OPEN: gettext_noop("Working day"),
    DayState.PART: gettext_noop("Closed for a part of the day"),
    DayState.WORKED: gettext_noop("Worked instead of another day"),
    DayState.SERVED: gettext_noop("Receiving only, not a working day"),
    DayState.HOLIDAY: gettext_noop("Holiday"),
    DayState.OBSERVED: gettext_noop("Day off in lieu of a holiday"),
    DayState.SWAP_OFF: gettext_noop("Day off by a swap"),
    DayState.CLOSURE: gettext_noop("Closed the whole day"),
    DayState.REST: gettext_noop("Weekly rest"),
}
MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
# What stands in the square of a day, in a few letters; the working day and the rest need none.
SHORT: Mapping[DayState, str] = {
    DayState.PART: gettext_noop("part"),
    DayState.WORKED: gettext_noop("work"),
    DayState.SERVED: gettext_noop("serve"),
    DayState.HOLIDAY: gettext_noop("hol"),
    DayState.OBSERVED: gettext_noop("lieu"),
    DayState.SWAP_OFF: gettext_noop("swap"),
    DayState.CLOSURE: gettext_noop("shut"),
}
TONES: Mapping[DayState, str] = {
    DayState.OPEN: "ok",
    DayState.WORKED: "ok",
    DayState.PART: "warn",
    DayState.SERVED: "info",
    DayState.HOLIDAY: "bad",
    DayState.OBSERVED: "bad",
    DayState.SWAP_OFF: "bad",
    DayState.CLOSURE: "warn",
}
KINDS: Mapping[DayKind, str] = {
    DayKind.HOLIDAY: gettext_noop("Holiday"),
    DayKind.OBSERVED: gettext_noop("Day off in lieu of a holiday"),
    DayKind.SWAP_OFF: gettext_noop("Day off by a swap"),
    DayKind.SWAP_WORK: gettext_noop("Worked instead of another day"),
    DayKind.WORKED: gettext_noop("Worked day"),
    DayKind.SERVED: gettext_noop("Receiving only, not a working day"),
    DayKind.CLOSURE: gettext_noop("Closure"),
}
LEVELS: Mapping[Level, str] = {
    Level.NATION: gettext_noop("Nation"),
    Level.PROVINCE: gettext_noop("Province"),
    Level.COMMUNE: gettext_noop("Commune"),
}
LAYERS: Mapping[Says, str] = {
    Says.HOURS: gettext_noop("Hours of the week"),
    Says.SERVICE: gettext_noop("Service hours of the week"),
    Says.ENTRY: gettext_noop("Entry of the day"),
    Says.SERVED: gettext_noop("Receiving by decision"),
    Says.CLOSURE: gettext_noop("Closure"),
}
DECREES: Mapping[Decree, str] = {
    Decree.DECIDED: gettext_noop("Decided by decree"),
    Decree.COMPUTED: gettext_noop("Computed, not decided"),
    Decree.MISSING: gettext_noop("No days off known"),
}
WEEKDAYS = (
    gettext_noop("Mo"),
    gettext_noop("Tu"),
    gettext_noop("We"),
    gettext_noop("Th"),
    gettext_noop("Fr"),
    gettext_noop("Sa"),
    gettext_noop("Su"),
)
A_MONDAY = 4  # 5 January 1970, in days
NATION_NAME = gettext_noop("The whole country")
USUAL = gettext_noop("Usual office hours, where nothing else is said")


def hours_text(spans: Spans) -> str:
    """Give `07:30–11:30, 13:30–17:30`; nothing for no hours."""
    return ", ".join(f"{clock_text(start)}–{clock_text(end)}" for start, end in spans)


def typed_hours(spans: Spans) -> str:
    """Give hours as a form takes them, `07:30-11:30,13:30-17:30`."""
    return ",".join(f"{clock_text(start)}-{clock_text(end)}" for start, end in spans)


def week_text(week: Sequence[Spans]) -> list[tuple[str, str]]:
    """Give a week in few lines: days that are alike and follow each other stand together."""
    lines: list[tuple[int, int, str]] = []
    for day, spans in enumerate(week):
        text = hours_text(spans) or _("closed")
        if lines and lines[-1][2] == text:
            lines[-1] = (lines[-1][0], day, text)
        else:
            lines.append((day, day, text))
    return [(_days(first, last), text) for first, last, text in lines]


def weekday_name(day: int) -> str:
    """Give the name of a weekday, Monday 0."""
    return formats.weekday(A_MONDAY + day)


def _days(first: int, last: int) -> str:
    if first == last:
        return weekday_name(first)
    return f"{weekday_name(first)} – {weekday_name(last)}"
