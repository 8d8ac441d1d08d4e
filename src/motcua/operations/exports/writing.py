"""A sheet as a file to take away. Too much for a form is refused, never cut off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.text import fold
from motcua.kit.words import gettext_noop as _
from motcua.ui import formats
from motcua.ui.context import installation_name
from motcua.ui.documents import csv_file, printing, xlsx_file
from motcua.ui.documents.sheets import Sheet


class Form(StrEnum):
    """The form of a file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    PNG = "png"


class NoSuchForm(Refused):
    """A form no file is made in."""

    message = _("There is no file of the form “%(form)s”. Choose XLSX, CSV, PDF or PNG.")
    status = NOT_FOUND


class TooManyRows(Refused):
    """More rows than a file takes."""

    message = _(
        "These are %(rows)s rows; a %(form)s file takes %(most)s at most, and none is left out"
        " in silence. Choose a shorter period, one unit or one field."
    )


class TooManyForPages(TooManyRows):
    """More rows than can be set as pages or as a picture."""

    message = _(
        "These are %(rows)s rows; a %(form)s file takes %(most)s at most, and none is left out"
        " in silence. Take XLSX or CSV, or choose a shorter period, one unit or one field."
    )


@dataclass(frozen=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes
    media_type: str


# Measured with eight columns: a PDF of 1,000 rows is set in some 3 s, one of 10,000 in 30 s with
# 2 GB; an XLSX of 10,000 rows is written in some 3 s.
MOST_ROWS: Mapping[Form, int] = {
    Form.XLSX: 200_000,
    Form.CSV: 200_000,
    Form.PDF: 1_000,
    Form.PNG: 200,
}
MEDIA_TYPES: Mapping[Form, str] = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.PNG: "image/png",
}
WRITERS: Mapping[Form, Callable[[Sheet], bytes]] = {
    Form.XLSX: xlsx_file.as_xlsx,
    Form.CSV: csv_file.as_csv,
    Form.PDF: lambda sheet: printing.as_pdf(printing.page_of(sheet, footer=installation_name())),
    Form.PNG: lambda sheet: printing.as_png(printing.picture_of(sheet, footer=installation_name())),
}


def form_of(text: str) -> Form:
    """Give the form an address names. Errors: NoSuchForm."""
    try:
        return Form(text)
    except ValueError:
        raise NoSuchForm(form=text) from None


def require_room(rows: int, form: Form) -> None:
    """Refuse what a form cannot take, before any of it is read. Errors: TooManyRows."""
    if rows <= MOST_ROWS[form]:
        return
    refusal = TooManyForPages if form in (Form.PDF, Form.PNG) else TooManyRows
    numbers = {"rows": formats.number(rows), "most": formats.number(MOST_ROWS[form])}
    raise refusal(form=form.upper(), **numbers)


def written(sheet: Sheet, form: Form, *, name: str) -> File:
    """Write a sheet. `name`: words for the name of the file. Errors: TooManyRows."""
    require_room(len(sheet.rows), form)
    return File(file_name(name, form), WRITERS[form](sheet), MEDIA_TYPES[form])


def file_name(words: str, form: Form) -> str:
    """Give a name every system can keep: letters without marks, digits, hyphens."""
    plain = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in fold(words))
    return f"{'-'.join(plain.split())[:100]}.{form}"
