"""Đam Rông 4, counted by hand in docs/guides/boundaries.md, with the real registry."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from motcua.accounts.actors import SYSTEM
from motcua.indicators import cube, facts, queries
from motcua.indicators.asking import Boundaries, By
from motcua.indicators.lineage import lineage, share_of
from motcua.kit.moments import day_number, iso_minute
from motcua.kit.periods import Period
from motcua.ledger.recording import Draft
from motcua.registry.queries import catalogue
from motcua.registry.seed import install

from .conftest import Fresh
from .histories import DAY, write

pytestmark = pytest.mark.django_db
WHAT = {"procedure": "P1", "field": "F1", "channel": "direct", "online_offered": False}
PERIOD = Period(date(2024, 1, 1), date(2026, 6, 30))
NOW = day_number(date(2026, 11, 24)) * DAY + 600
NEW = "24853@2025-07-01"


def key_of(code: str, on: date) -> str:
    card = catalogue().unit_on(code, on)
    assert card is not None
    return card.key


def receipts(
    unit: str, day: date, number: int, *, first: int, ended: int, late: int
) -> list[Draft]:
    """So many dossiers received at noon, due the next noon; some ended on time, some late."""
    told, at = [], day_number(day) * DAY + 720
    for n in range(number):
        life = UUID(int=first + n)
        due = {"due": iso_minute(at + DAY)}
        told.append(
            Draft("dossier.received", life, 1, unit, "test", at, {**WHAT, "place": unit, **due})
        )
        if n < ended:
            end = at + (3 * DAY if n < late else 60)
            told.append(Draft("dossier.resolved", life, 2, unit, "test", end, due))
    return told


def the_example() -> None:
    install(SYSTEM, datetime(2026, 1, 1, tzinfo=UTC))
    old, new = date(2024, 3, 1), date(2025, 10, 1)
    for unit, day, number, first, ended, late in (
        (key_of("24850", old), old, 3, 100, 3, 1),  # Đưng K'Nớ, of the district of Lạc Dương
        (key_of("24853", old), old, 5, 200, 5, 0),  # Đạ Tông
        (key_of("24856", old), old, 2, 300, 2, 0),  # Đạ Long
        (NEW, new, 4, 400, 3, 0),  # Đam Rông 4
    ):
        write(receipts(unit, day, number, first=first, ended=ended, late=late))


def figures(unit: str | None, boundaries: Boundaries) -> tuple[int, int, int, int]:
    given = queries.show(PERIOD, now=NOW, unit=unit, boundaries=boundaries).total.counts
    return given["received"], given["resolved"], given["late"], given["open"]


def test_the_example_of_the_guide(fresh: Fresh) -> None:
    with fresh():
        the_example()
        facts.advance()
        then, now = Boundaries.AS_THEN, Boundaries.AS_NOW

        assert figures("24853@2025-07-01", then) == (4, 3, 0, 1)
        assert figures("674", then) == (7, 7, 0, 0)  # the old district, without Đưng K'Nớ
        assert figures("24853@2025-07-01", now) == (14, 13, 1, 1)
        assert figures("674", now) == (14, 13, 1, 1)  # its communes of today, with Đưng K'Nớ
        assert figures("24850", now) == (14, 13, 1, 1)
        assert figures(None, then) == figures(None, now) == (14, 13, 1, 1)
        rows = queries.show(PERIOD, now=NOW, unit="674", by=By.UNIT, boundaries=now).rows
        assert {row.name: row.counts["received"] for row in rows} == {
            "Xã Đam Rông 1": 0, "Xã Đam Rông 2": 0, "Xã Đam Rông 3": 0, "Xã Đam Rông 4": 14,
        }  # fmt: skip


def test_a_divided_commune_goes_in_whole_dossiers_and_is_marked(fresh: Fresh) -> None:
    with fresh():
        install(SYSTEM, datetime(2026, 1, 1, tzinfo=UTC))
        old = date(2024, 3, 1)
        divided = key_of("22978", old)
        write(receipts(divided, old, 40, first=1, ended=40, late=0))
        facts.advance()
        line = lineage(catalogue(), date(2026, 11, 24))
        heirs = line.heirs(divided)
        asked, _unit = queries.ask(PERIOD, now=NOW, unit=heirs[0], boundaries=Boundaries.AS_NOW)

        counts = [figures(heir, Boundaries.AS_NOW)[0] for heir in heirs]

        mine = sum(line.heir(divided, share_of(UUID(int=n))) == heirs[0] for n in range(1, 41))
        assert len(heirs) == 2
        assert counts == [mine, 40 - mine]
        assert 8 < mine < 32
        assert queries.estimates(asked).total
        assert not queries.estimates(queries.ask(PERIOD, now=NOW)[0]).total
        cube.advance(now=NOW)
        assert queries.totals(asked)["received"] == mine
