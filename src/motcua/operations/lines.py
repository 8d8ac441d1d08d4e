"""The lines of a list of dossiers, in words: for the page and for the file of the same list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.dossiers.queries import readable_of, statuses_of
from motcua.dossiers.rules.statuses import NAMES
from motcua.indicators.asking import By
from motcua.indicators.names import CHANNELS, name_of
from motcua.indicators.queries import Found
from motcua.kit.moments import Minute, moment_of
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from .rows import short_name


@dataclass(frozen=True)
class Line:
    """A dossier of the list. Moments are local minutes."""

    code: str
    procedure: str
    field: str
    unit: str
    channel: str
    received_at: Minute
    due_at: Minute | None
    ended_at: Minute | None
    was_late: bool
    is_overdue: bool
    url: str = ""
    status: str = ""


def lines_of(rows: Sequence[Found], *, actor: Actor, until: Minute) -> list[Line]:
    """Give the lines of dossiers found; a code opens its dossier for who may open it."""
    ids = {row.dossier_id for row in rows}
    told, readable, known = statuses_of(ids), readable_of(ids, actor=actor), catalogue()
    lines = []
    for row in rows:
        code, status = told.get(row.dossier_id, ("", None))
        line = _line(row, known, code=code or str(row.dossier_id), until=until)
        lines.append(
            replace(
                line,
                url=reverse("dossiers:dossier", args=[code]) if row.dossier_id in readable else "",
                status=gettext(NAMES[status]) if status else "",
            )
        )
    return lines


def _line(row: Found, known: Catalogue, *, code: str, until: Minute) -> Line:
    on = moment_of(row.received_at).date()
    return Line(
        code=code,
        procedure=name_of(known, By.PROCEDURE, row.procedure, on=on),
        field=known.field_name(row.field),
        unit=short_name(known, row.unit_key),
        channel=gettext(CHANNELS.get(row.channel, row.channel)),
        received_at=row.received_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        was_late=bool(row.was_late),
        is_overdue=row.ended_at is None and row.due_at is not None and row.due_at < until,
    )
