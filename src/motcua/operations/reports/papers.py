"""The reports as official papers, by the layout of Decree 30/2020. Papers are in Vietnamese."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from motcua.indicators.asking import Asked, By
from motcua.kit.words import gettext_noop as _
from motcua.operations.exports.heads import boundaries
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats
from motcua.ui.context import installation_name
from motcua.ui.documents.blocks import (
    Block,
    Grid,
    HeadCell,
    Heading,
    LetterHead,
    Line,
    Notes,
    Page,
    Paragraph,
    Signatures,
    Span,
)

from .form import COLUMNS, GROUPS, NOTE_COUNTS, NOTES, SUMS, Form, Number
from .years import COLUMNS as YEAR_COLUMNS
from .years import RATES, Years

MOTTO = (_("Socialist Republic of Việt Nam"), _("Independence – Freedom – Happiness"))
DOTS = "……………"

MAY_BREAK = "\u200b"  # a line may end here


@dataclass(frozen=True)
class Sender:
    """Who writes a paper, when, and the address its links begin with (none: no links)."""

    unit: UnitCard | None
    place: str
    known: Catalogue
    on: date
    site: str = ""


def periodic(
    form: Form,
    prose: Sequence[Sequence[Span]],
    asked: Asked,
    *,
    sender: Sender,
    counts: dict[str, int],
) -> Page:
    """Give the periodic report: summary, form, notes, places to sign."""
    return _paper(
        asked,
        sender,
        title=gettext("Report on the handling of administrative procedures"),
        blocks=[
            Heading(gettext("I. Summary")),
            *_prose(prose, sender.site),
            Heading(gettext("II. Form II.06a")),
            _form_grid(form, sender.site),
            Notes([*notes(counts), _counted(asked)]),
        ],
    )


def yearly(years: Years, asked: Asked, *, sender: Sender) -> Page:
    """Give the report of years."""
    head = [HeadCell(gettext("Year")), *(HeadCell(gettext(t)) for _c, t in (*YEAR_COLUMNS, *RATES))]
    return _paper(
        asked,
        sender,
        title=gettext("Report on the handling of administrative procedures over the years"),
        blocks=[
            *_prose(years.prose, sender.site),
            Grid(
                widths=[1.6, *[1.0] * (len(head) - 1)],
                aligns=["left", *["right"] * (len(head) - 1)],
                head=[head],
                lines=[
                    *(Line(_placed(row.cells, sender.site)) for row in years.rows),
                    Line(_placed(years.total.cells, sender.site), is_strong=True),
                ],
                size=10,
            ),
            Notes(
                [*years.marks, gettext("A rate whose whole is 0 has no value."), _counted(asked)]
            ),
        ],
    )


def notes(counts: dict[str, int]) -> list[str]:
    """Give the footnotes of the form, with how many each speaks of."""
    said = {code: formats.number(counts[code]) for code in NOTE_COUNTS}
    return [gettext(note) % said for note in NOTES]


def _paper(asked: Asked, sender: Sender, *, title: str, blocks: Sequence[Block]) -> Page:
    first, last = asked.period.first, asked.period.last
    subtitle = gettext("Period: from %(first)s to %(last)s") % {
        "first": formats.day(first),
        "last": formats.day(last),
    }
    signed = Signatures(
        (
            (gettext("Drawn up by"), gettext("(signature, full name)")),
            (gettext("Head of the body"), gettext("(signature, full name, seal)")),
        )
    )
    return Page(
        title=title.upper(),
        subtitle=subtitle,
        blocks=[*blocks, signed],
        footer=installation_name(),
        is_landscape=True,
        letter_head=_letter_head(sender),
    )


def _letter_head(sender: Sender) -> LetterHead:
    unit = sender.unit
    above = sender.known.unit(unit.parent_key).name if unit and unit.parent_key else ""
    where = (unit.short_name or unit.name) if unit else DOTS
    dated = gettext("%(place)s, day %(day)s month %(month)s year %(year)s") % {
        "place": where,
        "day": f"{sender.on:%d}",
        "month": f"{sender.on:%m}",
        "year": sender.on.year,
    }
    return LetterHead(
        above=above,
        body=sender.place,
        motto=[gettext(line) for line in MOTTO],
        number=gettext("No.: ……/BC-……"),
        place_date=dated,
    )


def _counted(asked: Asked) -> str:
    return gettext("Figures as of %(moment)s. %(boundaries)s.") % {
        "moment": formats.moment(asked.minutes["until"]),
        "boundaries": boundaries(asked),
    }


def _prose(prose: Sequence[Sequence[Span]], site: str) -> list[Paragraph]:
    return [Paragraph(_placed(spans, site), is_item=True) for spans in prose]


def _placed(spans: Sequence[Span], site: str) -> list[Span]:
    """Give spans whose addresses lead here from anywhere; without a site they lead nowhere."""
    return [replace(one, url=f"{site}{one.url}" if site and one.url else "") for one in spans]


def _form_grid(form: Form, site: str) -> Grid:
    subject = gettext("Unit") if form.by is By.UNIT else gettext("Field")
    top = [HeadCell(gettext("Row number"), rows=2), HeadCell(subject, rows=2)]
    top += [HeadCell(gettext(title), columns=len(numbers)) for title, numbers in GROUPS]
    names = [HeadCell(gettext(title)) for _code, title in COLUMNS.values()]
    sums = {column: SUMS.get(column, "").replace("+", f"{MAY_BREAK}+") for column in COLUMNS}
    numbers = [HeadCell(f"({column}){MAY_BREAK}{sums[column]}") for column in COLUMNS]
    lines = [
        Line([Span(str(n), value=n), Span(row.name), *_numbers(row.numbers, site)])
        for n, row in enumerate(form.rows, start=1)
    ]
    total = [Span(""), Span(gettext("Total")), *_numbers(form.total.numbers, site)]
    return Grid(
        widths=[0.6, 3.4, *[1.1] * len(COLUMNS)],
        aligns=["center", "left", *["right"] * len(COLUMNS)],
        head=[top, names, [HeadCell("(1)"), HeadCell("(2)"), *numbers]],
        lines=[*lines, Line(total, is_strong=True)],
        size=9,
    )


def _numbers(found: Sequence[Number], site: str) -> list[Span]:
    spans = [Span(formats.number(one.value), one.url, value=one.value) for one in found]
    return _placed(spans, site)
