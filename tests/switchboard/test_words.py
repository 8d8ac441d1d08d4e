"""A program that compiles its words speaks them at once."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from motcua import setup
from motcua.ui import translations


@pytest.mark.parametrize("written", [[Path("django.mo")], []])
def test_words_compiled_after_the_first_was_said_are_read_again(
    written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "compile_all", lambda: written)
    with translation.override("vi"):
        assert translation.gettext("Working calendar") == "Lịch làm việc"
        stale = trans_real.catalog()

        setup.compile_words()

        assert translation.get_language() == "vi"
        assert translation.gettext("Working calendar") == "Lịch làm việc"
        assert (trans_real.catalog() is stale) is not bool(written)
