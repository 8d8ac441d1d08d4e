"""A wrong field says what to do, in the words of this house and the language of the person."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from motcua.ui import field_errors

pytestmark = pytest.mark.usefixtures("gallery")
OWN = "Hãy ghi lý do."


class Asking(forms.Form):
    reason = forms.CharField(label="Lý do", error_messages={"required": OWN}, max_length=5)
    name = forms.CharField(label="Họ và tên", required=False, max_length=5)
    day = forms.DateField(label="Ngày hẹn", required=False)
    body = forms.ChoiceField(label="Cơ quan", choices=[("a", "A")])
    step = forms.TypedChoiceField(label="Bước", choices=[(1, "1")], coerce=int, required=False)
    papers = forms.MultipleChoiceField(label="Giấy tờ", choices=[("a", "A")], required=False)
    count = forms.IntegerField(label="Số bản", required=False, min_value=1)
    mail = forms.EmailField(label="Thư điện tử", required=False)

    def clean_name(self) -> str:
        if self.cleaned_data["name"] == "An":
            raise forms.ValidationError("Tên này đã có.")
        return str(self.cleaned_data["name"])


def told(language: str = "vi", **typed: Any) -> dict[str, list[str]]:
    form = Asking({"reason": "vì", "body": "a", **typed})
    with translation.override(language):
        return {name: field_errors.said(form[name]) for name in form.errors}


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ({"body": ""}, "Hãy chọn: Cơ quan.", "Choose: Cơ quan."),
        (
            {"body": "z"},
            "Lựa chọn này không có hoặc không còn. Hãy chọn lại: Cơ quan.",
            "This is not offered, or no longer. Choose again: Cơ quan.",
        ),
        (
            {"step": "z"},
            "Lựa chọn này không có hoặc không còn. Hãy chọn lại: Bước.",
            "This is not offered, or no longer. Choose again: Bước.",
        ),
        (
            {"papers": ["z"]},
            "Lựa chọn này không có hoặc không còn. Hãy chọn lại: Giấy tờ.",
            "This is not offered, or no longer. Choose again: Giấy tờ.",
        ),
        (
            {"day": "31/02/2026"},
            "“31/02/2026” không phải là ngày. Hãy viết như 24/11/2026.",
            "“31/02/2026” is not a day. Write it as 24/11/2026.",
        ),
        (
            {"count": "hai"},
            "“hai” không phải là số. Hãy chỉ viết chữ số.",
            "“hai” is not a number. Write digits only.",
        ),
        (
            {"count": "0"},
            "Nội dung này không dùng được. Hãy kiểm tra và nhập lại: Số bản.",
            "This cannot be used. Check and type again: Số bản.",
        ),
        (
            {"mail": "lan"},
            "Nội dung này không dùng được. Hãy kiểm tra và nhập lại: Thư điện tử.",
            "This cannot be used. Check and type again: Thư điện tử.",
        ),
        (
            {"name": "Nguyễn"},
            "Hãy viết ngắn lại: đang có 6 ký tự, chỉ được tối đa 5.",
            "Shorten it: 6 characters, at most 5 find room.",
        ),
    ],
)
def test_words_of_django_become_words_that_name_the_field_and_the_way_out(
    typed: dict[str, Any], vietnamese: str, english: str
) -> None:
    assert list(told("vi", **typed).values()) == [[vietnamese]]
    assert list(told("en", **typed).values()) == [[english]]


def test_a_missing_text_is_asked_for_by_its_name() -> None:
    class Naming(forms.Form):
        name = forms.CharField(label="Họ và tên")

    with translation.override("vi"):
        assert field_errors.said(Naming({})["name"]) == ["Hãy nhập: Họ và tên."]


def test_words_the_form_has_written_itself_stay() -> None:
    assert told(reason="")["reason"] == [OWN]
    assert told(name="An")["name"] == ["Tên này đã có."]


def test_a_field_shows_the_words_beside_itself() -> None:
    source = Template("{% load ui %}{% field bound %}")

    with translation.override("vi"):
        html = source.render(Context({"bound": Asking({})["body"]}))

    assert "Hãy chọn: Cơ quan." in html
    assert "bắt buộc." not in html
