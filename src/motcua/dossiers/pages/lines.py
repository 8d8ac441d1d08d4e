"""The rows of a list of dossiers, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts.queries import names_of
from motcua.citizens.queries import names
from motcua.dossiers.models import Dossier
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .labels import CHANNELS, status_words, tone_of
from .timing import Timing, timing_of


@dataclass(frozen=True)
class Line:
    """One dossier in a list."""

    code: str
    procedure: str
    owner: str
    status: str
    status_tone: str
    timing: Timing
    channel: str
    holder: str
    assignee: str
    entered_at: datetime | None


def lines_of(rows: Sequence[Dossier], *, known: Catalogue, now: datetime) -> list[Line]:
    """Give the rows in words; names of persons and people are read once for all."""
    owners = names(row.owner_id for row in rows if row.owner_id)
    people = names_of(row.assignee_id for row in rows if row.assignee_id)
    return [
        Line(
            code=row.code,
            procedure=procedure_name(row, known),
            owner=owners.get(row.owner_id, "") if row.owner_id else "",
            status=status_words(row.status),
            status_tone=tone_of(row.status),
            timing=timing_of(
                row, calendar=known.calendar(row.clock_unit_key or row.holder_key), now=now
            ),
            channel=_(CHANNELS.get(row.channel, row.channel)),
            holder=short_name(row.holder_key, known),
            assignee=people.get(row.assignee_id, ""),
            entered_at=row.received_at or row.filed_at,
        )
        for row in rows
    ]


def procedure_name(row: Dossier, known: Catalogue) -> str:
    """Give the name of the version in force when the dossier came in, else any, else its code."""
    versions = known.versions(row.procedure_code)
    if not versions:
        return row.procedure_code
    entered = row.received_at or row.filed_at
    if entered is None:
        return versions[-1].name
    on = timezone.localdate(entered)
    return next((one.name for one in reversed(versions) if one.valid_from <= on), versions[0].name)


def short_name(key: str, known: Catalogue) -> str:
    """Give the short name of a unit, or its key when the registry has lost it."""
    try:
        return known.unit(key).short_name
    except UnknownUnit:
        return key
