"""The dossiers of a change as a workbook."""

import tempfile
from typing import IO, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.accounts.gate import actor_of_request, needs
from motcua.dossiers.change_models import ClockChange
from motcua.dossiers.changes.listing import Listed, every, units_of
from motcua.kit.moments import moment_of
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from .change_words import Told, unit_name
from .changes import KEEPERS, kept

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FULL_SHEET = 1_000_000  # rows; a sheet holds 1,048,576
HEAD = 2  # the row with the names of the columns
MOMENT = "dd/mm/yyyy hh:mm"
WIDTHS = (26, 14, 44, 18, 18, 18, 60)


@needs(*KEEPERS)
@require_GET
def sheet(request: HttpRequest, change_id: UUID) -> HttpResponseBase:
    """Give every dossier of a preview, or every one moved, as XLSX.

    Errors: NotAllowed.
    """
    row = kept(change_id, actor_of_request(request))
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    write(row, file)
    file.seek(0)
    name = f"{_('due-dates-moved')}-{row.pk.hex[:8]}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPE)


def write(change: ClockChange, file: IO[bytes]) -> None:
    """Write the workbook; a million rows pass through in little memory."""
    known = catalogue()
    told, book = Told(change, known), Workbook(write_only=True)
    units: dict[str, str] = {}
    page: Any = None
    for number, one in enumerate(every(change)):
        if number % FULL_SHEET == 0:
            page = _sheet(book, number // FULL_SHEET + 1, told)
        unit = units.setdefault(one.unit, unit_name(one.unit, known))
        page.append([*_cells(page, one, unit), _text(page, told.why(one))])
        page.auto_filter.ref = f"A{HEAD}:G{HEAD + 1 + number % FULL_SHEET}"
    if page is None:
        _sheet(book, 1, told)
    _totals(book, change, known)
    book.save(file)


def _totals(book: Any, change: ClockChange, known: Catalogue) -> None:
    """The units, each with how many of its dossiers move."""
    page = book.create_sheet(_("By unit"))
    page.column_dimensions["A"].width = WIDTHS[2]
    page.append([_bold(page, _("Unit")), _bold(page, _("Dossiers"))])
    for key, *counts in units_of(change):
        page.append([_text(page, unit_name(key, known)), sum(counts)])


def _sheet(book: Any, number: int, told: Told) -> Any:
    page = book.create_sheet(f"{_('Dossiers')} {number}")
    for place, width in enumerate(WIDTHS):
        page.column_dimensions["ABCDEFG"[place]].width = width
    page.freeze_panes = f"A{HEAD + 1}"
    page.append([_bold(page, told.title)])
    head = (
        _("Code"),
        _("Procedure"),
        _("Unit"),
        _("Received"),
        _("Due before"),
        _("Due after"),
        _("Why it moves"),
    )
    page.append([_bold(page, text) for text in head])
    return page


def _bold(page: Any, text: str) -> Any:
    cell = _text(page, text)
    cell.font = Font(bold=True)
    return cell


def _text(page: Any, text: str) -> Any:
    """Give a cell that stays text: a name that begins with `=` is no formula."""
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    return cell


def _cells(page: Any, one: Listed, unit: str) -> list[Any]:
    moments = [_moment(page, at) for at in (one.received_at, one.before_at, one.after_at)]
    return [*(_text(page, text) for text in (one.code, one.procedure, unit)), *moments]


def _moment(page: Any, at: int | None) -> Any:
    if at is None:
        return _("the clock stands still")
    cell = WriteOnlyCell(page, value=moment_of(at).replace(tzinfo=None))
    cell.number_format = MOMENT
    return cell
