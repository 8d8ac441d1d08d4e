"""People at their browsers, and persons with names, for the tests of pages."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from motcua.accounts import actions as accounts
from motcua.accounts.actors import SYSTEM
from motcua.accounts.models import Account
from motcua.accounts.roles import Role
from motcua.citizens.actions import enrol
from motcua.citizens.rules import Details, Kind
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicants
from motcua.dossiers.models import Dossier

from . import given

EVERY_ROLE = (
    Role.COUNTER_CLERK,
    Role.SPECIALIST,
    Role.HEAD_OF_DIVISION,
    Role.SIGNATORY,
    Role.REGISTRY_CLERK,
    Role.HEAD_OF_CENTRE,
)
NGHIEM = Details(
    Kind.CITIZEN, "Kơ Să Thử Nghiệm", identity_number="068085999901", phone="0912345678"
)


def signed_in(*roles: Role, unit_key: str = given.COMMUNE, name: str = "lan") -> Client:
    """Give a browser of somebody who holds these roles at a unit."""
    account_id = accounts.open_account(
        username=name,
        name=f"Người {name}",
        password="mot-cua-2026!",
        actor=SYSTEM,
        at=given.MONDAY,
        must_change_password=False,
    )
    for role in roles:
        accounts.grant_role(
            account_id=account_id,
            role=role,
            unit_key=unit_key,
            actor=SYSTEM,
            at=given.MONDAY,
            valid_from=date(2021, 1, 1),
        )
    client = Client()
    client.force_login(
        Account.objects.get(pk=account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def account_id(name: str = "lan") -> str:
    return str(Account.objects.get(username=name).pk)


def a_person(name: str = NGHIEM.name, **more: Any) -> UUID:
    details = replace(NGHIEM, name=name, **more)
    return enrol(details=details, unit_key=given.COMMUNE, actor=given.CLERK, at=given.MONDAY)


def a_dossier_of(person_id: UUID, *, minutes: int = 0, **more: Any) -> Dossier:
    return actions.receive_new(
        request=replace(given.a_request(), **more),
        applicants=Applicants(person_id),
        actor=given.CLERK,
        at=given.later(minutes=minutes),
    )


def post_move(client: Client, row: Dossier, name: str, **data: Any) -> Any:
    """Send the form of a move as the page would, with a key of its own."""
    sent = {
        "seen_version": row.version,
        "client_key": f"{name}-{row.version}-{timezone.now().timestamp()}",
        **data,
    }
    return client.post(f"/dossiers/{row.code}/moves/{name}/", sent)


def text_of(response: Any) -> str:
    """Give the words of a page without its tags."""
    body = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def codes_on(response: Any) -> list[str]:
    """Give the codes of the dossiers a list shows, in its order."""
    return re.findall(r'class="code" href="/dossiers/([^/]+)/"', response.content.decode())
