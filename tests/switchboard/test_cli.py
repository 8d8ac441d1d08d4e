"""The command line prepares an empty home, calls a room, and says no in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from motcua import setup
from motcua.accounts import queries
from motcua.accounts.roles import Role
from motcua.accounts.rules import EVERYWHERE
from motcua.cli import main, parser
from motcua.ledger.reading import last_seq

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return said


@pytest.mark.django_db(transaction=True)
def test_an_account_is_opened_with_a_role_and_a_password_made_for_it(say: Say) -> None:
    code, out, _ = say("accounts", "add", "lan", "--name", "Lan", "--role", "administrator")

    lan = queries.account_named("lan")
    assert code == 0
    assert lan is not None
    assert "Mật khẩu" in out
    assert queries.held_by(lan.id, on=_today()) == (queries.Held(Role.ADMINISTRATOR, EVERYWHERE),)


@pytest.mark.django_db(transaction=True)
def test_a_role_is_given_at_the_unit_a_code_names(say: Say) -> None:
    say("accounts", "add", "lan")

    code, _, _ = say("accounts", "grant", "lan", "cashier", "674", "--from", "2025-01-01")
    refused, _, why = say("accounts", "grant", "lan", "cashier", "no-such-unit")

    lan = queries.account_named("lan")
    assert lan is not None
    (held,) = queries.held_by(lan.id, on=_today())
    assert (code, held.role) == (0, Role.CASHIER)
    assert held.unit_key.startswith("674@")
    assert refused == 2
    assert "no-such-unit" in why


@pytest.mark.django_db(transaction=True)
def test_a_role_for_nobody_is_refused(say: Say) -> None:
    assert say("accounts", "grant", "nobody", "cashier", "674")[0] == 2


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_said_in_vietnamese_and_leaves_nothing(say: Say) -> None:
    say("accounts", "add", "lan")

    code, out, why = say("accounts", "add", "Lan")

    assert (code, out) == (2, "")
    assert "đã có người dùng" in why


@pytest.mark.django_db(transaction=True)
def test_an_account_with_an_unknown_unit_is_not_opened_at_all(say: Say) -> None:
    code, _, _ = say("accounts", "add", "minh", "--role", "cashier", "--unit", "nowhere")

    assert code == 2
    assert queries.account_named("minh") is None


@pytest.mark.django_db(transaction=True)
def test_a_missing_file_is_named(say: Say) -> None:
    code, _, why = say("import", "procedures", "/no/such/file.csv")

    assert code == 2
    assert "file.csv" in why


@pytest.mark.parametrize("wrong", [["serve", "--port", "0"], ["accounts", "add"], ["nothing"], []])
def test_a_command_that_is_not_understood_says_how_it_is_written(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        parser().parse_args(wrong)

    assert stop.value.code == 2
    assert "usage: motcua" in capsys.readouterr().err


def test_a_lock_is_held_by_one_and_free_again_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "lock"

    with setup.only_one(lock) as mine, setup.only_one(lock, wait=False) as also_mine:
        assert (mine, also_mine) == (True, False)
    with setup.only_one(lock, wait=False) as free:
        assert free


@pytest.mark.django_db(transaction=True)
def test_preparing_twice_changes_nothing(say: Say) -> None:
    say("setup")
    before = last_seq()
    say("setup")

    assert last_seq() == before > 0


def _today() -> date:
    return timezone.localdate()
