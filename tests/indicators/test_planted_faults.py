"""The plain count has teeth: faults planted in the predicates and in the cutting are found."""

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from motcua.indicators import counting, facts, measures
from motcua.indicators.facts import building, cutting
from motcua.ledger.recording import Draft
from tests.sizes import is_partly_second

from .conftest import Fresh
from .histories import DAY, DAYS, FIRST_DAY, worlds, write
from .plain import Question, lives_of
from .plain import count as count_plainly
from .test_counts import asked

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(is_partly_second(), reason="facts and cube are the same files on both"),
]
PERIODS = [(FIRST_DAY, FIRST_DAY + DAYS), (FIRST_DAY + 20, FIRST_DAY + 40)]
NOW = (FIRST_DAY + DAYS + 20) * DAY
LOOK = settings(
    max_examples=150,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
IN_CONDITIONS = [
    ("was_late", "to_at > end_due_at", "to_at >= end_due_at"),
    ("was_early", "<", "<="),
    ("past_due", "due_at < $until", "due_at < $since"),
    ("ended", "to_at BETWEEN", "received_at BETWEEN"),
    ("stands", "true)", "false)"),
    ("asked_twice", "supplements > 1", "supplements > 0"),
    ("extended", "extensions > 0", "extensions > 1"),
    ("came_in", "came_from IS NOT NULL AND", ""),
]
IN_CUTTING = [
    ("AND NOT bool_or(kind = 'voided') OVER d", ""),
    ("ORDER BY epoch, version) AS pos", "ORDER BY version, epoch) AS pos"),
    ("count(*) FILTER (kind = 'extended')", "count(*) FILTER (kind = 'assigned')"),
    ("coalesce(told_due, ", "coalesce(null, "),
    ("lag(unit_key) OVER w <> unit_key", "lag(unit_key) OVER w = unit_key"),
    ("min(pos) FILTER (kind IN", "max(pos) FILTER (kind IN"),
]


def _is_found(fresh: Fresh) -> bool:
    """Tell whether some world has a number that differs from the plain count."""

    def differs(world: list[Draft]) -> bool:
        with fresh():
            write(world)
            facts.rebuild()
            lives = lives_of(world)
            questions = [Question(first, last, NOW) for first, last in PERIODS]
            return any(counting.total(asked(q)) != count_plainly(lives, q) for q in questions)

    try:
        find(worlds(), differs, settings=LOOK)
    except NoSuchExample:
        return False
    return True


@pytest.mark.parametrize(("name", "right", "wrong"), IN_CONDITIONS)
def test_a_fault_in_a_predicate_is_found(
    *, name: str, right: str, wrong: str, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert right in measures.CONDITIONS[name]
    planted = {**measures.CONDITIONS, name: measures.CONDITIONS[name].replace(right, wrong)}
    said = ", ".join(f"{holds} AS {key}" for key, holds in planted.items())
    monkeypatch.setattr(counting, "_CONDITIONS", said)

    assert _is_found(fresh)


@pytest.mark.parametrize(("right", "wrong"), IN_CUTTING)
def test_a_fault_in_the_cutting_is_found(
    right: str, wrong: str, fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert right in cutting.SPANS
    monkeypatch.setattr(building, "SPANS", cutting.SPANS.replace(right, wrong, 1))

    assert _is_found(fresh)
