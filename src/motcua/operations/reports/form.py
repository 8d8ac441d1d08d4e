"""Form II.06a of the periodic report: its columns, its rows, and the check that they add up.

Source: form II.06a, layout from practice; each column is one measure, so each number opens a list
of exactly as many dossiers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.indicators.asking import By
from motcua.indicators.queries import Overview, Row
from motcua.kit.text import sort_key
from motcua.kit.words import gettext_noop as _
from motcua.operations.links import Links

# The columns of the form by their numbers, then the two that stand beside it.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "3": ("received_or_carried", _("Total")),
    "4": ("online", _("Online¹")),
    "5": ("direct_post_other", _("Direct and by post²")),
    "6": ("carried_over", _("From the period before")),
    "7": ("resolved", _("Total³")),
    "8": ("early", _("Early")),
    "9": ("on_the_day_or_no_due", _("On the day⁴")),
    "10": ("late", _("Resolved late")),
    "11": ("open", _("Total")),
    "12": ("open_not_overdue", _("In time⁵")),
    "13": ("overdue", _("Overdue")),
    "a": ("transferred_in", _("Handed in")),
    "b": ("transferred_out", _("Handed out")),
}
GROUPS = (
    (_("Dossiers received"), ("3", "4", "5", "6")),
    (_("Dossiers resolved"), ("7", "8", "9", "10")),
    (_("Dossiers in process"), ("11", "12", "13")),
    (_("Beside the form: hand-overs"), ("a", "b")),
)
SUMS = {"3": "=(4)+(5)+(6)", "7": "=(8)+(9)+(10)", "11": "=(12)+(13)"}
NOTES = (
    _("¹ Filed online, by the day of receipt."),
    _("² Every way of filing that is not online stands here."),
    _("³ Withdrawn, stopped or refused after receipt count as resolved: %(withdrawn)s of them."),
    _("⁴ Resolved on the day of the appointment, not after it; %(no_due)s without a due date."),
    _(
        "⁵ Due moment not passed; the clock standing still (%(waiting)s) and no due date"
        " (%(open_no_due)s) among them."
    ),
    _("Check of each row: (3) + (a) = (7) + (b) + (11)."),
)
NOTE_COUNTS = ("withdrawn", "no_due", "waiting", "open_no_due")


@dataclass(frozen=True)
class Number:
    """A number of the form and the list it opens."""

    value: int
    url: str


@dataclass(frozen=True)
class FormRow:
    """A row: its numbers in the order of COLUMNS. `difference`: what it lacks to add up."""

    name: str
    numbers: Sequence[Number]
    difference: int


@dataclass(frozen=True)
class Form:
    """The whole form."""

    by: By
    rows: Sequence[FormRow]
    total: FormRow

    @property
    def adds_up(self) -> bool:
        """Whether every row adds up."""
        return not any(row.difference for row in (*self.rows, self.total))


def form_of(overview: Overview, links: Links, *, by: By) -> Form:
    """Give the form by field or by unit; rows with nothing to count are left out."""
    found = overview.by_unit if by is By.UNIT else overview.by_field
    only = "unit" if by is By.UNIT else "field"
    busy = [row for row in found if any(row.counts[code] for code, _title in COLUMNS.values())]
    return Form(
        by,
        [
            _row(row, links, name=row.name, **{only: row.key})
            for row in sorted(busy, key=lambda row: sort_key(row.name))
        ],
        _row(overview.total, links, name=""),
    )


def _row(row: Row, links: Links, *, name: str, **only: str) -> FormRow:
    numbers = [
        Number(row.counts[code], links.to(code, **only)) for code, _title in COLUMNS.values()
    ]
    n = {column: row.counts[code] for column, (code, _title) in COLUMNS.items()}
    return FormRow(name, numbers, n["3"] + n["a"] - n["7"] - n["b"] - n["11"])
