"""The catalogue says what the rows say: checked against plain loops over random rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kit.clock import ClockRules, Limit, LimitUnit
from motcua.registry import rules
from motcua.registry.cards import Heir, LimitCard, ProcedureCard, UnitCard
from motcua.registry.catalogue import Catalogue, Picture
from motcua.registry.models import (
    CalendarEntry,
    ProcedureLimit,
    ProcedureVersion,
    Succession,
    Unit,
)
from motcua.registry.sets import UnitKind

START = date(2020, 1, 1)


def _day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def _units(draw: st.DrawFn) -> list[UnitCard]:
    """Generations of a few codes without overlaps, each under an earlier unit or none."""
    cards: list[UnitCard] = []
    for code in draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)):
        edges = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=6)))
        for first, last in zip(edges[::2], edges[1::2], strict=False):
            parent = draw(st.none() | st.sampled_from(cards)) if cards else None
            is_open = last == edges[-1] and draw(st.booleans())
            cards.append(
                UnitCard(
                    key=rules.unit_key(code, _day(first)),
                    code=code,
                    valid_from=_day(first),
                    valid_to=None if is_open else _day(last - 1),
                    name=code,
                    short_name=code,
                    kind=UnitKind.COMMUNE,
                    parent_key=parent.key if parent else None,
                    receives_only=draw(st.booleans()),
                )
            )
    return cards


def _procedure(code: str, day: int, is_withdrawn: bool) -> ProcedureCard:
    return ProcedureCard(
        code=code,
        valid_from=_day(day),
        name=code,
        field_code="f",
        limits=(LimitCard("", "", Limit(1 + day, LimitUnit.WORKING_DAY)),),
        rules=ClockRules(),
        steps=(),
        components=(),
        competent_kind=UnitKind.COMMUNE,
        competent_function="",
        online=False,
        has_fee=False,
        fee_text="",
        pauses_for_obligation=False,
        pauses_for_verification=False,
        pauses_for_posting=False,
        is_interconnected=False,
        is_withdrawn=is_withdrawn,
        decision="",
        legal_basis="x",
        source_url="",
        source_note="",
        is_demonstration=True,
    )


def _catalogue(units: list[UnitCard], procedures: list[ProcedureCard]) -> Catalogue:
    heirs: dict[str, tuple[Heir, ...]] = {}
    return Catalogue(Picture("t", units, {}, heirs, {}, procedures, [], [], []))


def _begin(card: UnitCard) -> date:
    return card.valid_from


def _is_below(card: UnitCard, key: str, by_key: dict[str, UnitCard]) -> bool:
    while card.key != key:
        if card.parent_key is None:
            return False
        card = by_key[card.parent_key]
    return True


@given(_units(), st.integers(-1, 45))
def test_units_below_and_of_a_day_are_those_of_the_rows(units: list[UnitCard], day: int) -> None:
    shown, by_key = _catalogue(units, []), {card.key: card for card in units}

    for card in units:
        below = {one.key for one in units if _is_below(one, card.key, by_key)}
        assert sorted(shown.below(card.key)) == sorted(below)
        assert shown.below(card.key)[0] == card.key
        children = {one.key for one in units if one.parent_key == card.key}
        assert set(shown.children(card.key)) == children
        found = [one for one in units if one.code == card.code and one.is_valid_on(_day(day))]
        assert shown.unit_on(card.code, _day(day)) == (found[0] if found else None)


@given(_units(), st.integers(-1, 45))
def test_a_bare_code_is_the_unit_of_the_day_else_the_last_that_had_it(
    units: list[UnitCard], day: int
) -> None:
    shown, on = _catalogue(units, []), _day(day)

    for code in {card.code for card in units}:
        generations = [card for card in units if card.code == code]
        begun = [card for card in generations if card.valid_from <= on]
        expected = max(begun, key=_begin) if begun else min(generations, key=_begin)
        assert shown.resolve(code, on) == expected


@given(_units(), st.none() | st.integers(0, 45))
def test_leaves_decide_and_have_no_deciding_unit_below(
    units: list[UnitCard], day: int | None
) -> None:
    on = None if day is None else _day(day)
    shown, by_key = _catalogue(units, []), {card.key: card for card in units}
    deciding = {
        card.key
        for card in units
        if not card.receives_only and (on is None or card.is_valid_on(on))
    }

    for card in units:
        expected = {
            one.key
            for one in units
            if one.key in deciding
            and _is_below(one, card.key, by_key)
            and not any(other.parent_key == one.key and other.key in deciding for other in units)
        }
        assert set(shown.leaves(card.key, on)) == (expected or {card.key})


@given(
    st.lists(
        st.tuples(st.sampled_from("pq"), st.integers(0, 30), st.booleans()),
        unique_by=lambda row: row[:2],
        max_size=8,
    ),
    st.integers(-1, 31),
)
def test_the_version_in_force_is_the_last_that_has_begun(
    rows: list[tuple[str, int, bool]], day: int
) -> None:
    shown = _catalogue([], [_procedure(*row) for row in rows])

    for code in "pq":
        begun = sorted(row for row in rows if row[0] == code and row[1] <= day)
        if not begun or begun[-1][2]:
            with pytest.raises((rules.NotInForce, rules.UnknownProcedure)):
                shown.procedure(code, _day(day))
        else:
            assert shown.procedure(code, _day(day)).valid_from == _day(begun[-1][1])


def test_the_filled_catalogue_has_a_card_for_every_row(
    seeded: Catalogue, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        units = {row.key: row for row in Unit.objects.all()}
        versions = ProcedureVersion.objects.count()
        limits = ProcedureLimit.objects.count()
        shares = Succession.objects.count()
        days = CalendarEntry.objects.count()

    cards = [card for code in seeded.procedure_codes() for card in seeded.versions(code)]
    assert {card.key for card in seeded.units()} == set(units)
    assert all(card.name == units[card.key].name for card in seeded.units())
    assert all(card.parent_key == units[card.key].parent_id for card in seeded.units())
    assert len(cards) == versions
    assert sum(len(card.limits) for card in cards) == limits
    assert sum(len(seeded.heirs(key)) for key in units) == shares
    assert days == 107
