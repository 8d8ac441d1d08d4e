"""Decisions of the registry: keys, periods, shares, spans, and what it refuses. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise

from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.text import fold
from motcua.kit.words import gettext_noop

CODE = re.compile(r"[A-Za-z0-9._-]{1,28}", re.ASCII)
PROCEDURE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
# As a clock or a person writes it: 07:30-11:30, 7h30 – 11h30.
SPAN = re.compile(
    r"(0?\d|1\d|2[0-3])[:hH]([0-5]\d) *[-\N{EN DASH}] *(0?\d|1\d|2[0-3])[:hH]([0-5]\d)", re.ASCII
)
PATTERN_PLACES = frozenset({"yymmdd", "nnnn", "aa", "bb", "x", "y"})
NUMBER_PLACES = frozenset({"yymmdd", "nnnn"})
FIELD_CODE_LENGTH = 80


class UnknownUnit(Refused):
    """No unit has this code."""

    message = gettext_noop("There is no unit %(unit)s. Look it up in the list of units.")
    status = NOT_FOUND


class UnknownProcedure(Refused):
    """No procedure has this code."""

    message = gettext_noop("There is no procedure %(procedure)s. Import it or check its code.")
    status = NOT_FOUND


class NotInForce(Refused):
    """The procedure has no version on this day."""

    message = gettext_noop("Procedure %(procedure)s is not in force on %(on)s.")


class NoCompetentUnit(Refused):
    """No unit near the place of receipt may decide this procedure."""

    message = gettext_noop(
        "Nobody at %(unit)s is competent for procedure %(procedure)s on %(on)s. "
        "Choose another unit."
    )


class WrongCode(Refused):
    """A code that keys and addresses cannot carry."""

    message = gettext_noop(
        "The code %(code)s cannot be used. Take letters, digits, dot, hyphen and underscore."
    )


class WrongPeriod(Refused):
    """A period that ends before it begins."""

    message = gettext_noop("The last day %(to)s lies before the first day %(from)s.")


class OverlappingPeriod(Refused):
    """Two units with one code on one day."""

    message = gettext_noop("The code %(code)s is in use from %(from)s. End that unit first.")


class WrongParent(Refused):
    """The parent does not exist when the unit begins."""

    message = gettext_noop("The unit above, %(parent)s, does not exist on %(on)s.")


class AlreadyEnded(Refused):
    """The unit has ended before."""

    message = gettext_noop("The unit %(unit)s ended on %(on)s already.")


class NoHeirs(Refused):
    """A unit ends and nobody goes on with its work."""

    message = gettext_noop("Name at least one unit that goes on with the work of %(unit)s.")


class WrongHeir(Refused):
    """An heir that does not exist on the day after, or a share that is not positive."""

    message = gettext_noop("The heir %(heir)s does not exist on %(on)s or has no share.")


class WrongSpans(Refused):
    """Office hours that cannot be read or overlap."""

    message = gettext_noop(
        "The hours %(spans)s cannot be read, overlap or run backwards."
        " Write them as 07:30-11:30,13:30-17:30."
    )


class WrongEntry(Refused):
    """A calendar entry that lacks what its kind needs."""

    message = gettext_noop("A worked day names the day off it stands for, or its hours.")


class NoServiceHours(WrongEntry):
    """A day of receiving only without its hours."""

    message = gettext_noop("A day of receiving only needs its hours.")


class WrongPattern(Refused):
    """A numbering pattern without the day or the number, or with an unknown place."""

    message = gettext_noop(
        "The pattern %(pattern)s needs the places for day and number and may have no other "
        "than those for the unit."
    )


class NoLegalBasis(Refused):
    """Data of law without the paper it comes from."""

    message = gettext_noop("Name the legal basis: number, date and article of the decision.")


class VersionExists(Refused):
    """Two versions of a procedure on one day."""

    message = gettext_noop(
        "Procedure %(procedure)s has a version of %(on)s already. Choose another day."
    )


class WrongLimit(Refused):
    """A limit that no rule of counting can use."""

    message = gettext_noop(
        "The limit %(value)s %(unit)s cannot be used. Give a whole number of at least 1."
    )


class NoSuchLimit(Refused):
    """A version of a procedure without the limit that is to be corrected."""

    message = gettext_noop(
        "Procedure %(procedure)s has no version of %(on)s with this limit. Choose it again."
    )


class NothingCorrected(Refused):
    """A correction that says what stands already."""

    message = gettext_noop("This is the limit that stands already. Give the corrected one.")


class VersionInUse(Refused):
    """The only version of a procedure cannot go."""

    message = gettext_noop(
        "Procedure %(procedure)s has no other version than that of %(on)s, which cannot be"
        " taken out."
    )


class DayEnteredTwice(Refused):
    """The same entry for the same unit and day stands in the calendar."""

    message = gettext_noop(
        "This entry for %(day)s stands in the calendar already. Remove the old one first."
    )


class SwapOfDayOff(Refused):
    """A day off of a swap on which nobody works anyway."""

    message = gettext_noop("%(day)s is no working day: there is nothing to exchange.")


class SwapOfWorkingDay(Refused):
    """A worked day of a swap that is a working day anyway."""

    message = gettext_noop("%(day)s is a working day already: choose a day off to be worked.")


class DayOutside(Refused):
    """A day the calendars do not reach."""

    message = gettext_noop("The working calendar reaches from %(first)s to %(last)s.")


class NeverOpen(Refused):
    """Working hours of a week without an open minute."""

    message = gettext_noop("Give at least one day of the week its hours.")


class NoSuchEntry(Refused):
    """An entry that is not, or no longer, in the calendar."""

    message = gettext_noop(
        "This entry is not in the calendar any more. Open the calendar again and look."
    )


class NoSuchHours(Refused):
    """Hours of a week that are not, or no longer, in the calendar."""

    message = gettext_noop(
        "These hours are not in the calendar any more. Open the calendar again and look."
    )


class TwoLimits(Refused):
    """Two limits for one channel and case."""

    message = gettext_noop("There are two limits for the channel %(channel)s and case %(case)s.")


def unit_key(code: str, valid_from: date) -> str:
    """Give the key of a unit: its code and its first day."""
    return f"{code}@{valid_from.isoformat()}"


def check_code(code: str) -> None:
    """Refuse a code that keys cannot carry. Errors: WrongCode."""
    if not CODE.fullmatch(code):
        raise WrongCode(code=code)


def check_procedure_code(code: str) -> None:
    """Refuse a code the ledger and addresses cannot carry. Errors: WrongCode."""
    if not PROCEDURE_CODE.fullmatch(code):
        raise WrongCode(code=code)


def check_period(valid_from: date, valid_to: date | None) -> None:
    """Refuse a period that ends before it begins. Errors: WrongPeriod."""
    if valid_to is not None and valid_to < valid_from:
        raise WrongPeriod(**{"from": valid_from.isoformat(), "to": valid_to.isoformat()})


def check_legal_basis(legal_basis: str) -> None:
    """Refuse data of law without its paper. Errors: NoLegalBasis."""
    if not legal_basis.strip():
        raise NoLegalBasis


def field_code(name: str) -> str:
    """Give the code of a field: its folded name with hyphens."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(name))
    return "-".join(words.split())[:FIELD_CODE_LENGTH].rstrip("-") or "khac"


def overlaps(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Say whether two periods share a day; None is open-ended."""
    first_ends_before = first[1] is not None and first[1] < second[0]
    second_ends_before = second[1] is not None and second[1] < first[0]
    return not (first_ends_before or second_ends_before)


def day_after(day: date) -> date:
    """Give the next day."""
    return day + timedelta(days=1)


def parse_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give minutes of the day for "07:30-11:30,13:30-17:30"; empty text is a closed day.

    Errors: WrongSpans when it cannot be read, or spans touch, overlap or run backwards.
    """
    spans = tuple(_span(part.strip(), text) for part in text.split(",") if text.strip())
    edges = [edge for span in spans for edge in span]
    if any(later <= earlier for earlier, later in pairwise(edges)):
        raise WrongSpans(spans=text)
    return spans


def _span(part: str, text: str) -> tuple[int, int]:
    found = SPAN.fullmatch(part)
    if found is None:
        raise WrongSpans(spans=text)
    h1, m1, h2, m2 = (int(group) for group in found.groups())
    return h1 * 60 + m1, h2 * 60 + m2


def check_week(week: Mapping[int, str], *, is_service: bool) -> None:
    """Refuse working hours of a week without an open minute: nothing could be counted by them.

    Errors: NeverOpen, WrongSpans.
    """
    if not is_service and not any(parse_spans(spans) for spans in week.values()):
        raise NeverOpen


def check_entry(*, kind: DayKind, spans: str, counterpart: date | None) -> None:
    """Refuse a worked or served day that nothing gives hours. Errors: WrongEntry."""
    needs = {
        DayKind.SWAP_WORK: counterpart is not None,
        DayKind.WORKED: bool(spans) or counterpart is not None,
        DayKind.SERVED: bool(spans),
    }
    if not needs.get(kind, True):
        raise NoServiceHours if kind is DayKind.SERVED else WrongEntry


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that cannot number dossiers. Errors: WrongPattern."""
    places = re.findall(r"{([^{}]*)}", pattern)
    rest = re.sub(r"{[^{}]*}", "", pattern)
    if (
        not set(places) >= NUMBER_PLACES
        or not set(places) <= PATTERN_PLACES
        or "{" in rest
        or "}" in rest
    ):
        raise WrongPattern(pattern=pattern)


def check_limits(limits: Iterable[tuple[str, str, int, LimitUnit]]) -> None:
    """Refuse limits (channel, case, value, unit) that cannot be counted or contradict.

    Errors: WrongLimit, TwoLimits.
    """
    seen: set[tuple[str, str]] = set()
    for channel, case, value, unit in limits:
        if value < (0 if unit is LimitUnit.SAME_DAY else 1):
            raise WrongLimit(value=value, unit=unit)
        if (channel, case) in seen:
            raise TwoLimits(channel=channel, case=case)
        seen.add((channel, case))
