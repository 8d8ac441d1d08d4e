"""Makes a plan of a file of boundaries: which unit gets which area, or why not. Pure but for the
file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely import Geometry

from motcua.kit.refusals import Refused
from motcua.kit.text import fold
from motcua.registry.boundaries import refusals
from motcua.registry.boundaries.reading import Feature, read_features
from motcua.registry.boundaries.refusals import FeaturesWrong, Wrong
from motcua.registry.boundaries.soundness import Area, sound
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafts import AreasDraft
from motcua.registry.rules import UnknownUnit

FINE = 2e-4  # degrees, about 22 m: what a wall cannot show
DIGITS = 5  # of a degree, about 1 m
MOST_NAMED = 12
OVERLAP = 1e-3  # of the smaller area: less comes from rounding
FAR = 0.02  # degrees, about 2 km: points of units are not exact
SOURCE_LENGTH = 200


@dataclass(frozen=True)
class Plan:
    """What a file says: areas by unit, and what somebody should know of them.

    `mended`: by unit what was wrong with its boundary. `unknown`: codes of no unit. `elsewhere`:
    units whose own point lies outside their area, `renamed`: what the file calls units that have
    another name: both signs of a file of another time. `overlapping`: pairs that share land.
    """

    draft: AreasDraft
    on: date
    features: int
    mended: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    elsewhere: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    overlapping: Sequence[tuple[str, str]] = ()


def plan_boundaries(path: Path, *, known: Catalogue, on: date, source: str = "") -> Plan:
    """Work out what a file would keep for the units of a day; all of it is sound, or it is refused.

    Errors: those of `read_features`; NoneKnown, FeaturesWrong.
    """
    features = read_features(path)
    matched, wrong, unknown = _matched(features, known, on)
    if not matched and not wrong:
        said = ", ".join(unknown[:MOST_NAMED]) + (" …" if len(unknown) > MOST_NAMED else "")
        raise refusals.NoneKnown(count=len(unknown), on=on, codes=said)
    areas: dict[str, Area] = {}
    for key, one in matched.items():
        try:
            areas[key] = sound(one.geometry)
        except Refused as refusal:
            wrong.append(Wrong(one.number, _called(one), refusal))
    if wrong:
        in_order = sorted(wrong, key=lambda one: one.number)
        raise FeaturesWrong(in_order, features=len(features))
    drawn = {key: area.geometry for key, area in areas.items()}
    return Plan(
        draft=AreasDraft(_simplified(drawn), (source or path.name)[:SOURCE_LENGTH]),
        on=on,
        features=len(features),
        mended={key: area.mended for key, area in areas.items() if area.mended},
        unknown=unknown,
        elsewhere=[key for key in drawn if _is_elsewhere(known.unit(key), drawn[key])],
        renamed={
            key: one.name for key, one in matched.items() if _is_renamed(known.unit(key), one.name)
        },
        overlapping=_overlapping(drawn),
    )


def _matched(
    features: Sequence[Feature], known: Catalogue, on: date
) -> tuple[dict[str, Feature], list[Wrong], list[str]]:
    matched: dict[str, Feature] = {}
    wrong, unknown = [], []
    for one in features:
        card = _unit(one.code, known, on)
        if not one.code:
            wrong.append(Wrong(one.number, _called(one), refusals.NoCode()))
        elif card is None:
            unknown.append(one.code)
        elif card.key in matched:
            first = matched[card.key].number
            refusal = refusals.CodeTwice(code=one.code, first=first)
            wrong.append(Wrong(one.number, _called(one), refusal))
        else:
            matched[card.key] = one
    return matched, wrong, unknown


def _unit(code: str, known: Catalogue, on: date) -> UnitCard | None:
    """The unit that has the code on the day, or the very one a whole key names."""
    if "@" not in code:
        return known.unit_on(code, on)
    try:
        return known.unit(code)
    except UnknownUnit:
        return None


def _called(one: Feature) -> str:
    return " ".join(part for part in (one.code, one.name) if part)


def _simplified(drawn: Mapping[str, Geometry]) -> dict[str, str]:
    """Draw all with fewer points; neighbours keep the lines they share."""
    finer = shapely.coverage_simplify(np.array(list(drawn.values())), FINE)
    return {
        key: shapely.to_wkt(simple if simple.is_valid and simple.area else whole, DIGITS)
        for (key, whole), simple in zip(drawn.items(), finer, strict=True)
    }


def _is_elsewhere(card: UnitCard, area: Geometry) -> bool:
    if card.lat is None or card.lon is None:
        return False
    return bool(area.distance(shapely.Point(card.lon, card.lat)) > FAR)


def _is_renamed(card: UnitCard, name: str) -> bool:
    """Files write a name with its kind or without: the short one is enough."""
    return bool(name) and fold(card.short_name) not in fold(name)


def _overlapping(drawn: Mapping[str, Geometry]) -> list[tuple[str, str]]:
    keys, areas = list(drawn), np.array(list(drawn.values()))
    ones, others = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = [(one, other) for one, other in zip(ones, others, strict=True) if one < other]
    return [
        (keys[one], keys[other])
        for one, other in pairs
        if areas[one].intersection(areas[other]).area
        > OVERLAP * min(areas[one].area, areas[other].area)
    ]
