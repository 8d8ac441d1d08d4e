from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.ledger import keys

pytestmark = pytest.mark.django_db


def test_a_new_key_has_no_answer_and_a_kept_one_has_it_for_ever() -> None:
    key = str(uuid4())
    assert keys.answer_to(key, action="receive", actor_id="lan") is None

    keys.keep(key, action="receive", actor_id="lan", answer={"dossier": "7"})

    assert keys.answer_to(key, action="receive", actor_id="lan") == {"dossier": "7"}


@pytest.mark.parametrize(("action", "actor"), [("return", "lan"), ("receive", "minh")])
def test_a_key_of_another_action_or_person_is_refused(action: str, actor: str) -> None:
    keys.keep("k", action="receive", actor_id="lan", answer={})

    with pytest.raises(keys.KeyUsedOtherwise):
        keys.answer_to("k", action=action, actor_id=actor)


def test_no_key_is_always_new() -> None:
    keys.keep(None, action="receive", actor_id="lan", answer={})

    assert keys.answer_to(None, action="receive", actor_id="lan") is None


def test_keys_are_never_thrown_away() -> None:
    keys.keep("k", action="receive", actor_id="lan", answer={})

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM ledger_clientkey")


@pytest.mark.django_db(transaction=True)
def test_a_key_is_kept_only_in_the_transaction_of_its_action() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        keys.keep("k", action="receive", actor_id="lan", answer={})
