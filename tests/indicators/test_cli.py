"""What `motcua indicators show dossiers` prints."""

import json
from argparse import Namespace
from datetime import date

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.indicators import cli, facts, queries
from motcua.indicators.asking import TooEarly
from motcua.kit.moments import DayUnclear
from motcua.kit.periods import Period, PeriodBackwards
from motcua.kit.refusals import Refused
from motcua.ledger import reading
from motcua.registry.actions import add_unit
from motcua.registry.drafts import UnitDraft
from motcua.registry.rules import UnknownUnit
from motcua.registry.sets import UnitKind
from tests.registry.given import AT

from .conftest import Fresh
from .histories import DAY, DAYS, FIRST_DAY, UNITS, write
from .test_facts import received, resolved

NOW = (FIRST_DAY + DAYS) * DAY


def asked(*, first: str = "2021-01-01", last: str = "2021-03-31", **more: object) -> Namespace:
    told = {"unit": None, "by": None, "boundaries": "as_then", "as_json": True, **more}
    return Namespace(subject="dossiers", first=first, last=last, **told)


def told(**more: object) -> dict[str, object]:
    given = json.loads(cli.answer(asked(**more), now=NOW))  # type: ignore[arg-type]
    assert isinstance(given, dict)
    return given


def a_province() -> None:
    """Make a district with two of the units the random lives know."""
    for code, parent, since in (
        ("D", None, date(2020, 1, 1)),
        ("U1", "D@2020-01-01", date(2020, 1, 1)),
        ("U2", "D@2020-01-01", date(2020, 1, 1)),
        ("U3", None, date(2021, 2, 1)),
    ):
        draft = UnitDraft(
            code,
            since,
            f"Xã {code}",
            UnitKind.DISTRICT if code == "D" else UnitKind.COMMUNE,
            legal_basis="test",
            source="test",
            parent_key=parent,
        )
        add_unit(draft=draft, actor=SYSTEM, at=AT)


def test_it_first_reads_the_ledger_to_its_end(fresh: Fresh) -> None:
    with fresh():
        write([received(1), resolved(1, on=1)])

        given = told()

        assert facts.bookmark() == reading.last_seq()
        assert given["total"]["received"] == 1  # type: ignore[index]


def test_the_answer_in_json_has_the_keys_of_the_definitions(fresh: Fresh) -> None:
    with fresh():
        write([received(1), received(2), resolved(1, on=0)])

        given = told(by="channel")

        assert list(given) == ["from", "to", "unit", "boundaries", "as_of", "rows", "total"]
        assert given["as_of"] == "2021-03-24T00:00"  # now, since the last day is not over
        total = given["total"]
        assert isinstance(total, dict)
        assert list(total) == [
            "received", "online", "direct", "post", "other", "carried_over", "resolved", "early",
            "on_the_day", "on_time", "late", "no_due", "withdrawn", "transferred_in",
            "transferred_out", "on_time_after_extension", "late_after_extension", "open",
            "in_time", "waiting", "overdue", "on_time_rate", "on_time_rate_766",
        ]  # fmt: skip
        assert given["rows"] == [{"key": "direct", "name": "Trực tiếp", **total}]
        assert total["on_time_rate"] == 100.0
        assert told(last="2021-01-12")["total"]["on_time_rate"] is None  # type: ignore[index]


def test_a_unit_means_itself_and_all_below_and_is_named(fresh: Fresh) -> None:
    with fresh():
        a_province()
        write([received(1)])

        given = told(unit="D", by="unit")

        assert given["unit"] == "D@2020-01-01"
        rows = given["rows"]
        assert isinstance(rows, list)
        assert [(row["key"], row["received"]) for row in rows] == [(UNITS[0], 1), (UNITS[1], 0)]
        assert given["total"]["received"] == 1  # type: ignore[index]
        assert told(unit="U3")["total"]["received"] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("refusal", "changed"),
    [
        (PeriodBackwards, {"first": "2021-04-01"}),
        (DayUnclear, {"first": "2021-02-30"}),
        (DayUnclear, {"last": "soon"}),
        (DayUnclear, {"first": "1899-12-31"}),
        (UnknownUnit, {"unit": "999"}),
        (UnknownUnit, {"unit": "D@2021-01-01"}),
    ],
)
def test_what_cannot_be_asked_is_refused(
    fresh: Fresh, refusal: type[Refused], changed: dict[str, object]
) -> None:
    with fresh():
        a_province()

        with pytest.raises(refusal):
            told(**changed)


def test_a_period_before_all_offices_is_refused(fresh: Fresh) -> None:
    with fresh(), pytest.raises(TooEarly):
        queries.ask(Period(date(1899, 12, 31), date(2021, 3, 31)), now=NOW)


def test_the_table_for_the_eye_has_a_line_for_each_row_and_a_total(fresh: Fresh) -> None:
    with fresh():
        write([received(1), resolved(1, on=0), received(2)])

        lines = cli.answer(asked(by="month", as_json=False), now=NOW).splitlines()

        assert len(lines) == 2 + 3 + 1
        assert [line.split()[0] for line in lines[2:5]] == ["01/2021", "02/2021", "03/2021"]
        assert lines[2].split()[1:] == ["0", "2", "1", "1", "0", "1", "1", "100.00", "%"]
        assert "chưa có dữ liệu" in lines[3]


def test_fifty_years_are_answered(fresh: Fresh) -> None:
    with fresh():
        write([received(1)])

        given = told(first="1980-01-01", last="2029-12-31", by="month")

        rows = given["rows"]
        assert isinstance(rows, list)
        assert len(rows) == 600
        assert sum(row["received"] for row in rows) == 1


def test_an_overview_s_rows_add_up_to_its_total(fresh: Fresh) -> None:
    with fresh():
        write([received(1), resolved(1, on=1), received(2)])
        facts.advance()
        question, unit = queries.ask(Period(date(2021, 1, 1), date(2021, 3, 31)), now=NOW)

        seen = queries.overview(question, unit=unit)

        for rows in (seen.by_unit, seen.by_field):
            assert sum(row.counts["received"] for row in rows) == 2
        assert seen.total.counts["resolved"] == 1
        assert sum(day.received for day in seen.by_day) == 2
