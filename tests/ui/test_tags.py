"""Components keep what the address says, and show only what a person may use."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from motcua.ui.menu import Block, Item, shown
from motcua.ui.parts import Pager, sparkline

pytestmark = pytest.mark.usefixtures("gallery")


def drawn(source: str, *, address: str = "/", **parts: Any) -> str:
    """Render a snippet as on a page at `address`."""
    request = RequestFactory().get(address)
    return Template("{% load ui %}" + source).render(Context({"request": request, **parts}))


def test_a_sorted_column_turns_round_and_starts_at_the_first_page() -> None:
    html = drawn('{% sort_header "due" "Hạn" %}', address="/?sort=due&field=land&page=4")

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due&amp;field=land"' in html


def test_the_order_a_page_has_by_itself_is_shown_too() -> None:
    html = drawn('{% sort_header "due" "Hạn" standard="-due" %}')

    assert 'aria-sort="descending"' in html
    assert 'href="?sort=due"' in html


def test_a_pager_keeps_the_filters_and_knows_its_ends() -> None:
    first = drawn(
        "{% pager where %}", address="/?q=a", where=Pager.by_page(page=1, size=50, total=51)
    )
    last = drawn(
        "{% pager where %}", address="/?q=a&page=2", where=Pager.by_page(page=9, size=50, total=51)
    )

    assert 'href="?q=a&amp;page=2"' in first
    assert 'rel="prev"' not in first
    assert "51–51 trong 51" in last
    assert 'rel="next"' not in last


def test_an_empty_list_has_one_page_and_nothing_on_it() -> None:
    where = Pager.by_page(page=1, size=50, total=0)

    assert (where.first, where.last, where.following) == (0, 0, {})
    assert "Không có kết quả" in drawn("{% pager where %}", where=where)


def test_a_list_by_key_shows_only_its_neighbours() -> None:
    html = drawn("{% pager where %}", address="/?q=a", where=Pager(following={"after": "H36"}))

    assert 'href="?q=a&amp;after=H36"' in html


def test_filters_keep_the_order_and_can_be_cleared() -> None:
    html = drawn("{% filters %}{% endfilters %}", address="/?sort=-due&field=land")

    assert '<input type="hidden" name="sort" value="-due">' in html
    assert "Xoá lọc" in html
    assert "Xoá lọc" not in drawn("{% filters %}{% endfilters %}", address="/?sort=-due&page=2")


def test_each_form_gets_a_client_key_of_its_own_unless_the_page_gives_one() -> None:
    two = drawn('{% act "/a/" "A" %}{% endact %}{% act "/b/" "B" key="k-1" %}{% endact %}')

    keys = [part.partition('"')[0] for part in two.split('name="client_key" value="')[1:]]
    assert UUID(keys[0]).version == 4
    assert keys[1] == "k-1"


def test_words_of_people_are_escaped_in_every_component() -> None:
    evil = "<script>"
    html = drawn(
        "{% badge 'ok' evil %}{% figure evil evil hint=evil %}"
        "{% card evil %}{{ evil }}{% endcard %}"
        "{% alert 'bad' title=evil %}{{ evil }}{% endalert %}{% empty evil %}{% endempty %}"
        "{% act evil evil confirm=evil %}{{ evil }}{% endact %}{% dialog 'd' evil %}{% enddialog %}"
        "{% labelled evil for='i' hint=evil error=evil %}{% endlabelled %}{% icon 'x' evil %}",
        evil=evil,
    )

    assert evil not in html
    assert html.count("&lt;script&gt;") == 18


def test_a_menu_shows_what_a_person_may_open_and_where_they_are() -> None:
    blocks = (
        Block("A", (Item("Form", "form", "home", "may"), Item("Wall", "wall", "home", "may not"))),
        Block("B", (Item("Nowhere", "no-such-view", "home"),)),
    )
    request = RequestFactory().get("/form/7/")
    request.actor = SimpleNamespace(may_anywhere=lambda it: it == "may")  # type: ignore[attr-defined]

    seen = shown(blocks, request)

    assert [(label, [line.label for line in lines]) for label, lines in seen] == [("A", ["Form"])]
    assert seen[0][1][0].is_current


def test_one_line_of_a_menu_is_current_the_one_with_the_longest_address() -> None:
    items = (Item("All", "plain", "home", below="/f"), Item("Form", "form", "plus"))
    blocks = (Block("A", items), Block("B", (Item("Home", "staff", "home"),)))

    def current(address: str) -> list[str]:
        request = RequestFactory().get(address)
        request.actor = SimpleNamespace(may_anywhere=lambda it: True)  # type: ignore[attr-defined]
        return [
            line.label for _, lines in shown(blocks, request) for line in lines if line.is_current
        ]

    assert current("/form/") == current("/form/7/") == ["Form"]
    assert current("/found/") == ["All"]
    assert current("/") == ["Home"]
    assert current("/wall/") == []


def test_nobody_sees_a_menu_before_signing_in() -> None:
    assert shown((Block("A", (Item("Form", "form", "home"),)),), RequestFactory().get("/")) == []


def test_a_line_of_fewer_than_two_values_is_not_drawn() -> None:
    assert sparkline([3]) == ""
    assert sparkline([1, 1]) == "M0.0 33.0L120.0 33.0"
    assert sparkline([0, 2, 1]) == "M0.0 33.0L60.0 3.0L120.0 18.0"


def test_a_mark_stands_at_its_value_and_is_read_out() -> None:
    marks = [{"at": 1, "label": "01/07/2025: <hai cấp>"}]

    plain = Template("{% load ui %}{% spark v 'ok' %}").render(Context({"v": [0, 2, 1]}))
    marked = Template("{% load ui %}{% spark v 'ok' m %}").render(
        Context({"v": [0, 2, 1], "m": marks})
    )

    assert 'aria-hidden="true"' in plain
    assert "mark" not in plain
    assert 'role="img" aria-label="01/07/2025: &lt;hai cấp&gt;"' in marked
    assert "<title>01/07/2025: &lt;hai cấp&gt;</title>" in marked
    assert 'class="mark" d="M60.0 0V36"' in marked


def test_a_meter_never_runs_over_its_ends() -> None:
    assert 'width="100.0%"' in drawn("{% meter 9 3 %}")
    assert 'width="0.0%"' in drawn("{% meter -1 3 %}{% meter 1 0 %}")
