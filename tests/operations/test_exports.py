"""What is taken away is what the page shows: complete, typed, or refused in words."""

import csv
import io
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given as examples
from hypothesis import strategies as st
from openpyxl import load_workbook

from motcua.accounts.roles import Role
from motcua.indicators.measures import MEASURES
from motcua.operations.exports import writing
from motcua.operations.exports.panels import PANELS
from motcua.operations.exports.writing import Form
from tests.dossiers.given import COMMUNE, OTHER
from tests.dossiers.given_pages import signed_in

from .given import DOSSIERS, PERIOD
from .test_numbers import DAYS, WITH_ONE_MONTH

BEGINS = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF-", "png": b"\x89PNG"}


def panel(client: Client, what: str, form: str, **params: str) -> bytes:
    asked = urlencode({**PERIOD, **params, "what": what, "as": form})
    response = client.get(f"/wall/export/?{asked}")
    assert response.status_code == 200, response.content
    return bytes(response.content)


def table(content: bytes) -> tuple[dict[str, str], list[list[str]]]:
    """Give the head and the table of a CSV, the titles of its columns first."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    empty = lines.index([])
    return {line[0]: line[1] for line in lines[:empty] if len(line) == 2}, lines[empty + 1 :]


def cells(content: bytes) -> list[tuple[Any, ...]]:
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [tuple(row) for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize("what", sorted(PANELS))
@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf", "png"])
def test_each_panel_is_made_in_each_form(operator: Client, what: str, form: str) -> None:
    assert panel(operator, what, form).startswith(BEGINS[form])


def test_the_head_says_what_where_when_and_by_which_definition(operator: Client) -> None:
    head, _lines = table(panel(operator, "fields", "csv", unit="674", channel="direct"))

    assert head["Kỳ"] == "16/09/2024 – 20/10/2024"
    assert head["Đơn vị"] == "Huyện Đam Rông"
    assert head["Chỉ tính"] == "Trực tiếp"
    assert head["Địa giới"] == "Đơn vị như tại ngày được đếm"
    assert {"Tính đến", "Định nghĩa", "Lập từ"} <= set(head)


@pytest.mark.parametrize("what", ["fields", "units"])
def test_rows_of_a_panel_add_up_to_the_figures_of_the_wall(operator: Client, what: str) -> None:
    figures = operator.get(f"/wall/?{urlencode(PERIOD)}").context["picture"]["figures"]
    _head, (titles, *lines) = table(panel(operator, what, "csv"))

    total = dict(zip(titles, lines[-1], strict=True))
    for code in ("received", "resolved", "on_time", "late"):
        place = titles.index(_title(code))
        assert sum(int(line[place]) for line in lines[:-1]) == figures[code]
        assert int(total[_title(code)]) == figures[code] > 0


def _title(code: str) -> str:
    with translation.override("vi"):
        return translation.gettext(MEASURES[code].title)


def test_hours_and_days_hold_every_receipt(operator: Client) -> None:
    _head, (_titles, *hours) = table(panel(operator, "heat", "csv"))
    _head, (_titles, *days) = table(panel(operator, "by_day", "csv"))

    assert int(hours[-1][-1]) == DOSSIERS
    assert sum(int(line[2]) for line in days) == DOSSIERS
    assert days[0][:2] == ["2024-09-16", "2024-09-16"]


def test_cells_are_what_they_are(operator: Client) -> None:
    asked = urlencode({**PERIOD, "measure": "resolved", "as": "xlsx"})
    found = cells(operator.get(f"/wall/list/export/?{asked}").content)

    first = next(n for n, row in enumerate(found) if row[1] == "Hồ sơ")
    for row in found[first + 1 :]:
        assert isinstance(row[0], int)
        assert isinstance(row[6], datetime)
        assert isinstance(row[8], datetime)
    assert len(found) - first - 1 == int(str(dict(r[:2] for r in found[:first])["Số hồ sơ"]))


@WITH_ONE_MONTH
@examples(
    measure=st.sampled_from(sorted(MEASURES)),
    days=st.tuples(DAYS, DAYS).map(sorted),
    unit=st.sampled_from(["", COMMUNE, OTHER]),
    sort=st.sampled_from(["received", "-received", "due", "-due", "ended", "-ended"]),
)
def test_a_list_in_a_file_is_the_list_of_the_page(
    *, operator: Client, measure: str, days: list[Any], unit: str, sort: str
) -> None:
    first, last = (day.isoformat() for day in days)
    asked = {"from": first, "to": last, "measure": measure, "sort": sort, "only_unit": unit}
    page = operator.get(f"/wall/list/?{urlencode(asked)}").context

    content = operator.get(f"/wall/list/export/?{urlencode({**asked, 'as': 'csv'})}").content

    _head, (_titles, *lines) = table(content)
    assert len(lines) == page["count"]
    assert [line[1] for line in lines[:50]] == [line.code for line in page["lines"]]


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf", "png"])
def test_a_list_too_long_is_refused_before_it_is_read(
    operator: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = urlencode({**PERIOD, "measure": "received", "as": form})
    monkeypatch.setattr(writing, "MOST_ROWS", dict.fromkeys(Form, DOSSIERS - 1))

    response = operator.get(f"/wall/list/export/?{asked}")

    assert response.status_code == 422
    text = response.content.decode()
    assert f"Có {DOSSIERS} dòng" in text
    assert f"tối đa {DOSSIERS - 1} dòng" in text
    monkeypatch.setattr(writing, "MOST_ROWS", dict.fromkeys(Form, DOSSIERS))
    assert operator.get(f"/wall/list/export/?{asked}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/wall/export/?what=figures&as=doc", 404),
        ("/wall/export/?what=secrets&as=csv", 404),
        ("/wall/list/export/?measure=x&as=csv", 404),
        ("/wall/list/export/?measure=received&as=csv&from=x", 422),
        ("/wall/export/?what=low&as=csv&unit=nowhere", 422),
        ("/wall/list/export/?measure=received&as=csv&only_hour=25", 422),
    ],
)
def test_what_cannot_be_made_is_said(operator: Client, address: str, status: int) -> None:
    response = operator.get(address)

    assert response.status_code == status
    assert "attachment" not in response.get("Content-Disposition", "")


def test_a_file_has_the_rights_of_its_page(month: None) -> None:
    watcher = signed_in(Role.CENTRE_OPERATOR, unit_key=COMMUNE)
    asked = urlencode({**PERIOD, "measure": "received", "as": "csv"})

    own = table(watcher.get(f"/wall/list/export/?{asked}").content)[1][1:]

    assert 0 < len(own) < DOSSIERS
    assert watcher.get(f"/wall/list/export/?{asked}&unit={OTHER}").status_code == 403
    assert watcher.get(f"/wall/export/?{asked}&what=units&unit={OTHER}").status_code == 403
    assert (
        signed_in(Role.COUNTER_CLERK, unit_key=COMMUNE, name="hoa")
        .get(f"/wall/list/export/?{asked}")
        .status_code
        == 403
    )
