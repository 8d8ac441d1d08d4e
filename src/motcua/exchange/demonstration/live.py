"""The live demonstration: about one action a second, until it is told to stop.

It keeps nothing but its pace. Killed at any moment and started again, it goes on with the rows as
they stand; a lock in the home lets one process play at a time.
"""

import logging
import os
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random, SystemRandom
from time import monotonic

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from motcua.kit.moments import moment_of

from . import marker, stocks
from .marker import Marker
from .playing import REFUSED, Player

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds from one action to the next
LOOK_AGAIN = 0.5
NOTHING_TO_DO = 5.0
FIRST_REST, LONGEST_REST = 1.0, 60.0
TELL_EVERY = timedelta(hours=1)


def play_until(stop: threading.Event, *, every: float = EVERY, seed: int | None = None) -> None:
    """Play the loaded demonstration until told to stop. A second player waits for its turn."""
    parent = os.getppid()
    while not stop.is_set() and os.getppid() == parent:
        with marker.one_player() as is_mine:
            if is_mine:
                _play(stop, every=every, seed=seed, parent=parent)
                return
        stop.wait(LOOK_AGAIN)


def _play(stop: threading.Event, *, every: float, seed: int | None, parent: int) -> None:
    seed = SystemRandom().getrandbits(32) if seed is None else seed
    logger.info("the demonstration is live: an action every %s s (seed %s)", every, seed)
    pace = Pace(every)
    player: Player | None = None
    while not stop.is_set() and os.getppid() == parent:
        since = monotonic()
        try:
            if player is None:
                player = player_of(_world(), Random(seed))  # noqa: S311 (a made-up world)
            name = player.play(at=timezone.now())
        except (OperationalError, InterfaceError) as error:  # locked, or the server is away
            connections.close_all()
            wait = pace.after_failure(error)
        except Exception as error:  # docs/adr/0012: what is wrong with one must not end the play
            wait = pace.after_failure(error)
        else:
            wait = pace.after(name, took=monotonic() - since)
            _tell_now_and_then(pace, player)
        stop.wait(wait)


def player_of(world: Marker, rng: Random) -> Player:
    """Give a player that keeps to the levels the world was loaded with."""
    levels = world.levels
    if levels is None:  # loaded before levels were kept
        levels = stocks.levels_at(moment_of(world.now))
        world = replace(world, levels=levels)
        marker.write(world)
    return Player(world, levels, rng)


def _world() -> Marker:
    world = marker.read()
    if world is None or not world.is_complete:
        raise LookupError("this home holds no demonstration that is whole")
    return world


@dataclass
class Pace:
    """How long to rest after each action. Units: seconds.

    It rests at least as long as it worked, so that the pages always get their share; longer when
    nothing was to do, and longer and longer while something keeps failing.
    """

    every: float
    rest: float = 0.0
    told_at: float = field(default_factory=monotonic)
    _logged: set[str] = field(default_factory=set)

    def after(self, name: str, *, took: float) -> float:
        """Give the rest after an action that took so long; without a name nothing was to do."""
        self.rest = 0.0
        wait = max(self.every - took, took)
        return max(wait, min(NOTHING_TO_DO, 5 * self.every)) if not name else wait

    def after_failure(self, error: Exception) -> float:
        """Log a failure the first time it comes, and rest longer each time in a row."""
        kind = f"{type(error).__name__}: {error}"
        if kind not in self._logged:
            self._logged.add(kind)
            logger.error("the live demonstration failed and tries again", exc_info=error)
        self.rest = min(LONGEST_REST, self.rest * 2 or FIRST_REST)
        return max(self.rest, self.every)


def _tell_now_and_then(pace: Pace, player: Player) -> None:
    if monotonic() - pace.told_at < TELL_EVERY.total_seconds():
        return
    pace.told_at = monotonic()
    refused, all_of_it = player.done[REFUSED], player.done.total()
    logger.info("the live demonstration: %s actions, %s refused", all_of_it - refused, refused)
