"""A month of two communes in the ledger, the facts of it, and people at the wall."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from lxml import html

from motcua.accounts.actors import SYSTEM
from motcua.dossiers.history import write_history
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.rules.statuses import Outcome
from motcua.dossiers.told import Past, Told
from motcua.indicators import facts
from motcua.kit.moments import LOCAL, minute_of
from tests.dossiers.given import COMMUNE, MONDAY, NO_LIMIT, OTHER, SAME_DAY, TEN_DAYS, a_registry

FIRST = datetime(2024, 9, 16, 8, 0, tzinfo=LOCAL)  # a Monday; no holiday in the five weeks after
PERIOD = {"from": "2024-09-16", "to": "2024-10-20"}
DOSSIERS = 60
LIVES = ("early", "late", "same_day", "waiting", "open", "withdrawn", "moved")
CHANNELS = ("direct", "online", "post", "direct")
NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")


def a_month() -> None:
    """Tell the history and bring the facts up to it."""
    a_registry()
    lives, channels = cycle(LIVES), cycle(CHANNELS)
    pasts = [_past(n, next(lives), next(channels)) for n in range(DOSSIERS)]
    for written in write_history(pasts, actor=SYSTEM, at=MONDAY):
        assert not written.refused
    facts.rebuild()


def _past(n: int, life: str, channel: str) -> Past:
    begun = FIRST + timedelta(days=n % 5 + 7 * (n % 4), minutes=13 * n % 480)
    procedure = {"same_day": SAME_DAY, "open": (NO_LIMIT, TEN_DAYS)[n % 2]}.get(life, TEN_DAYS)
    holder = (COMMUNE, OTHER)[n % 3 == 0]
    return Past(
        id=UUID(int=n + 1),
        source="test",
        source_key=str(n),
        procedure=procedure,
        channel=channel,
        place=holder,
        holder=holder,
        moves=_moves(life, begun, elsewhere=COMMUNE if holder == OTHER else OTHER),
    )


def _moves(life: str, begun: datetime, *, elsewhere: str) -> list[Told]:
    def told(name: str, *, hours: float, facts: Facts | None = None) -> Told:
        at = minute_of(begun + timedelta(hours=hours))
        return Told(BY_NAME[name], at, facts or Facts())

    opening = [told("receive_new", hours=0), told("hand_over", hours=0.2)]
    if life == "waiting":
        return [*opening, told("request_supplement", hours=24)]
    if life == "withdrawn":
        return [*opening, told("withdraw", hours=30)]
    if life == "open":
        return opening
    if life == "moved":
        opening.append(told("transfer", hours=20, facts=Facts(body=elsewhere)))
    end = {"same_day": 2, "late": 24 * 25}.get(life, 48)
    return [
        *opening,
        told("submit_for_signature", hours=end - 1, facts=Facts(outcome=Outcome.POSITIVE)),
        told("sign", hours=end - 0.5),
        told("number", hours=end),
    ]


@dataclass(frozen=True)
class Shown:
    """A number of a page and the list it opens."""

    number: int
    url: str


def numbers_of(text: str) -> list[Shown]:
    """Give every number of a wall that opens a list; rates are no numbers of dossiers."""
    found = []
    for link in html.fromstring(text).iter("a"):
        url = str(link.get("href"))
        words = " ".join("".join(str(part) for part in link.itertext()).split())
        number = NUMBER.match(words)
        if url.startswith("/wall/list/") and number is not None and "%" not in words:
            shown = int(re.sub(r"[.,]", "", number.group(0)))
            found.append(Shown(shown, url))
    return found


def rows_of(client: Any, url: str) -> int:
    """Count the rows of a list by turning all its pages."""
    rows = 0
    while url:
        response = client.get(url)
        assert response.status_code == 200, url
        context = response.context
        assert context["count"] >= len(context["lines"])
        rows += len(context["lines"])
        following = context["pager"].following.get("after")
        base = re.sub(r"&after=[^&]*", "", url)
        url = f"{base}&after={following}" if following else ""
    return rows
