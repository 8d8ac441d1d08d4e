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
