"""What can be set, may be done or can happen is written down."""

import pytest

from motcua.accounts.permissions import Permission
from motcua.accounts.roles import NAMES, PERMISSIONS_OF, Role
from tests.architecture import reference
from tests.architecture.words import PACKAGE


@pytest.mark.parametrize("page", reference.PAGES)
def test_the_page_of_reference_says_what_the_code_says(page: str) -> None:
    written = reference.folder() / page

    assert written.read_text("utf-8") == reference.PAGES[page](), "run `make fix`"


def test_every_setting_stands_in_the_guide() -> None:
    guide = (reference.DOCS / "guides" / "settings.md").read_text("utf-8")

    read = reference.settings_read()
    assert len(read) >= 6
    assert not [name for name in read if f"`{name}`" not in guide]


def test_every_role_has_a_name_and_permissions() -> None:
    assert set(NAMES) == set(PERMISSIONS_OF) == set(Role)
    assert all(PERMISSIONS_OF.values())


def test_no_permission_is_forgotten_by_the_code() -> None:
    sources = "\n".join(
        path.read_text("utf-8")
        for path in PACKAGE.rglob("*.py")
        if path.name not in ("permissions.py", "roles.py")
    )

    assert not [each.name for each in Permission if f".{each.name}" not in sources]


def test_every_event_kind_is_named_once() -> None:
    names = [kind.name for kind in reference.all_kinds()]

    assert len(names) == len(set(names))
