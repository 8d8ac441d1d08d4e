"""The ways the import of a file says no. Each leaves nothing behind."""

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


class FileRefused(Refused):
    """The file as a whole cannot be taken in."""


class Unreadable(FileRefused):
    message = gettext_noop("%(file)s cannot be read: %(reason)s.")


class NothingInside(FileRefused):
    message = gettext_noop("%(file)s is empty. Export it again.")


class PackedBroken(FileRefused):
    message = gettext_noop(
        "%(file)s is compressed and not whole or damaged. Copy it again from where it comes."
    )


class QuoteOpen(FileRefused):
    message = gettext_noop(
        "%(file)s cannot be read from line %(line)s on (%(reason)s). "
        "Is a quotation mark not closed there?"
    )


class BookBroken(FileRefused):
    message = gettext_noop(
        "%(file)s is a damaged workbook, or not whole. Copy it again, or save it as XLSX anew."
    )


class NoWorkbook(FileRefused):
    message = gettext_noop("%(file)s is a package, but no workbook. Save it as XLSX or CSV.")


class TooMuchText(FileRefused):
    message = gettext_noop(
        "%(file)s holds more text than fits in memory as XLSX. Save it as CSV (UTF-8)."
    )


class SheetMissing(FileRefused):
    message = gettext_noop(
        "%(file)s has no sheet “%(sheet)s”, which the mapping names. Its sheets: %(found)s."
    )


class WrongKind(FileRefused):
    message = gettext_noop(
        "%(file)s is a file of the kind %(kind)s. Save it as XLSX or as CSV (UTF-8) and try again."
    )


class BrokenOff(FileRefused):
    message = gettext_noop(
        "%(file)s breaks off at line %(line)s: it is not whole. Export or copy it again."
    )


class NoLog(FileRefused):
    message = gettext_noop(
        "%(file)s is no event log (XES): it begins with <%(found)s>. Export it as XES again, or as "
        "XLSX or CSV."
    )


class NoXml(FileRefused):
    message = gettext_noop(
        "%(file)s is called an event log (XES), but is no XML. Export it as XES again, or as XLSX "
        "or CSV."
    )


class NoTraces(FileRefused):
    message = gettext_noop("%(file)s is an event log without any case. Nothing was taken in.")


class Malformed(FileRefused):
    message = gettext_noop(
        "%(file)s is not well-formed XML at line %(line)s (%(reason)s). Export it again."
    )


class Definitions(FileRefused):
    message = gettext_noop(
        "%(file)s begins with definitions of its own (DOCTYPE), which an event log never needs and"
        " which are not read. Export it again without them."
    )


class Empty(FileRefused):
    message = gettext_noop("%(file)s has a header row but no row below it. Nothing was taken in.")


class EncodingUnknown(FileRefused):
    message = gettext_noop(
        "The encoding of %(file)s cannot be told: it is not UTF-8 and could be any of "
        '%(candidates)s. Write encoding = "…" under [file] in the mapping, '
        "or save the file as UTF-8."
    )


class WrongEncoding(FileRefused):
    message = gettext_noop(
        "Line %(line)s of %(file)s is not written in %(encoding)s. "
        "Save the file as UTF-8, or name its encoding under [file] in the mapping."
    )


class ColumnsMissing(FileRefused):
    message = gettext_noop(
        "%(file)s lacks columns that the mapping %(mapping)s needs: %(missing)s. "
        "Columns found: %(found)s."
    )


class WordsUnknown(FileRefused):
    message = gettext_noop(
        "%(file)s uses words the mapping %(mapping)s does not know. Add them and try again:"
        "\n%(listed)s"
    )


class NamesUnknown(FileRefused):
    message = gettext_noop(
        "The registry lacks units or procedures that %(file)s names. Add them, name their "
        "codes in the mapping, or use --create-missing ROOT:\n%(listed)s"
    )


class MappingUnknown(FileRefused):
    message = gettext_noop(
        "There is no mapping %(mapping)s: neither a file nor one of the ready ones (%(ready)s)."
    )


class MappingWrong(FileRefused):
    """A mapping that cannot be used; the complaint is a sentence of its own."""

    def __init__(self, complaint: str, **facts: object) -> None:
        self.message = complaint
        super().__init__(**facts)


class DiskFull(FileRefused):
    message = gettext_noop(
        "The disk is full. %(applied)s dossiers were taken in whole before that. "
        "Free some space and run the same command again: it goes on where it stopped."
    )
