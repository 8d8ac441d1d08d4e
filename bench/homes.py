"""What measures share: a prepared home, told dossiers, and how figures are handed back."""

import random
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.rules.statuses import Outcome
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import LOCAL, Minute, minute_of

AT = datetime(2026, 9, 14, 9, 0, tzinfo=LOCAL)
COMMUNE = "24877@2021-01-01"
PROCEDURE = "1.004199"
DAY = 1440


def prepare() -> None:
    """Bring the small registry of the tests into the empty home."""
    from django.core.management import call_command
    from tests.dossiers.given import a_registry

    call_command("migrate", verbosity=0)
    a_registry()


def pasts(count: int, *, days: int = 1500, seed: int = 1) -> Iterator[Past]:
    """Give told dossiers of seven events each, spread over working mornings up to `AT`."""
    chance = random.Random(seed)
    first = minute_of(AT) - days * DAY
    for number in range(count):
        day = first + (number * days // count) * DAY
        received = day + chance.randint(0, 120)
        yield Past(
            id=UUID(int=chance.getrandbits(128)),
            source="bench",
            source_key=str(number),
            procedure=PROCEDURE,
            channel=chance.choice(("direct", "online", "post")),
            place=COMMUNE,
            holder=COMMUNE,
            owner_id=UUID(int=chance.randrange(1, 20_000)),
            moves=_moves(received, late=chance.random() < 0.01),
        )


def _moves(received: Minute, *, late: bool) -> list[Told]:
    worked = received + (25 if late else 2) * DAY
    return [
        Told(BY_NAME["receive_new"], received),
        Told(BY_NAME["hand_over"], received + 20, Facts(account="minh")),
        Told(BY_NAME["assign"], received + 30, Facts(account="minh")),
        Told(BY_NAME["submit_for_signature"], worked + 60, Facts(outcome=Outcome.POSITIVE)),
        Told(BY_NAME["sign"], worked + 90),
        Told(BY_NAME["number"], worked + 100),
        Told(BY_NAME["return_result"], worked + DAY),
    ]
