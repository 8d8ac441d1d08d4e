"""Random lives under random changes: who moves is whom a full count moves, and all come back."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.dossiers.changes.drafts import ChangeDraft
from motcua.dossiers.changes.packing import unpacked
from motcua.dossiers.models import Dossier
from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.kit.refusals import Refused
from motcua.registry.drafts import CorrectionDraft, DayDraft, SwapDraft, WeekDraft
from tests.sizes import sized, soaks

from .given import COMMUNE, DISTRICT, OTHER, TEN_DAYS
from .given_changes import (
    a_previewed,
    a_world,
    all_else,
    an_applied,
    counted,
    dues,
    looked_at_too_late,
    reversed_again,
    smaller,
    smaller_counted,
)
from .test_story import a_fresh_registry

pytestmark = [pytest.mark.django_db, soaks]
DAYS = st.integers(0, 32).map(lambda n: date(2026, 9, 10) + timedelta(days=n))
UNITS = st.sampled_from([None, DISTRICT, COMMUNE, OTHER])
HOURS = st.sampled_from(["07:30-11:30,13:30-17:30", "08:00-12:00", "07:00-11:00,13:00-16:30", ""])
SAID = ("Thử", "Thử", "test")  # name, legal basis, source


@st.composite
def drafts(draw: st.DrawFn) -> ChangeDraft:
    """Give any change: a day of each kind, a swap, hours of a week, a corrected limit."""
    what = draw(st.sampled_from(["day", "day", "closure", "swap", "week", "limit"]))
    unit, day = draw(UNITS), draw(DAYS)
    if what == "limit":
        unit_of = draw(st.sampled_from(list(LimitUnit)))
        value, from_day = draw(st.integers(1, 20)), draw(st.none() | DAYS)
        return CorrectionDraft(
            TEN_DAYS, date(2021, 1, 1), value, unit_of, "QĐ", "Thử", from_day=from_day
        )
    if what == "week":
        week = {n: draw(HOURS) for n in range(6)}
        return WeekDraft(day, week, "Thử", "test", unit, draw(st.booleans()))
    if what == "swap":
        return SwapDraft(day, draw(DAYS), *SAID, unit)
    if what == "closure":
        spans = draw(st.sampled_from(["", "13:30-17:30", "07:30-09:00"]))
        return DayDraft(day, DayKind.CLOSURE, *SAID, unit, spans)
    kind = draw(st.sampled_from([DayKind.HOLIDAY, DayKind.WORKED, DayKind.SERVED]))
    spans = "" if kind is DayKind.HOLIDAY else draw(st.sampled_from(["07:30-11:30", "08:00-17:00"]))
    return DayDraft(day, kind, *SAID, unit, spans)


@settings(max_examples=sized(whole=60, part=10), suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), draft=drafts())
def test_any_change_moves_whom_a_full_count_moves_and_its_reversal_restores_all(
    seed: int, draft: ChangeDraft
) -> None:
    with transaction.atomic():  # each example has a world of its own
        _hold(seed, draft)
        transaction.set_rollback(True)


def _hold(seed: int, draft: ChangeDraft) -> None:
    a_fresh_registry()
    a_world(random.Random(seed), 60)
    before, limits, rest = dues(), smaller(), all_else()
    assert (before, limits) == (counted(), smaller_counted())
    try:
        previewed = a_previewed(draft)
    except Refused:
        return
    assert previewed.preview == "ready", previewed.problem
    listed = {one["id"].tobytes() for page in previewed.pages.all() for one in unpacked(page.rows)}

    change = an_applied(draft)

    now = dues()
    assert now == counted()
    assert {key.bytes for key in before if before[key] != now[key]} == listed
    assert smaller() == smaller_counted()
    assert looked_at_too_late() == []
    assert all_else() == rest
    reversed_again(change)
    assert (dues(), smaller(), looked_at_too_late()) == (before, limits, [])
    assert all_else() == rest
    assert Dossier.objects.count() == len(before)
