"""Every write has one shape: keywords only, with who acts and when, in one transaction."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.words import PACKAGE, ROOMS

ATOMIC = "transaction.atomic"


def modules_of(room: str) -> list[Path]:
    """Give the files of a room's actions, be it one file or a folder."""
    one, folder = PACKAGE / room / "actions.py", PACKAGE / room / "actions"
    return [one] if one.exists() else sorted(folder.glob("*.py"))


def actions_of(room: str) -> dict[str, Callable[..., Any]]:
    """Give the room's actions: what the folder exports, or each public function of the file."""
    if not modules_of(room):
        return {}
    module = importlib.import_module(f"motcua.{room}.actions")
    names = getattr(module, "__all__", None) or [name for name in vars(module) if name[0] != "_"]
    functions = {name: getattr(module, name) for name in names}
    return {
        name: function
        for name, function in functions.items()
        if inspect.isfunction(function) and function.__module__.startswith(module.__name__)
    }


def functions_of(room: str) -> Iterator[ast.FunctionDef]:
    """Give each function written in the room's actions."""
    for path in modules_of(room):
        yield from (
            node
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef)
        )


def is_atomic(function: ast.FunctionDef) -> bool:
    return any(ATOMIC in ast.unparse(decorator) for decorator in function.decorator_list)


ACTIONS = {f"{room}.{name}": call for room in ROOMS for name, call in actions_of(room).items()}
IN_ROOMS = [room for room in ROOMS if modules_of(room)]


def test_there_are_actions_to_look_at() -> None:
    assert len(ACTIONS) > 20
    assert {"accounts", "citizens", "dossiers", "registry"} <= set(IN_ROOMS)


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_an_action_takes_keywords_only_and_says_who_acts_and_when(
    action: Callable[..., Any],
) -> None:
    parameters = inspect.signature(action).parameters

    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert {"actor", "at"} <= set(parameters)


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_an_action_says_what_it_does_and_how_it_may_be_refused(
    action: Callable[..., Any],
) -> None:
    assert "Errors:" in (inspect.getdoc(action) or "")


@pytest.mark.parametrize("room", IN_ROOMS)
def test_whatever_opens_a_transaction_is_an_exported_action_and_the_other_way_round(
    room: str,
) -> None:
    atomic = {each.name for each in functions_of(room) if is_atomic(each)}

    assert atomic == set(actions_of(room))
