"""What the clock notes of a dossier: near, passed, and told upwards. Pure.

A crossing belongs to one due moment: another due moment begins anew. Each level is noted once.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from motcua.kit.moments import Minute, iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from . import moves
from .life import Facts, Life, Terms
from .statuses import OPEN, Status
from .watch import AHEAD, LEVELS, POSTS, Crossing, Noted, Post

Changes = dict[str, Any]
Data = dict[str, object]
FIRST = LEVELS[Post.SPECIALIST]


class NothingCrossed(Refused):
    message = gettext_noop("The dossier has not newly come near or passed this limit.")


class Standing(NamedTuple):
    """A due moment that stands now. `part`: the number of the step or the leg, else 0."""

    kind: Crossing
    part: int
    due_at: Minute


class Ripe(NamedTuple):
    """A crossing that is to be noted, since `from_at`."""

    from_at: Minute
    level: int
    kind: Crossing
    part: int
    due_at: Minute


def standing(life: Life) -> Iterator[Standing]:
    """Give every due moment that is watched as the dossier stands."""
    if life.status is Status.FILED and life.acceptance_due_at is not None:
        yield Standing(Crossing.ACCEPTANCE_OVERDUE, 0, life.acceptance_due_at)
    if life.status not in OPEN:
        return
    if life.due_at is not None:
        yield Standing(Crossing.DUE_SOON, 0, life.due_at)
        yield Standing(Crossing.OVERDUE, 0, life.due_at)
    if life.step_due_at is not None:
        yield Standing(Crossing.STEP_OVERDUE, life.step, life.step_due_at)
    for leg in life.leg_rows:
        if leg.closed_at is None and leg.due_at is not None:
            yield Standing(Crossing.LEG_OVERDUE, leg.number, leg.due_at)
    if life.answer_due_at is not None:
        yield Standing(Crossing.ANSWER_SOON, 0, life.answer_due_at)
        yield Standing(Crossing.ANSWER_OVER, 0, life.answer_due_at)


def ripe(life: Life, *, at: Minute, terms: Terms) -> list[Ripe]:
    """Give what is to be noted at a moment, in the order it came about."""
    return sorted(one for one in _ahead(life, at=at, terms=terms) if one.from_at <= at)


def armed(life: Life, *, at: Minute, terms: Terms) -> Life:
    """Give the life with the moment of the next look, and the level that is told of it now."""
    if life.status not in OPEN and life.status is not Status.FILED:
        return life._replace(watch_at=None, told_level=None)
    looks = [one.from_at for one in _ahead(life, at=at, terms=terms)]
    stands = set(standing(life))
    told = [noted.level for noted in life.crossings if Standing(*noted[:3]) in stands]
    return life._replace(watch_at=min(looks, default=None), told_level=max(told, default=None))


def note(  # noqa: PLR0917
    kind: Crossing, life: Life, at: Minute, facts: Facts, terms: Terms
) -> tuple[Changes, Data]:
    """Note the first level of a crossing.

    Errors: NothingCrossed.
    """
    one = _found(life, kind, FIRST, facts.part, at, terms)
    changes, data = _noted(life, one)
    if kind is Crossing.ACCEPTANCE_OVERDUE:  # named in its event as in that of the filing
        data = {"acceptance_due": data["due"]}
    return changes, data


def escalate(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    """Note that a crossing is told to a higher level.

    Errors: NothingCrossed.
    """
    if facts.level <= FIRST or facts.crossing not in set(Crossing):
        raise NothingCrossed
    one = _found(life, Crossing(facts.crossing), facts.level, facts.part, at, terms)
    changes, data = _noted(life, one)
    post = POSTS[one.level]
    return changes, {**data, "crossing": one.kind.value, "level": one.level, "to": post.value}


def _ahead(life: Life, *, at: Minute, terms: Terms) -> Iterator[Ripe]:
    """Give what is not noted yet, past or to come; a warning is dropped when its time is over."""
    known = set(life.crossings)
    for kind, part, due_at in standing(life):
        if kind in AHEAD and at > due_at:
            continue
        for telling in terms.watch.get(kind, ()):
            if Noted(kind, part, due_at, telling.level) not in known:
                from_at = telling.from_at(due_at, terms.calendar)
                yield Ripe(from_at, telling.level, kind, part, due_at)


def _found(  # noqa: PLR0917
    life: Life, kind: Crossing, level: int, part: int, at: Minute, terms: Terms
) -> Ripe:
    for one in ripe(life, at=at, terms=terms):
        if (one.kind, one.level) == (kind, level) and part in (0, one.part):
            return one
    raise NothingCrossed


def noting(one: Ripe) -> tuple[moves.Move, Facts]:
    """Give the move that notes it, and what the move is told."""
    if one.level == FIRST:
        return moves.NOTES[one.kind], Facts(part=one.part)
    facts = Facts(crossing=one.kind.value, part=one.part, level=one.level)
    return moves.ESCALATE, facts


def _noted(life: Life, one: Ripe) -> tuple[Changes, Data]:
    noted = Noted(one.kind, one.part, one.due_at, one.level)
    data: Data = {"due": iso_minute(one.due_at), "part": one.part or None}
    return {"crossings": (*life.crossings, noted)}, data
