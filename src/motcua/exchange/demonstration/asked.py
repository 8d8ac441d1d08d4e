"""What people ask for: procedures and their shares, as told in `shares`. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.registry.cards import ProcedureCard

EVEN = (1.0,) * 12
SCHOOL = (1.0, 0.98, 0.98, 0.98, 0.98, 1.0, 1.06, 1.06, 1.0, 0.98, 0.98, 0.98)
POVERTY_REVIEW = (0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.8, 1.0, 2.0, 2.0, 1.6)
SCHOOL_YEAR = (0.6, 0.6, 0.6, 0.6, 0.8, 1.0, 1.6, 2.0, 1.8, 1.2, 0.6, 0.6)
CALL_UP = (1.6, 1.4, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1.0, 1.2, 1.4)


@dataclass(frozen=True)
class Group:
    """A field of work: its share of all dossiers, and the shares of procedures in it.

    Units: percent of all dossiers; weights inside the group need not add up to anything.
    """

    name: str
    share: float
    weights: Mapping[str, float]
    season: tuple[float, ...] = field(default=EVEN)
    by_business: bool = False  # asked for by businesses rather than citizens


LAND = "land"
GROUPS = (
    Group(
        "certification",
        43.0,
        {"2.000815": 33.1, "2.001035": 5.2, "2.000884": 4.3, "2.000942": 0.3, "2.001016": 0.1},
        SCHOOL,
    ),
    Group(
        "civil_status",
        23.5,
        {
            "2.000635": 6.6,
            "1.001193": 4.6,
            "2.001023": 1.0,
            "2.000986": 0.5,
            "1.004873": 3.0,
            "1.000894": 2.9,
            "1.004772": 0.8,
            "1.004884": 0.9,
            "1.000656": 1.6,
            "1.004859": 1.5,
            "1.001022": 0.15,
            "1.004746": 0.1,
            "2.000806": 0.08,
            "2.002189": 0.05,
            "2.000748": 0.05,
        },
    ),
    Group(
        LAND,
        14.5,
        {
            "1.013831": 4.6,
            "1.013833": 0.7,
            "1.011441": 2.7,
            "1.011443": 1.6,
            "1.011442": 0.3,
            "1.012783": 1.3,
            "1.012784": 1.0,
            "1.012753": 0.7,
            "1.012786": 0.4,
            "1.012789": 0.4,
            "1.012790": 0.2,
            "1.012781": 0.2,
            "1.013949": 0.15,
            "1.012796": 0.1,
            "1.012812": 0.1,
        },
    ),
    Group(
        "social",
        9.0,
        {
            "1.011607": 1.9,
            "1.011608": 0.9,
            "1.011609": 0.5,
            "1.001776": 2.6,
            "1.001699": 0.6,
            "1.001653": 0.4,
            "1.001731": 0.6,
            "1.014028": 0.5,
            "1.014027": 1.0,
        },
        POVERTY_REVIEW,
    ),
    Group(
        "business",
        2.0,
        {"1.001612": 1.2, "2.000720": 0.4, "1.001266": 0.25, "2.000575": 0.1, "1.001570": 0.05},
        by_business=True,
    ),
    Group("military", 2.0, {"1.013134": 0.7, "1.013137": 0.7, "1.013138": 0.6}, CALL_UP),
    Group("merit", 1.0, {"1.013743": 1.0}),
    Group("education", 1.0, {"1.014337": 0.7, "1.014335": 0.3}, SCHOOL_YEAR),
    Group("building", 0.6, {"1.013225": 0.35, "1.013226": 0.1, "1.013227": 0.1, "1.013228": 0.05}),
    Group(
        "others",
        3.4,
        {
            "2.000908": 0.5,
            "1.008004": 0.8,
            "1.012922": 0.3,
            "1.012531": 0.3,
            "2.001621": 0.2,
            "1.013061": 0.3,
            "1.013274": 0.3,
            "2.002821": 0.3,
            "2.001263": 0.1,
            "1.013513": 0.1,
            "2.002637": 0.2,
        },
    ),
)
# The law names no time limit for these: only met after the first part, where every end has a due.
WITHOUT_LIMIT = Group("no_limit", 0.5, {"1.013133": 0.3, "1.013136": 0.1, "1.004941": 0.1})


@dataclass(frozen=True, slots=True)
class Asked:
    """One procedure as it is asked for on a day."""

    group: Group
    card: ProcedureCard
    weight: float

    @property
    def is_on_land(self) -> bool:
        return self.group.name == LAND


def asked_on(on: date, version: Callable[[str], ProcedureCard | None]) -> list[Asked]:
    """Give what is asked for on a day, with weights by season; `version` finds the one in force.

    A procedure the registry does not have leaves its share to the others of its group.
    """
    found = []
    for group in (*GROUPS, WITHOUT_LIMIT):
        cards = {code: card for code in group.weights if (card := version(code)) is not None}
        kept = {
            code: card
            for code, card in cards.items()
            if bool(card.limits) is (group is not WITHOUT_LIMIT)
        }
        whole = sum(group.weights[code] for code in kept)
        for code, card in kept.items():
            part = group.weights[code] / whole
            found.append(Asked(group, card, group.share * part * group.season[on.month - 1]))
    return found


GROUP_OF = {code: group for group in (*GROUPS, WITHOUT_LIMIT) for code in group.weights}
