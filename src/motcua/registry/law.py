"""Finds and reads the dated law that comes with the program."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PACKAGED = Path(__file__).parent.parent / "law"
IN_THE_TREE = Path(__file__).parents[3] / "law"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def law_folder() -> Path:
    """Give the folder of the law: beside the rooms when installed, at the top of a work tree."""
    return PACKAGED if PACKAGED.is_dir() else IN_THE_TREE


@cache
def read_law(name: str) -> Any:
    """Give what one file of the law says, for example `read_law("calendar.yaml")`."""
    with (law_folder() / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)  # noqa: S506 (a safe loader, C or Python)


def same_day_codes() -> frozenset[str]:
    """Give the procedures that are done within the day though lists say one working day."""
    return frozenset(
        code for group in read_law("same_day.yaml")["groups"] for code in group["codes"]
    )


def pauses_for(reason: str, code: str, on: date) -> bool:
    """Say whether a procedure stops its clock for "verification" or "posting"."""
    return any(
        said["reason"] == reason and code in said["codes"] and said["from"] <= on
        for said in read_law("pauses.yaml")
    )


@cache
def clock_value(name: str, on: date) -> int:
    """Give a dated value of the clock in force on a day; before the first one, the first.

    Errors: KeyError for a name the law does not have: a bug of the caller.
    """
    dated = sorted(read_law("clock.yaml")[name], key=lambda one: one["from"])
    in_force = [one for one in dated if one["from"] <= on] or dated[:1]
    return int(in_force[-1]["value"])


def basis_of_kind(kind: str, year: str) -> str:
    """Give the law a day off rests on when its decree is not named; nothing for other kinds."""
    said = read_law("calendar.yaml")["of_kinds"].get(kind, "")
    return str(said).replace("{year}", year)


@cache
def escalation(on: date) -> Mapping[str, Any]:
    """Give who is told of nearing and passed limits, as in force on a day; before, the first."""
    dated = sorted(read_law("escalation.yaml"), key=lambda one: one["from"])
    in_force = [one for one in dated if one["from"] <= on] or dated[:1]
    found: Mapping[str, Any] = in_force[-1]
    return found
