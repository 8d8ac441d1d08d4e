"""The door of the command line to the legal clock: `motcua clock due`."""

import argparse
import json
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.kit.calendar import Calendar
from motcua.kit.clock import Due, Limit, Pause, due_of, limit_of, pauses_of
from motcua.kit.moments import (
    Minute,
    date_of,
    day_of,
    from_iso_minute,
    iso_minute,
)
from motcua.registry.asking import Named, calendar_named
from motcua.registry.years import knows_days_off


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed: the answer, and what one should know about it."""

    answer: str
    note: str


def clock_due(arguments: argparse.Namespace) -> Told:
    """Give the due moment of one limit, as text or as JSON.

    Errors: MomentUnclear, UnitUnknown, LimitUnclear, LimitTooSmall, SameDayHasNoNumber,
    PauseUnclear, PauseBackwards, BeyondCalendar, UnknownUnit, NoWorkingDays.
    """
    received_at = from_iso_minute(arguments.received)
    limit = limit_of(arguments.limit, arguments.unit)
    pauses = [pause for text in arguments.pause for pause in pauses_of(text)]
    named = calendar_named(arguments.calendar, date_of(day_of(received_at)))
    due = due_of(received_at=received_at, limit=limit, calendar=named.calendar, pauses=pauses)
    note = _note(due, named.calendar)
    if arguments.as_json:
        told = _as_dict(due, received_at, limit, pauses=pauses, named=named)
        return Told(json.dumps({**told, "note": note}, ensure_ascii=False, indent=1), "")
    if due.due_at is None:
        return Told(note, "")
    return Told(iso_minute(due.due_at), note)


def _as_dict(
    due: Due, received_at: Minute, limit: Limit, *, pauses: list[Pause], named: Named
) -> dict[str, object]:
    return {
        "received": iso_minute(received_at),
        "effective_receipt": iso_minute(due.effective_at),
        "limit": limit.value,
        "unit": limit.unit.value,
        "calendar": named.key,
        "pauses": [{"from": iso_minute(one.from_at), "to": _iso(one.to_at)} for one in pauses],
        "original_due": iso_minute(due.original_due_at),
        "due": _iso(due.due_at),
        "is_waiting": due.due_at is None,
        "is_decided": named.calendar.is_decided(day_of(due.due_at or due.original_due_at)),
    }


def _iso(minute: Minute | None) -> str | None:
    return None if minute is None else iso_minute(minute)


def _note(due: Due, calendar: Calendar) -> str:
    if due.due_at is None:
        text = gettext(
            "A pause still runs, so there is no due moment yet; before any pause it was %(due)s."
        )
        return text % {"due": iso_minute(due.original_due_at)}
    due_on = day_of(due.due_at)
    if not calendar.is_decided(due_on) and not knows_days_off(calendar, due_on):
        return gettext("No days off of that year are known yet: the moment may still change.")
    if not calendar.is_decided(due_on):
        return gettext(
            "The days off of that year are computed, not decided: the moment may still change."
        )
    return ""
