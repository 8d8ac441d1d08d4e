"""Where dossiers are handed in and who decides them, before and after the reorganisation. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from motcua.registry.cards import ProcedureCard, UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.sets import UnitKind

from .people import VILLAGES, Village
from .shares import REORGANISED_ON

DISTRICT = "674"
LAST_OLD_DAY = REORGANISED_ON - timedelta(days=1)
REMOTE = frozenset({"24853", "24856", "24859", "24874"})  # the zone supplement applies
LAND_HANDED_IN_AT_COMMUNE = 0.3


@dataclass(frozen=True, slots=True)
class Way:
    """The place a dossier is handed in at, and the body that decides it; unit keys."""

    place: str
    holder: str


class Places:
    """Finds places and bodies in the registry; remembers what it found."""

    def __init__(self, known: Catalogue) -> None:
        self.known = known
        self.district = known.resolve(DISTRICT, LAST_OLD_DAY)
        self.old = {one.code: known.resolve(one.code, LAST_OLD_DAY) for one in VILLAGES}
        self.new = {
            code: known.unit(known.heirs(unit.key)[0].unit_key) for code, unit in self.old.items()
        }
        self._holders: dict[tuple[str, str], str] = {}

    def way(self, rng: Random, card: ProcedureCard, village: Village, on: date) -> Way:
        """Give the way a dossier of this village goes on a day.

        Errors: NoCompetentUnit.
        """
        place = self._place(rng, card, village, on)
        asked = (card.version_key, place)
        holder = self._holders.get(asked)
        if holder is None:
            holder = self.known.competent_unit(card, place, on).key
            self._holders[asked] = holder
        return Way(place, holder)

    def heir_of(self, unit_key: str, village: Village) -> str:
        """Give the unit that goes on with the work of another for this village.

        Where several share the work, it is the new commune of the applicant.
        """
        heirs = [heir.unit_key for heir in self.known.heirs(unit_key)]
        own = self.new[village.code].key
        return next((key for key in (own, self.counter_of(own)) if key in heirs), heirs[0])

    def agency(self, function: str) -> UnitCard:
        """Give the agency of the old district with this function."""
        return next(
            unit
            for unit in map(self.known.unit, self.known.children(self.district.key))
            if unit.kind is UnitKind.AGENCY and unit.function == function
        )

    def counter_of(self, unit_key: str) -> str:
        """Give the one-stop counter of a unit; the unit itself when it has none."""
        for child in self.known.children(unit_key):
            if self.known.unit(child).receives_only:
                return child
        return unit_key

    def _place(self, rng: Random, card: ProcedureCard, village: Village, on: date) -> str:
        if on >= REORGANISED_ON:
            return self.counter_of(self.new[village.code].key)
        at_commune = card.competent_kind is UnitKind.COMMUNE or (
            card.competent_kind is UnitKind.BRANCH and rng.random() < LAND_HANDED_IN_AT_COMMUNE
        )
        unit = self.old[village.code] if at_commune else self.district
        return self.counter_of(unit.key)
