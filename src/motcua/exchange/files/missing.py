"""Units and procedures a file names and the registry lacks: listed, or made under a root."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.accounts.actors import Actor
from motcua.kit.clock import LimitUnit
from motcua.kit.moments import date_of, day_of
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.actions.units import add_unit
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafts import LimitDraft, UnitDraft, VersionDraft
from motcua.registry.rules import UnknownUnit
from motcua.registry.sets import UnitKind

from .cells import procedure_code
from .fields import Channel
from .labels import code_of, label, unit_labels
from .mapping import Plan
from .names import Names, made_unit_code
from .staging import Staging

MOST_LISTED = 40
WHAT = ("procedure_code", "procedure_name", "field_name", "limit_value", "limit_unit", "channel")
NAME_LENGTH = 300
KINDS = {
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.COMMUNE,
    "thitran": UnitKind.COMMUNE,
    "dackhu": UnitKind.COMMUNE,
    "huyen": UnitKind.DISTRICT,
    "thanhpho": UnitKind.DISTRICT,
    "tinh": UnitKind.PROVINCE,
}


@dataclass(frozen=True)
class LackedUnit:
    name: str
    times: int


@dataclass(frozen=True)
class LackedProcedure:
    """A procedure without any version on the first day the file needs it."""

    code: str
    name: str
    field_name: str
    limit: tuple[int, str] | None
    times: int
    first_on: date
    is_online: bool


@dataclass(frozen=True)
class Lacking:
    """What the registry lacks for one file; `first_on` is the file's first day."""

    units: tuple[LackedUnit, ...]
    procedures: tuple[LackedProcedure, ...]
    first_on: date

    def __bool__(self) -> bool:
        return bool(self.units or self.procedures)

    def listed(self) -> str:
        """Every missing name with its rows, the most frequent first."""
        lines = [
            _("unit “%(name)s” (rows: %(count)s)") % {"name": unit.name, "count": unit.times}
            for unit in self.units
        ]
        lines += [
            _("procedure %(code)s “%(name)s” from %(day)s on (rows: %(count)s)")
            % {
                "code": one.code,
                "name": one.name,
                "day": f"{one.first_on:%d/%m/%Y}",
                "count": one.times,
            }
            for one in self.procedures
        ]
        more = len(lines) - MOST_LISTED
        return "\n".join(lines[:MOST_LISTED] + ([f"… +{more}"] if more > 0 else []))


def lacking(staged: Staging, known: Catalogue, names: Names, *, has_root: bool) -> Lacking:
    """What the staged file needs and the registry does not have.

    Rows that name no unit belong to the root, when there is one.
    """
    lacked = _lacked_units(staged, names)
    return Lacking(
        units=tuple(one for one in lacked if one.name or not has_root),
        procedures=tuple(_lacked_procedures(staged, known, names)),
        first_on=date_of(day_of(staged.first_moment())),
    )


def _lacked_units(staged: Staging, names: Names) -> Iterable[LackedUnit]:
    times: Counter[str] = Counter()
    for column in ("unit", "place"):
        for (name,), count, first in staged.names(column):
            if (name or column == "unit") and names.unit(name, first) is None:
                times[name] += count
    return (LackedUnit(name, count) for name, count in times.most_common())


def _lacked_procedures(
    staged: Staging, known: Catalogue, names: Names
) -> Iterable[LackedProcedure]:
    found: dict[str, LackedProcedure] = {}
    for (code, name, field_name, value, unit, channel), count, first in staged.names(*WHAT):
        ours = names.procedure(code, name)
        first_on = date_of(day_of(first))
        if ours is not None and known.versions(ours)[0].valid_from <= first_on:
            continue
        made = ours or procedure_code(code) or code_of(name)
        limit = (int(value), unit) if value else None
        told = LackedProcedure(
            made, name, field_name, limit, count, first_on, channel == Channel.ONLINE
        )
        found[made] = _together(found[made], told) if made in found else told
    return found.values()


def _together(one: LackedProcedure, other: LackedProcedure) -> LackedProcedure:
    """Two ways a file tells of one procedure; the more frequent comes first."""
    return LackedProcedure(
        code=one.code,
        name=one.name or other.name,
        field_name=one.field_name or other.field_name,
        limit=one.limit or other.limit,
        times=one.times + other.times,
        first_on=min(one.first_on, other.first_on),
        is_online=one.is_online or other.is_online,
    )


@dataclass(frozen=True)
class Made:
    """The root, and how many units and procedures were made."""

    root_key: str
    units: int
    procedures: int


class Maker:
    """Makes what is lacking by the actions of the registry."""

    def __init__(self, plan: Plan, known: Catalogue, *, actor: Actor, at: datetime) -> None:
        self._plan = plan
        self._known = known
        self._actor = actor
        self._at = at
        self._basis = f"import:{plan.source}"

    def make(self, lacks: Lacking, *, root: str) -> Made:
        """Make the root, if it is unknown, and what is lacking.

        Errors: those of the registry's actions.
        """
        since = self._since(lacks.first_on)
        root_key, units = self._root(root, since)
        made: set[str] = set()
        for lacked in lacks.units:
            code = made_unit_code(lacked.name)
            if code not in made:
                made.add(code)
                self._add_unit(
                    code, lacked.name, since, kind=kind_of(lacked.name), parent_key=root_key
                )
        for procedure in lacks.procedures:
            self._add_procedure(procedure, since)
        return Made(root_key, units + len(made), len(lacks.procedures))

    def _since(self, first_on: date) -> date:
        """The day from which the made ones are valid: told by the mapping, else 1 January."""
        told = self._plan.valid_from
        return told if told and told <= first_on else first_on.replace(month=1, day=1)

    def _root(self, root: str, since: date) -> tuple[str, int]:
        try:
            return self._known.resolve(root, since).key, 0
        except UnknownUnit:
            code = made_unit_code(root)
            if (found := self._known.unit_on(code, since)) is not None:
                return found.key, 0
            return self._add_unit(code, root, since, kind=UnitKind.PROVINCE, parent_key=None), 1

    def _add_unit(
        self, code: str, name: str, since: date, *, kind: UnitKind, parent_key: str | None
    ) -> str:
        draft = UnitDraft(
            code=code,
            valid_from=since,
            name=name[:NAME_LENGTH],
            kind=kind,
            legal_basis=self._basis,
            source=self._basis,
            parent_key=parent_key,
        )
        return add_unit(draft=draft, actor=self._actor, at=self._at).key

    def _add_procedure(self, lacked: LackedProcedure, since: date) -> None:
        limits: Sequence[LimitDraft] = ()
        if lacked.limit is not None:
            limits = (LimitDraft(lacked.limit[0], LimitUnit(lacked.limit[1])),)
        draft = VersionDraft(
            code=lacked.code,
            valid_from=since,
            name=lacked.name[:NAME_LENGTH] or lacked.code,
            field_name=lacked.field_name or self._plan.title,
            legal_basis=self._basis,
            competent_kind=UnitKind.AGENCY,
            limits=limits,
            is_online=lacked.is_online,
            source_note=self._basis,
        )
        add_procedure_version(draft=draft, actor=self._actor, at=self._at)


def kind_of(name: str) -> UnitKind:
    """What a unit is, by the first word of its name; an agency when it does not say."""
    whole, bare = unit_labels(name)
    kind = whole.removesuffix(bare)
    return KINDS.get(kind, UnitKind.AGENCY) if label(name) else UnitKind.AGENCY
