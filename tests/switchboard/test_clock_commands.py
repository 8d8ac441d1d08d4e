"""`motcua clock`: the legal clock for whoever types."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.cli import main
from motcua.registry.nation import national_calendar
from motcua.registry.queries import catalogue

Say = Callable[..., tuple[int, str, str]]
DUE = ("clock", "due", "--received", "2026-11-23T16:20", "--unit")


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out.strip(), printed.err.strip()

    return said


def test_a_due_moment_is_counted_without_a_database(say: Say) -> None:
    assert say(*DUE, "working_day", "--limit", "10") == (0, "2026-12-08T17:30", "")
    assert say(*DUE, "same_day") == (0, "2026-11-25T17:30", "")


def test_pauses_move_it_and_json_says_all(say: Say) -> None:
    pauses = ("2026-11-25T08:00/2026-11-27T09:00", "2026-12-01T08:00/2026-12-02T08:00")

    code, out, _ = say(*DUE, "working_day", "--limit", "10", "--pause", *pauses, "--json")

    told = json.loads(out)
    assert code == 0
    assert told["pauses"][0] == {"from": "2026-11-25T08:00", "to": "2026-11-27T09:00"}
    assert told["effective_receipt"] == "2026-11-23T16:20"
    assert (told["original_due"], told["due"]) == ("2026-12-08T17:30", "2026-12-11T17:30")
    assert (told["calendar"], told["is_waiting"], told["note"]) == ("nation", False, "")


def test_a_running_pause_leaves_a_sentence_and_no_moment(say: Say) -> None:
    running = (*DUE, "working_day", "--limit", "10", "--pause", "2026-11-25T08:00/")

    code, out, _ = say(*running)
    told = json.loads(say(*running, "--json")[1])

    assert code == 0
    assert "tạm dừng" in out
    assert (told["due"], told["is_waiting"]) == (None, True)


def test_a_due_moment_in_a_year_without_a_decree_says_so(say: Say) -> None:
    code, out, note = say(*DUE, "month", "--limit", "3")

    assert (code, out) == (0, "2027-02-23T17:30")
    assert "chưa có quyết định" in note


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (("working_day", "--limit", "0"), "Thời hạn 0"),
        (("working_day", "--limit", "-3"), "Thời hạn -3"),
        (("working_day",), "số nguyên"),
        (("week", "--limit", "1"), "“week”"),
        (("month", "--limit", "1", "--pause", "2026-11-26T08:00/2026-11-25T08:00"), "tạm dừng"),
        (("month", "--limit", "1", "--pause", "2026-11-26T08:00"), "gạch chéo"),
        (("month", "--limit", "2000"), "31/12/2035"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    say: Say, wrong: tuple[str, ...], why: str
) -> None:
    code, out, said = say(*DUE, *wrong)

    assert (code, out) == (2, "")
    assert why in said


@pytest.mark.django_db(transaction=True)
def test_the_calendar_of_a_unit_is_asked_of_the_registry(say: Say) -> None:
    code, out, _ = say(*DUE, "month", "--limit", "1", "--calendar", "674", "--json")
    nobody, _, why = say(*DUE, "month", "--limit", "1", "--calendar", "nowhere")

    assert (code, json.loads(out)["calendar"][:4]) == (0, "674@")
    assert (nobody, "nowhere" in why) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_the_nations_calendar_of_the_law_is_that_of_a_fresh_registry(say: Say) -> None:
    say("setup")

    registry, law = catalogue().calendar(None), national_calendar()

    assert (registry.closes, registry.starts) == (law.closes, law.starts)
    assert registry.decided_until == law.decided_until


def test_a_file_is_counted_and_the_counts_are_said(say: Say, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    row = "a,2026-11-23T16:20,10,working_day,"
    source.write_text(f"id,received_at,limit,unit,pauses\n{row}\nb{row},,\n")

    code, out, _ = say("clock", "batch", str(source), str(target))
    told = json.loads(say("clock", "batch", str(source), str(target), "--json")[1])

    assert code == 0
    assert "1 dòng sai" in out
    assert (told["rows"], told["wrong"]) == (2, 1)
    assert "2026-12-08T17:30" in target.read_text()


def test_a_file_that_is_not_there_is_refused(say: Say, tmp_path: Path) -> None:
    code, _, why = say("clock", "batch", str(tmp_path / "none.csv"), str(tmp_path / "out.csv"))

    assert (code, "none.csv" in why) == (2, True)
