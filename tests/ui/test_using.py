"""What a person does with keyboard, mouse and a bad line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Opener = Callable[..., Page]


def test_a_refusal_stands_in_the_form_and_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page("/form/")
    page.get_by_label("Họ và tên").fill("K'BRĔP HA Ŏ")
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("chưa nộp phí")

    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_text("3 of 100 % unpaid by 24/11/2026")).to_be_visible()
    expect(page.get_by_text("Căn cứ: Điều 12")).to_be_visible()
    assert page.url.endswith("/form/")
    assert page.get_by_label("Họ và tên").input_value() == "K'BRĔP HA Ŏ"
    assert page.get_by_label("Ghi chú").input_value() == "chưa nộp phí"
    assert page.evaluate("document.activeElement.matches('[data-refusal]')")


def test_a_mended_form_goes_on_to_the_next_page(open_page: Opener) -> None:
    page = open_page("/form/")
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("không")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(page.get_by_text("3 of 100 %")).to_be_visible()

    page.get_by_label("Ghi chú").fill("ok")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    assert page.title().startswith("Việc của tôi")


def test_without_a_line_the_form_says_so_and_keeps_what_was_typed(open_page: Opener) -> None:
    page = open_page("/form/")
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("đường truyền yếu")
    page.context.set_offline(True)

    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_text("Máy chủ không trả lời")).to_be_visible()
    assert page.get_by_label("Ghi chú").input_value() == "đường truyền yếu"
    expect(page.get_by_role("button", name="Tiếp nhận và in giấy hẹn")).to_be_enabled()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("/signed-out/", "Phiên làm việc đã hết"),
        ("/gone/", "Trang này không có"),
        ("/fault/", "Chương trình gặp lỗi"),
    ],
)
def test_a_door_that_answers_badly_leaves_the_form_as_it_was(
    where: str, words: str, open_page: Opener
) -> None:
    page = open_page("/form/")
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("còn nguyên")
    page.locator("form.act").first.evaluate("(form, to) => form.setAttribute('action', to)", where)
    page.evaluate("document.body.replaceWith(document.body)")

    page.locator("form.act").first.evaluate("form => htmx.process(form)")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_text(words)).to_be_visible()
    assert page.get_by_label("Ghi chú").input_value() == "còn nguyên"


def test_a_form_whose_token_grew_old_is_renewed_in_place(open_page: Opener) -> None:
    page = open_page("/form/")
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("ok")
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(f => f.value = 'x')"
    )
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(page.get_by_text("Biểu mẫu không còn hiệu lực")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-renewed", "1")

    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()


def test_without_scripts_a_refusal_is_a_page_of_its_own(open_page: Opener) -> None:
    page = open_page("/form/", java_script_enabled=False)
    page.get_by_label("Tại quầy").check()
    page.get_by_label("Ghi chú").fill("không có script")

    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()

    expect(page.get_by_text("3 of 100 % unpaid by 24/11/2026")).to_be_visible()


def test_going_back_from_a_refusal_page_finds_what_was_typed(open_page: Opener) -> None:
    page = open_page("/plain/")
    page.get_by_label("Tên đăng nhập").fill("lan")

    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Quay lại để sửa").click()

    expect(page.get_by_label("Tên đăng nhập")).to_have_value("lan")


def test_slash_goes_to_the_search_box_but_stays_a_slash_in_a_field(open_page: Opener) -> None:
    page = open_page("/form/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"

    page.get_by_label("Họ và tên").fill("")
    page.keyboard.type("a/b")

    assert page.get_by_label("Họ và tên").input_value() == "a/b"


def test_a_function_key_presses_its_button(open_page: Opener) -> None:
    page = open_page("/")

    page.keyboard.press("F2")

    page.wait_for_url("**/form/")
    expect(page.get_by_role("heading", name="Tiếp nhận hồ sơ")).to_be_visible()


def test_a_dialog_opens_and_closes_by_keyboard_and_refuses_inside_itself(
    open_page: Opener,
) -> None:
    page = open_page("/")
    page.get_by_role("button", name="Yêu cầu bổ sung").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Yêu cầu bổ sung")
    dialog.get_by_label("Cần bổ sung gì").fill("bản vẽ")

    dialog.get_by_role("button", name="Gửi yêu cầu").click()
    expect(dialog.get_by_text("3 of 100 %")).to_be_visible()
    assert dialog.get_by_label("Cần bổ sung gì").input_value() == "bản vẽ"
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def test_the_chosen_theme_is_remembered_and_comes_with_the_page(open_page: Opener) -> None:
    page = open_page("/", color_scheme="light")

    page.get_by_role("button", name="Sáng hoặc tối").click()
    page.reload(wait_until="commit")

    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_language_switch_brings_the_same_page_in_the_other_language(
    open_page: Opener,
) -> None:
    page = open_page("/?sort=-due")

    page.get_by_role("button", name="EN").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.url.endswith("/?sort=-due")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_menu_of_a_phone_opens_and_closes(open_page: Opener) -> None:
    page = open_page("/", viewport={"width": 390, "height": 800})
    link = page.get_by_role("link", name="Trả kết quả")
    expect(link).to_be_hidden()

    page.get_by_role("button", name="Danh mục").click()

    expect(link).to_be_visible()
    assert page.get_by_role("button", name="Danh mục").get_attribute("aria-expanded") == "true"


def test_the_first_tab_stop_leads_past_the_menu(open_page: Opener) -> None:
    page = open_page("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
