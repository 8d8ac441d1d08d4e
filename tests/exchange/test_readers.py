"""Files that cannot be read say so in words and leave nothing behind."""

import gzip
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from motcua.dossiers.models import Dossier
from motcua.exchange.files import load_mapping, refusals
from motcua.exchange.files.readers import webpage
from motcua.exchange.files.tables import open_table
from motcua.ledger.models import Event
from tests.exchange import samples
from tests.exchange.given import PLAIN, a_registry, imported, mapping_file, plain_csv

ROW = "A-1,2025-07-05 08:21:00,2025-07-08 17:30:00,2025-07-07 10:00:00,24853,1.001193"
HEADER = "id,received,due,ended,unit,procedure"


def refused(path: Path, folder: Path, mapping: str = PLAIN) -> str:
    """Import the file, which must be refused; give the words and see that nothing is left."""
    before = Event.objects.count()
    with pytest.raises(refusals.FileRefused) as caught:
        imported(path, mapping_file(folder, mapping))
    assert Event.objects.count() == before
    assert not Dossier.objects.exists()
    return str(caught.value)


def written(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.django_db
def test_a_missing_empty_or_foreign_file_is_named(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "none.csv", tmp_path)
    assert "is empty" in refused(written(tmp_path, b""), tmp_path)
    assert "XLS (97" in refused(written(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 999), tmp_path)
    assert "PDF" in refused(written(tmp_path, b"%PDF-1.7 ..."), tmp_path)


@pytest.mark.django_db
def test_missing_columns_are_listed_beside_those_found(tmp_path: Path) -> None:
    words = refused(written(tmp_path, b"id,opened,unit\n1,2,3\n"), tmp_path)

    assert "received_at (received)" in words
    assert "id, opened, unit" in words


@pytest.mark.django_db
def test_a_file_with_a_header_only_is_refused(tmp_path: Path) -> None:
    assert "no row below it" in refused(plain_csv(tmp_path), tmp_path)


@pytest.mark.django_db
def test_half_a_packed_file_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join([HEADER, *[ROW] * 20_000]).encode())

    assert "not whole" in refused(written(tmp_path, packed[: len(packed) // 2]), tmp_path)
    damaged = packed[:-8] + b"\0" * 8
    assert "damaged" in refused(written(tmp_path, damaged), tmp_path)


@pytest.mark.django_db
def test_a_text_file_cut_in_its_last_row_is_refused(tmp_path: Path) -> None:
    text = "\n".join([HEADER, ROW, ROW[:40]])

    assert "breaks off at line 3" in refused(written(tmp_path, text.encode()), tmp_path)


@pytest.mark.django_db
def test_a_quotation_mark_that_is_not_closed_is_refused(tmp_path: Path) -> None:
    text = "\n".join([HEADER, ROW, '"A-2,2025-07-05', *[ROW] * 5000, ""])

    assert "line 3" in refused(written(tmp_path, text.encode()), tmp_path)
    short = "\n".join([HEADER, ROW, '"A-2,2025-07-05', ROW, ""])
    assert "breaks off" in refused(written(tmp_path, short.encode()), tmp_path)


@pytest.mark.django_db
def test_half_a_workbook_and_a_package_that_is_none_are_refused(tmp_path: Path) -> None:
    whole = samples.write_workbook(tmp_path).read_bytes()
    half = written(tmp_path, whole[: len(whole) // 2], "half.xlsx")
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert "damaged workbook" in refused(half, tmp_path)
    assert "no workbook" in refused(other, tmp_path)


@pytest.mark.django_db
def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    whole = samples.write_workbook(tmp_path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(broken, "w") as bad:
        for part in good.namelist():
            content = good.read(part)
            is_sheet = part == "xl/worksheets/sheet1.xml"
            bad.writestr(part, content[: len(content) * 2 // 3] if is_sheet else content)

    assert "damaged workbook" in refused(broken, tmp_path)


@pytest.mark.django_db
def test_half_a_web_page_is_refused(tmp_path: Path) -> None:
    whole = samples.write_webpage(tmp_path).read_bytes()
    half = written(tmp_path, whole[: len(whole) * 2 // 3], "half.xls")
    a_registry()

    with pytest.raises(refusals.BrokenOff):
        imported(half)
    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_damaged_utf8_names_the_line(tmp_path: Path) -> None:
    text = "\n".join([HEADER, ROW, ROW, "Đơn vị thử," + ROW, ""]).encode()
    damaged = text.replace(b"A-1,2025-07-05 08:21:00", b"A-1\xff,2025-07-05 08:21:00", 1)
    later = text + b"\xff\xff\n"

    assert "line 2" not in refused(written(tmp_path, later), tmp_path)
    assert "Line 5" in refused(written(tmp_path, later), tmp_path)
    assert damaged != text


@pytest.mark.django_db
def test_a_text_cut_inside_a_letter_is_refused(tmp_path: Path) -> None:
    text = "\n".join([HEADER, ROW, "Đơn vị thử,ế"]).encode()

    assert "breaks off at line 3" in refused(written(tmp_path, text[:-1]), tmp_path)


@pytest.mark.django_db
def test_an_encoding_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROW}\n".encode() + b"A-2\xe9," + ROW.encode() + b"\n"

    assert "cp1258, cp1252" in refused(written(tmp_path, text), tmp_path)


@pytest.mark.django_db
def test_a_wrong_encoding_named_in_the_mapping_is_found_out(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROW}\n".encode() + b"A-2\x81," + ROW.encode() + b"\n"
    mapping = PLAIN + '[file]\nencoding = "cp1252"'

    assert "Line 3" in refused(written(tmp_path, text), tmp_path, mapping)


@pytest.mark.parametrize(
    ("encoding", "separator", "said"),
    [
        ("cp1258", ";", "cp1258 ';'"),
        ("utf-8", ",", "utf-8 ','"),
        ("utf-8-sig", "\t", "utf-8-sig '\\t'"),
        ("utf-16", "|", "utf-16 '|'"),
        ("utf-16-le", ";", "utf-16-le ';'"),
    ],
)
def test_encoding_and_separator_are_found(
    tmp_path: Path, encoding: str, separator: str, said: str
) -> None:
    path = samples.write_text(tmp_path, encoding=encoding, separator=separator)

    table = open_table(path, load_mapping("one_stop_sheet"))

    assert table.layout.name == said


def test_where_the_header_does_not_tell_the_tone_marks_do(tmp_path: Path) -> None:
    plan = load_mapping(str(mapping_file(tmp_path, PLAIN)))
    vietnamese = "H\u00f4\u0323 ti\u0323ch, Ta\u0300i nguy\u00ean".encode("cp1258")
    western = "L\u00fcbeck, per\u00f2 citt\u00ec".encode("cp1252")

    found = [
        open_table(written(tmp_path, f"{HEADER}\n".encode() + text + b"\n"), plan).layout.encoding
        for text in (vietnamese, western)
    ]

    assert found == ["cp1258", "cp1252"]


def test_the_sheet_with_the_table_is_found_among_others(tmp_path: Path) -> None:
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Ghi chú"])
    sheet = book.create_sheet("Dữ liệu")
    sheet.append(HEADER.split(","))
    path = tmp_path / "book.xlsx"
    book.save(path)
    plan = load_mapping(str(mapping_file(tmp_path, PLAIN)))
    named = mapping_file(tmp_path, PLAIN + '[file]\nsheet = "Trang 9"')

    assert open_table(path, plan).layout.name == "Dữ liệu"
    with pytest.raises(refusals.SheetMissing, match="Dữ liệu"):
        open_table(path, load_mapping(str(named)))


def test_a_cell_over_several_rows_is_repeated_in_each(tmp_path: Path) -> None:
    rows = '<tr><td rowspan="3">A</td><td colspan="2">B</td></tr><tr><td>C</td></tr><tr></tr>'
    path = written(tmp_path, f"<table>{rows}<tr><td>D</td></tr></table>".encode(), "page.xls")

    found = [cells for _, cells in webpage.rows(path, "utf-8")]

    assert found == [["A", "B", ""], ["A", "C"], ["A"], ["D"]]


def test_a_page_read_in_pieces_loses_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webpage, "BLOCK", 7)
    rows = "".join(f"<tr><td>{n}</td><td>x{n}</td></tr>" for n in range(50))
    path = written(tmp_path, f"<html><table>{rows}</table></html>".encode(), "page.xls")

    found = [cells for _, cells in webpage.rows(path, "utf-8")]

    assert found == [[str(n), f"x{n}"] for n in range(50)]
