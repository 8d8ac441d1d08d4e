"""Files taken by real clicks, opened by readers that are not ours, and counted against the page."""

import csv
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from .given import DOSSIERS, PERIOD
from .test_wall_browser import number

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
Files = dict[str, Path]
WALL = f"/wall/?{urlencode(PERIOD)}"
LIST = f"/wall/list/?{urlencode({**PERIOD, 'measure': 'received'})}"
FORMS = ("XLSX", "CSV", "PDF", "PNG")
COUNTED = (1, 3, 5, 7)  # columns of a panel's file: received, resolved, late, overdue


def taken(page: Page, menu: Locator, folder: Path, forms: tuple[str, ...] = FORMS) -> Files:
    """Open a menu by a click and download each form by a click."""
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    found = {}
    for form in forms:
        with page.expect_download() as coming:
            menu.get_by_role("link", name=form, exact=True).click()
        name = coming.value.suggested_filename
        assert name.endswith(f".{form.lower()}")
        found[form] = folder / name
        coming.value.save_as(found[form])
    return found


def xlsx_rows(file: Path, head: str) -> list[list[str]]:
    """Give the rows of a sheet below the one that holds the head, as texts."""
    sheet = load_workbook(file).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    first = next(n for n, row in enumerate(rows) if head in row and None not in row[:4])
    return [["" if one is None else str(one) for one in row] for row in rows[first + 1 :]]


def csv_rows(file: Path) -> list[list[str]]:
    """Give the rows of a file below its head."""
    lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    return lines[lines.index([]) + 2 :]


def pdf_text(file: Path) -> str:
    """Give the words of a file, with single spaces."""
    return words(" ".join(page.extract_text() for page in PdfReader(file).pages))


def words(text: str) -> str:
    return " ".join(text.split())


def png_size(file: Path) -> tuple[int, int]:
    """Give width and height out of the head of a picture."""
    head = file.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", head[16:24])
    return wide, high


def test_files_of_a_panel_and_of_a_list_hold_what_the_page_shows(
    open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(WALL, accept_downloads=True)
    tiles = page.locator(".tile")
    shown = {
        tiles.nth(n).locator(".name").inner_text(): number(
            tiles.nth(n).locator(".many-of b").first.inner_text()
        )
        for n in range(tiles.count())
    }
    figures = [page.locator(f".key:nth-child({n}) .value").first.inner_text() for n in (1, 2)]
    files = taken(page, page.locator(".at-two .take"), tmp_path)
    told = csv_rows(files["CSV"])

    assert len(shown) == 2
    assert {row[0]: int(row[1]) for row in told[:-1]} == shown
    assert [int(told[-1][n]) for n in (1, 3)] == [number(one) for one in figures]
    sheet = xlsx_rows(files["XLSX"], "Đơn vị")[: len(told)]
    assert [[row[0], *(int(row[n]) for n in COUNTED)] for row in sheet] == [
        [row[0], *(int(row[n]) for n in COUNTED)] for row in told
    ]
    text = pdf_text(files["PDF"])
    for row in told:
        assert " ".join([row[0], *row[1:8]]) in text
    assert png_size(files["PNG"]) > (800, 300)

    page.goto(LIST)
    codes = page.locator("td.code a").all_inner_texts()
    files = taken(page, page.locator(".take"), tmp_path)
    told = csv_rows(files["CSV"])
    assert len(told) == number(page.locator(".lead b").inner_text()) == DOSSIERS
    assert [row[1] for row in told[: len(codes)]] == codes
    listed = [row for row in xlsx_rows(files["XLSX"], "Hồ sơ") if row[1]]
    assert [row[:6] for row in listed] == [row[:6] for row in told]
    text = pdf_text(files["PDF"])
    assert [code for row in told if (code := row[1]) not in text] == []
    assert png_size(files["PNG"]) > (800, 800)


def test_the_paper_of_the_periodic_report_says_what_its_page_says(
    open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(f"/reports/?{urlencode(PERIOD)}", accept_downloads=True)
    prose = [words(one) for one in page.locator(".prose li").all_inner_texts()]
    totals = page.locator("table.report tfoot td.num a").all_inner_texts()
    rows = page.locator("table.report tbody tr")
    named = [
        [rows.nth(n).locator("th").inner_text(), *rows.nth(n).locator("td.num a").all_inner_texts()]
        for n in range(rows.count())
    ]
    expect(page.locator(".hint").first).to_have_text("Mọi dòng đều khớp.")

    file = taken(page, page.locator(".take"), tmp_path, ("PDF",))["PDF"]

    text = pdf_text(file)
    assert len(prose) > 4
    assert [one for one in prose if one not in text] == []
    assert " ".join(["Tổng cộng", *totals]) in text
    for row in named:
        assert " ".join(row) in text
    for line in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert line in text
