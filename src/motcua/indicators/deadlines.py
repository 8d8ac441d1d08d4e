"""Time as an actor: the minute the wall stands at, and the nightly comparison with the facts."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.moments import minute_of

from . import cube
from .cube import closing

logger = logging.getLogger(__name__)

NIGHT_HOUR = 1  # from then on; a machine that is off at night compares when it is on again
FILE = "comparison.json"


@dataclass(frozen=True)
class Comparison:
    """When the cube was last compared with the facts, and the cells that differed."""

    at: datetime
    differences: tuple[dict[str, Any], ...]


def sweep(*, clock: Actor, at: datetime) -> int:
    """Bring the cube to this minute. Errors: NotAllowed."""
    require_anywhere(clock, Permission.WATCH_CLOCK)
    return cube.sweep(now=minute_of(at))


def compare_nightly(*, clock: Actor, at: datetime) -> int:
    """Compare the cube with the facts once a day; give how many cells differed.

    Errors: NotAllowed.
    """
    require_anywhere(clock, Permission.WATCH_CLOCK)
    local, last = timezone.localtime(at), last_comparison()
    is_done = last is not None and timezone.localtime(last.at).date() >= local.date()
    if is_done or local.hour < NIGHT_HOUR:
        return 0
    return len(compare(at=at).differences)


def compare(*, at: datetime) -> Comparison:
    """Compare the cube with the facts, keep what was found, and put the one made anew in force."""
    found = [{**asdict(one), "day": one.day.isoformat()} for one in cube.compare(now=minute_of(at))]
    for one in found:
        logger.error("the wall differed from the facts: %s", json.dumps(one, ensure_ascii=False))
    told = {"at": at.isoformat(), "differences": found}
    (closing.folder() / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1))
    return Comparison(at, tuple(found))


def last_comparison() -> Comparison | None:
    """Give the last comparison, None when there was none that can be read."""
    try:
        told = json.loads((closing.folder() / FILE).read_text())
        return Comparison(datetime.fromisoformat(told["at"]), tuple(told["differences"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
