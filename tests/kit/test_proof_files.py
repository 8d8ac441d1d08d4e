"""The file of a proof: what is refused as no proof, and how a change is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from motcua.kit.calendar import DayEntry, DayKind
from motcua.kit.clock import StepLimit, StepUnit
from motcua.kit.moments import from_iso_day, from_iso_minute
from motcua.kit.proof import (
    PaperBroken,
    PaperForeign,
    PaperTooNew,
    PaperUnreadable,
    Part,
    Question,
    prove,
    verify,
)
from motcua.kit.proof.paper import seal_of
from tests.kit.given_proofs import (
    DAY_OF_CULTURE,
    MADE_UP,
    SATURDAYS,
    STORM,
    WORKING_DAY,
    calendar,
    proof,
)
from tests.kit.papers import text_of

Change = Callable[[Any], object]
SERVED = calendar(STORM, MADE_UP, service=(SATURDAYS,))


def a_paper(**more: Any) -> dict[str, Any]:
    """A proof with a holiday, a closure, a worked and a served Saturday, a pause and a new due."""
    found = proof(
        "2026-11-21T09:00",
        4,
        WORKING_DAY,
        "2026-11-25T09:00/2026-11-26T09:00",
        on=SERVED,
        extension=("2026-11-27T09:00", "2026-12-04T17:30"),
        cut_off=960,
        **more,
    )
    paper: dict[str, Any] = json.loads(text_of(found))
    return paper


def checked(paper: dict[str, Any], *, sealed: bool = True) -> Any:
    """The first difference of a changed paper."""
    if sealed:
        paper["seal"] = seal_of(paper)
    return verify(json.dumps(paper)).difference


def test_a_file_holds_as_it_is_however_it_is_laid_out() -> None:
    paper = a_paper()

    assert checked(paper, sealed=False) is None
    assert verify(json.dumps(paper, indent=3, sort_keys=True)).difference is None
    assert verify(json.dumps(paper)).about["part"] == "whole"


def test_a_file_of_half_days_holds() -> None:
    step = Question(from_iso_minute("2026-11-23T09:00"), StepLimit(3, StepUnit.HALF_DAY))

    verdict = verify(text_of(prove(step, calendar())))

    assert verdict.difference is None
    assert verdict.proof is not None
    assert verdict.proof.asked == step


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "half of a proof",
        '{"format": "motcua.clock.proof", "schema": NaN}',
        '{"a": 1, "a": 1}',
        "[" * 100_000,
        "9" * 5_000,
    ],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(PaperUnreadable):
        verify(text)


@pytest.mark.parametrize("text", ["[]", "1", "null", "{}", '{"format": "other"}'])
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(PaperForeign):
        verify(text)


def test_a_proof_of_a_later_form_is_refused() -> None:
    with pytest.raises(PaperTooNew):
        verify(json.dumps({**a_paper(), "schema": 2}))


def _set(*path: Any, to: Any) -> Change:
    def change(paper: Any) -> None:
        for key in path[:-1]:
            paper = paper[key]
        paper[path[-1]] = to

    return change


def _twice(*path: Any) -> Change:
    def change(paper: Any) -> None:
        for key in path:
            paper = paper[key]
        paper.append(paper[0])

    return change


def _without(*path: Any) -> Change:
    def change(paper: Any) -> None:
        for key in path[:-1]:
            paper = paper[key]
        del paper[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_set("schema", to=True), "schema"),
        (_set("schema", to="1"), "schema"),
        (_without("seal"), "seal"),
        (_without("due"), "due"),
        (_set("lines", to={}), "lines"),
        (_set("about", to=[]), "about"),
        (_set("program", to=1), "about"),
        (_set("inputs", to=[]), "inputs.limit"),
        (_set("inputs", "received_at", to=20), "inputs.received_at"),
        (_set("inputs", "received_at", to="2026-11-31T09:00"), "inputs.received_at"),
        (_set("inputs", "limit", "value", to=1.0), "inputs.limit.value"),
        (_set("inputs", "limit", "unit", to="week"), "inputs.limit.unit"),
        (_set("inputs", "rules", "hours_are_days", to=0), "inputs.rules.hours_are_days"),
        (_set("inputs", "rules", "fixed_hour", to="25:00"), "inputs.rules.fixed_hour"),
        (_set("inputs", "rules", "supplement", to="stops"), "inputs.rules.supplement"),
        (_set("inputs", "pauses", to=None), "inputs.pauses"),
        (_without("inputs", "pauses", 0, "to_at"), "inputs.pauses[0].to_at"),
        (_set("inputs", "extension", to="later"), "inputs.extension.granted_at"),
        (_set("inputs", "limit", "unit", to="half_day"), "inputs.extension"),
        (_set("calendar", "days", to=[]), "calendar.days"),
        (_without("calendar", "days", 2), "calendar.days[2].day_on"),
        (_set("calendar", "days", 0, to=None), "calendar.days[0].day_on"),
        (_set("calendar", "days", 1, "hours", to=9), "calendar.days[1].hours"),
        (_set("calendar", "days", 3, "entry", to=1), "calendar.days[3].entry.counterpart_on"),
        (_set("calendar", "days", 3, "entry", "level", to="x"), "calendar.days[3].entry.level"),
        (_set("calendar", "days", 4, "closures", to=5), "calendar.days[4].closures"),
        (_set("calendar", "hours", 0, "week", to=[[]]), "calendar.hours[0].week"),
        (_set("calendar", "hours", 0, "source", to=None), "calendar.hours[0].source"),
        (_set("calendar", "hours", 0, "until_on", to="2026-11-21"), "calendar.days[1].hours"),
        (_set("calendar", "hours", 0, "since_on", to="2027-01-01"), "calendar.days[0].hours"),
    ],
)
def test_what_is_missing_or_unclear_is_named(change: Change, place: str) -> None:
    paper = a_paper()

    change(paper)

    with pytest.raises(PaperBroken) as refused:
        verify(json.dumps(paper))
    assert refused.value.facts["place"] == place


@pytest.mark.parametrize(
    ("change", "part", "number", "name"),
    [
        (_set("inputs", "limit", "value", to=5), Part.LINES, 2, "value"),
        (_set("inputs", "received_at", to="2026-11-21T09:01"), Part.LINES, 1, "received_at"),
        (_set("inputs", "note", to="x"), Part.INPUTS, 0, "note"),
        (_set("calendar", "days", 3, "entry", "name", to="Lễ"), Part.LINES, 9, "because"),
        (_set("calendar", "days", 3, "open", to=["07:30-11:30"]), Part.CALENDAR, 4, "open"),
        (_twice("calendar", "hours"), Part.CALENDAR, 0, "hours"),
        (_set("calendar", "note", to="x"), Part.CALENDAR, 0, "note"),
        (_set("lines", 7, "number", to=7), Part.LINES, 8, "number"),
        (_set("lines", 7, to="day"), Part.LINES, 8, ""),
        (_without("lines", -1), Part.LINES, len(a_paper()["lines"]), ""),
        (_without("lines", 6), Part.LINES, 7, "day_on"),
        (_set("due", "due_at", to="2026-12-05T17:30"), Part.DUE, 0, "due_at"),
        (_set("due", to=None), Part.DUE, 0, ""),
        (_set("extra", to=1), Part.REST, 0, "extra"),
    ],
)
def test_the_first_difference_is_named_though_the_file_was_sealed_again(
    change: Change, part: Part, number: int, name: str
) -> None:
    paper = a_paper()

    change(paper)
    found = checked(paper)

    assert (found.part, found.number, found.name) == (part, number, name)


def test_a_changed_version_of_the_program_breaks_the_seal() -> None:
    found = checked({**a_paper(), "program": "other"}, sealed=False)

    assert found.part is Part.SEAL


def test_an_added_line_and_an_added_day_are_found() -> None:
    paper, other = a_paper(), a_paper()
    paper["lines"].append(paper["lines"][-1])
    day = {**other["calendar"]["days"][-1], "day_on": "2026-12-05", "open": []}
    other["calendar"]["days"].append(day)

    line, day_found = checked(paper), checked(other)

    assert (line.part, line.number, line.counted) == (Part.LINES, len(paper["lines"]), None)
    assert (day_found.part, day_found.counted) == (Part.CALENDAR, None)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (_set("inputs", "limit", "value", to=0), "LimitTooSmall"),
        (_set("inputs", "limit", "value", to=400), "BeyondCalendar"),
        (_set("inputs", "pauses", 0, "to_at", to="2026-11-20T09:00"), "PauseBackwards"),
        (_set("calendar", "hours", 0, "week", to=[[]] * 7), "WorkedDayWithoutHours"),
        (_set("calendar", "hours", 0, "week", 0, to=["17:30-07:30"]), "SpanUnclear"),
    ],
)
def test_what_cannot_be_counted_again_differs_and_says_why(change: Change, refusal: str) -> None:
    paper = a_paper()

    change(paper)
    found = checked(paper)

    assert (found.part, type(found.refusal).__name__) == (Part.COUNT, refusal)


def test_half_days_of_a_week_without_hours_cannot_be_counted_again() -> None:
    worked = (
        DayEntry(from_iso_day(f"2026-11-{day}"), DayKind.WORKED, spans=((450, 690),))
        for day in (23, 25, 26, 27)
    )
    step = Question(from_iso_minute("2026-11-23T09:00"), StepLimit(1, StepUnit.HALF_DAY))
    paper = json.loads(text_of(prove(step, calendar(*worked))))

    _set("calendar", "hours", 0, "week", to=[[]] * 7)(paper)
    found = checked(paper)

    assert (found.part, type(found.refusal).__name__) == (Part.COUNT, "NoUsualDay")


def test_the_days_of_the_file_are_those_looked_at() -> None:
    days = [one["day_on"] for one in a_paper()["calendar"]["days"]]

    assert (days[0], days[-1], len(days)) == ("2026-11-21", "2026-12-04", 14)
    assert DAY_OF_CULTURE.name in json.dumps(a_paper()["calendar"]["days"][3], ensure_ascii=False)
