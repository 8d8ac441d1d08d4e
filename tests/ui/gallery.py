"""A page of every component, with addresses of its own: only tests see it."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from motcua.kit.moments import LOCAL
from motcua.kit.refusals import Refused
from motcua.ui.menu import Block, Item, Shell
from motcua.ui.parts import BarRow, Happening, Pager

SHELL = Shell(
    brand="Một cửa",
    home_view="staff",
    search_view="staff",
    sign_out_view="refuse",
    blocks=(
        Block(
            "Hồ sơ",
            (
                Item("Việc của tôi", "staff", "home"),
                Item("Tiếp nhận hồ sơ", "form", "file-text"),
                Item("Hồ sơ trực tuyến chờ tiếp nhận", "empty", "inbox"),
                Item("Trả kết quả", "plain", "circle-check"),
            ),
        ),
        Block("Điều hành", (Item("Màn hình điều hành", "wall", "gauge"),)),
    ),
)


class FeeUnpaid(Refused):
    """A refusal with facts, a literal % and a legal basis."""

    message = "%(count)s of 100 % unpaid by %(day)s"
    legal_basis = "Điều 12 Nghị định 118/2025/NĐ-CP"

    def __init__(self, **facts: object) -> None:
        Exception.__init__(self, self.message)
        self.facts = facts


class Intake(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Họ và tên", help_text="Viết như trên thẻ căn cước.")
    phone = forms.CharField(label="Điện thoại", required=False)
    channel = forms.ChoiceField(
        label="Hình thức nộp", choices=[("direct", "Trực tiếp"), ("post", "Bưu chính")]
    )
    how = forms.ChoiceField(
        label="Nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("counter", "Tại quầy"), ("post", "Qua bưu chính")],
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}))
    agrees = forms.BooleanField(label="Nhận thông báo qua tin nhắn", required=False)

    def clean_phone(self) -> str:
        """Say what is wrong."""
        raise forms.ValidationError("Số điện thoại thiếu 1 chữ số.")


@dataclass(frozen=True)
class Row:
    """A dossier as a list shows it."""

    code: str
    owner: str
    procedure: str
    due_at: datetime
    left: int
    tone: str
    status: str


ROWS = [
    Row("H36.12.8-261124-0318", "NGUYỄN THỊ MAI HƯƠNG", "Đăng ký biến động quyền sử dụng đất",
        datetime(2026, 12, 8, 17, 30, tzinfo=LOCAL), 6, "info", "Đang giải quyết"),
    Row("H36.12.8-261120-0007", "K'BRĔP HA Ŏ", "Đăng ký khai sinh",
        datetime(2026, 11, 23, 17, 30, tzinfo=LOCAL), 0, "warn", "Chờ ký duyệt"),
    Row("H36.12.8-261118-0316", "Liêng Jrang Ha Ƀuê", "Xác nhận tình trạng hôn nhân",
        datetime(2026, 11, 19, 11, 30, tzinfo=LOCAL), -2, "bad", "Đang lấy ý kiến phối hợp"),
    Row("H36.12.8-261116-0112", "Cty TNHH Nông sản Đạ Rsal", "Đăng ký hộ kinh doanh",
        datetime(2026, 11, 30, 17, 30, tzinfo=LOCAL), 4, "calm", "Tạm dừng: chờ bổ sung"),
]  # fmt: skip

HAPPENINGS = [
    Happening("Đã tiếp nhận", datetime(2026, 11, 24, 8, 12, tzinfo=LOCAL), "Trần Thu Lan",
              tone="ok", icon="check"),
    Happening("Yêu cầu bổ sung", datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL), "Nguyễn Thị Hạnh",
              "Thiếu bản vẽ tách thửa.", tone="warn", icon="player-pause"),
    Happening("Đang thẩm định", datetime(2026, 11, 27, 9, 5, tzinfo=LOCAL), "Nguyễn Thị Hạnh",
              tone="info", is_now=True),
    Happening("Trả kết quả", datetime(2026, 12, 8, 17, 30, tzinfo=LOCAL), is_ahead=True),
]  # fmt: skip

BARS = [
    BarRow("Đất đai", 18432, "18.432", "97,8 %", "warn", "?field=land"),
    BarRow("Hộ tịch", 15210, "15.210", "99,9 %", "info", "?field=civil"),
    BarRow("Lao động – Người có công", 6844, "6.844", "99,7 %", "info", "?field=merit"),
]


def _parts(request: HttpRequest) -> dict[str, Any]:
    request.actor = SimpleNamespace(  # type: ignore[attr-defined]
        name="Trần Thu Lan", may_anywhere=lambda permission: True
    )
    days = [f"{day:02}/11" for day in range(1, 31)]
    received = [
        340 + (day * 37) % 60 if day % 7 not in (0, 6) else 60 - 20 * (day % 7 == 0)
        for day in range(30)
    ]
    return {
        "rows": ROWS,
        "happenings": HAPPENINGS,
        "bars_rows": BARS,
        "where": Pager.by_page(page=2, size=50, total=1234),
        "shell_place": "Xã Đam Rông 1",
        "line": {
            "labels": days,
            "series": [
                {"name": "Tiếp nhận", "values": received},
                {"name": "Đã giải quyết", "values": [v - 8 for v in received], "dashed": True},
            ],
        },
    }


def staff(request: HttpRequest) -> HttpResponse:
    """A list, figures, a dossier's parts."""
    return render(request, "gallery/staff.html", _parts(request))


def form(request: HttpRequest) -> HttpResponse:
    """A form with errors and its moves."""
    bound = Intake({"name": "NGUYỄN THỊ MAI HƯƠNG", "phone": "0912 345 67", "channel": "direct"})
    return render(request, "gallery/form.html", {**_parts(request), "form": bound})


def empty(request: HttpRequest) -> HttpResponse:
    """A list with nothing in it."""
    return render(request, "gallery/empty.html", _parts(request))


def plain(request: HttpRequest) -> HttpResponse:
    """A page like the sign-in page."""
    return render(request, "gallery/plain.html", {"form": Intake()})


def wall(request: HttpRequest) -> HttpResponse:
    """A wall."""
    cells = [[x, y, (x * 7 + y * 13) % 80] for x in range(11) for y in range(6) if x != 5]
    parts = _parts(request)
    data = {
        "figures": {"received": 74909, "rate": 99.52, "open": 61, "late": 357},
        "by_day": parts["line"],
        "by_field": {"rows": [{"name": b.name, "value": b.value, "note": b.note, "tone": b.tone,
                               "url": b.url} for b in BARS]},
        "hours": {"columns": [f"{h}h" for h in range(7, 18)],
                  "rows": ["Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7"], "cells": cells},
        "map": _map(),
        "trend": [9, 8, 8.5, 7, 7.4, 6, 6.2, 5],
    }  # fmt: skip
    return render(request, "gallery/wall.html", {**parts, "data": data})


def _map() -> dict[str, Any]:
    names = ["Đạ K'Nàng", "Phi Liêng", "Liêng Srônh", "Đạ Rsal", "Rô Men", "Đạ M'Rông"]
    shapes = [
        {
            "type": "Feature",
            "properties": {"key": str(i), "name": f"Xã {name}", "at": [x + 0.5, y + 0.8]},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]],
            },
        }
        for i, name in enumerate(names)
        for x, y in [(i % 3 * 1.0, i // 3 * 1.0)]
    ]
    return {
        "shapes": {"type": "FeatureCollection", "features": shapes},
        "values": [
            {"key": str(i), "value": v} for i, v in enumerate([99.86, 100, 97.6, 98.9, 99.2])
        ],
        "pieces": [
            {"below": 98.5, "tone": "bad", "label": "dưới 98,5 %"},
            {"from": 98.5, "below": 99, "tone": "warn", "label": "98,5 – 99,0 %"},
            {"from": 99, "below": 99.5, "tone": "info", "label": "99,0 – 99,5 %"},
            {"from": 99.5, "tone": "ok", "label": "từ 99,5 %"},
        ],
        "calls": ["2"],
    }


def refuse(request: HttpRequest) -> HttpResponse:
    """A rule that says no, unless told otherwise."""
    if request.POST.get("note") == "ok":
        return redirect("staff")
    raise FeeUnpaid(count=3, day=datetime(2026, 11, 24, tzinfo=LOCAL).date())


def sign_out(request: HttpRequest) -> HttpResponse:
    """A door that sends whoever is signed out to the sign-in page."""
    return redirect("/plain/?next=/form/")


def fail(request: HttpRequest) -> HttpResponse:
    """A fault of the program."""
    return HttpResponse(status=500)


def gone(request: HttpRequest) -> HttpResponse:
    """A page that is not there."""
    raise Http404


urlpatterns = [
    path("", staff, name="staff"),
    path("form/", form, name="form"),
    path("empty/", empty, name="empty"),
    path("plain/", plain, name="plain"),
    path("wall/", wall, name="wall"),
    path("refuse/", refuse, name="refuse"),
    path("signed-out/", sign_out, name="signed-out"),
    path("fault/", fail, name="fault"),
    path("gone/", gone, name="gone"),
    path("i18n/", include("django.conf.urls.i18n")),
]
