"""A refusal carries its message, facts and status."""

from motcua.kit.moments import DayUnclear
from motcua.kit.refusals import Refused


def test_a_refusal_fills_its_facts_into_its_message() -> None:
    refused = DayUnclear(text="x")

    assert str(refused).startswith("“x” is not a day.")
    assert refused.facts == {"text": "x"}
    assert refused.status == 422


def test_a_refusal_without_facts_is_its_plain_message() -> None:
    assert str(Refused()) == "This is not possible."


def test_a_bare_per_cent_sign_beside_facts_stays_one() -> None:
    class Full(Refused):
        message = "The disk is 100 % full: %(left)s left, %(unknown)s."

    assert str(Full(left=3)) == "The disk is 100 % full: 3 left, %(unknown)s."
