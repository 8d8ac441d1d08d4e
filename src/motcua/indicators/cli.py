"""The door of the command line: `motcua indicators show dossiers` and `motcua facts rebuild`."""

import argparse
import json
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from motcua.kit.moments import Minute, iso_minute
from motcua.kit.periods import Period
from motcua.kit.words import gettext_noop as _

from . import facts, queries
from .asking import Boundaries, By
from .names import unit_name
from .queries import Answer, Row

# The keys of the answer in JSON, in their order: a contract with those who read it.
COUNTS = (
    *("received", "online", "direct", "post", "other", "carried_over", "resolved", "early"),
    *("on_the_day", "on_time", "late", "no_due", "withdrawn", "transferred_in", "transferred_out"),
    *("on_time_after_extension", "late_after_extension", "open", "in_time", "waiting", "overdue"),
)
SHARES = ("on_time_rate", "on_time_rate_766")
TABLE = {  # short heads, so that a row fits a terminal
    "carried_over": _("Carried over"),
    "received": _("Received, new"),
    "resolved": _("Resolved, all"),
    "on_time": _("On time"),
    "late": _("Late"),
    "open": _("Still open"),
    "overdue": _("Overdue"),
}
RATE = _("On-time rate")
WIDEST_NAME = 40


def answer(arguments: argparse.Namespace, *, now: Minute) -> str:
    """Read the ledger to its end and give the figures asked for, as JSON or as a table.

    Errors: DayUnclear, PeriodBackwards, TooEarly, UnknownUnit.
    """
    period = Period.read(arguments.first, arguments.last)
    facts.advance()
    given = queries.show(
        period,
        now=now,
        unit=arguments.unit,
        by=By(arguments.by) if arguments.by else None,
        boundaries=Boundaries(arguments.boundaries),
    )
    return as_json(given) if arguments.as_json else as_text(given)


def as_json(given: Answer) -> str:
    """Give the answer with the keys of the definitions."""
    period = given.asked.period
    told = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "unit": given.unit.key if given.unit else None,
        "boundaries": given.boundaries.value,
        "as_of": iso_minute(given.as_of),
        **_run(given),
        "rows": [
            {"key": row.key, "name": _name(row), **_figures(row), **_estimate(given, row)}
            for row in given.rows
        ],
        "total": {**_figures(given.total), **_estimate(given, None)},
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _run(given: Answer) -> dict[str, str]:
    """Give the day whose units count; under the boundaries of then there is none."""
    if given.boundaries is Boundaries.AS_THEN:
        return {}
    return {"run_on": given.asked.run_on.isoformat()}


def _estimate(given: Answer, row: Row | None) -> dict[str, bool]:
    if given.boundaries is Boundaries.AS_THEN:
        return {}
    found = queries.estimates(given.asked)
    is_unit = row is not None and given.by is By.UNIT
    return {"is_estimate": row.key in found.units if row and is_unit else found.total}


def as_text(given: Answer) -> str:
    """Give the main figures as a table for the eye."""
    head = ["", *(gettext(title) for title in TABLE.values()), gettext(RATE)]
    named = [(_short(_name(row) or row.key), row) for row in given.rows]
    lines = [_cells(name, row) for name, row in (*named, (gettext("Total"), given.total))]
    unit = f"{given.unit.name} ({given.unit.key})" if given.unit else gettext("All units")
    title = gettext("%(unit)s, %(first)s – %(last)s, as of %(as_of)s") % {
        "unit": unit,
        "first": given.asked.period.first.strftime("%d/%m/%Y"),
        "last": given.asked.period.last.strftime("%d/%m/%Y"),
        "as_of": iso_minute(given.as_of).replace("T", " "),
    }
    return "\n".join([title, *_aligned([head, *lines]), *_notes(given)])


def _notes(given: Answer) -> Iterator[str]:
    """Say under which units was counted, and which counts are estimates."""
    if given.boundaries is Boundaries.AS_THEN:
        return
    day = given.asked.run_on.strftime("%d/%m/%Y")
    yield gettext("Under the units of %(day)s.") % {"day": day}
    found = queries.estimates(given.asked)
    if found.units:
        names = ", ".join(unit_name(key) for key in sorted(found.units))
        yield gettext("Estimates by the stated weights of divided units: %(units)s.") % {
            "units": names
        }


def _name(row: Row) -> str:
    return gettext(row.name) if row.name else ""


def _short(name: str) -> str:
    return name if len(name) <= WIDEST_NAME else f"{name[: WIDEST_NAME - 1]}…"


def _figures(row: Row) -> dict[str, int | float | None]:
    counts: dict[str, int | float | None] = {code: row.counts[code] for code in COUNTS}
    return counts | {code: row.rates[code] for code in SHARES}


def _cells(name: str, row: Row) -> list[str]:
    rate = row.rates["on_time_rate"]
    share = gettext("no data yet") if rate is None else f"{rate:.2f} %"
    return [name, *(str(row.counts[code]) for code in TABLE), share]


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return [
        "  ".join(
            text.ljust(width) if place == 0 else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
