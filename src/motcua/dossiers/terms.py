"""What law and calendar say about one dossier: looked up in the registry by its day 0."""

from datetime import date

from motcua.kit.moments import date_of, day_of
from motcua.registry.catalogue import Catalogue

from .rules.life import Life, Terms


def terms_of(life: Life, *, catalogue: Catalogue, today: date, in_zone: bool = False) -> Terms:
    """Give the terms in force on the day the dossier was received; before that, today's.

    The calendar is that of the body that held the dossier on its day 0: a hand-over never
    restarts or recounts a clock.

    Errors: UnknownUnit, UnknownProcedure, NotInForce.
    """
    on = today if life.received_at is None else date_of(day_of(life.received_at))
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
    )
