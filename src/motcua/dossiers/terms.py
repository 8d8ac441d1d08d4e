"""What law and calendar say about one dossier: looked up in the registry by its day 0."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.clock import LimitUnit, effective_receipt
from motcua.kit.moments import Minute, date_of, day_of, minute_of
from motcua.registry.cards import ProcedureCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.law import clock_value, escalation

from .rules.life import POSTING, VERIFICATION, Life, StepOfWork, Terms
from .rules.moves import BEGINNINGS, Move
from .rules.watch import LEVELS, Crossing, DelayUnit, Post, Telling, Watch


def day_zero(received_at: Minute, calendar: Calendar) -> date:
    """Give the day a receipt counts from: a receipt after closing time counts from the next.

    The version of the procedure is that of this day (Civil Code 2015, Art. 147; counting rules).
    """
    return date_of(day_of(effective_receipt(received_at, LimitUnit.SAME_DAY, calendar)))


def law_day(received_at: datetime, calendar: Calendar) -> date:
    """Give the day whose law watches a dossier: its day 0, as `terms_of` has it."""
    at = minute_of(received_at)
    try:
        return day_zero(at, calendar)
    except BeyondCalendar:  # told from another time
        return date_of(day_of(at))


def terms_of(
    life: Life, move: Move, *, catalogue: Catalogue, at: Minute, in_zone: bool = False
) -> Terms:
    """Give the terms of a dossier for a move at a moment.

    They are those of its day 0. Before receipt a move that begins the clock asks for the terms of
    its own day; any other for those of the day of filing, so that a filing can still be refused,
    withdrawn or handed on when its procedure is no longer in force.
    The calendar is that of the body that held the dossier on its day 0: a hand-over never
    restarts or recounts a clock.

    Errors: UnknownUnit, UnknownProcedure, NotInForce.
    """
    calendar = catalogue.calendar(life.clock_unit or life.holder)
    if life.received_at is not None:
        on = day_zero(life.received_at, calendar)
    elif move in BEGINNINGS or life.filed_at is None:
        on = day_zero(at, calendar)
    else:
        on = day_zero(life.filed_at, calendar)
    return terms_on(
        on,
        catalogue=catalogue,
        procedure=life.procedure,
        channel=life.channel,
        case=life.case,
        unit_key=life.clock_unit or life.holder,
        in_zone=in_zone,
    )


def terms_on(
    on: date,
    *,
    catalogue: Catalogue,
    procedure: str,
    channel: str,
    case: str,
    unit_key: str,
    in_zone: bool = False,
) -> Terms:
    """Give the terms of a procedure version, channel and case at one body on one day.

    Errors: UnknownUnit, UnknownProcedure, NotInForce.
    """
    card = catalogue.procedure(procedure, on)
    return Terms(
        calendar=catalogue.calendar(unit_key),
        limit=catalogue.limit(card, channel, case, zone=in_zone),
        clock=card.rules,
        pauses_for_obligation=card.pauses_for_obligation,
        pause_reasons=pause_reasons(card),
        acceptance_hours=clock_value("acceptance_hours", on),
        max_extensions=clock_value("max_extensions", on),
        extension_notice_days=clock_value("extension_notice_days", on),
        steps=tuple([StepOfWork(one.number, one.role.value, one.limit) for one in card.steps]),
        answer_days=clock_value("supplement_answer_days", on),
        legs_wait=bool(clock_value("legs_wait_with_the_clock", on)),
        watch=watch_on(on),
    )


def pause_reasons(card: ProcedureCard) -> frozenset[str]:
    """Give for what, beside a supplement and an obligation, the procedure stops its clock."""
    said = {VERIFICATION: card.pauses_for_verification, POSTING: card.pauses_for_posting}
    return frozenset(reason for reason, pauses in said.items() if pauses)


@cache
def watch_on(on: date) -> Watch:
    """Give who is told of what from when, by the rules in force on a day."""
    tell: Mapping[str, Sequence[Mapping[str, Any]]] = escalation(on)["tell"]
    return {
        Crossing(kind): tuple(
            Telling(
                level=LEVELS[Post(one["to"])],
                value=one.get("after", 0) - one.get("before", 0),
                unit=DelayUnit(one.get("unit", DelayUnit.WORKING_HOUR)),
            )
            for one in told
        )
        for kind, told in tell.items()
    }
