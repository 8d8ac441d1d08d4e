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
from .measures import MEASURES, Kind, Measure


class UnknownMeasure(Refused):
    """A code that is no measure."""

    message = gettext_noop("There is no measure “%(measure)s”. Look it up in the guide.")
    status = NOT_FOUND


class PlaceUnclear(Refused):
    """The text that should say where the next page begins was not made here."""

    message = gettext_noop("This page of the list cannot be found. Begin again with the first one.")


class Order(StrEnum):
    """In which order a list stands. None (no due moment) comes last, whichever way it runs."""

    RECEIVED = "received_at"
    DUE = "due_at"
    ENDED = "to_at"


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier of a list: who held it when it counted, and what has become of it.

    A dossier that was handed over twice counts twice, and stands twice in that list. `due_at` of
    a stock is the moment that held then, of a flow the one the end is measured by. `ended_at` and
    `was_late` are told even when the dossier ended after it counted.
    """

    dossier_id: UUID
    unit_key: str
    procedure: str
    field: str
    channel: str
    received_at: Minute
    due_at: Minute | None
    ended_at: Minute | None
    was_late: bool | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `next` says where the following one begins, None after the last."""

    rows: tuple[Found, ...]
    next: str | None


_LAST = 2**31 - 1  # in place of no moment, so that a page can begin after it
# Every dossier ends at most once; names of their own beside the columns and conditions.
_ENDS = (
    "(SELECT dossier_id, to_at AS last_at, end_due_at AS last_due FROM spans"
    " WHERE ended_by IS NOT NULL)"
)
_DUE = {
    Kind.STOCK: "CASE WHEN ended_by IS NULL THEN due_at ELSE end_due_at END",
    Kind.FLOW: "CASE WHEN last_at IS NULL THEN due_at ELSE last_due END",
}
_KEYS = {Order.RECEIVED: "received_at", Order.DUE: "shown_due", Order.ENDED: "last_at"}


def count(measure: str, asked: Asked) -> int:
    """Give the number of one measure.

    Errors: UnknownMeasure.
    """
    sql = f"SELECT count(*) FROM {conditions(asked)} WHERE {_measure(measure).holds}"  # noqa: S608
    with store.steady() as db:
        rows = db.execute(sql, parameters(asked)).fetchall()
    return int(rows[0][0])


def found(
    measure: str,
    asked: Asked,
    *,
    order: Order = Order.RECEIVED,
    is_descending: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Give the dossiers a number counts, `limit` of them, from the place `after`: from the
    earliest moment of the order, or from the latest.

    Errors: UnknownMeasure, PlaceUnclear.
    """
    counted, place = _measure(measure), _place(after)
    values = {**parameters(asked), **place, "limit": limit + 1}
    beyond = "(rank, dossier_id, nth) > ($rank, $dossier::UUID, $nth)" if place else "true"
    rank = f"coalesce({'-' if is_descending else ''}{_KEYS[order]}, {_LAST})"
    sql = (
        "SELECT dossier_id, unit_key, procedure, field, channel, received_at, shown_due, last_at,"  # noqa: S608
        f" last_at > last_due, rank, nth FROM (SELECT *, {rank} AS rank FROM (SELECT *,"
        f" {_DUE[counted.kind]} AS shown_due FROM {conditions(asked)} LEFT JOIN {_ENDS}"
        f" USING (dossier_id) WHERE {counted.holds})) WHERE {beyond}"
        " ORDER BY rank, dossier_id, nth LIMIT $limit"
    )
    with store.steady() as db:
        rows = db.execute(sql, values).fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    following = f"{rows[-1][9]}.{rows[-1][0]}.{rows[-1][10]}" if more else None
    return Page(tuple(Found(*row[:9]) for row in rows), following)


def _measure(code: str) -> Measure:
    try:
        return MEASURES[code]
    except KeyError:
        raise UnknownMeasure(measure=code) from None


def _place(after: str | None) -> dict[str, object]:
    if not after:
        return {}
    try:
        rank, dossier, nth = after.split(".")
        place = {"rank": int(rank), "dossier": str(UUID(dossier)), "nth": int(nth)}
    except ValueError:
        raise PlaceUnclear from None
    if max(abs(int(rank)), abs(int(nth))) > _LAST:
        raise PlaceUnclear
    return place
