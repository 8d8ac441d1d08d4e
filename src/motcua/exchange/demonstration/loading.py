"""Loads the demonstration world into an empty home, once; an interrupted load goes on."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.citizens import queries as citizens
from motcua.citizens.history import enrol_many
from motcua.dossiers.history import write_history
from motcua.indicators import facts
from motcua.kit.moments import LOCAL, at_clock, day_number, minute_of, moment_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ledger.models import Event
from motcua.registry.queries import catalogue

from . import marker, stocks
from .marker import Marker
from .people import People, newcomers, people_of
from .places import Places
from .shares import OLD_FIRST, targets
from .staffing import SignIn, employ, sign_ins
from .world import World

SEED = 674
BATCH = 4_000
PERSONS_AT = moment_of(at_clock(day_number(OLD_FIRST)))
ACTOR = Actor.everywhere(
    "demonstration",
    {Permission.WRITE_HISTORY, Permission.ENROL_PERSONS, Permission.KEEP_ACCOUNTS},
)
Tell = Callable[[str], object]


class HomeInUse(Refused):
    """Somebody works here: made-up dossiers must not come among real ones."""

    message = gettext_noop(
        "This home holds dossiers that are not of the demonstration. "
        "Set MOTCUA_HOME to an empty folder and start again."
    )


@dataclass(frozen=True)
class Summary:
    """What was loaded, now or before. Units: seconds by stage, empty when nothing was to do."""

    loaded_at: datetime
    dossiers: int
    events: int
    seconds: Mapping[str, float]
    sign_ins: tuple[SignIn, ...]


def load(
    *,
    today: date,
    tell: Tell,
    seed: int = SEED,
    now: datetime | None = None,
    scale: int = 1,
    batch: int = BATCH,
) -> Summary:
    """Load the world as it stands at `now`, a moment of `today`; once it is loaded, do nothing.

    Without `now`: the present when `today` is the present day, else the end of that day. `scale`
    makes a world so many times smaller; `batch` is how many dossiers stand or fall together. An
    interrupted load goes on with the moment it began with.

    Errors: HomeInUse.
    """
    with marker.one_loader():
        known = marker.read()
        if known is None:
            known = _begin(seed, now or _moment_of(today), scale)
        return _summary(known) if known.is_complete else _load(known, tell, batch=batch)


def a_password() -> str:
    """Make the password of all sign-ins: no word of it can be like anybody's name."""
    return f"Demo-{secrets.token_hex(9)}"


def is_demonstration() -> bool:
    """Say whether this home holds the demonstration."""
    return marker.exists()


def _begin(seed: int, now: datetime, scale: int) -> Marker:
    if Event.objects.filter(kind__in=("dossier.filed", "dossier.received")).exists():
        raise HomeInUse
    begun = Marker(seed, minute_of(now), scale, a_password())
    marker.write(begun)
    return begun


def _moment_of(today: date) -> datetime:
    now = timezone.now()
    is_today = timezone.localdate(now) == today
    return now if is_today else datetime.combine(today, time(23, 59), LOCAL)


def _load(begun: Marker, tell: Tell, *, batch: int) -> Summary:
    watch = _Watch(tell)
    at, wanted = moment_of(begun.now), targets(begun.scale)
    places = Places(catalogue())
    staff = employ(places, password=begun.password, actor=ACTOR, at=at)
    watch.tick("accounts", gettext("Accounts of the demonstration are open."))
    people = people_of(begun.seed, persons=wanted.persons, businesses=wanted.businesses)
    _enrol(begun.seed, people, places)
    watch.tick("persons", gettext("Synthetic persons are enrolled."))
    world = World(begun.seed, begun.now, places.known, wanted, people, staff)
    dossiers, events = _write(world, tell, at=at, batch=batch)
    watch.tick("dossiers", gettext("Dossiers are told: %(number)s.") % {"number": dossiers})
    facts.rebuild()
    watch.tick("facts", gettext("Facts are made."))
    levels = stocks.levels_at(moment_of(begun.now))
    marker.write(replace(begun, is_complete=True, levels=levels))
    return replace(_summary(begun), dossiers=dossiers, events=events, seconds=watch.seconds)


def _enrol(seed: int, people: Mapping[str, People], places: Places) -> None:
    """Enrol everybody in one transaction: the first one tells whether it is done already."""
    first = next(iter(people.values())).citizens[0]
    if not citizens.names([first]):
        enrol_many(
            newcomers=newcomers(seed, people),
            unit_key=places.district.key,
            actor=ACTOR,
            at=PERSONS_AT,
        )


def _write(world: World, tell: Tell, *, at: datetime, batch: int) -> tuple[int, int]:
    dossiers = events = 0
    for written in write_history(world.pasts(), actor=ACTOR, at=at, batch=batch):
        if written.refused:  # a rule of the program and the world disagree: a bug of the world
            past, refusal = written.refused[0]
            raise ValueError(f"{past.source_key}: {refusal!r}")
        dossiers, events = written.dossiers + written.known, written.events
        tell(gettext("… %(number)s dossiers") % {"number": dossiers})
    return dossiers, events


def _summary(loaded: Marker) -> Summary:
    return Summary(
        loaded_at=moment_of(loaded.now),
        dossiers=0,
        events=0,
        seconds={},
        sign_ins=sign_ins(catalogue(), loaded.password),
    )


class _Watch:
    """Says when a stage is done, and keeps how long it took."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._since = tell, monotonic()
        self.seconds: dict[str, float] = {}

    def tick(self, stage: str, text: str) -> None:
        now = monotonic()
        self.seconds[stage], self._since = round(now - self._since, 1), now
        self._tell(f"{text} ({self.seconds[stage]:.1f} s)")
