"""Three dirty exports of one-stop software, made anew for each test: same dossiers, other dirt.

Shape and dirt: title rows, a header over two rows (5 and 6) and a row of column numbers (7),
group rows, a total, signatures, one dossier on several rows, every form of date and code met.
"""

import unicodedata
from html import escape
from pathlib import Path

from openpyxl import Workbook

COLUMNS = (
    ("", "STT"),
    ("Hồ sơ", "Số hồ sơ"),
    ("Hồ sơ", "Mã TTHC"),
    ("Hồ sơ", "Tên TTHC"),
    ("Hồ sơ", "Lĩnh vực"),
    ("", "Mức độ DVC"),
    ("Người dân", "Chủ hồ sơ"),
    ("Người dân", "Người nộp"),
    ("Người dân", "Số CCCD/MST"),
    ("Người dân", "Địa chỉ"),
    ("Người dân", "Số điện thoại"),
    ("Tiếp nhận", "Hình thức tiếp nhận"),
    ("Tiếp nhận", "Đơn vị tiếp nhận"),
    ("Tiếp nhận", "Cán bộ tiếp nhận"),
    ("Thời gian", "Ngày nộp"),
    ("Thời gian", "Ngày tiếp nhận"),
    ("Thời gian", "Thời hạn giải quyết"),
    ("Thời gian", "Ngày hẹn trả"),
    ("Thời gian", "Ngày gia hạn"),
    ("", "Cơ quan giải quyết"),
    ("", "Người đang xử lý"),
    ("", "Bước hiện tại"),
    ("Kết quả", "Ngày yêu cầu bổ sung"),
    ("Kết quả", "Ngày bổ sung"),
    ("Kết quả", "Ngày kết thúc xử lý"),
    ("Kết quả", "Ngày trả kết quả"),
    ("Kết quả", "Hình thức trả"),
    ("", "Trạng thái"),
    ("", "Tình trạng hạn"),
    ("", "Phí"),
    ("", "Lệ phí"),
    ("", "Hình thức thanh toán"),
    ("", "Trạng thái đồng bộ"),
    ("", "Ghi chú"),
)
NAMES = [name for _, name in COLUMNS]

BIRTH = {"Mã TTHC": "1.001193", "Tên TTHC": "Thủ tục đăng ký khai sinh", "Lĩnh vực": "Hộ tịch"}
COPIES = {
    "Mã TTHC": "2.000815",
    "Tên TTHC": "Chứng thực bản sao từ bản chính",
    "Lĩnh vực": "Chứng thực",
}
LAND = {"Mã TTHC": "1.004199", "Tên TTHC": "Đăng ký biến động đất đai", "Lĩnh vực": "Đất đai"}
BEFORE = "14/06/2023 08:21:33"

Line = dict[str, str]

DOSSIERS: list[Line] = [
    {
        "Số hồ sơ": "000.25.10.H36-230614-0007", **LAND,
        "Chủ hồ sơ": "Kơ Să Ha Thử", "Người nộp": "Nguyễn Thị Thử", "Số CCCD/MST": "68199999001",
        "Số điện thoại": "0900 000 001", "Hình thức tiếp nhận": "TT",
        "Đơn vị tiếp nhận": "UBND xã Đạ K'Nàng", "Cơ quan giải quyết": "UBND xã Đạ K'Nàng",
        "Ngày nộp": BEFORE, "Ngày tiếp nhận": BEFORE, "Thời hạn giải quyết": "10 ngày",
        "Ngày hẹn trả": "28/06/2023 17:30", "Ngày gia hạn": "05/07/2023 17:30",
        "Ngày yêu cầu bổ sung": "16/06/2023 09:00", "Ngày bổ sung": "19/06/2023 10:00",
        "Ngày kết thúc xử lý": "03/07/2023 10:05", "Ngày trả kết quả": "04/07/2023 08:00",
        "Trạng thái": "Đã trả KQ",
    },
    {
        "Số hồ sơ": "'H36.12.8-250705-0003", **BIRTH, "Hình thức tiếp nhận": "Mức độ 4",
        "Cơ quan giải quyết": "Xã Đạ K’ Nàng (cũ)", "Ngày nộp": "20:10 04/07/2025",
        "Ngày tiếp nhận": "08:21 05/07/2025", "Thời hạn giải quyết": "0,5 ngày",
        "Ngày hẹn trả": "04/07/2025 17:30", "Ngày kết thúc xử lý": "09:00 05/07/2025",
        "Trạng thái": "Đã trả kết quả",
    },
    {
        "Số hồ sơ": "H36.12.8–250705–0004", **COPIES, "Hình thức tiếp nhận": "Trực tiếp",
        "Cơ quan giải quyết": "Đạ K Nàng", "Ngày tiếp nhận": "45843.34760",
        "Thời hạn giải quyết": "trong ngày", "Ngày hẹn trả": "--", "Ngày kết thúc xử lý": "",
        "Trạng thái": "Có KQ",
    },
    {
        "Số hồ sơ": "H11.7-250706-0001", **BIRTH, "Hình thức tiếp nhận": "BCCI",
        "Cơ quan giải quyết": unicodedata.normalize("NFD", "Xã Đạ Tông"),
        "Ngày tiếp nhận": "06/07/2025 10:00:00", "Thời hạn giải quyết": "8h",
        "Ngày hẹn trả": "07/07/2025 10:00:00", "Ngày kết thúc xử lý": "05/07/2025 10:00:00",
        "Trạng thái": "Không đủ điều kiện giải quyết",
    },
    {
        "Số hồ sơ": "H16.3-250707-0009", **LAND, "Hình thức tiếp nhận": "Nộp hộ",
        "Cơ quan giải quyết": "x. Đạ Tông", "Ngày tiếp nhận": "07/07/2025 14:00:00",
        "Thời hạn giải quyết": "10 ngày", "Ngày hẹn trả": "21/07/2025",
        "Ngày yêu cầu bổ sung": "08/07/2025 09:00:00", "Trạng thái": "Tạm dừng: chờ bổ sung",
    },
    {
        "Số hồ sơ": "H36.12.8-250708-0011", **BIRTH, "Hình thức tiếp nhận": "Trực tuyến",
        "Cơ quan giải quyết": "Xã Đạ Tông", "Ngày tiếp nhận": "08/07/2025 08:00:00",
        "Ngày hẹn trả": "09/07/2025 17:30", "Ngày kết thúc xử lý": "08/07/2025 08:00:59",
        "Trạng thái": "Công dân rút hồ sơ",
    },
    {
        "Số hồ sơ": "H36.12.8-250708-0012", **BIRTH, "Cơ quan giải quyết": "Xã Đạ Tông",
        "Ngày tiếp nhận": "08/07/2025", "Ngày hẹn trả": "09/07/2025",
        "Ngày kết thúc xử lý": "09/07/2025", "Trạng thái": "Dừng xử lý",
    },
    {
        "Số hồ sơ": "H36.12.8-250709-0013", **COPIES, "Cơ quan giải quyết": "Xã Đạ Tông",
        "Ngày tiếp nhận": "09/07/2025 09:00:00", "Trạng thái": "Hủy",
    },
    {
        "Số hồ sơ": "H36.12.8-250709-0014", **COPIES, "Cơ quan giải quyết": "Xã Đạ Tông",
        "Ngày tiếp nhận": "09/07/2025 09:05:00", "Ngày hẹn trả": "32/13/2025",
        "Trạng thái": "Đang xử lý", "Ghi chú": "hồ sơ thử",
    },
    {
        "Số hồ sơ": "H36.12.8-250709-0015", "Mã TTHC": "2.00084",
        "Tên TTHC": "Chứng thực chữ ký", "Cơ quan giải quyết": "Xã Đạ Tông",
        "Ngày tiếp nhận": "09/07/2025 09:10:00", "Trạng thái": "Đã trả KQ",
        "Ngày kết thúc xử lý": "09/07/2025 09:40:00",
    },
    {**COPIES, "Cơ quan giải quyết": "Xã Đạ Tông", "Ngày tiếp nhận": "09/07/2025 10:00",
     "Trạng thái": "Đã trả KQ", "STT": "11"},
    {"Số hồ sơ": "H36.12.8-250709-0017", **COPIES, "Cơ quan giải quyết": "Xã Đạ Tông",
     "Ngày nộp": "09/07/2025 10:10", "Trạng thái": "Chờ tiếp nhận"},
    {"Số hồ sơ": "H36.12.8-250709-0018", **COPIES, "Cơ quan giải quyết": "Xã Đạ Tông",
     "Ngày tiếp nhận": "hôm qua", "Trạng thái": "Đã trả KQ"},
]  # fmt: skip

GOES_ON = {"Ghi chú": "Sổ hộ khẩu", "Ngày bổ sung": ""}  # a second row of the dossier above it
KEYS = [
    "000.25.10.H36-230614-0007",
    "H36.12.8-250705-0003",
    "H36.12.8-250705-0004",
    "H11.7-250706-0001",
    "H16.3-250707-0009",
    "H36.12.8-250708-0011",
    "H36.12.8-250708-0012",
    "H36.12.8-250709-0013",
    "H36.12.8-250709-0014",
    "H36.12.8-250709-0015",
]
REJECTED = {"no_key": 1, "not_received": 1, "receipt_unreadable": 1}


def lines() -> list[list[str]]:
    """The rows below the header: groups, dossiers, a second row, the total, signatures."""
    rows = [["I. Lĩnh vực Đất đai, Hộ tịch"]]
    for number, told in enumerate(DOSSIERS, start=1):
        rows.append(_cells({"STT": str(number), **told}))
        if number == 1:
            rows.append(_cells(GOES_ON))
        if number == 4:
            rows.append(["II", "Lĩnh vực Chứng thực", "", "(9 hồ sơ)"])
            rows.append(NAMES)  # the header is printed again on the next page
    rows.append(["Tổng cộng", "13"])
    rows.append([])
    rows.append(["", "", "Đam Rông, ngày 10 tháng 7 năm 2025"])
    rows.append(["NGƯỜI LẬP BIỂU", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"])
    rows.append(["Cil Múp Ha Thử", "", "", "", "", "Nguyễn Văn Thử"])
    return rows


def _cells(told: Line) -> list[str]:
    return [told.get(name, "") for name in NAMES]


def head() -> list[list[str]]:
    """Titles in rows 1–4, the header in 5 and 6, the numbers of the columns in 7."""
    groups, last = [], ""
    for group, name in COLUMNS:
        groups.append(name if not group else group if group != last else "")
        last = group
    below = [name if group else "" for group, name in COLUMNS]
    return [
        ["ỦY BAN NHÂN DÂN HUYỆN ĐAM RÔNG"],
        ["DANH SÁCH HỒ SƠ"],
        ["Từ ngày 01/06/2023 đến ngày 10/07/2025"],
        [],
        groups,
        below,
        [f"({number})" for number in range(1, len(COLUMNS) + 1)],
    ]


def write_workbook(folder: Path) -> Path:
    """XLSX with merged header cells; one date is a number, one code is a number."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*head(), *lines()]:
        sheet.append([_typed(cell) for cell in row])
    for place, (group, _) in enumerate(COLUMNS, start=1):
        if not group:
            sheet.merge_cells(start_row=5, end_row=6, start_column=place, end_column=place)
    sheet.merge_cells(start_row=5, end_row=5, start_column=2, end_column=5)
    path = folder / "danh_sach.xlsx"
    book.save(path)
    return path


def _typed(cell: str) -> object:
    if cell in ("2.00084", "45843.34760"):
        return float(cell)
    return cell or None


def write_webpage(folder: Path) -> Path:
    """HTML that calls itself .xls; the first dossier's cells hang over two rows."""
    group, first, second, *rest = lines()
    hanging = ('rowspan="2"' if name not in GOES_ON else "" for name in NAMES)
    dossier = (f"<td {span}>{escape(c)}</td>" for span, c in zip(hanging, first, strict=True))
    more = [c for name, c in zip(NAMES, second, strict=True) if name in GOES_ON]
    rows = [
        *(_row(row, "th") for row in head()),
        f'<tr><td colspan="34">{escape(group[0])}</td></tr>',
        f"<tr>{''.join(dossier)}</tr>",
        *(_row(row, "td") for row in [more, *rest]),
    ]
    path = folder / "danh_sach.xls"
    body = "\n".join(rows)
    path.write_text(
        f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>',
        encoding="utf-8",
    )
    return path


def _row(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def write_text(folder: Path, *, encoding: str = "cp1258", separator: str = ";") -> Path:
    """CSV in the code page of old Vietnamese Windows, with tones as marks of their own."""
    table = [[], *head()[:4], NAMES, *lines()]
    text = "\r\n".join(separator.join(_quoted(cell, separator) for cell in row) for row in table)
    path = folder / "danh_sach.csv"
    path.write_bytes(_for_code_page(text + "\r\n", encoding))
    return path


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell else cell


def _for_code_page(text: str, encoding: str) -> bytes:
    if encoding != "cp1258":
        return text.encode(encoding)
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = _tone_apart(letter)
            written += base.encode("cp1258", "replace") + tone.encode("cp1258")
    return written


def _tone_apart(letter: str) -> tuple[str, str]:
    tones = "\u0300\u0309\u0303\u0301\u0323"
    parts = unicodedata.normalize("NFD", letter)
    rest = "".join(part for part in parts if part not in tones)
    tone = "".join(part for part in parts if part in tones)
    return unicodedata.normalize("NFC", rest), tone
