"""Accounts are opened, get roles, lose them and are closed; each step leaves an event."""

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.accounts import actions, queries, rules
from motcua.accounts.actors import SYSTEM, Actor, NotAllowed
from motcua.accounts.models import Account
from motcua.accounts.permissions import Permission
from motcua.accounts.roles import PERMISSIONS_OF, Role
from motcua.accounts.rules import EVERYWHERE
from motcua.ledger.models import Event

from . import given

TODAY = given.MORNING.date()
OTHER_COMMUNE = "24889@2025-07-01"

pytestmark = pytest.mark.django_db


def nothing_below(_: str) -> tuple[str, ...]:
    return ()


def test_each_step_of_an_account_is_one_version_and_one_event_without_its_name() -> None:
    lan = given.account()
    grant = given.role(lan, Role.COUNTER_CLERK)
    actions.revoke(grant_id=grant, actor=SYSTEM, at=given.MORNING + timedelta(days=3))
    actions.close_account(account_id=lan, actor=SYSTEM, at=given.MORNING + timedelta(days=4))

    events = list(Event.objects.filter(subject_id=lan).order_by("seq"))
    assert [event.kind for event in events] == [
        "account.opened",
        "account.granted",
        "account.revoked",
        "account.closed",
    ]
    assert [event.subject_version for event in events] == [1, 2, 3, 4]
    assert Account.objects.get(pk=lan).version == 4
    assert "lan" not in str([event.data for event in events]).lower()


def test_the_name_to_sign_in_is_kept_in_small_letters_and_given_once() -> None:
    given.account("lan")

    with pytest.raises(rules.UsernameTaken):
        given.account(" LAN ")


@pytest.mark.parametrize("username", ["lê.lan", "la", "1lan", "lan lan", "lan@xa", "l" * 65])
def test_a_name_that_could_be_mistaken_is_refused(username: str) -> None:
    with pytest.raises(rules.UsernameNotClear):
        given.account(username)


def test_passwords_are_hashed_with_argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    lan = given.account()

    kept = Account.objects.get(pk=lan).password
    assert kept.startswith("argon2$argon2id$")
    assert given.PASSWORD not in kept


def test_a_weak_password_opens_no_account() -> None:
    with pytest.raises(rules.PasswordTooWeak):
        actions.open_account(
            username="lan", name="Lan", password="password", actor=SYSTEM, at=given.MORNING
        )

    assert queries.account_named("lan") is None


def test_a_role_reaches_its_unit_and_the_units_below_and_no_other() -> None:
    lan = given.account()
    given.role(lan, Role.COUNTER_CLERK, "674@2004-01-01")

    actor = queries.actor_of(lan, name="Lan", on=TODAY, below=lambda _: (given.COMMUNE,))

    assert actor.may(Permission.RECEIVE_DOSSIER, unit_key="674@2004-01-01")
    assert actor.may(Permission.RECEIVE_DOSSIER, unit_key=given.COMMUNE)
    assert not actor.may(Permission.RECEIVE_DOSSIER, unit_key=OTHER_COMMUNE)
    assert not actor.may(Permission.SIGN_DECISION, unit_key=given.COMMUNE)


def test_two_roles_at_one_unit_add_up() -> None:
    lan = given.account()
    given.role(lan, Role.CASHIER)
    given.role(lan, Role.REGISTRY_CLERK)

    actor = queries.actor_of(lan, name="Lan", on=TODAY, below=nothing_below)

    expected = PERMISSIONS_OF[Role.CASHIER] | PERMISSIONS_OF[Role.REGISTRY_CLERK]
    assert actor.grants == {given.COMMUNE: expected}


def test_a_role_everywhere_reaches_units_that_come_later() -> None:
    lan = given.account()
    given.role(lan, Role.ADMINISTRATOR, EVERYWHERE)

    actor = queries.actor_of(lan, name="Lan", on=TODAY, below=nothing_below)

    assert actor.may(Permission.KEEP_ACCOUNTS, unit_key="X@2040-01-01")


def test_a_role_holds_from_its_first_day_to_its_last_day() -> None:
    lan = given.account()
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    actions.grant_role(
        account_id=lan,
        role=Role.SPECIALIST,
        unit_key=given.COMMUNE,
        valid_from=first,
        valid_to=last,
        actor=SYSTEM,
        at=given.MORNING,
    )

    held = {day: bool(queries.held_by(lan, on=day)) for day in _around(first, last)}
    assert list(held.values()) == [False, True, True, False]


def test_a_role_that_ends_before_it_begins_is_refused() -> None:
    lan = given.account()

    with pytest.raises(rules.PeriodBackwards):
        actions.grant_role(
            account_id=lan,
            role=Role.SPECIALIST,
            unit_key=given.COMMUNE,
            valid_from=TODAY,
            valid_to=TODAY - timedelta(days=1),
            actor=SYSTEM,
            at=given.MORNING,
        )


def test_the_same_role_given_twice_is_one_role_and_one_event() -> None:
    lan = given.account()

    assert given.role(lan, Role.CASHIER) == given.role(lan, Role.CASHIER)
    assert Event.objects.filter(kind="account.granted").count() == 1


def test_a_role_taken_back_is_gone_the_same_day_and_was_held_before() -> None:
    lan = given.account()
    grant = given.role(lan, Role.CASHIER)
    later = given.MORNING + timedelta(days=10)

    actions.revoke(grant_id=grant, actor=SYSTEM, at=later)

    assert not queries.held_by(lan, on=later.date())
    assert queries.held_by(lan, on=TODAY)


def test_a_role_taken_back_on_its_first_day_was_never_held() -> None:
    lan = given.account()
    grant = given.role(lan, Role.CASHIER)

    actions.revoke(grant_id=grant, actor=SYSTEM, at=given.MORNING)

    assert not queries.held_by(lan, on=TODAY)


def test_a_closed_account_holds_nothing_and_gets_nothing() -> None:
    lan = given.account()
    given.role(lan, Role.CASHIER)
    actions.close_account(account_id=lan, actor=SYSTEM, at=given.MORNING)
    actions.close_account(account_id=lan, actor=SYSTEM, at=given.MORNING)

    assert not queries.held_by(lan, on=TODAY)
    assert Event.objects.filter(kind="account.closed").count() == 1
    with pytest.raises(rules.AccountClosed):
        given.role(lan, Role.SPECIALIST)
    with pytest.raises(rules.AccountClosed):
        actions.reset_password(
            account_id=lan, password=given.PASSWORD, actor=SYSTEM, at=given.MORNING
        )


def test_a_commune_administrator_gives_roles_in_that_commune_only() -> None:
    keeper = Actor(id="k", grants={given.COMMUNE: frozenset({Permission.KEEP_ACCOUNTS})})
    lan = given.account()
    at = given.MORNING

    actions.grant_role(
        account_id=lan, role=Role.CASHIER, unit_key=given.COMMUNE, actor=keeper, at=at
    )
    for unit_key in (OTHER_COMMUNE, EVERYWHERE):
        with pytest.raises(NotAllowed):
            actions.grant_role(
                account_id=lan, role=Role.CASHIER, unit_key=unit_key, actor=keeper, at=at
            )


def test_a_commune_administrator_touches_no_account_that_reaches_further() -> None:
    keeper = Actor(id="k", grants={given.COMMUNE: frozenset({Permission.KEEP_ACCOUNTS})})
    chief = given.account("chief")
    given.role(chief, Role.ADMINISTRATOR, EVERYWHERE)

    with pytest.raises(NotAllowed):
        actions.reset_password(
            account_id=chief, password=given.PASSWORD, actor=keeper, at=given.MORNING
        )
    with pytest.raises(NotAllowed):
        actions.close_account(account_id=chief, actor=keeper, at=given.MORNING)


def test_who_keeps_no_accounts_opens_none() -> None:
    with pytest.raises(NotAllowed):
        actions.open_account(
            username="minh",
            name="Minh",
            password=given.PASSWORD,
            actor=Actor(id="x"),
            at=given.MORNING,
        )


def test_the_last_administrator_everywhere_stays() -> None:
    first = given.account("first")
    grant = given.role(first, Role.ADMINISTRATOR, EVERYWHERE)

    with pytest.raises(rules.LastAdministrator):
        actions.close_account(account_id=first, actor=SYSTEM, at=given.MORNING)
    with pytest.raises(rules.LastAdministrator):
        actions.revoke(grant_id=grant, actor=SYSTEM, at=given.MORNING)

    given.role(given.account("second"), Role.ADMINISTRATOR, EVERYWHERE)
    actions.close_account(account_id=first, actor=SYSTEM, at=given.MORNING)


def test_a_person_changes_only_the_own_password_and_must_know_the_old_one() -> None:
    lan = given.account(stale=True)
    new = "nang-moi-len-tren-doi-che"

    with pytest.raises(NotAllowed):
        _change(lan, actor=SYSTEM, old=given.PASSWORD, new=new)
    with pytest.raises(rules.WrongPassword):
        _change(lan, actor=Actor(id=str(lan)), old="something else", new=new)
    _change(lan, actor=Actor(id=str(lan)), old=given.PASSWORD, new=new)

    account = Account.objects.get(pk=lan)
    assert account.check_password(new)
    assert not account.must_change_password


def test_people_who_may_are_found_by_what_their_role_brings() -> None:
    lan, minh, gone = given.account("lan"), given.account("minh"), given.account("gone")
    given.role(lan, Role.SPECIALIST)
    given.role(minh, Role.CASHIER)
    given.role(gone, Role.SPECIALIST)
    actions.close_account(account_id=gone, actor=SYSTEM, at=given.MORNING)

    found = queries.people_who_may(
        Permission.HANDLE_DOSSIER, unit_keys=[given.COMMUNE], on=given.MORNING.date()
    )

    assert [card.id for card in found] == [lan]


def test_names_are_given_for_people_and_not_for_machines() -> None:
    lan = given.account()

    assert queries.names_of([str(lan), "import:boston311"]) == {str(lan): "Trần Thu Lan"}


def _around(first: date, last: date) -> list[date]:
    one = timedelta(days=1)
    return [first - one, first, last, last + one]


def test_an_account_without_a_password_signs_in_only_after_one_is_set() -> None:
    lan = actions.open_account(
        username="lan", name="Lan", password=None, actor=SYSTEM, at=given.MORNING
    )
    before = Account.objects.get(pk=lan)

    actions.reset_password(account_id=lan, password=given.PASSWORD, actor=SYSTEM, at=given.MORNING)

    assert not before.check_password("")
    assert not before.has_usable_password()
    assert Account.objects.get(pk=lan).check_password(given.PASSWORD)


def _change(account_id: Any, *, actor: Actor, old: str, new: str) -> None:
    actions.change_password(
        account_id=account_id, old_password=old, new_password=new, actor=actor, at=given.MORNING
    )
