"""The panels of a wall as sheets: every row there is, not only those that fit the wall."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from motcua.indicators import queries
from motcua.indicators.measures import MEASURES
from motcua.indicators.queries import Overview, Row
from motcua.indicators.rates import RATES
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop as _
from motcua.operations import drill, rows, series
from motcua.operations.choosing import Choice
from motcua.operations.links import Links
from motcua.operations.marks import marks_of
from motcua.operations.picture import FIGURES
from motcua.operations.scope import Scope
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats
from motcua.ui.documents.blocks import Bar, BarList, Drawing, HeatMap, LineChart, Mark, Series
from motcua.ui.documents.sheets import Column, Kind, Sheet
from motcua.ui.documents.sheets import Row as Cells

from .heads import about

ON_TIME = RATES["on_time_rate"]
COUNTS = ("received", "online", "resolved", "on_time", "late", "open", "overdue")
MOST_BARS = 40  # of a drawing; the table beside it has all
DEFINITION = _("Each figure as the guide of the figures defines it (docs/guides/indicators.md)")
TILES = {  # title and head of the first column, by what the rows are
    "units": (_("On-time rate by unit"), _("Unit")),
    "procedures": (_("On-time rate by procedure"), _("Procedure")),
    "channels": (_("On-time rate by channel"), _("Channel")),
}
BARS = {
    "fields": (_("By field"), _("Field")),
    "procedures": (_("By procedure"), _("Procedure")),
    "channels": (_("By channel"), _("Channel")),
}
STATED = _("Days, weeks and months that still run are not shown.")


class NoSuchPanel(Refused):
    """Something a wall does not show."""

    message = _("The wall has no part “%(what)s” to take away. Open the wall and choose one.")
    status = NOT_FOUND


@dataclass(frozen=True)
class Shown:
    """What a file is made of: the question, its figures, and who is named as its unit."""

    choice: Choice
    scope: Scope
    overview: Overview
    known: Catalogue
    place: str
    today: date

    @property
    def links(self) -> Links:
        """Give the addresses of the wall."""
        return Links(self.choice, self.scope)


def sheet_of(
    what: str, *, choice: Choice, scope: Scope, known: Catalogue, place: str, today: date
) -> Sheet:
    """Give one part of a wall as a sheet. Errors: NoSuchPanel."""
    make = PANELS.get(what)
    if make is None:
        raise NoSuchPanel(what=what)
    overview = queries.overview(scope.asked, unit=scope.unit)
    return make(Shown(choice, scope, overview, known, place, today))


def _sheet(
    shown: Shown,
    title: str,
    columns: Sequence[Column],
    lines: Sequence[Cells],
    *,
    total: Cells | None = None,
    drawing: Drawing | None = None,
    notes: Sequence[str] = (),
) -> Sheet:
    return Sheet(
        title=title,
        about=about(
            shown.scope.asked,
            place=shown.place,
            known=shown.known,
            definition=gettext(DEFINITION),
        ),
        columns=columns,
        rows=lines,
        total=total,
        notes=notes,
        language=formats.language(),
        drawing=drawing,
    )


def _figures(shown: Shown) -> Sheet:
    total = shown.overview.total
    columns = (
        Column(gettext("Figure"), Kind.TEXT, 56),
        Column(gettext("Value"), Kind.NUMBER),
        Column(gettext("Per cent"), Kind.PERCENT),
        Column(gettext("Code of the figure"), Kind.CODE, 24),
        Column(gettext("Source of the definition"), Kind.TEXT, 40),
    )
    counts: list[Cells] = [
        (gettext(m.title), total.counts[m.code], None, m.code, gettext(m.source))
        for m in (MEASURES[code] for code in FIGURES)
    ]
    rates: list[Cells] = [
        (gettext(r.title), None, total.rates[r.code], r.code, gettext(r.source))
        for r in RATES.values()
        if r.code in total.rates
    ]
    notes = [gettext("A rate whose whole is 0 has no value.")]
    return _sheet(shown, gettext("Key figures"), columns, [*counts, *rates], notes=notes)


def _by_day(shown: Shown) -> Sheet:
    days = series.days_shown(shown.overview, today=shown.today)
    said, points = series.stretches(days)
    names = (
        ("received", gettext("Receipts")),
        ("resolved", gettext("Resolutions")),
        ("on_time", gettext("On time")),
        ("late", gettext("Late")),
    )
    columns = [
        Column(gettext("From"), Kind.DAY, 12),
        Column(gettext("To"), Kind.DAY, 12),
        *(Column(name, Kind.NUMBER) for _code, name in names),
    ]
    values = {
        code: [sum(getattr(one, code) for one in part) for part in points.values()]
        for code, _name in names
    }
    stretches = [(part[0].day, part[-1].day) for part in points.values()]
    lines: list[Cells] = [
        (*stretch, *(values[code][n] for code, _name in names))
        for n, stretch in enumerate(stretches)
    ]
    marks = series.placed(marks_of(shown.known, shown.scope.asked.units), list(points.values()))
    chart = LineChart(
        list(points),
        [Series(name, values[code], is_dashed=code == "resolved") for code, name in names[:2]],
        [Mark(**one) for one in marks],
    )
    title = f"{gettext('Receipts and resolutions')} ({gettext(said)})"
    notes = [gettext(STATED), *(one["label"] for one in marks)]
    return _sheet(shown, title, columns, lines, drawing=chart, notes=notes)


def _hours(shown: Shown) -> Sheet:
    drawn = series.heat(shown.scope.asked, shown.links)
    values = [[0] * len(drawn["columns"]) for _row in drawn["rows"]]
    for column, row, number, _url in drawn["cells"]:
        values[row][column] = number
    columns = [
        Column(gettext("Weekday"), Kind.TEXT, 12),
        *(Column(text, Kind.NUMBER, 8) for text in drawn["columns"]),
        Column(gettext("Total"), Kind.NUMBER, 10),
    ]
    lines: list[Cells] = [
        (name, *numbers, sum(numbers)) for name, numbers in zip(drawn["rows"], values, strict=True)
    ]
    sums = [sum(numbers) for numbers in zip(*values, strict=True)]
    total: Cells = (gettext("Total"), *sums, sum(sums))
    title = gettext("Dossiers received by weekday and hour")
    chart = HeatMap(drawn["columns"], drawn["rows"], values)
    return _sheet(shown, title, columns, lines, total=total, drawing=chart)


def _units(shown: Shown) -> Sheet:
    tiles, _bars = drill.panels(shown.overview, shown.scope, known=shown.known)
    return _ranked(shown, tiles, *(gettext(one) for one in TILES[tiles.are]), by="")


def _fields(shown: Shown) -> Sheet:
    _tiles, bars = drill.panels(shown.overview, shown.scope, known=shown.known)
    return _ranked(shown, bars, *(gettext(one) for one in BARS[bars.are]), by="received")


def _ranked(shown: Shown, panel: drill.Panel, title: str, head: str, *, by: str) -> Sheet:
    found = panel.rows
    columns = [
        Column(head, Kind.TEXT, 44),
        *(Column(gettext(MEASURES[code].title), Kind.NUMBER, 13) for code in COUNTS),
        Column(gettext(ON_TIME.title), Kind.PERCENT, 13),
    ]
    total = shown.overview.total
    return _sheet(
        shown,
        title,
        columns,
        [_cells(row.name, row) for row in found],
        total=_cells(gettext("Total"), total),
        drawing=BarList([_bar(row, by) for row in found[:MOST_BARS]]),
        notes=[gettext("The drawing shows the first %(n)s rows.") % {"n": MOST_BARS}]
        if len(found) > MOST_BARS
        else [],
    )


def _cells(name: str, row: Row) -> Cells:
    return (name, *(row.counts[code] for code in COUNTS), row.rates["on_time_rate"])


def _bar(row: Row, by: str) -> Bar:
    rate = row.rates["on_time_rate"]
    tone = rows.tone_of(rate)
    if by:
        shown = formats.number(row.counts[by])
        return Bar(row.name, row.counts[by], shown, formats.percent(rate), tone)
    note = formats.number(row.counts["resolved"])
    return Bar(row.name, rate or 0, formats.percent(rate), note, tone)


def _low(shown: Shown) -> Sheet:
    found = rows.low(shown.overview, shown.links, known=shown.known, most=None)
    columns = (
        Column(gettext("Field"), Kind.TEXT, 30),
        Column(gettext("Unit"), Kind.TEXT, 30),
        *(
            Column(gettext(MEASURES[code].title), Kind.NUMBER, 13)
            for code in ("overdue", "late", "resolved")
        ),
        Column(gettext(ON_TIME.title), Kind.PERCENT, 13),
    )
    lines: list[Cells] = [
        (one.full_name, one.place, one.overdue, one.late, one.resolved, one.rate) for one in found
    ]
    least = gettext("A rate of fewer than %(n)s resolved dossiers is not ranked.")
    notes = [least % {"n": rows.FEWEST_FOR_RANK}]
    return _sheet(shown, gettext("Needs attention"), columns, lines, notes=notes)


PANELS: Mapping[str, Callable[[Shown], Sheet]] = {
    "figures": _figures,
    "by_day": _by_day,
    "heat": _hours,
    "fields": _fields,
    "units": _units,
    "low": _low,
}
