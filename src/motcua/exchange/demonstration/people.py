"""The persons of the demonstration world: made up, marked, and coming back. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from motcua.citizens.history import Newcomer
from motcua.citizens.rules import SYNTHETIC_TAIL, Details, Kind, Sex

from . import names
from .streams import Choice, shared_out, stream

PEOPLES: tuple[names.Namer, ...] = (
    names.kinh,
    names.cil,
    names.kho,
    names.mnong,
    names.hmong,
    names.northern,
)
NUMBERS_OF_A_YEAR = 100  # what the two free digits after the mark allow
COMES_BACK = 1.7  # the higher, the more often the same persons come
SOMEBODY_ELSE, REPRESENTED = 0.12, 0.015
BORN_FIRST, BORN_LAST = 1942, 2006

# Provinces of birth registration: Lâm Đồng first, then where settlers came from.
PROVINCES = (
    "068",
    "067",
    "066",
    "058",
    "064",
    "004",
    "020",
    "002",
    "014",
    "010",
    "038",
    "040",
    "042",
)


@dataclass(frozen=True)
class Village:
    """A commune of the old district: its share of the work and who lives there.

    Shape: `peoples` are weights in the order of `PEOPLES`; estimates, no statistics.
    """

    code: str
    name: str
    share: float
    peoples: tuple[int, ...]


VILLAGES = (
    Village("24853", "Đạ Tông", 0.11, (12, 70, 10, 5, 1, 2)),
    Village("24856", "Đạ Long", 0.06, (8, 78, 10, 3, 0, 1)),
    Village("24859", "Đạ M'Rông", 0.07, (8, 76, 10, 5, 0, 1)),
    Village("24874", "Liêng Srônh", 0.13, (28, 12, 12, 22, 20, 6)),
    Village("24875", "Đạ Rsal", 0.19, (62, 6, 6, 14, 2, 10)),
    Village("24877", "Rô Men", 0.13, (30, 10, 12, 24, 18, 6)),
    Village("24886", "Phi Liêng", 0.16, (52, 24, 14, 0, 0, 10)),
    Village("24889", "Đạ K'Nàng", 0.15, (50, 14, 26, 0, 2, 8)),
)


@dataclass(frozen=True)
class People:
    """Who lives in one village, by id: citizens, and the businesses they keep."""

    citizens: Sequence[UUID]
    businesses: Sequence[UUID]

    def somebody(self, rng: Random) -> UUID:
        """Give a citizen; some come much more often than others."""
        return self.citizens[int(len(self.citizens) * rng.random() ** COMES_BACK)]

    def a_business(self, rng: Random) -> UUID:
        """Give a business, or a citizen where there is none."""
        return rng.choice(self.businesses) if self.businesses else self.somebody(rng)


@dataclass(frozen=True)
class Parties:
    """The three persons of a dossier, by id."""

    owner: UUID
    submitter: UUID
    representative: UUID | None

    @classmethod
    def of(cls, people: People, rng: Random, *, by_business: bool) -> "Parties":
        """Draw who asks, who comes, and who is represented."""
        owner = people.a_business(rng) if by_business else people.somebody(rng)
        submitter = people.somebody(rng) if rng.random() < SOMEBODY_ELSE else owner
        representative = people.somebody(rng) if rng.random() < REPRESENTED else None
        return cls(owner, submitter, representative)


def people_of(seed: int, *, persons: int, businesses: int) -> Mapping[str, People]:
    """Give the ids of all persons by village; the same ids that `newcomers` enrols."""
    shares = [village.share for village in VILLAGES]
    return {
        village.code: People(
            _ids(seed, village, "citizens", citizens), _ids(seed, village, "businesses", kept)
        )
        for village, citizens, kept in zip(
            VILLAGES, shared_out(persons, shares), shared_out(businesses, shares), strict=True
        )
    }


def newcomers(seed: int, everybody: Mapping[str, People]) -> Iterator[Newcomer]:
    """Give everybody with details: identity numbers carry the mark of synthetic persons."""
    numbers = _Numbers()
    for village in VILLAGES:
        rng, people = stream(seed, "details", village.code), everybody[village.code]
        draw = Choice(PEOPLES, village.peoples)
        known = []
        for person_id in people.citizens:
            details = _citizen(rng, village, draw, numbers)
            known.append(details)
            yield Newcomer(person_id, details)
        for person_id, owner in zip(people.businesses, known, strict=False):
            yield Newcomer(person_id, _business(rng, owner))


def _ids(seed: int, village: Village, kind: str, number: int) -> list[UUID]:
    rng = stream(seed, "ids", village.code, kind)
    return [UUID(int=rng.getrandbits(128), version=4) for _ in range(number)]


def _citizen(
    rng: Random, village: Village, draw: Choice[names.Namer], numbers: "_Numbers"
) -> Details:
    sex = rng.choice((Sex.MALE, Sex.FEMALE))
    year = int(rng.triangular(BORN_FIRST, BORN_LAST + 1, 1988))
    born_on = date(year, 1, 1) + timedelta(days=rng.randrange(365))
    return Details(
        kind=Kind.CITIZEN,
        name=draw.draw(rng)(rng, sex),
        identity_number=numbers.next(rng, sex, year),
        birth_on=born_on,
        sex=sex,
        phone=f"0900{rng.randrange(10**6):06}",
        address=f"Thôn {rng.randint(1, 9)}, xã {village.name}, huyện Đam Rông, tỉnh Lâm Đồng",
        is_synthetic=True,
    )


def _business(rng: Random, owner: Details) -> Details:
    return Details(
        kind=Kind.HOUSEHOLD_BUSINESS,
        name=names.business(rng, owner.name),
        identity_number=owner.identity_number,
        phone=owner.phone,
        address=owner.address,
        is_synthetic=True,
    )


class _Numbers:
    """Gives identity numbers, each once: province, sex and century, year, mark, two digits."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def next(self, rng: Random, sex: Sex, year: int) -> str:
        century = 2 * (year // 100 - 19) + (sex is Sex.FEMALE)
        home = 0 if rng.random() < 0.45 else rng.randrange(1, len(PROVINCES))  # noqa: PLR2004
        for step in range(len(PROVINCES)):
            place = PROVINCES[(home + step) % len(PROVINCES)]
            head = f"{place}{century}{year % 100:02}{SYNTHETIC_TAIL}"
            number = self._given[head]
            if number < NUMBERS_OF_A_YEAR:
                self._given[head] += 1
                return f"{head}{number:02}"
        raise ValueError(f"no number is left for the year {year}")
