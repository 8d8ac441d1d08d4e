"""The glossary knows every word of the legal life of a dossier that the code uses."""

import pytest

from motcua.accounts.roles import NAMES as ROLES
from motcua.accounts.roles import Role
from motcua.dossiers import kinds
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.statuses import NAMES as STATUSES
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.indicators.measures import MEASURES
from motcua.indicators.rates import RATES
from tests.architecture import reference
from tests.architecture.words import answered

WORDS = (
    *Status,
    *Outcome,
    *Role,
    *MEASURES,
    *RATES,
    *(move.name for move in MOVES),
    *(kind.name for kind in kinds.ALL),
)

TITLES = {
    "accounts": (*ROLES.values(),),
    "dossiers": (*STATUSES.values(), *(move.title for move in MOVES)),
    "indicators": (*(rate.title for rate in RATES.values()),),
}


def glossary_text() -> str:
    return (reference.DOCS / "glossary.md").read_text("utf-8")


def test_every_status_move_event_role_measure_and_rate_stands_in_the_glossary() -> None:
    glossary = glossary_text()

    assert not [word for word in WORDS if f"`{word}`" not in glossary]


@pytest.mark.parametrize("room", TITLES)
def test_pages_name_each_of_them_by_the_vietnamese_word_of_the_glossary(room: str) -> None:
    glossary, said = glossary_text().lower(), answered(room)
    messages = {title: said.get(title) for title in TITLES[room]}
    words = [str(message.string) if message else title for title, message in messages.items()]

    assert words
    assert not [word for word in words if word.lower() not in glossary]
