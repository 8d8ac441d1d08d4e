"""The head of each file: what it shows, where, when, how it is counted, and who made it."""

from collections.abc import Sequence

from django.utils.translation import gettext

from motcua.indicators import queries
from motcua.indicators.asking import Asked, Boundaries, By
from motcua.indicators.names import CHANNELS, name_of
from motcua.kit.words import gettext_noop as _
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats
from motcua.ui.context import installation_name

BOUNDARIES = {
    Boundaries.AS_THEN: _("Units as they were on the day counted"),
    Boundaries.AS_NOW: _("Units as they are today"),
}


def about(
    asked: Asked, *, place: str, known: Catalogue, definition: str = ""
) -> list[tuple[str, str]]:
    """Give the lines of a head; `place` names the unit, `definition` says how it is counted."""
    days = asked.period.first, asked.period.last
    pairs = (
        (gettext("Unit"), place),
        (gettext("Period"), " – ".join(dict.fromkeys(formats.day(day) for day in days))),
        (gettext("Boundaries"), boundaries(asked)),
        (gettext("As of"), formats.moment(asked.minutes["until"])),
        (gettext("Narrowed to"), " · ".join(_filters(asked, known)) or gettext("nothing")),
        (gettext("Definition"), definition),
        (gettext("Made by"), installation_name()),
    )
    return [(label, text) for label, text in pairs if text]


def boundaries(asked: Asked) -> str:
    """Say under which units is counted; those of today with their day, and what is an estimate."""
    said = gettext(BOUNDARIES[asked.boundaries])
    if asked.boundaries is Boundaries.AS_THEN:
        return said
    estimate = gettext("with estimates by the stated weights of divided units")
    dated = f"{said} ({formats.day(asked.run_on)})"
    return f"{dated}, {estimate}" if queries.estimates(asked).total else dated


def _filters(asked: Asked, known: Catalogue) -> Sequence[str]:
    on = asked.period.last
    found = [
        known.field_name(asked.field) if asked.field else "",
        name_of(known, By.PROCEDURE, asked.procedure, on=on) if asked.procedure else "",
        gettext(CHANNELS.get(asked.channel, asked.channel)) if asked.channel else "",
    ]
    if asked.weekday is not None:
        names = formats.WEEKDAYS[formats.language()]
        found.append(names[asked.weekday])
    if asked.hour is not None:
        found.append(gettext("%(hour)sh") % {"hour": asked.hour})
    return [text for text in found if text]
