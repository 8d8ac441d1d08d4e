"""The two lists of procedures as they are published, over the registry as it is filled."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.kit.clock import LimitUnit
from motcua.ledger.models import Event
from motcua.registry.catalogue import Catalogue
from motcua.registry.importing import Report, import_procedures
from motcua.registry.queries import catalogue

from . import given

SHORT = given.DATA / "procedures_commune_all.csv"
DETAILED = given.DATA / "procedures_detail.jsonl"
UNITS = {
    "working_day": LimitUnit.WORKING_DAY,
    "day": LimitUnit.CALENDAR_DAY,
    "hour": LimitUnit.WORKING_HOUR,
}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHORT.exists(), reason=given.NO_DATA),
]


def _import(path: Path, today: date = given.TODAY) -> Report:
    return import_procedures(path, actor=SYSTEM, at=given.AT, today=today)


def test_the_short_list_adds_what_was_missing_and_finds_the_rest_unchanged(
    seeded: Catalogue,
) -> None:
    known = set(seeded.procedure_codes())

    report = _import(SHORT)

    assert (report.rows, report.changed, report.rejected) == (503, 0, ())
    assert report.added + report.unchanged == 503
    assert len(catalogue().procedure_codes()) == len(known) + report.added


def test_the_detailed_list_adds_what_was_missing_and_finds_the_rest_unchanged(
    seeded: Catalogue,
) -> None:
    report = _import(DETAILED)

    assert (report.rows, report.changed, report.rejected) == (503, 0, ())
    assert report.added + report.unchanged == 503


@pytest.mark.parametrize("order", [(SHORT, DETAILED), (DETAILED, SHORT)])
def test_both_lists_in_any_order_come_to_rest(seeded: Catalogue, order: tuple[Path, Path]) -> None:
    for path in order:
        _import(path)
    state, told = catalogue().token, Event.objects.count()

    for path in (*order, *order):
        assert _import(path).unchanged == 503
        assert _import(path, date(2026, 12, 1)).unchanged == 503

    assert catalogue().token == state
    assert Event.objects.count() == told


def test_the_detailed_list_brings_36_procedures_that_differ_by_channel(seeded: Catalogue) -> None:
    rows = [json.loads(line) for line in DETAILED.read_text(encoding="utf-8").splitlines()]
    _import(DETAILED)
    shown = catalogue()

    differing = {
        row["code"]
        for row in rows
        if len({(one["value"], one["unit"]) for one in row["channels"]}) > 1
    }
    kept = {code for code in differing if len(shown.procedure(code, given.TODAY).limits) > 1}

    assert len(differing) == 36
    assert differing - kept <= {"1.013225", "1.013229", "1.013232", "1.013226", "2.001921"}


def test_limits_of_the_short_list_are_those_at_the_counter(seeded: Catalogue) -> None:
    with SHORT.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    for path in (DETAILED, SHORT):
        _import(path)

    shown = catalogue()
    for code, row in rows.items():
        limit = shown.limit(shown.procedure(code, given.TODAY), "direct")
        if not row["limit_value"]:
            continue
        assert limit is not None
        if limit.unit is LimitUnit.SAME_DAY:
            assert (row["limit_value"], row["limit_unit"]) == ("1", "working_day")
        else:
            assert (limit.value, limit.unit) == (
                int(row["limit_value"]),
                UNITS[row["limit_unit"]],
            ), code
