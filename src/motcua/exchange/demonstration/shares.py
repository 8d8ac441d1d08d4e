"""The numbers of the demonstration world, in one place.

Totals: the article on Đam Rông (beginning of 2021 to the end of March 2025). Volumes and shares:
estimates of practice for a remote district, made to look real; they are no statistics.
"""

from dataclasses import dataclass
from datetime import date

OLD_FIRST = date(2021, 1, 1)
OLD_LAST = date(2025, 3, 31)
REORGANISED_ON = date(2025, 7, 1)

RECEIVED = {2021: 14_200, 2022: 16_900, 2023: 18_600, 2024: 20_200, 2025: 5_009}
OPEN = 61
LATE = 357
LATE_ON_LAND = 314
LATE_IN_COMMUNES = 22
MOST_LATE_OF_A_COMMUNE = 0.0008
A_MONTH_NOW = 1_700

MONTHS = (0.85, 0.75, 1.10, 0.95, 1.0, 1.1, 1.2, 1.25, 1.05, 1.0, 0.95, 0.8)
WEEKDAYS = (1.28, 1.05, 1.0, 0.96, 0.9, 0.5, 0.5)
HOURS = {
    7: 0.55,
    8: 1.75,
    9: 1.7,
    10: 1.15,
    11: 0.55,
    13: 0.5,
    14: 1.15,
    15: 1.0,
    16: 0.65,
    17: 0.12,
}

# Online, share of all; Đạ Rsal is a year ahead of the others (the initiative).
ONLINE = {
    2020: 0.01,
    2021: 0.04,
    2022: 0.15,
    2023: 0.33,
    2024: 0.44,
    2025: 0.47,
    2026: 0.50,
    2027: 0.52,
}
AHEAD = "24875"
POST = 0.02

PERSONS = 22_000
BUSINESSES = 700


@dataclass(frozen=True)
class Targets:
    """What the first part of the world ends with."""

    by_year: dict[int, int]
    open: int
    late: int
    late_on_land: int
    late_in_communes: int
    a_month_now: int
    persons: int
    businesses: int

    @property
    def received(self) -> int:
        return sum(self.by_year.values())


def targets(scale: int) -> Targets:
    """Give the targets of a world so many times smaller; 1 is the whole world."""

    def part(number: int, least: int = 0) -> int:
        return max(least, round(number / scale))

    return Targets(
        by_year={year: part(number) for year, number in RECEIVED.items()},
        open=part(OPEN, 3),
        late=part(LATE, 6),
        late_on_land=part(LATE_ON_LAND, 5),
        late_in_communes=part(LATE_IN_COMMUNES),
        a_month_now=part(A_MONTH_NOW),
        persons=part(PERSONS, 300),
        businesses=part(BUSINESSES, 10),
    )
