"""Whom a body asks for an opinion, and who does the second leg of a dossier. Pure."""

from motcua.registry.sets import UnitKind

from .places import Places
from .slots import Slot
from .steps import NEW

ASKED_BY_COMMUNES, ASKED_BY_OTHERS = "infrastructure", "natural_resources"
DOES_LEGS = "labour"


class Bodies:
    """Finds the other bodies of a dossier."""

    def __init__(self, places: Places) -> None:
        self._places = places
        district = places.district.key
        self._roads = places.agency(ASKED_BY_COMMUNES).key
        self._resources = places.agency(ASKED_BY_OTHERS).key
        self._labour = places.agency(DOES_LEGS).key
        self._branch = next(
            key
            for key in places.known.below(district)
            if places.known.unit(key).kind is UnitKind.BRANCH
        )
        self._new_branch = places.known.heirs(self._branch)[0].unit_key

    def asked_by(self, slot: Slot) -> str:
        """Give the body whose opinion this dossier's body asks."""
        holder = slot.way.holder
        if holder.endswith(NEW):
            own = self._places.new[slot.village.code].key
            return self._new_branch if holder == own else own
        is_commune = slot.asked.card.competent_kind is UnitKind.COMMUNE
        return self._roads if is_commune or holder == self._resources else self._resources

    def leg_of(self, slot: Slot) -> str:
        """Give the body that does the second leg of an interconnected dossier."""
        return self._new_branch if slot.way.holder.endswith(NEW) else self._labour

    def branches(self) -> tuple[str, str]:
        """Give the branch of the Land Registration Office, old and new."""
        return self._branch, self._new_branch
