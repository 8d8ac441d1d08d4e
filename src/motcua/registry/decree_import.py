"""Makes a plan of the CSV of a yearly decree: read to its end, then all of it or nothing."""

from collections.abc import Sequence
from pathlib import Path

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.catalogue import Catalogue
from motcua.registry.checks import check_change
from motcua.registry.decree_rows import MOST_BYTES, read_decree
from motcua.registry.decrees import Plan, Wrong, plan_of
from motcua.registry.files import FileUnreadable


class RowsWrong(Refused):
    """Rows that cannot be used; `wrong` says which and why."""

    message = gettext_noop(
        "%(wrong)s of %(rows)s rows cannot be used. Nothing was changed. Mend them and try again."
    )

    def __init__(self, plan: Plan) -> None:
        super().__init__(wrong=len(plan.wrong), rows=plan.rows)
        self.wrong: Sequence[Wrong] = plan.wrong


def read_file(path: Path) -> bytes:
    """Give the bytes of a file, at most one more than a decree may have. Errors: FileUnreadable."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise FileUnreadable(file=path.name) from None


def plan_decree(
    raw: bytes,
    *,
    known: Catalogue,
    unit_key: str | None = None,
    decree: str = "",
    drops_computed: bool = False,
) -> Plan:
    """Work out what a file would change in the calendar of a unit; None is the nation.

    `decree`: number and date of the paper. Without one, days of a year that is not decided yet
    stay computed. `drops_computed`: computed days the file does not name go.
    Errors: those of `read_decree` and of `check_change`; wrong rows stand in the plan.
    """
    rows, wrong = read_decree(raw, unit_key=unit_key, decree=decree)
    plan = plan_of(
        rows,
        wrong,
        known.voices(unit_key).entries,
        unit_key=unit_key,
        drops_computed=drops_computed,
    )
    if not plan.wrong:
        check_change(known, plan.draft)
    return plan


def check_plan(plan: Plan) -> None:
    """Refuse a plan with rows that cannot be used: all of a file, or nothing. Errors: RowsWrong."""
    if plan.wrong:
        raise RowsWrong(plan)
