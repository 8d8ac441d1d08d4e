"""What has to be said beside figures that are counted under the units of today. Pure."""

from motcua.indicators.asking import Boundaries
from motcua.registry.catalogue import Catalogue


def is_estimate(known: Catalogue, key: str, boundaries: Boundaries) -> bool:
    """Say whether a unit's figures hold shares of a unit that was divided.

    Under the units of the day nothing is divided. Under those of today a dossier of a divided
    unit counts whole for one of the heirs, by the shares of the division.
    """
    if boundaries is not Boundaries.AS_NOW:
        return False
    seen, open_keys = set(), [key]
    while open_keys:
        one = open_keys.pop()
        if one in seen:
            continue
        seen.add(one)
        open_keys += known.children(one)
        for origin in known.origins(one):
            if len(known.heirs(origin)) > 1:
                return True
            open_keys.append(origin)
    return False
