"""Form fields drawn faster than Django draws them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A choice among hundreds: Django renders a template for each option, this one none."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = format_html_join(
            "", "{}", ((_group(one, words, chosen),) for one, words in self.choices)
        )
        return format_html("<select{}>{}</select>", flatatt(built), options)


def _group(one: Any, words: Any, chosen: set[str]) -> SafeString:
    """Give one option, or a group of them."""
    if not isinstance(words, list | tuple):
        return _options([(one, words)], chosen)
    return format_html('<optgroup label="{}">{}</optgroup>', one, _options(words, chosen))


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if str(value) in chosen else "", words) for value, words in choices),
    )


_SELECTED = SafeString(" selected")
