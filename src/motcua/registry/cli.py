"""What the command line says of calendars: a year of one, and what a decree changes in one."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from motcua.kit.calendar import Calendar, Spans
from motcua.kit.moments import clock_text, date_of, day_number
from motcua.registry.catalogue import Catalogue
from motcua.registry.conflicts import conflicts_in
from motcua.registry.decrees import Plan, Wrong
from motcua.registry.draft_params import NATION
from motcua.registry.drafts import DayDraft
from motcua.registry.layers import EntryRow
from motcua.registry.pages.labels import DECREES, STATES, hours_text, weekday_name
from motcua.registry.pages.scene import check_year, place_of
from motcua.registry.pages.year import conflict_words
from motcua.registry.years import DayState, DayView, day_view, decree_of, months_of, voices_on
from motcua.ui import formats
from motcua.ui.doors import words_of

USUAL = (DayState.OPEN, DayState.REST)


def unit_of(text: str | None, known: Catalogue, on: date) -> str | None:
    """Give the key a command names: nothing or `nation` is the nation. Errors: UnknownUnit."""
    return None if text in (None, "", NATION) else known.resolve(str(text), on).key


def year_as_dict(known: Catalogue, unit_key: str | None, year: int) -> dict[str, object]:
    """Give the calendar of a unit in a year for a machine.

    Shape: every day of the year with what it is, whether it counts, and every voice; spans in
    `HH:MM`. Errors: UnknownUnit, DayOutside.
    """
    check_year(year)
    calendar, voices = known.calendar(unit_key), known.voices(unit_key)
    months = months_of(calendar, year)
    return {
        "unit": unit_key or NATION,
        "name": place_of(known, unit_key).name,
        "year": year,
        "decree": decree_of(voices.entries, year).value,
        "working_days": sum(month.working_days for month in months),
        "months": [{"month": one.number, "working_days": one.working_days} for one in months],
        "days": [_day_dict(known, unit_key, view) for view in _all_days(calendar, year)],
        "conflicts": [
            {"conflict": one.conflict.value, "day": one.day.isoformat() if one.day else None}
            for one in conflicts_in(voices, calendar, year)
        ],
    }


def year_as_text(known: Catalogue, unit_key: str | None, year: int) -> str:
    """Give the calendar of a unit in a year for a person. Errors: UnknownUnit, DayOutside."""
    check_year(year)
    calendar, voices = known.calendar(unit_key), known.voices(unit_key)
    months = months_of(calendar, year)
    decree = _(DECREES[decree_of(voices.entries, year)])
    total = sum(month.working_days for month in months)
    head = _("%(name)s, %(year)s: %(days)s working days. %(decree)s.")
    facts = {"name": place_of(known, unit_key).name, "year": year, "days": total, "decree": decree}
    counts = "  ".join(f"{one.number:02}: {one.working_days}" for one in months)
    lines = [_line(known, unit_key, view) for view in _days(known, unit_key, year)]
    wrong = [
        f"! {formats.day(one.day) + ': ' if one.day else ''}{conflict_words(one)}"
        for one in conflicts_in(voices, calendar, year)
    ]
    return "\n".join([head % facts, counts, *lines, *wrong])


def _days(known: Catalogue, unit_key: str | None, year: int) -> list[DayView]:
    """The days a person would ask about: all but usual ones on which nothing was entered."""
    entered = {row.day for row in known.voices(unit_key).entries}
    views = _all_days(known.calendar(unit_key), year)
    return [view for view in views if view.state not in USUAL or view.day in entered]


def _all_days(calendar: Calendar, year: int) -> Iterator[DayView]:
    first, last = day_number(date(year, 1, 1)), day_number(date(year, 12, 31))
    return (day_view(calendar, date_of(number)) for number in range(first, last + 1))


def _line(known: Catalogue, unit_key: str | None, view: DayView) -> str:
    sources = [
        f"{place_of(known, one.unit_key).name}: {one.source}"
        for one in voices_on(known.voices(unit_key), view.day)
        if one.holds and one.kind is not None
    ]
    parts = [
        f"{formats.day(view.day)} {weekday_name(view.day.weekday())}",
        _(STATES[view.state]),
        view.name,
        hours_text(view.spans) or hours_text(view.served),
        "; ".join(sources),
    ]
    return "  " + " · ".join(part for part in parts if part)


def _day_dict(known: Catalogue, unit_key: str | None, view: DayView) -> dict[str, object]:
    return {
        "day": view.day.isoformat(),
        "state": view.state.value,
        "name": view.name,
        "counts": view.counts,
        "spans": _spans(view.spans),
        "served": _spans(view.served),
        "decided": known.calendar(unit_key).is_decided(day_number(view.day)),
        "says": [
            {
                "layer": one.says.value,
                "unit": one.unit_key or NATION,
                "kind": one.kind.value if one.kind else None,
                "name": one.name,
                "spans": _spans(one.spans),
                "counterpart": one.counterpart.isoformat() if one.counterpart else None,
                "source": one.source,
                "legal_basis": one.legal_basis,
                "counts": one.holds,
            }
            for one in voices_on(known.voices(unit_key), view.day)
        ],
    }


def _spans(spans: Spans) -> list[str]:
    return [f"{clock_text(start)}-{clock_text(end)}" for start, end in spans]


# A decree


def plan_as_dict(plan: Plan, *, is_written: bool, moved: int) -> dict[str, object]:
    """Give what a file changes, or would change, for a machine."""
    return {
        "unit": plan.unit_key or NATION,
        "written": is_written,
        "moved_dossiers": moved,
        "rows": plan.rows,
        "added": [_draft_dict(one) for one in plan.added],
        "decided": [_draft_dict(one) for one in plan.decided],
        "unchanged": len(plan.left),
        "not_named": [_row_dict(row) for row in plan.other],
        "dropped": [_row_dict(row) for row in plan.dropped],
        "rejected": [
            {"line": one.line, "day": one.text, "reason": words_of(one.refusal)}
            for one in plan.wrong
        ],
        "years": {str(year): decree.value for year, decree in plan.years},
    }


def plan_as_text(plan: Plan, *, is_written: bool, moved: int) -> str:
    """Give what a file changes, or would change, for a person."""
    text = _(
        "%(rows)s rows: %(added)s days added, %(decided)s decided that were computed, "
        "%(unchanged)s unchanged, %(dropped)s dropped, %(wrong)s rows rejected."
    )
    facts = {
        "rows": plan.rows,
        "added": len(plan.added),
        "decided": len(plan.decided),
        "unchanged": len(plan.left),
        "dropped": len(plan.dropped),
        "wrong": len(plan.wrong),
    }
    lines = [text % facts]
    entered = sorted(plan.draft.days, key=lambda one: one.day)
    lines += [f"  + {formats.day(one.day)} {one.name}" for one in entered]
    lines += [f"  - {formats.day(row.day)} {row.name}" for row in plan.dropped]
    lines += [
        "  ? " + _("%(day)s %(name)s: computed, not in the file") % _named(row)
        for row in plan.other
        if row not in plan.dropped
    ]
    lines += wrong_lines(plan.wrong)
    lines += [f"  {year}: {_(DECREES[decree])}" for year, decree in plan.years]
    if is_written:
        lines.append(_("%(count)s running dossiers have a new due moment.") % {"count": moved})
    else:
        lines.append(_("Nothing was written."))
    return "\n".join(lines)


def wrong_lines(wrong: Iterable[Wrong]) -> list[str]:
    """Give the rows that cannot be used, each with its line and why."""
    return [f"  ! {one.line} {one.text}: {words_of(one.refusal)}" for one in wrong]


def _named(row: EntryRow) -> dict[str, str]:
    return {"day": formats.day(row.day), "name": row.name}


def _draft_dict(one: DayDraft) -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "kind": one.kind.value,
        "name": one.name,
        "decided": one.is_decided,
        "legal_basis": one.legal_basis,
    }


def _row_dict(row: EntryRow) -> dict[str, object]:
    return {"day": row.day.isoformat(), "kind": row.kind.value, "name": row.name}
