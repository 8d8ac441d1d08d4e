"""Reaches states of the registry by its own actions."""

from datetime import UTC, date, datetime
from pathlib import Path

from motcua.accounts.actors import SYSTEM, Actor
from motcua.accounts.permissions import Permission
from motcua.registry.actions import add_procedure_version, add_unit
from motcua.registry.drafts import LimitDraft, UnitDraft, VersionDraft
from motcua.registry.models import ProcedureVersion, Unit
from motcua.registry.sets import UnitKind

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DATA = Path(__file__).parents[3] / "shared" / "data"
NO_DATA = f"the reference data is not at {DATA}"
NOBODY = Actor(id="nobody")
PROVINCE = date(2020, 1, 1)


def unit(
    code: str,
    *,
    since: date = PROVINCE,
    parent: str | None = None,
    kind: UnitKind = UnitKind.COMMUNE,
    function: str = "",
    receives_only: bool = False,
    number_parts: dict[str, str] | None = None,
    actor: Actor = SYSTEM,
) -> Unit:
    """A unit, added."""
    draft = UnitDraft(
        code=code,
        valid_from=since,
        name=f"Unit {code}",
        kind=kind,
        parent_key=parent,
        function=function,
        receives_only=receives_only,
        number_parts=number_parts or {},
        legal_basis="Decision 1",
        source="test",
    )
    return add_unit(draft=draft, actor=actor, at=AT)


def version(
    code: str = "1.000001",
    *,
    since: date = PROVINCE,
    limits: tuple[LimitDraft, ...] = (),
    kind: UnitKind = UnitKind.COMMUNE,
    function: str = "",
    is_withdrawn: bool = False,
) -> ProcedureVersion:
    """A version of a procedure, added."""
    draft = VersionDraft(
        code=code,
        valid_from=since,
        name=f"Procedure {code}",
        field_name="Đất đai",
        legal_basis="Decision 2",
        competent_kind=kind,
        competent_function=function,
        limits=limits,
        is_withdrawn=is_withdrawn,
    )
    return add_procedure_version(draft=draft, actor=SYSTEM, at=AT)


def keeper_of(*keys: str) -> Actor:
    """Somebody who keeps units and calendars at these units only."""
    held = frozenset({Permission.KEEP_UNITS, Permission.KEEP_CALENDARS})
    return Actor(id="keeper", grants=dict.fromkeys(keys, held))
