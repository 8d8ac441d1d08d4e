"""Names as they are heard in Đam Rông, put together by chance from `names.toml`. Pure."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from random import Random

from motcua.citizens.rules import Sex

Namer = Callable[[Random, Sex], str]


def _parts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = (files(__package__) / "names.toml").read_text(encoding="utf-8")
    return {
        people: {kind: listed.split(",") for kind, listed in kinds.items()}
        for people, kinds in tomllib.loads(text).items()
    }


PARTS = _parts()
KINH, CIL, KHO, MNONG, HMONG = (PARTS[name] for name in ("kinh", "cil", "kho", "mnong", "hmong"))


def kinh(rng: Random, sex: Sex) -> str:
    """Give a Kinh name: family, middle, given."""
    men = sex is Sex.MALE
    middle = rng.choice(KINH["middles_of_men" if men else "middles_of_women"])
    return f"{rng.choice(KINH['families'])} {middle} {rng.choice(KINH['men' if men else 'women'])}"


def cil(rng: Random, sex: Sex) -> str:
    """Give a Cil name: clan, then Ha for men, K' for women."""
    if sex is Sex.MALE:
        return f"{rng.choice(CIL['families'])} Ha {rng.choice(CIL['men'])}"
    return f"{rng.choice(CIL['families'])} K'{rng.choice(CIL['women'])}"


def kho(rng: Random, sex: Sex) -> str:
    """Give a K'Ho name: K' for men, Ka for women."""
    if sex is Sex.MALE:
        return f"K'{rng.choice(KHO['men'])} {rng.choice(KHO['men'])}"
    return f"Ka {rng.choice(KHO['women'])} {rng.choice(KHO['women'])}"


def mnong(rng: Random, sex: Sex) -> str:
    """Give a M'nông name: Y for men, H' for women, then the clan."""
    given, clan = rng.choice(MNONG["given"]), rng.choice(MNONG["families"])
    return f"Y {given} {clan}" if sex is Sex.MALE else f"H'{given} {clan}"


def hmong(rng: Random, sex: Sex) -> str:
    """Give a H'Mông name."""
    family = rng.choice(HMONG["families"])
    if sex is Sex.MALE:
        return f"{family} {rng.choice(HMONG['middles_of_men'])} {rng.choice(HMONG['men'])}"
    return f"{family} Thị {rng.choice(HMONG['women'])}"


def northern(rng: Random, sex: Sex) -> str:
    """Give a Tày, Nùng or Thái name."""
    family = rng.choice(PARTS["northern"]["families"])
    if sex is Sex.MALE:
        return f"{family} Văn {rng.choice(KINH['men'])}"
    return f"{family} Thị {rng.choice(KINH['women'])}"


def business(rng: Random, owner: str) -> str:
    """Give the name of a household business, often with the given name of its owner."""
    own = owner.rsplit(" ", 1)[-1]
    name = rng.choice((own, rng.choice(PARTS["business"]["names"])))
    return f"Hộ kinh doanh {rng.choice(PARTS['business']['kinds'])} {name}"
