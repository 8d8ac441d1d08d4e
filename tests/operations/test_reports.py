"""The reports: every number opens as many dossiers, every row adds up, papers are papers."""

import argparse
import io
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from motcua.operations import cli

from .given import PERIOD
from .test_standing_now import _divide


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


def test_the_report_of_years_is_vietnamese_and_names_the_day_units_went_over(
    operator: Client,
) -> None:
    for language, words in (("vi", "Tỷ lệ đúng hạn, %"), ("en", "On-time rate, %")):
        operator.cookies["django_language"] = language
        assert words in operator.get("/reports/years/").context["columns"]
    operator.cookies["django_language"] = "vi"
    _divide()
    label = "01/10/2026: sắp xếp đơn vị hành chính"
    for last, is_marked in (("2026-10-01", True), ("2026-09-30", False)):
        page = operator.get(f"/reports/years/?from=2024-01-01&to={last}")
        assert (label in page.content.decode()) is is_marked


def options(file: Path, **said: str | None) -> argparse.Namespace:
    """Give what the command line understood of `motcua report … FILE`."""
    asked = {"unit": None, "boundaries": "as_then", "by": "field", "address": None, **said}
    return argparse.Namespace(first=PERIOD["from"], last=PERIOD["to"], file=file, **asked)


def links_of(file: Path) -> list[str]:
    """Give the addresses a paper opens, read by readers that are not ours."""
    if file.suffix == ".xlsx":
        page = load_workbook(file).active
        assert page is not None
        links = [cell.hyperlink for row in page.iter_rows() for cell in row]
        return [str(link.target) for link in links if link is not None]
    found = [one for page in PdfReader(file).pages for one in page.get("/Annots") or []]
    actions = [one.get_object().get("/A", {}) for one in found]
    return [str(action["/URI"]) for action in actions if "/URI" in action]


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_numbers_of_a_paper_from_the_command_line_open_their_lists(
    operator: Client, tmp_path: Path, form: str
) -> None:
    site, file = "https://motcua.example.vn", tmp_path / f"report.{form}"
    cli.periodic(options(file, address=f"{site}/"), at=timezone.now())

    found = links_of(file)

    page = operator.get(f"/reports/?{urlencode(PERIOD)}").context["form"]
    assert len(found) >= sum(len(row.numbers) for row in (*page.rows, page.total))
    assert all(one.startswith(f"{site}/wall/list/?") for one in found)
    total = urlsplit(found[-1])
    answer = operator.get(f"{total.path}?{total.query}")
    assert answer.context["count"] == page.total.numbers[-1].value


@pytest.mark.usefixtures("month")
def test_without_an_address_a_paper_has_no_links_and_a_wrong_one_is_refused(
    tmp_path: Path,
) -> None:
    file = tmp_path / "years.pdf"
    cli.years(options(file), at=timezone.now())
    assert links_of(file) == []

    wrong = (
        "motcua.vn",
        "https://",
        "ftp://a.vn",
        "https://a.vn/wall",
        "https://a b",
        "javascript:1",
        "",
        "https://a.vn:99999",
        "https://x@a.vn",
        "https://a.vn?q=1",
    )
    for text in wrong:
        with pytest.raises(cli.AddressUnclear):
            cli.years(options(tmp_path / "none.pdf", address=text), at=timezone.now())
    assert not (tmp_path / "none.pdf").exists()
