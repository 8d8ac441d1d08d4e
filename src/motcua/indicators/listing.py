"""The dossiers behind a number: the same predicate, page by page."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from motcua.kit.moments import Minute
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop

from . import store
from .asking import Asked
from .counting import conditions, parameters
from .measures import MEASURES


class UnknownMeasure(Refused):
    """A code that is no measure."""

    message = gettext_noop("There is no measure “%(measure)s”. Look it up in the guide.")
    status = NOT_FOUND


class PlaceUnclear(Refused):
    """The text that should say where the next page begins was not made here."""

    message = gettext_noop("This page of the list cannot be found. Begin again with the first one.")


class Order(StrEnum):
    """In which order a list stands; each from the earliest. None (no due moment) comes last."""

    RECEIVED = "received_at"
    DUE = "due_at"
    ENDED = "to_at"


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier of a list, as it stood when it counted. A dossier that was handed over twice
    counts twice, and stands twice in that list.
    """

    dossier_id: UUID
    unit_key: str
    procedure: str
    field: str
    channel: str
    received_at: Minute
    due_at: Minute | None
    ended_at: Minute | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `next` says where the following one begins, None after the last."""

    rows: tuple[Found, ...]
    next: str | None


_LAST = 2**31 - 1  # in place of no moment, so that a page can begin after it
_DUE = "CASE WHEN ended_by IS NULL THEN due_at ELSE end_due_at END"
_ENDED = "CASE WHEN ended_by IS NOT NULL THEN to_at END"
_KEYS = {
    Order.RECEIVED: "received_at",
    Order.DUE: f"coalesce({_DUE}, {_LAST})",
    Order.ENDED: f"coalesce({_ENDED}, {_LAST})",
}


def count(measure: str, asked: Asked) -> int:
    """Give the number of one measure.

    Errors: UnknownMeasure.
    """
    sql = f"SELECT count(*) FROM {conditions(asked)} WHERE {_holds(measure)}"  # noqa: S608
    with store.steady() as db:
        rows = db.execute(sql, parameters(asked)).fetchall()
    return int(rows[0][0])


def found(
    measure: str,
    asked: Asked,
    *,
    order: Order = Order.RECEIVED,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Give the dossiers a number counts, `limit` of them, from the place `after`.

    Errors: UnknownMeasure, PlaceUnclear.
    """
    place = _place(after)
    values = {**parameters(asked), **place, "limit": limit + 1}
    beyond = "(rank, dossier_id, nth) > ($rank, $dossier::UUID, $nth)" if place else "true"
    sql = (
        "SELECT dossier_id, unit_key, procedure, field, channel, received_at, due, ended, rank,"  # noqa: S608
        f" nth FROM (SELECT *, {_DUE} AS due, {_ENDED} AS ended, {_KEYS[order]} AS rank"
        f" FROM {conditions(asked)} WHERE {_holds(measure)}) WHERE {beyond}"
        " ORDER BY rank, dossier_id, nth LIMIT $limit"
    )
    with store.steady() as db:
        rows = db.execute(sql, values).fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    following = f"{rows[-1][8]}.{rows[-1][0]}.{rows[-1][9]}" if more else None
    return Page(tuple(Found(*row[:8]) for row in rows), following)


def _holds(measure: str) -> str:
    try:
        return MEASURES[measure].holds
    except KeyError:
        raise UnknownMeasure(measure=measure) from None


def _place(after: str | None) -> dict[str, object]:
    if not after:
        return {}
    try:
        rank, dossier, nth = after.split(".")
        return {"rank": int(rank), "dossier": str(UUID(dossier)), "nth": int(nth)}
    except ValueError:
        raise PlaceUnclear from None
