"""What an actor may do, and where."""

import pytest

from motcua.accounts.actors import SYSTEM, Actor, NotAllowed, require, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import FORBIDDEN

HERE, THERE = "24781@2025-07-01", "24778@2025-07-01"
CLERK = Actor(id="clerk", name="Clerk", grants={HERE: frozenset({Permission.RECEIVE_DOSSIER})})


def test_a_permission_is_held_at_its_unit_only() -> None:
    assert CLERK.may(Permission.RECEIVE_DOSSIER, unit_key=HERE)
    assert not CLERK.may(Permission.RECEIVE_DOSSIER, unit_key=THERE)
    assert not CLERK.may(Permission.SIGN_DECISION, unit_key=HERE)


def test_a_new_commune_with_the_code_of_an_old_one_is_another_unit() -> None:
    assert not CLERK.may(Permission.RECEIVE_DOSSIER, unit_key="24781@2004-01-01")


def test_the_system_may_do_everything_at_units_it_has_never_heard_of() -> None:
    assert all(SYSTEM.may(permission, unit_key="ZZ@2031-01-01") for permission in Permission)
    assert SYSTEM.units_for(Permission.READ_WALL) is None


def test_a_refused_actor_is_told_what_it_lacks_and_gets_the_status_of_a_ban() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(CLERK, Permission.SIGN_DECISION, unit_key=HERE)

    assert refusal.value.status == FORBIDDEN
    assert refusal.value.facts == {"permission": Permission.SIGN_DECISION, "unit": HERE}


def test_a_permission_at_some_unit_opens_the_page_but_no_other_unit() -> None:
    require_anywhere(CLERK, Permission.RECEIVE_DOSSIER)
    with pytest.raises(NotAllowed):
        require_anywhere(CLERK, Permission.KEEP_ACCOUNTS)

    assert CLERK.units_for(Permission.RECEIVE_DOSSIER) == frozenset({HERE})
