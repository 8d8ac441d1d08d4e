"""One step down from a wall: its sub-units, of a single unit its fields and procedures.

The tiles show where: units, else procedures, else channels. The bars show what: fields, of one
field its procedures, of one procedure its channels. A name leads one step down; numbers to lists.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext

from motcua.indicators import counting, queries
from motcua.indicators.asking import By
from motcua.indicators.names import CHANNELS
from motcua.indicators.queries import Overview, Row
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .boundaries import is_estimate
from .links import Links
from .rows import Shown, is_busy, short_name, shortest_name, shown
from .scope import Scope

MOST_BARS = 8
MOST_TILES, ROOMY_TILES = 24, 16
MOST_PROCEDURES = 12
WHOLE, ALONE = "below", "alone"


@dataclass(frozen=True)
class Step:
    """What a panel shows (units, fields, procedures or channels), most received first."""

    are: str
    rows: Sequence[Shown]


def below(overview: Overview, scope: Scope, links: Links, *, known: Catalogue) -> tuple[Step, Step]:
    """Give the tiles and the bars of a wall."""
    units = _units(overview, scope, known)
    if units:
        tiles = Step("units", _unit_rows(units, scope, links, known))
    else:
        tiles = _of(scope, links, By.CHANNEL if scope.asked.procedure else By.PROCEDURE, most=False)
    return tiles, _bars(overview, scope, links, tiles.are)


def _bars(overview: Overview, scope: Scope, links: Links, tiles_are: str) -> Step:
    asked = scope.asked
    if not asked.field and not asked.procedure:
        return _step("fields", overview.by_field, links, most=True)
    by = By.CHANNEL if asked.procedure or tiles_are == "procedures" else By.PROCEDURE
    return _of(scope, links, by, most=True)


def _of(scope: Scope, links: Links, by: By, *, most: bool) -> Step:
    rows = queries.grouped(scope.asked, by)
    if by is By.CHANNEL:
        rows = tuple(replace(row, name=gettext(CHANNELS.get(row.key, row.key))) for row in rows)
    return _step(f"{by.value}s", rows, links, most=most)


def _step(are: str, rows: Sequence[Row], links: Links, *, most: bool) -> Step:
    """Put rows of one dimension together; `most`: as bars, the longest full."""
    name = are.removesuffix("s")
    ranked = _ranked(rows)[: MOST_BARS if most else MOST_PROCEDURES]
    full = max((row.counts["received"] for row in ranked), default=0) if most else 0
    return Step(
        are,
        [
            shown(
                row,
                row.name,
                to=partial(_narrower, links, name, row.key),
                wall_url=links.wall(**{name: row.key}),
                most=full,
            )
            for row in ranked
        ],
    )


def _narrower(links: Links, name: str, key: str, measure: str) -> str:
    return links.in_channel(measure, key) if name == "channel" else links.to(measure, **{name: key})


def _units(overview: Overview, scope: Scope, known: Catalogue) -> Mapping[tuple[str, str], Row]:
    """Give the sub-units with their figures; nothing when there is only one body to show.

    A unit that holds dossiers itself and has others below stands among them, alone.
    """
    busy = {row.key: row for row in overview.by_unit if is_busy(row)}
    if len(busy) < 2:  # noqa: PLR2004 (one body alone)
        return {}
    top = scope.unit.key if scope.unit else ""
    seen = scope.asked.units
    groups = _grouped(busy, top, seen, known)
    while len(groups) == 1:  # a province of which one district is seen: straight to its communes
        top = next(iter(groups))[1]
        groups = _grouped(busy, top, seen, known)
    return {
        group: Row.of(
            group[1], _name(known, group[1]), counting.add([busy[k].counts for k in keys])
        )
        for group, keys in groups.items()
    }


def _grouped(
    busy: Mapping[str, Row], top: str, seen: Sequence[str] | None, known: Catalogue
) -> Mapping[tuple[str, str], list[str]]:
    wanted = None if seen is None else {*seen, top}
    groups: dict[tuple[str, str], list[str]] = {}
    for key in busy:
        chain = [one for one in _chain(known, key) if wanted is None or one in wanted]
        if key == top:
            group = (ALONE, key)
        elif top in chain:
            group = (WHOLE, chain[chain.index(top) - 1])
        else:
            group = (WHOLE, chain[-1])
        groups.setdefault(group, []).append(key)
    return groups


def _unit_rows(
    units: Mapping[tuple[str, str], Row], scope: Scope, links: Links, known: Catalogue
) -> list[Shown]:
    group_of = {id(row): group for group, row in units.items()}
    ranked = _ranked(list(units.values()))
    called = short_name if len(ranked) <= ROOMY_TILES else shortest_name
    names = [called(known, row.key) for row in ranked]
    rows = []
    for row in ranked:
        how, key = group_of[id(row)]
        to: Callable[[str], str] = partial(_list_of, links, how, key)
        name = called(known, key)
        if names.count(name) > 1:  # the old and the new unit of one name
            name = f"{name} ({known.unit(key).valid_from:%Y})"
        one = shown(row, name, to=to, wall_url=links.wall(unit=key))
        rows.append(replace(one, is_estimate=is_estimate(known, key, scope.asked.boundaries)))
    return rows


def _list_of(links: Links, how: str, key: str, measure: str) -> str:
    return links.to(measure, unit=key) if how == ALONE else links.below(measure, key)


def _ranked(rows: Sequence[Row]) -> list[Row]:
    return sorted((row for row in rows if is_busy(row)), key=lambda row: -row.counts["received"])


def _chain(known: Catalogue, key: str) -> list[str]:
    try:
        return [card.key for card in known.chain(key)]
    except UnknownUnit:
        return [key]


def _name(known: Catalogue, key: str) -> str:
    try:
        return known.unit(key).name
    except UnknownUnit:
        return key
