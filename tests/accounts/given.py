"""Accounts as tests need them, made by the real actions."""

from datetime import datetime
from uuid import UUID

from motcua.accounts import actions
from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.kit.moments import LOCAL

PASSWORD = "mua-roi-tren-song-dak-rong"
MORNING = datetime(2026, 11, 18, 8, 0, tzinfo=LOCAL)
COMMUNE = "24886@2025-07-01"


def account(username: str = "lan", *, name: str = "Trần Thu Lan", stale: bool = False) -> UUID:
    """Open an account that may sign in at once, or must choose a password first."""
    return actions.open_account(
        username=username,
        name=name,
        password=PASSWORD,
        actor=SYSTEM,
        at=MORNING,
        must_change_password=stale,
    )


def role(account_id: UUID, role: Role, unit_key: str = COMMUNE) -> UUID:
    """Give the account a role from the morning on."""
    return actions.grant_role(
        account_id=account_id, role=role, unit_key=unit_key, actor=SYSTEM, at=MORNING
    )
