"""The table of moves says one thing, to people, machines and readers of the README."""

from pathlib import Path

from motcua.accounts.permissions import Permission
from motcua.dossiers import actions, kinds
from motcua.dossiers.rules import diagram
from motcua.dossiers.rules.codes import case_code
from motcua.dossiers.rules.moves import BY_NAME, BY_SYSTEM, ESCALATE, MOVES, NOTES, moves_from
from motcua.dossiers.rules.statuses import (
    BEFORE_RECEIPT,
    ENDED,
    NAMES,
    OPEN,
    PAUSED,
    PORTAL_CODE,
    RUNNING,
    Status,
)

DIAGRAM = Path(__file__).parents[2] / "docs" / "dossier-moves.md"


def test_every_status_has_a_name_and_a_portal_code() -> None:
    assert set(NAMES) == set(PORTAL_CODE) == set(Status)
    assert {code for code in PORTAL_CODE.values() if code} == set(range(1, 11))


def test_every_status_is_before_receipt_open_or_ended() -> None:
    assert set(Status) == BEFORE_RECEIPT | OPEN | ENDED
    assert not RUNNING & PAUSED
    assert not OPEN & ENDED


def test_every_status_can_be_reached_and_open_ones_can_be_left() -> None:
    assert {move.target for move in MOVES if move.target} == set(Status)
    for status in OPEN | BEFORE_RECEIPT:
        assert any(move.target not in (None, status) for move in moves_from(status))


def test_every_move_of_people_is_an_action() -> None:
    noted = {move.name: "note_crossing" for move in (*NOTES.values(), ESCALATE)}
    names = {"file": "file_dossier", **noted}
    for move in MOVES:
        if move.name not in ("resolve_elsewhere", "note_step", "move_due", "move_limits"):
            assert hasattr(actions, names.get(move.name, move.name)), move.name
    assert set(BY_NAME) == {move.name for move in MOVES}
    assert all(move not in BY_SYSTEM for status in Status for move in moves_from(status))


def test_every_event_kind_is_left_by_a_move() -> None:
    assert {move.event.name for move in MOVES} == {kind.name for kind in kinds.ALL}


def test_the_diagram_is_the_one_of_the_table() -> None:
    text = DIAGRAM.read_text(encoding="utf-8")

    assert diagram.mermaid() in text
    assert diagram.staying() in text


def test_each_move_asks_for_the_right_that_is_named_after_it() -> None:
    expected = {
        "request_supplement": Permission.REQUEST_SUPPLEMENT,
        "complete_supplement": Permission.COMPLETE_SUPPLEMENT,
        "close_leg": Permission.CONSULT_BODY,
        "open_leg": Permission.CONSULT_BODY,
        "refuse": Permission.REFUSE_DOSSIER,
        "sign": Permission.SIGN_DECISION,
        "number": Permission.NUMBER_RESULT,
        "return_result": Permission.RETURN_RESULT,
    }

    assert {name: set(BY_NAME[name].permissions) for name in expected} == {
        name: {permission} for name, permission in expected.items()
    }


def test_a_case_in_words_is_a_code_in_the_ledger() -> None:
    assert case_code("thừa kế") == "thua-ke"
    assert case_code("cho thuê, cho thuê lại trong dự án") == "cho-thue-cho-thue-lai-trong-du-an"
    assert case_code("") == ""
    assert len(case_code("đất " * 60)) <= 80
