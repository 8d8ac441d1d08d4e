"""The list behind a number as a sheet: the same question, the same order, as many rows."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.indicators import queries
from motcua.indicators.asking import Asked
from motcua.indicators.listing import Order
from motcua.indicators.measures import Measure
from motcua.indicators.queries import Found
from motcua.kit.moments import Minute, moment_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop as _
from motcua.operations import standing
from motcua.operations.lines import Line, lines_of
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats
from motcua.ui.documents.sheets import Column, Kind, Sheet
from motcua.ui.documents.sheets import Row as Cells

from .heads import about
from .writing import Form, require_room

TRIES = 3
AT_ONCE = 2_000  # dossiers whose status is asked for together


class ListMoves(Refused):
    """A list that grew each time it was read."""

    message = _(
        "The list grows while it is written, so no file of it would be complete."
        " Choose a period that is over, or try again in a moment."
    )


def sheet_of(
    measure: Measure,
    asked: Asked,
    *,
    order: Order,
    is_descending: bool,
    form: Form,
    actor: Actor,
    known: Catalogue,
    place: str,
) -> Sheet:
    """Give all dossiers a number counts.

    Errors: TooManyRows, before any of them is read; ListMoves.
    """
    found = _all(measure, asked, form, order=order, is_descending=is_descending)
    until = asked.minutes["until"]
    lines = [
        line
        for first in range(0, len(found), AT_ONCE)
        for line in lines_of(found[first : first + AT_ONCE], actor=actor, until=until)
    ]
    head = about(
        asked,
        place=place,
        known=known,
        definition=f"{measure.code} · {gettext(measure.source)}",
    )
    head.insert(0, (gettext("Number of dossiers"), formats.number(len(lines))))
    return Sheet(
        title=gettext(measure.title),
        about=head,
        columns=_columns(),
        rows=[_cells(n, line) for n, line in enumerate(lines, start=1)],
        language=formats.language(),
    )


def _all(
    measure: Measure, asked: Asked, form: Form, *, order: Order, is_descending: bool
) -> Sequence[Found]:
    """Give every dossier of the list, read in one piece; one that grows meanwhile is read again."""
    source = standing if measure.code in standing.MEASURES else queries
    for _try in range(TRIES):
        number = source.count(measure.code, asked)
        require_room(number, form)
        page = source.found(
            measure.code, asked, order=order, is_descending=is_descending, limit=max(number, 1)
        )
        if page.next is None:
            rows: Sequence[Found] = page.rows
            return rows
    raise ListMoves


def _columns() -> Sequence[Column]:
    return (
        Column(gettext("Row number"), Kind.NUMBER, 7),
        Column(gettext("Dossier"), Kind.CODE, 26),
        Column(gettext("Procedure"), Kind.TEXT, 50),
        Column(gettext("Field"), Kind.TEXT, 24),
        Column(gettext("Unit"), Kind.TEXT, 28),
        Column(gettext("Channel"), Kind.TEXT, 14),
        Column(gettext("Received at"), Kind.MOMENT, 18),
        Column(gettext("Due at"), Kind.MOMENT, 18),
        Column(gettext("Ended at"), Kind.MOMENT, 18),
        Column(gettext("State of the limit"), Kind.TEXT, 14),
        Column(gettext("Status now"), Kind.TEXT, 20),
    )


def _cells(number: int, line: Line) -> Cells:
    limit = gettext("Late") if line.was_late else gettext("Overdue now") if line.is_overdue else ""
    return (
        number,
        line.code,
        line.procedure,
        line.field,
        line.unit,
        line.channel,
        _moment(line.received_at),
        _moment(line.due_at),
        _moment(line.ended_at),
        limit,
        line.status,
    )


def _moment(minute: Minute | None) -> datetime | None:
    return None if minute is None else moment_of(minute).replace(tzinfo=None)
