"""The glossary knows every word of the legal life of a dossier that the code uses."""

from motcua.accounts.roles import Role
from motcua.dossiers import kinds
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.indicators.measures import MEASURES
from motcua.indicators.rates import RATES
from tests.architecture import reference

WORDS = (
    *Status,
    *Outcome,
    *Role,
    *MEASURES,
    *RATES,
    *(move.name for move in MOVES),
    *(kind.name for kind in kinds.ALL),
)


def test_every_status_move_event_role_measure_and_rate_stands_in_the_glossary() -> None:
    glossary = (reference.DOCS / "glossary.md").read_text("utf-8")

    assert not [word for word in WORDS if f"`{word}`" not in glossary]
