"""What must be seen today: dossiers due today or on the next working day, overdue, waiting. Pure.

They come on top of what the days bring by themselves, so that every list of the first page has
something to show on whatever day the world is loaded, a holiday too.
"""

from collections.abc import Iterator
from random import Random

from motcua.kit.clock import LimitUnit
from motcua.kit.moments import DAY_MINUTES, Day, Minute, at_clock, date_of, day_of

from .asked import WITHOUT_LIMIT, Asked
from .plan import Planner
from .shares import OLD_LAST
from .slots import Fate, Slot
from .streams import stream

LOOK_BACK = 75
TRIES = 4000
FORGOTTEN = 3
WANTED = (
    # how many of the whole world's, fate, working days from today to the due moment (first, last)
    (10, Fate.OPEN, (0, 0)),
    (10, Fate.OPEN, (1, 1)),
    (8, Fate.OPEN, (2, 5)),
    (9, Fate.OPEN_OVERDUE, (-8, -1)),
    (8, Fate.OPEN_SUPPLEMENT, (1, 15)),
    (5, Fate.OPEN_OBLIGATION, (1, 15)),
)


def slots(planner: Planner, *, day: Day) -> Iterator[Slot]:
    """Give the dossiers that show something on this day; nothing when it lies in the first part."""
    rng = stream(planner.seed, "today", date_of(day))
    calendar = planner.known.calendar(planner.places.district.key)
    base = calendar.working_index(day)
    if date_of(day - LOOK_BACK) <= OLD_LAST:
        return
    for number, (wanted, fate, (first, last)) in enumerate(WANTED):
        found = 0
        for attempt in range(TRIES):
            if found == wanted:
                break
            key = f"{date_of(day)}-today-{number}-{attempt:03}"
            slot = _drawn(planner, rng, key, day)
            if slot is None or slot.is_quick:
                continue
            due = slot.first_due()
            if due is None or not _fits(slot, fate, due, day):
                continue
            if first <= calendar.working_index(day_of(due)) - base <= last:
                slot.fate, slot.open_at = fate, _open_at(fate, due, day)
                found += 1
                yield slot
    yield from _forgotten(planner, rng, day)


def _forgotten(planner: Planner, rng: Random, day: Day) -> Iterator[Slot]:
    """Give online filings that nobody has looked at for more than 8 working hours."""
    calendar = planner.known.calendar(planner.places.district.key)
    seen_on = calendar.add_working_days(day, 3)
    choice = planner.month_of(date_of(seen_on)).choice
    online = [one for one in choice.draw_many(rng, 60) if one.card.online]
    for number, asked in enumerate(online[:FORGOTTEN]):
        key = f"{date_of(day)}-today-f{number}"
        slot = planner.slot(rng, key, minute=at_clock(seen_on, 540), asked=asked)
        slot.channel, slot.fate = "online", Fate.FORGOTTEN
        yield slot


def _drawn(planner: Planner, rng: Random, key: str, day: Day) -> Slot | None:
    calendar = planner.known.calendar(planner.places.district.key)
    on = day - rng.randint(0, LOOK_BACK)
    if not calendar.is_working(on):
        return None
    minute = at_clock(on, rng.choice((470, 500, 530, 560, 590, 830, 880)))
    asked = planner.month_of(date_of(on)).choice.draw(rng)
    card = planner.version(asked.card.code, date_of(on))
    if card is None or asked.group is WITHOUT_LIMIT:
        return None
    asked = Asked(asked.group, card, asked.weight)
    return planner.slot(rng, key, minute=minute, asked=asked)


def _fits(slot: Slot, fate: Fate, due: Minute, day: Day) -> bool:
    if fate is Fate.OPEN_OBLIGATION and not slot.asked.card.pauses_for_obligation:
        return False
    if fate not in (Fate.OPEN_SUPPLEMENT, Fate.OPEN_OBLIGATION):
        return True
    in_days = slot.limit is not None and slot.limit.unit is LimitUnit.WORKING_DAY
    return in_days and slot.received_at < at_clock(day) - 3 * DAY_MINUTES


def _open_at(fate: Fate, due: Minute, day: Day) -> Minute:
    """Give a minute at which it is open still: the end of the day, or shortly before it is due."""
    return min(due - 16, at_clock(day + 1)) if fate is Fate.OPEN else at_clock(day + 1)
