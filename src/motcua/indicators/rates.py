"""Every rate there is: sums of measures divided by sums of measures, never averaged. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from motcua.kit.words import gettext_noop as _

from .measures import ARTICLE, DECISION_766


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in per cent. `part` and `whole` are measures, added; those of `less` are taken off
    the part.
    """

    code: str
    title: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    source: str
    less: tuple[str, ...] = ()
    unit: str = "percent"

    @property
    def needs(self) -> frozenset[str]:
        """Give the measures it is computed from."""
        return frozenset((*self.part, *self.whole, *self.less))

    def of(self, counts: Mapping[str, int]) -> float | None:
        """Give the rate with two decimals, or None where the whole is 0."""
        whole = sum(counts[code] for code in self.whole)
        part = sum(counts[code] for code in self.part) - sum(counts[code] for code in self.less)
        # Half up in whole numbers: 99.995 of a float could fall to either side.
        return (20_000 * part + whole) // (2 * whole) / 100 if whole else None


_RATES = (
    Rate(
        "on_time_rate",
        _("On time, of the resolved with a due date"),
        ("on_time",),
        ("early", "on_the_day", "late"),
        ARTICLE,
    ),
    Rate(
        "on_time_rate_received",
        _("On time or still in time, of the received in the period"),
        ("new_in_time",),
        ("new_with_due",),
        ARTICLE,
    ),
    Rate(
        "not_late_rate",
        _("Not resolved late, of the received and carried over"),
        ("received", "carried_over"),
        ("received", "carried_over"),
        ARTICLE,
        less=("late",),
    ),
    Rate(
        "on_time_rate_fallen_due",
        _("On time, of the fallen due"),
        ("fallen_due_on_time",),
        ("fallen_due",),
        ARTICLE,
    ),
    Rate(
        "on_time_rate_766",
        _("On time by Decision 766"),
        ("good_766",),
        ("asked_766",),
        DECISION_766,
    ),
    Rate(
        "online_share",
        _("Online, of procedures open for online filing"),
        ("online_of_offered",),
        ("offered_online",),
        DECISION_766,
    ),
    Rate("online_share_of_all", _("Online, of all received"), ("online",), ("received",), ARTICLE),
)
RATES: Mapping[str, Rate] = MappingProxyType({rate.code: rate for rate in _RATES})
