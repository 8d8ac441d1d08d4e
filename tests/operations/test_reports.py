"""The reports: every number opens as many dossiers, every row adds up, papers are papers."""

import io
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook

from .given import PERIOD


@pytest.mark.parametrize("by", ["field", "unit"])
def test_every_number_of_the_form_opens_its_list_and_every_row_adds_up(
    operator: Client, by: str
) -> None:
    response = operator.get(f"/reports/?{urlencode({**PERIOD, 'by': by})}")

    form = response.context["form"]
    assert form.adds_up
    assert form.rows
    for row in (*form.rows, form.total):
        for one in row.numbers:
            assert operator.get(one.url).context["count"] == one.value, one.url


@pytest.mark.parametrize("path", ["/reports/", "/reports/years/"])
def test_papers_are_made(operator: Client, path: str) -> None:
    asked = urlencode(PERIOD)
    assert operator.get(f"{path}?{asked}").status_code == 200
    assert operator.get(path).status_code == 200

    assert operator.get(f"{path}?{asked}&as=pdf").content.startswith(b"%PDF-")
    assert load_workbook(io.BytesIO(operator.get(f"{path}?{asked}&as=xlsx").content)).active
    assert operator.get(f"{path}?{asked}&as=csv").status_code == 404
