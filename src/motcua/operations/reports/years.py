"""The report of several years: received, resolved, on time, online, year by year and in all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from motcua.indicators import queries
from motcua.indicators.asking import Asked
from motcua.indicators.queries import Overview, Row
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _
from motcua.operations.links import Links
from motcua.operations.marks import marks_of
from motcua.registry.queries import catalogue
from motcua.ui import formats
from motcua.ui.documents.blocks import Span

from .words import no_data, opening, rate, shared_out, told

# The stretch the first published report of this kind tells of; else the last five years.
PUBLISHED = Period(date(2021, 1, 1), date(2025, 3, 31))
YEARS = 5
COLUMNS = (
    ("received", _("Received")),
    ("online", _("Online, of these")),
    ("resolved", _("Resolved")),
    ("on_time", _("On time")),
    ("late", _("Resolved late")),
    ("withdrawn", _("Withdrawn, stopped, refused")),
    ("open", _("In process at the end")),
    ("overdue", _("Overdue at the end")),
)
RATES = (
    ("on_time_rate", _("On-time rate, %")),
    ("online_share", _("Online share of procedures offered online, %")),
    ("online_share_of_all", _("Online share of all, %")),
)


@dataclass(frozen=True)
class YearRow:
    """A year, or all of them: numbers with their lists, and rates."""

    name: str
    numbers: Sequence[Span]
    rates: Sequence[Span]

    @property
    def cells(self) -> Sequence[Span]:
        """Give the row as cells."""
        return [Span(self.name), *self.numbers, *self.rates]


@dataclass(frozen=True)
class Years:
    """The report: its rows, the total, what it says in words, and the days units changed."""

    rows: Sequence[YearRow]
    total: YearRow
    prose: Sequence[Sequence[Span]]
    marks: Sequence[str] = ()


def standard_period(asked: Asked, today: date) -> Period:
    """Give the stretch that is shown when none is chosen."""
    if queries.totals(replace(asked, period=PUBLISHED))["received"]:
        return PUBLISHED
    return Period(date(today.year - YEARS + 1, 1, 1), today)


def years_of(overview: Overview, links: Links, *, place: str) -> Years:
    """Give the report of a question, year by year."""
    asked = overview.asked
    found = [
        (part, Row.of("", str(part.first.year), queries.totals(replace(asked, period=part))))
        for part in _parts(asked.period)
    ]
    return Years(
        [_row(row, part, links) for part, row in found],
        _row(replace(overview.total, name=gettext("Total")), asked.period, links),
        _prose(overview, [row for _part, row in found], links, place=place),
        [
            mark.label
            for mark in marks_of(catalogue(), asked.units)
            if asked.period.first < mark.on <= asked.period.last
        ],
    )


def _parts(period: Period) -> list[Period]:
    years = range(period.first.year, period.last.year + 1)
    wholes = [Period.year(year) for year in years]
    return [Period(max(w.first, period.first), min(w.last, period.last)) for w in wholes]


def _row(row: Row, period: Period, links: Links) -> YearRow:
    whole = Period.year(period.first.year)
    is_cut = row.name == str(period.first.year) and period != whole
    name = f"{row.name} ({formats.day(period.first)} – {formats.day(period.last)})"
    return YearRow(
        name if is_cut else row.name,
        [
            Span(
                formats.number(row.counts[code]),
                links.over(code, period),
                value=row.counts[code],
            )
            for code, _title in COLUMNS
        ],
        [_rate(row.rates[code]) for code, _title in RATES],
    )


def _rate(value: float | None) -> Span:
    return Span(no_data()) if value is None else Span(formats.number(value, 2), value=value)


def _prose(
    overview: Overview, found: Sequence[Row], links: Links, *, place: str
) -> list[list[Span]]:
    total, days = overview.total, overview.asked.period
    since, until = formats.day(days.first), formats.day(days.last)
    return [
        _whole(total, links, place=place, since=since, until=until),
        told(_("On-time rate by year: %(rows)s."), rows=_by_year(found, "on_time_rate")),
        told(
            _("Share of online filing, of procedures offered online, by year: %(rows)s."),
            rows=_by_year(found, "online_share"),
        ),
        _late(overview, links),
        _open(total, links),
        told(
            _("Petitions and recommendations on rules (%(since)s – %(until)s): none in this system;"
              " it does not keep petitions yet, so this says nothing of those kept elsewhere."),
            since=since,
            until=until,
        ),
    ]  # fmt: skip


def _whole(total: Row, links: Links, **facts: str) -> list[Span]:
    if not total.counts["received"] and not total.counts["resolved"]:
        none = _("From %(since)s to %(until)s, %(place)s: no dossier was received or resolved.")
        return told(none, **facts)
    said = _(
        "From %(since)s to %(until)s, %(place)s: received %(received)s, resolved %(resolved)s, of"
        " these on time %(on_time)s; on-time rate of those with a due date: %(rate)s."
    )
    return told(
        said,
        received=opening(total, links, "received"),
        resolved=opening(total, links, "resolved"),
        on_time=opening(total, links, "on_time"),
        rate=rate(total.rates["on_time_rate"]),
        **facts,
    )


def _by_year(found: Sequence[Row], code: str) -> str:
    return "; ".join(f"{row.name}: {rate(row.rates[code])}" for row in found)


def _late(overview: Overview, links: Links) -> list[Span]:
    late = opening(overview.total, links, "late")
    if not overview.total.counts["late"]:
        return told(_("Resolved late: %(late)s."), late=late)
    message = _("Resolved late: %(late)s, by field: %(rows)s.")
    return shared_out(overview, links, measure="late", only="field", message=message, late=late)


def _open(total: Row, links: Links) -> list[Span]:
    return told(
        _("In process at the end: %(open)s, of these overdue %(overdue)s."),
        open=opening(total, links, "open"),
        overdue=opening(total, links, "overdue"),
    )
