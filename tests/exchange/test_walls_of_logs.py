"""Real logs on walls of their own: every figure is that of pandas, and its list is as long."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from motcua.accounts.roles import Role
from motcua.accounts.rules import EVERYWHERE
from motcua.indicators import facts
from tests.dossiers.given_pages import signed_in
from tests.exchange.given import imported
from tests.exchange.given_logs import BOSTON, RECEIPT, receipt, write_xes
from tests.operations.given import numbers_of, rows_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (RECEIPT.exists() and BOSTON.exists()), reason="the event logs are not here"
    ),
]
EACH = 40  # one request of Boston in so many
SHOWN = ("received", "resolved", "on_time", "late", "open", "overdue")


def test_two_logs_in_one_home_have_walls_of_their_own(tmp_path: Path) -> None:
    log, requests = receipt(), some_of_boston(tmp_path / "boston.csv")
    imported(write_xes(log, tmp_path / "receipt.xes.gz"), "receipt", root="COSELOG")
    imported(tmp_path / "boston.csv", "boston311", root="BOSTON")
    facts.rebuild()
    operator = signed_in(Role.CENTRE_OPERATOR, unit_key=EVERYWHERE, name="operator")

    for unit, days, moments in (
        ("COSELOG", ("2011-01-01", "2011-06-30"), moments_of_receipt(log)),
        ("BOSTON", ("2015-03-01", "2015-05-31"), moments_of_boston(requests)),
    ):
        assert_wall(operator, unit, days, counted(moments, first=days[0], last=days[1]))


def assert_wall(
    operator: Client, unit: str, days: tuple[str, str], expected: dict[str, int]
) -> None:
    """Compare the wall with the counts, and each of its numbers with its list."""
    asked = {"unit": unit, "from": days[0], "to": days[1]}
    response = operator.get(f"/wall/?{urlencode(asked)}")
    figures = response.context["picture"]["figures"]
    assert {name: figures[name] for name in SHOWN} == {name: expected[name] for name in SHOWN}
    shown = numbers_of(response.content.decode())
    assert len(shown) > 10
    for one in set(shown):
        assert operator.get(one.url).context["count"] == one.number, one.url
    for measure in (*SHOWN, "carried_over"):
        assert expected[measure] > 0, (unit, measure)
        url = f"/wall/list/?{urlencode({**asked, 'measure': measure})}"
        assert rows_of(operator, url) == expected[measure]


def some_of_boston(path: Path) -> Any:
    """Write every fortieth request as a file of its own; give them."""
    import pandas as pd

    requests = pd.read_csv(BOSTON, dtype=str).iloc[::EACH]
    requests.to_csv(path, index=False)
    return requests


def moments_of_boston(requests: Any) -> list[Any]:
    import pandas as pd

    return [
        pd.to_datetime(requests[name]).dt.floor("min")
        for name in ("OPEN_DT", "TARGET_DT", "CLOSED_DT")
    ]


def moments_of_receipt(log: Any) -> list[Any]:
    """The moments of each case by the clock of Viet Nam."""
    import pandas as pd

    cases = log.drop_duplicates("case:concept:name")
    return [
        pd.to_datetime(cases[f"case:{name}"], utc=True)
        .dt.tz_convert("Asia/Ho_Chi_Minh")
        .dt.tz_localize(None)
        .dt.floor("min")
        for name in ("startdate", "deadline", "enddate")
    ]


def counted(moments: list[Any], *, first: str, last: str) -> dict[str, int]:
    """Count as the definitions say, in a few lines."""
    import pandas as pd

    opened, due, closed = moments
    since, until = pd.Timestamp(first), pd.Timestamp(f"{last} 23:59")
    ended = closed.between(since, until)
    is_open = (opened <= until) & ~(closed <= until)
    masks = {
        "received": opened.between(since, until),
        "carried_over": (opened < since) & ~(closed < since),
        "resolved": ended,
        "on_time": ended & (closed <= due),
        "late": ended & (closed > due),
        "open": is_open,
        "overdue": is_open & (due < until),
    }
    return {name: int(mask.sum()) for name, mask in masks.items()}
