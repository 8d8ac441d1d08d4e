"""Prose with numbers that open their lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.indicators.queries import Overview, Row
from motcua.operations.links import Links
from motcua.ui import formats
from motcua.ui.documents.blocks import Span

PLACE = re.compile(r"%\((\w+)\)s")
MOST_NAMED = 5  # rows a sentence names; the table has all


def told(message: str, **parts: "Span | str | Sequence[Span]") -> list[Span]:
    """Fill the places of a translated sentence; numbers stay pieces of their own."""
    spans: list[Span] = []
    for n, text in enumerate(PLACE.split(gettext(message))):
        if n % 2 == 0:
            spans.append(Span(text))
            continue
        part = parts[text]
        spans += (
            [Span(part)] if isinstance(part, str) else [part] if isinstance(part, Span) else part
        )
    return [span for span in spans if span.text]


def no_data() -> str:
    """Say that a rate has nothing to divide by."""
    return gettext("no data yet")


def rate(value: float | None) -> str:
    """Write a rate, or that there is none."""
    return no_data() if value is None else formats.percent(value)


def opening(row: Row, links: Links, measure: str, **only: str) -> Span:
    """Give a number that opens its list."""
    value = row.counts[measure]
    return Span(formats.number(value), links.to(measure, **only), is_strong=True, value=value)


@dataclass(frozen=True)
class Ranked:
    """The rows that have most of a measure, as words: “Đất đai 12, Hộ tịch 3”."""

    measure: str
    only: str  # unit or field

    def spans(self, found: Sequence[Row], links: Links) -> list[Span]:
        """Name those with any, most first; how many more there are is said."""
        having = sorted(
            (row for row in found if row.counts[self.measure]),
            key=lambda row: -row.counts[self.measure],
        )
        spans: list[Span] = []
        for row in having[:MOST_NAMED]:
            spans += [Span(f"{', ' if spans else ''}{row.name} ")]
            spans.append(opening(row, links, self.measure, **{self.only: row.key}))
        if rest := having[MOST_NAMED:]:
            number = sum(row.counts[self.measure] for row in rest)
            more = gettext(", others %(n)s") % {"n": formats.number(number)}
            spans.append(Span(more))
        return spans


def shared_out(
    overview: Overview, links: Links, *, measure: str, only: str, message: str, **parts: Span
) -> list[Span]:
    """Tell how a measure is shared out by field or unit (`only`): `%(rows)s` of the message."""
    found = overview.by_field if only == "field" else overview.by_unit
    return told(message, rows=Ranked(measure, only).spans(found, links), **parts)
