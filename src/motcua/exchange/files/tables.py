"""Opens a file as a table: what kind it is, how it is encoded, where its header stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .fields import Field
from .headers import Header, find_header
from .mapping import Plan
from .readers import delimited, encodings, webpage, workbook, xes
from .readers.packed import open_bytes
from .readers.rows import Layout, Row
from .refusals import ColumnsMissing, EncodingUnknown, NothingInside, WrongKind

HEAD_ROWS = 60
SNIFF = 2048
PACKAGE = b"PK\x03\x04"
HTML_SIGNS = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"<div")
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "XLS (97–2003)"),
    (b"%PDF", "PDF"),
    (b"<?xml", "XML"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x89PNG", "PNG"),
    (b"PAR1", "Parquet"),
)


@dataclass(frozen=True)
class Table:
    """A file whose header was found."""

    layout: Layout
    header: Header

    def below(self) -> Iterator[Row]:
        """The rows below the header, from the first again at each call."""
        return islice(self.layout.rows(), self.header.ends_after, None)


def open_table(path: Path, plan: Plan) -> Table:
    """The table of the file as the mapping describes it.

    Errors: NothingInside, WrongKind, ColumnsMissing, EncodingUnknown and those of the readers.
    """
    layouts = _layouts(path, plan)
    heads = [find_header(_head(one), plan.columns) for one in layouts]
    best = max(len(header.places) for header in heads)
    good = [pair for pair in zip(layouts, heads, strict=True) if len(pair[1].places) == best]
    layout, header = good[0]
    missing = sorted(field for field in plan.needed if field not in header.places)
    if missing:
        raise _missing(path, plan, missing, header)
    if len({one.encoding for one, _ in good}) > 1:
        told = encodings.by_tone_marks(path)
        if told is None:
            raise EncodingUnknown(file=path.name, candidates=", ".join(encodings.EIGHT_BIT))
        layout, header = next(pair for pair in good if pair[0].encoding == told)
    return Table(layout, header)


def _head(layout: Layout) -> list[Row]:
    return list(islice(layout.rows(), HEAD_ROWS if layout.piece is None else 1))


def _layouts(path: Path, plan: Plan) -> list[Layout]:
    with open_bytes(path) as stream:
        head = stream.read(SNIFF)
    if not head:
        raise NothingInside(file=path.name)
    if xes.is_meant(path, head.replace(b"\x00", b"")):
        return xes.layouts(path, plan)
    if head.startswith(PACKAGE):
        return workbook.layouts(path, plan)
    plain = head.replace(b"\x00", b"").lower()
    if any(sign in plain for sign in HTML_SIGNS):
        return webpage.layouts(path, plan)
    for sign, kind in OTHER_KINDS:
        if head.startswith(sign):
            raise WrongKind(file=path.name, kind=kind)
    return delimited.layouts(path, plan)


def _missing(path: Path, plan: Plan, missing: list[Field], header: Header) -> ColumnsMissing:
    return ColumnsMissing(
        file=path.name,
        mapping=plan.name,
        missing=", ".join(f"{field} ({plan.columns[field].names[0]})" for field in missing),
        found=", ".join(name for name in header.labels if name) or "–",
    )
