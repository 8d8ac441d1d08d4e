"""The command line: `motcua clock prove CODE`, and `motcua clock verify FILE`."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import motcua
from motcua.accounts.actors import SYSTEM
from motcua.cli import main
from motcua.dossiers import actions, cli
from motcua.dossiers.actions import Applicants
from motcua.dossiers.changes.going_on import finish
from motcua.dossiers.pages import proof_words
from motcua.kit.proof import lines, verify
from motcua.kit.proof.paper import seal_of
from motcua.registry.actions import enter_day

from . import given
from .given import CLERK, MONDAY, later
from .given_changes import HOLIDAY, NOW, an_applied, reversed_again
from .given_clocks import on
from .given_pages import a_person
from .test_clock_page import a_told_dossier, asked_three_times

SOURCE = Path(motcua.__file__).parents[1]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


def test_the_command_line_proves_a_dossier_for_the_eye_and_as_a_file() -> None:
    row = asked_three_times(given.a_dossier_in_process())
    now = later(days=10)

    with translation.override("vi"):
        shown = cli.prove(row.code, as_json=False, now=now)
    file = cli.prove(row.code, as_json=True, now=now)

    assert shown.splitlines()[:2] == [row.code, "Hẹn trả: 17:30 01/10/2026"]
    assert verify(file).difference is None


def test_the_command_line_says_why_there_is_nothing_to_prove() -> None:
    filed = given.a_filed_dossier()

    with pytest.raises(cli.UnknownDossier):
        cli.prove("H00-000000-0000", as_json=False, now=MONDAY)
    with pytest.raises(cli.NothingToCount):
        cli.prove(filed.code, as_json=False, now=MONDAY)


def a_file(tmp_path: Path, **changes: Any) -> str:
    """The file of a proof; `changes` replace its parts."""
    row = given.a_received_dossier()
    paper = json.loads(cli.prove(row.code, as_json=True, now=MONDAY))
    path = tmp_path / "proof.json"
    path.write_text(json.dumps({**paper, **changes}), encoding="utf-8")
    return str(path)


def test_verify_says_verified_and_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clock", "verify", a_file(tmp_path)]) == 0
    assert "Hẹn trả: 17:30 28/09/2026" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due": None}, "Kết quả không khớp"),
        ({"lines": []}, "Dòng đúng phải là: 09:00 14/09/2026 Đã tiếp nhận"),
        ({"extra": 1}, "không thuộc bảng tính hạn: “extra”"),
        ({"program": "x"}, "Dấu niêm phong không khớp"),
        ({"schema": 1, "seal": "sha256:0"}, "Dấu niêm phong không khớp"),
    ],
)
def test_verify_names_the_first_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], said: str
) -> None:
    assert main(["clock", "verify", a_file(tmp_path, **change)]) == 1
    assert said in capsys.readouterr().out


def test_verify_names_a_changed_day_and_what_cannot_be_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(a_file(tmp_path))
    paper = json.loads(path.read_text("utf-8"))
    paper["calendar"]["days"][2]["open"] = []
    path.write_text(json.dumps(paper), encoding="utf-8")
    assert main(["clock", "verify", str(path)]) == 1
    assert "Ngày đó là 16/09/2026" in capsys.readouterr().out

    paper["inputs"]["limit"]["value"] = 0
    path.write_text(json.dumps(paper), encoding="utf-8")
    assert main(["clock", "verify", str(path)]) == 1
    assert "Thời hạn 0 không hợp lệ" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không phải là một bảng tính hạn đầy đủ"),
        (b"\xff\xfe", "tệp không phải văn bản"),
        (b"{}", "không phải là bảng tính hạn của Motcua"),
        (None, "Không có tệp"),
    ],
)
def test_what_is_no_proof_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    path = tmp_path / "file.json"
    if content is not None:
        path.write_bytes(content)

    assert main(["clock", "verify", str(path)]) == 2
    assert said in capsys.readouterr().err
    assert main(["clock", "verify", str(tmp_path)]) == 2


def test_every_kind_of_line_has_words() -> None:
    kinds = {one.__name__ for one in lines.Line.__subclasses__()}

    assert {one.__name__ for one in proof_words.ROWS} == kinds


def test_a_party_has_no_place_in_what_a_proof_is_about() -> None:
    row = actions.receive_new(
        request=given.a_request(), applicants=Applicants(a_person()), actor=CLERK, at=MONDAY
    )

    paper = json.loads(cli.prove(row.code, as_json=True, now=MONDAY))

    what = {"dossier", "part", "procedure", "channel", "clock_unit"}
    assert set(paper["about"]) == what | {"status", "due_on_record"}


def test_a_file_larger_than_any_proof_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(60_000_000)

    assert main(["clock", "verify", str(path)]) == 2
    assert "tệp quá lớn" in capsys.readouterr().err


def test_verify_needs_no_home_and_no_settings(tmp_path: Path) -> None:
    path, home = a_file(tmp_path), tmp_path / "no-home"
    environment = {"MOTCUA_HOME": str(home), "MOTCUA_HOSTS": ",", "PYTHONPATH": str(SOURCE)}

    done = subprocess.run(
        [sys.executable, "-m", "motcua.cli", "clock", "verify", path],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "28/09/2026" in done.stdout.decode("utf-8")
    assert not home.exists()
    assert not (tmp_path / "data").exists()


def test_a_dossier_that_ended_is_proved_by_the_calendar_of_its_end() -> None:
    row = given.a_ready_dossier()
    change = an_applied(replace(HOLIDAY, day=date(2026, 9, 21)))

    with translation.override("vi"):
        shown = cli.prove(row.code, as_json=False, now=NOW)
    paper = json.loads(cli.prove(row.code, as_json=True, now=NOW))

    assert shown.splitlines()[1] == "Hẹn trả: 17:30 28/09/2026"
    assert "Hồ sơ đang ghi: 17:30 28/09/2026" in shown
    assert "như lúc hồ sơ kết thúc, 11:00 16/09/2026" in shown
    assert "Lưu ý" not in shown
    assert paper["about"]["status"] == "result_ready"
    assert paper["about"]["due_on_record"] == paper["due"]["due_at"] == "2026-09-28T17:30"
    assert paper["about"]["ended_at"] == paper["about"]["registry_as_of"] == "2026-09-16T11:00"

    reversed_again(change)
    again = json.loads(cli.prove(row.code, as_json=True, now=NOW))
    assert again["due"]["due_at"] == "2026-09-28T17:30"


def test_a_change_from_before_the_end_stays_when_it_is_taken_back_after_it() -> None:
    running = given.a_dossier_in_process()
    change = an_applied(replace(HOLIDAY, day=date(2026, 9, 21)))
    actions.withdraw(dossier_id=running.pk, actor=CLERK, at=later(days=12, hours=1))
    actions.reverse_change(change_id=change.pk, actor=SYSTEM, at=later(days=12, hours=2))
    finish(change.pk, at=later(days=12, hours=2))

    paper = json.loads(cli.prove(running.code, as_json=True, now=later(days=13)))

    assert paper["about"]["due_on_record"] == paper["due"]["due_at"] == "2026-09-29T17:30"


def test_a_record_that_differs_from_the_count_is_said_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = given.a_received_dossier()
    enter_day(draft=replace(HOLIDAY, day=date(2026, 9, 21)), actor=SYSTEM, at=NOW)

    with translation.override("vi"):
        shown = cli.prove(row.code, as_json=False, now=NOW)
    path = tmp_path / "proof.json"
    path.write_text(cli.prove(row.code, as_json=True, now=NOW), encoding="utf-8")

    assert shown.splitlines()[1] == "Hẹn trả: 17:30 29/09/2026"
    assert "Hồ sơ đang ghi: 17:30 28/09/2026" in shown
    assert "Lưu ý: hạn đang ghi khác" in shown
    assert main(["clock", "verify", str(path)]) == 0
    assert "Hồ sơ đang ghi 17:30 28/09/2026, khác" in capsys.readouterr().out


def test_a_record_that_cannot_be_read_is_no_fault_of_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = given.a_received_dossier()
    paper = json.loads(cli.prove(row.code, as_json=True, now=MONDAY))
    paper["about"]["due_on_record"] = "soon"
    paper["seal"] = seal_of(paper)
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(paper), encoding="utf-8")

    assert main(["clock", "verify", str(path)]) == 0
    assert "Không đọc được điều tệp nói về hạn đang ghi: soon" in capsys.readouterr().out


def test_the_appointment_of_another_system_is_told_beside_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = a_told_dossier(due=on(30, 17, 30))

    with translation.override("vi"):
        shown = cli.prove(row.code, as_json=False, now=NOW)
    text = cli.prove(row.code, as_json=True, now=NOW)
    path = tmp_path / "proof.json"
    path.write_text(text, encoding="utf-8")

    assert "do hệ thống khác hẹn" in shown
    assert json.loads(text)["about"]["source_due"] == json.loads(text)["about"]["due_on_record"]
    assert main(["clock", "verify", str(path)]) == 0
    assert "Hệ thống khác hẹn" in capsys.readouterr().out
