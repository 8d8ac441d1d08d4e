"""How the counting of a file says no: to the file as a whole, or to one row."""

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


class Unreadable(Refused):
    message = gettext_noop("%(file)s cannot be read: %(reason)s.")


class Unwritable(Refused):
    message = gettext_noop("%(file)s cannot be written: %(reason)s. Nothing was left there.")


class NotText(Refused):
    message = gettext_noop(
        "%(file)s is not text in UTF-8 (seen after line %(line)s). Save it as CSV (UTF-8)."
    )


class Workbook(Refused):
    message = gettext_noop("%(file)s is an Excel workbook, not CSV. Save it as CSV (UTF-8).")


class WrongSeparator(Refused):
    message = gettext_noop(
        "The columns of %(file)s are parted by “%(sign)s”, not by a comma. Save it with commas."
    )


class OneFile(Refused):
    message = gettext_noop(
        "%(file)s is read and would be written at once. Give the result another name."
    )


class NothingInside(Refused):
    message = gettext_noop("%(file)s is empty. Export it again.")


class ColumnsMissing(Refused):
    message = gettext_noop(
        "%(file)s lacks the columns %(missing)s, or has one of them twice. The first row must name"
        " the columns: id,received_at,limit,unit,pauses."
    )


class RowUneven(Refused):
    """A row with more or fewer cells than there are columns."""

    message = gettext_noop("This row has %(found)s cells, but there are %(wanted)s columns.")


class CellTooLong(Refused):
    """A row with a cell that no reader of CSV takes: nobody wrote it by hand."""

    message = gettext_noop(
        "A cell of this row has more than %(most)s characters. Shorten it; or a quotation mark of"
        " the row is not closed."
    )


class QuoteWrong(Refused):
    """A row in which quotation marks do not pair."""

    message = gettext_noop(
        "A quotation mark of this row is not closed, or stands inside a cell. Write it twice there."
    )
