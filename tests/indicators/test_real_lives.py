"""Lives made by real actions and by the bulk door: the facts say what the rows say."""

from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from motcua.accounts.actors import SYSTEM
from motcua.dossiers.history import write_history
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.statuses import OPEN, Status
from motcua.dossiers.told import Past
from motcua.indicators import counting, facts
from motcua.indicators.asking import Asked, By
from motcua.indicators.counting import Counts
from motcua.kit.moments import date_of, day_of, minute_of
from motcua.kit.periods import Period
from tests.dossiers.given import COMMUNE, MONDAY, OTHER, TEN_DAYS
from tests.dossiers.test_story import TRIES, _attempt_all, a_fresh_registry
from tests.sizes import sized, soaks

from .conftest import Fresh

pytestmark = soaks
SEEN = (
    *("received", "resolved", "early", "on_the_day", "on_time", "late", "no_due", "withdrawn"),
    *("open", "in_time", "waiting", "overdue", "open_no_due", "on_time_after_extension"),
)


def count_rows(rows: list[Dossier], now: int) -> dict[str, int]:
    """Count what the rows say at this minute."""
    n = dict.fromkeys(SEEN, 0)
    for row in rows:
        if row.received_at is None or row.status == Status.VOIDED:
            continue
        n["received"] += 1
        due = minute_of(row.due_at) if row.due_at else None
        if row.ended_at is not None:
            end = minute_of(row.ended_at)
            on_time = due is not None and end <= due
            n["resolved"] += 1
            n["withdrawn"] += row.status in (Status.WITHDRAWN, Status.STOPPED)
            n["no_due"] += due is None
            n["late"] += due is not None and not on_time
            n["on_time"] += on_time
            n["on_time_after_extension"] += on_time and row.extensions > 0
            if on_time and due is not None:
                n["early" if day_of(end) < day_of(due) else "on_the_day"] += 1
            continue
        assert row.status in OPEN
        n["open"] += 1
        if due is not None:
            n["overdue" if now > due else "in_time"] += 1
        else:
            n["waiting" if row.waiting_since else "open_no_due"] += 1
    return n


def seen(counts: Counts) -> dict[str, int]:
    return {code: counts[code] for code in SEEN}


@settings(max_examples=sized(whole=60, part=8), suppress_health_check=list(HealthCheck))
@given(
    lives=st.lists(st.tuples(TRIES, st.booleans()), min_size=1, max_size=4),
    days=st.integers(0, 40),
)
@example(lives=[([("receive", 900)], True)], days=0)  # received at local midnight: another UTC day
def test_the_facts_say_what_the_rows_say_of_acted_and_of_told_lives(
    fresh: Fresh, lives: list[tuple[list[tuple[str, int]], bool]], days: int
) -> None:
    with fresh():
        a_fresh_registry()
        for tries, filed in lives:
            row, told = _attempt_all(tries, filed=filed)
            twin = Past(
                id=type(row.id)(int=row.id.int ^ 1),
                source="test",
                source_key=str(row.id),
                procedure=TEN_DAYS,
                channel="online",
                place=COMMUNE,
                holder=COMMUNE,
                moves=told,
            )
            [written] = write_history([twin], actor=SYSTEM, at=MONDAY)
            assert not written.refused
            facts.advance()
        last = max(
            moment
            for row in Dossier.objects.all()
            for moment in (row.received_at, row.ended_at, row.waiting_since, MONDAY)
            if moment
        )
        now = minute_of(last + timedelta(days=days))
        asked = Asked(Period(MONDAY.date(), date_of(day_of(now))), now)

        rows = list(Dossier.objects.all())
        assert seen(counting.total(asked)) == count_rows(rows, now)
        groups = counting.groups(asked, By.UNIT)
        for unit in (COMMUNE, OTHER):
            held = [row for row in rows if row.holder_key == unit]
            ours = seen(groups.get(unit, counting.NOTHING))
            expected = count_rows(held, now)
            del ours["received"], expected["received"]  # counts where it was received
            assert ours == expected
