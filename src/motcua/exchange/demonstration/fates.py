"""Chooses how the dossiers of the first part end, so that its totals come out to the last one.

Pure. Whoever is not chosen ends in time and before the first part ends.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random

from motcua.kit.clock import LimitUnit
from motcua.kit.moments import DAY_MINUTES, Minute, at_clock, day_number
from motcua.registry.sets import UnitKind

from .shares import MOST_LATE_OF_A_COMMUNE, OLD_LAST, Targets
from .slots import OUTSIDE, Fate, Slot
from .streams import stream

END = at_clock(day_number(OLD_LAST) + 1) - 1  # the last minute of the first part
LATE_RECEIVED_BY = END - 85 * DAY_MINUTES  # time enough to become late and still end
RECENT = END - 60 * DAY_MINUTES
ASKED_LATELY = END - 14 * DAY_MINUTES
OVERDUE_SHARE, SUPPLEMENT_SHARE, OBLIGATION_SHARE = 0.09, 0.15, 0.1


def choose(seed: int, slots: Sequence[Slot], targets: Targets) -> None:
    """Choose the late and the open ones among the slots of the first part.

    Errors: ValueError when there are too few to choose from.
    """
    counted = [slot for slot in slots if slot.fate not in OUTSIDE]
    _choose_open(stream(seed, "open"), counted, targets)
    _choose_late(stream(seed, "late"), counted, targets)
    for slot in slots:
        if slot.open_at is None:
            slot.end_by = END


def _choose_late(rng: Random, counted: Iterable[Slot], targets: Targets) -> None:
    early = [s for s in counted if s.received_at <= LATE_RECEIVED_BY and s.fate is Fate.USUAL]
    rng.shuffle(early)
    land = [slot for slot in early if slot.is_at_branch and not slot.is_quick]
    agencies = [s for s in early if s.asked.card.competent_kind is UnitKind.AGENCY]
    communes = _few_of_each_commune(early)[: targets.late_in_communes]
    late = [*land[: targets.late_on_land], *communes]
    late += agencies[: targets.late - len(late)]
    late += land[targets.late_on_land :][: targets.late - len(late)]
    if len(late) < targets.late:
        raise ValueError("too few dossiers to be late")
    for slot in late:
        slot.fate = Fate.LATE


def _few_of_each_commune(shuffled: Iterable[Slot]) -> list[Slot]:
    """Give candidates so that each commune stays at 99.9 % on time."""
    communes = [s for s in shuffled if s.asked.card.competent_kind is UnitKind.COMMUNE]
    room = {
        unit: int(number * MOST_LATE_OF_A_COMMUNE)
        for unit, number in Counter(slot.way.holder for slot in communes).items()
    }
    chosen = []
    for slot in communes:
        if room[slot.way.holder] > 0 and not slot.is_quick:
            room[slot.way.holder] -= 1
            chosen.append(slot)
    return chosen


def _choose_open(rng: Random, counted: Iterable[Slot], targets: Targets) -> None:
    recent = [slot for slot in counted if slot.received_at > RECENT and not slot.is_quick]
    rng.shuffle(recent)
    left = targets.open
    for fate, share, fits in (
        (Fate.OPEN_OVERDUE, OVERDUE_SHARE, _may_be_overdue),
        (Fate.OPEN_OBLIGATION, OBLIGATION_SHARE, _may_owe),
        (Fate.OPEN_SUPPLEMENT, SUPPLEMENT_SHARE, _may_wait),
    ):
        left -= _mark(recent, fate, round(targets.open * share), fits)
    left -= _mark(recent, Fate.OPEN, left, _may_be_open)
    if left:
        raise ValueError("too few dossiers to be open")


def _mark(
    slots: Iterable[Slot], fate: Fate, number: int, fits: Callable[[Slot, Minute], bool]
) -> int:
    """Give a fate to the first slots it fits; return how many got it."""
    marked = 0
    for slot in slots:
        if marked == number:
            break
        due = slot.first_due()
        if slot.fate is Fate.USUAL and due is not None and fits(slot, due):
            slot.fate, slot.open_at = fate, END
            marked += 1
    return marked


def _may_be_overdue(slot: Slot, due: Minute) -> bool:
    return slot.is_at_branch and END - 15 * DAY_MINUTES < due <= END


def _may_owe(slot: Slot, due: Minute) -> bool:
    return (
        _is_in_working_days(slot)
        and slot.asked.card.pauses_for_obligation
        and slot.received_at < END - 2 * DAY_MINUTES
        and due > END - 5 * DAY_MINUTES
    )


def _may_wait(slot: Slot, due: Minute) -> bool:
    return (
        ASKED_LATELY < slot.received_at < END - 2 * DAY_MINUTES
        and due > slot.received_at + 2 * DAY_MINUTES
        and _is_in_working_days(slot)
    )


def _is_in_working_days(slot: Slot) -> bool:
    return slot.limit is not None and slot.limit.unit is LimitUnit.WORKING_DAY


def _may_be_open(slot: Slot, due: Minute) -> bool:
    return due > END
