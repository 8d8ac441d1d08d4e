"""One step down from a wall: its sub-units, of a single unit its fields and procedures.

The tiles show where: units, else procedures, else channels. The bars show what: fields, of one
field its procedures, of one procedure its channels. A name leads one step down; numbers to lists.
`panels` chooses the rows, for the wall and for the file of a panel alike.
"""

from collections import Counter
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
from motcua.ui import formats

from .boundaries import is_estimate
from .links import Links
from .rows import Shown, is_busy, short_name, shortest_name, shown
from .scope import Scope

MOST_BARS = 8
MOST_TILES, ROOMY_TILES = 24, 16
MOST_PROCEDURES = 12
WHOLE, ALONE = "below", "alone"


@dataclass(frozen=True)
class Panel:
    """Every row there is of a panel, most received first; `are` names what the rows are.

    `alone`: the keys of units that are counted without those below them.
    """

    are: str
    rows: Sequence[Row]
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """What a panel shows (units, fields, procedures or channels), most received first.

    `has_both`: an old and a new unit of one name stand among the rows.
    """

    are: str
    rows: Sequence[Shown]
    has_both: bool = False


def panels(overview: Overview, scope: Scope, *, known: Catalogue) -> tuple[Panel, Panel]:
    """Give every row of the tiles and of the bars of a wall."""
    asked = scope.asked
    tiles = _units(overview, scope, known) or _of(
        scope, By.CHANNEL if asked.procedure else By.PROCEDURE
    )
    if not asked.field and not asked.procedure:
        return tiles, Panel("fields", _ranked(overview.by_field))
    is_channels = asked.procedure or tiles.are == "procedures"
    return tiles, _of(scope, By.CHANNEL if is_channels else By.PROCEDURE)


def below(overview: Overview, scope: Scope, links: Links, *, known: Catalogue) -> tuple[Step, Step]:
    """Give the tiles and the bars of a wall, as far as it has room; of units every one."""
    tiles, bars = panels(overview, scope, known=known)
    if tiles.are != "units":
        return _step(tiles, links, most=False), _step(bars, links, most=True)
    has_both = len({_name(known, row.key) for row in tiles.rows}) < len(tiles.rows)
    units = Step("units", _unit_rows(tiles, scope, links, known), has_both)
    return units, _step(bars, links, most=True)


def _of(scope: Scope, by: By) -> Panel:
    rows = queries.grouped(scope.asked, by)
    if by is By.CHANNEL:
        rows = tuple(replace(row, name=gettext(CHANNELS.get(row.key, row.key))) for row in rows)
    return Panel(f"{by.value}s", _ranked(rows))


def _step(panel: Panel, links: Links, *, most: bool) -> Step:
    """Put rows of one dimension together; `most`: as bars, the longest full."""
    name = panel.are.removesuffix("s")
    rows = panel.rows[: MOST_BARS if most else MOST_PROCEDURES]
    full = max((row.counts["received"] for row in rows), default=0) if most else 0
    return Step(
        panel.are,
        [
            shown(
                row,
                row.name,
                to=partial(_narrower, links, name, row.key),
                wall_url=links.wall(**{name: row.key}),
                most=full,
            )
            for row in rows
        ],
    )


def _narrower(links: Links, name: str, key: str, measure: str) -> str:
    return links.in_channel(measure, key) if name == "channel" else links.to(measure, **{name: key})


def _units(overview: Overview, scope: Scope, known: Catalogue) -> Panel | None:
    """Give the sub-units with their figures; None when there is only one body to show.

    A unit that holds dossiers itself and has others below stands among them, alone.
    """
    busy = {row.key: row for row in overview.by_unit if is_busy(row)}
    if len(busy) < 2:  # noqa: PLR2004 (one body alone)
        return None
    top = scope.unit.key if scope.unit else ""
    seen = scope.asked.units
    groups = _grouped(busy, top, seen, known)
    while len(groups) == 1:  # a province of which one district is seen: straight to its communes
        top = next(iter(groups))[1]
        groups = _grouped(busy, top, seen, known)
    names = names_apart(known, [key for _how, key in groups], _name)
    rows = [
        Row.of(key, names[key], counting.add([busy[one].counts for one in keys]))
        for (_how, key), keys in groups.items()
    ]
    return Panel("units", _ranked(rows), frozenset(key for how, key in groups if how == ALONE))


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


def _unit_rows(panel: Panel, scope: Scope, links: Links, known: Catalogue) -> list[Shown]:
    called = short_name if len(panel.rows) <= ROOMY_TILES else shortest_name
    names = names_apart(known, [row.key for row in panel.rows], called)
    rows = []
    for row in panel.rows:
        to: Callable[[str], str] = partial(_list_of, links, row.key in panel.alone, row.key)
        one = shown(row, names[row.key], to=to, wall_url=links.wall(unit=row.key))
        rows.append(replace(one, is_estimate=is_estimate(known, row.key, scope.asked.boundaries)))
    return rows


def names_apart(
    known: Catalogue, keys: Sequence[str], called: Callable[[Catalogue, str], str]
) -> dict[str, str]:
    """Name units so that no two of a panel read alike: the old and the new one with their days."""
    names = {key: called(known, key) for key in keys}
    many = Counter(names.values())
    return {
        key: f"{name} ({_validity(known, key)})" if many[name] > 1 else name
        for key, name in names.items()
    }


def _validity(known: Catalogue, key: str) -> str:
    card = known.unit(key)
    if card.valid_to is None:
        return gettext("from %(day)s") % {"day": formats.day(card.valid_from)}
    return gettext("until %(day)s") % {"day": formats.day(card.valid_to)}


def _list_of(links: Links, is_alone: bool, key: str, measure: str) -> str:
    return links.to(measure, unit=key) if is_alone else links.below(measure, key)


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
