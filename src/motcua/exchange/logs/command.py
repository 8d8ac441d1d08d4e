"""The door of the command line to the export of logs."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from motcua.indicators import facts, store
from motcua.indicators.asking import EARLIEST
from motcua.indicators.queries import ask, count
from motcua.kit.moments import minute_of
from motcua.kit.periods import Period
from motcua.registry.queries import catalogue

from .draft import Draft
from .lives import MEASURE, PAGE, Life, lives
from .ocel import write_ocel
from .refusals import NothingChosen
from .xes import write_xes

Tell = Callable[[str], object]


class Format(StrEnum):
    """How a log is written."""

    XES = "xes"
    OCEL = "ocel"


@dataclass
class Written:
    """What an export wrote."""

    file: str
    format: str
    dossiers: int = 0
    events: int = 0

    def as_json(self) -> dict[str, object]:
        """The figures by name."""
        return asdict(self)

    def __str__(self) -> str:
        """The figures in words."""
        return _("%(file)s: %(dossiers)s dossiers, %(events)s events.") % asdict(self)


def export_log(
    *,
    path: Path,
    form: Format,
    first: str | None,
    last: str | None,
    unit: str | None,
    at: datetime,
    tell: Tell,
) -> Written:
    """Write the whole lives of the dossiers received in a period at a unit and below it.

    Without days: all that were received until now. The dossiers are those the measure `received`
    counts. The file appears whole or not at all.
    Errors: DayUnclear, PeriodBackwards, TooEarly, UnknownUnit, NothingChosen, Unwritable.
    """
    period = Period.read(first or EARLIEST.isoformat(), last or at.date().isoformat())
    written = Written(str(path), form.value)
    facts.advance()
    with store.steady():  # counted and listed from the same facts
        asked, _card = ask(period, now=minute_of(at), unit=unit)
        if not count(MEASURE, asked):
            days = {"first": f"{period.first:%d/%m/%Y}", "last": f"{period.last:%d/%m/%Y}"}
            raise NothingChosen(**days)
        with Draft(path) as file:
            found = _counted(lives(asked, until=facts.bookmark()), written, tell)
            if form is Format.XES:
                write_xes(found, file)
            else:
                write_ocel(found, file, catalogue())
            file.keep()
    return written


def _counted(found: Iterator[Life], written: Written, tell: Tell) -> Iterator[Life]:
    for life in found:
        written.dossiers += 1
        written.events += len(life.events)
        if written.dossiers % PAGE == 0:
            tell(_("… %(number)s dossiers") % {"number": written.dossiers})
        yield life
