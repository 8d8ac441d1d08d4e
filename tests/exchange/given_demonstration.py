"""Small demonstration worlds: the program's own registry, a fiftieth of the dossiers."""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.accounts.actors import SYSTEM
from motcua.dossiers.told import Past
from motcua.exchange import demonstration
from motcua.exchange.demonstration.people import people_of
from motcua.exchange.demonstration.posts import Post
from motcua.exchange.demonstration.shares import targets
from motcua.exchange.demonstration.world import World
from motcua.kit.moments import LOCAL, minute_of
from motcua.registry import seed
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

SEED = 674
SCALE = 50
WORKING_DAY = datetime(2026, 11, 18, 10, 15, tzinfo=LOCAL)
HOLIDAY = datetime(2026, 11, 24, 9, 0, tzinfo=LOCAL)


class AnyStaff(dict[tuple[str, Post], Sequence[str]]):
    """Somebody at every post, named by it."""

    def __missing__(self, seat: tuple[str, Post]) -> Sequence[str]:
        return [f"{seat[1]}.{seat[0]}"]


def a_registry() -> Catalogue:
    """Give the registry that comes with the program."""
    seed.install(actor=SYSTEM, at=WORKING_DAY)
    return catalogue()


def a_world(known: Catalogue, *, at: datetime, seed: int = SEED, scale: int = SCALE) -> list[Past]:
    """Give all dossiers of a world, by key."""
    wanted = targets(scale)
    people = people_of(seed, persons=wanted.persons, businesses=wanted.businesses)
    return list(World(seed, minute_of(at), known, wanted, people, AnyStaff()).pasts())


def loaded(
    *, at: datetime = WORKING_DAY, scale: int = SCALE, batch: int = 4_000, stop_after: int = 0
) -> demonstration.Summary:
    """Load a world into this home; with `stop_after` the load breaks off after so many lines."""
    said = []

    def tell(text: str) -> None:
        said.append(text)
        if len(said) == stop_after:
            raise InterruptedError

    return demonstration.load(
        today=date(at.year, at.month, at.day),
        now=at,
        seed=SEED,
        scale=scale,
        batch=batch,
        tell=tell,
    )
