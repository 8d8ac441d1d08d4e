"""Every proof comes to what the clock says, holds when it is checked, and shows every change."""

import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kit.clock import StepLimit
from motcua.kit.proof import Question, computed, prove
from tests.kit import papers, worlds
from tests.kit.test_clock_properties import asked as answered
from tests.kit.worlds import Case
from tests.sizes import sized, soaks
from tests.soak.proofs import check_proof

pytestmark = soaks
MANY = settings(max_examples=sized(whole=1000, part=200))
SOME = settings(max_examples=sized(whole=400, part=80))


@MANY
@given(case=papers.cases, now=st.one_of(st.none(), worlds.moments))
def test_a_proof_ends_in_the_due_moment_of_the_clock(case: Case, now: int | None) -> None:
    question, calendar = papers.asked(case, now=now), case.world.calendar

    walked = answered(lambda: prove(question, calendar).due)

    assert walked == answered(lambda: computed(question, calendar))


@SOME
@given(
    case=worlds.cases(),
    limit=papers.step_limits,
    now=st.one_of(st.none(), worlds.moments),
)
def test_a_proof_of_half_and_quarter_days_ends_in_the_due_moment_of_the_step(
    case: Case, limit: StepLimit, now: int | None
) -> None:
    question = Question(case.received, limit, case.rules, tuple(case.pauses), now_at=now)
    calendar = case.world.calendar

    walked = answered(lambda: prove(question, calendar).due)

    assert walked == answered(lambda: computed(question, calendar))


@SOME
@given(case=papers.cases, now=st.one_of(st.none(), worlds.moments), salt=st.integers())
def test_a_proof_holds_as_it_is_and_with_one_change_it_does_not(
    case: Case, now: int | None, salt: int
) -> None:
    proof = answered(lambda: papers.proved(case, now=now))
    assume(not isinstance(proof, str))
    assert not isinstance(proof, str)

    check_proof(papers.text_of(proof), random.Random(salt))
