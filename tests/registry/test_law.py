"""What the law files must be: dated, and never without the paper they come from."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.registry.law import clock_value, law_folder, pauses_for, read_law
from motcua.registry.seeding.calendars import day_drafts
from motcua.registry.seeding.procedures import version_drafts
from motcua.registry.seeding.units import LamDong

VALUES = {"limits", "value", "processes", "week", "pattern", "day", "kind", "codes", "from"}


def _files() -> list[Path]:
    return sorted(law_folder().rglob("*.yaml"))


def _values(node: Any, basis: str) -> Iterator[tuple[Any, str]]:
    """Every mapping that holds a value of law, with the legal basis that covers it."""
    if isinstance(node, dict):
        basis = str(node.get("legal_basis", basis))
        if VALUES & set(node):
            yield node, basis
        for below in node.values():
            yield from _values(below, basis)
    elif isinstance(node, list):
        for below in node:
            yield from _values(below, basis)


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_every_value_of_law_has_a_legal_basis(path: Path) -> None:
    said = yaml.safe_load(path.read_text(encoding="utf-8"))

    values = list(_values(said, ""))

    assert values
    assert [node for node, basis in values if not basis.strip()] == []


def test_what_becomes_a_row_has_a_legal_basis_and_a_source() -> None:
    world = LamDong()

    papers = [
        *((one.legal_basis, one.source) for one in world.units()),
        *((one.legal_basis, one.source) for one in world.successions()),
        *((one.legal_basis, one.source) for one in day_drafts()),
    ]
    assert all(basis.strip() and source.strip() for basis, source in papers)
    for version in version_drafts():
        assert version.legal_basis.strip()
        assert version.source_note.strip()


def test_a_version_that_is_no_demonstration_names_where_it_was_read() -> None:
    for version in version_drafts():
        if not version.is_demonstration:
            assert version.source_url or version.source_note


def test_versions_of_a_procedure_stand_in_the_order_of_their_days() -> None:
    days: dict[str, list[date]] = {}
    for version in version_drafts():
        days.setdefault(version.code, []).append(version.valid_from)

    for code, found in days.items():
        assert found == sorted(set(found)), code


def test_what_stops_a_clock_beside_an_obligation_is_said_of_procedures_there_are() -> None:
    said = read_law("pauses.yaml")
    drafts = version_drafts()

    assert {one["reason"] for one in said} == {"verification", "posting"}
    listed = {(one["reason"], code) for one in said for code in one["codes"]}
    assert {code for _, code in listed} <= {draft.code for draft in drafts}
    for draft in drafts:
        assert draft.pauses_for_verification == (("verification", draft.code) in listed)
        assert draft.pauses_for_posting == (("posting", draft.code) in listed)


def test_a_pause_is_said_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [{"reason": "posting", "from": date(2025, 7, 1), "codes": ["1.0"]}]
    monkeypatch.setattr("motcua.registry.law.read_law", lambda _name: said)

    days = (date(2025, 6, 30), date(2025, 7, 1))
    assert [pauses_for("posting", "1.0", day) for day in days] == [False, True]
    assert not pauses_for("verification", "1.0", date(2025, 7, 1))
    assert not pauses_for("posting", "2.0", date(2025, 7, 1))


def test_swapped_days_name_each_other() -> None:
    days = {draft.day: draft for draft in day_drafts()}

    for draft in days.values():
        if draft.counterpart is not None:
            assert days[draft.counterpart].counterpart == draft.day


def test_law_is_read_once() -> None:
    assert read_law("calendar.yaml") is read_law("calendar.yaml")


def test_a_value_of_the_clock_is_that_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    dated = [
        {"from": date(2025, 7, 1), "value": 4},
        {"from": date(2018, 5, 1), "value": 8},
    ]
    monkeypatch.setattr("motcua.registry.law.read_law", lambda _name: {"hours": dated})
    clock_value.cache_clear()

    days = (date(2010, 1, 1), date(2018, 5, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [clock_value("hours", day) for day in days] == [8, 8, 8, 4]

    clock_value.cache_clear()
