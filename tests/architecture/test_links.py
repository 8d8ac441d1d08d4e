"""Every document that another one leads to is there."""

import re
from pathlib import Path

import pytest

from tests.architecture import reference

ROOT = reference.DOCS.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *reference.DOCS.rglob("*.md"), *(ROOT / "src").rglob("README.md")]
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_document_lead_to_files_that_are_there(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))

    assert not [link for link in links if not (page.parent / link).exists()]
