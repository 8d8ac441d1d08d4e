"""Takes a list of procedures in: read to its end first, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.registry.actions.procedures import version_added
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafts import VersionDraft
from motcua.registry.imports.facts import (
    Facts,
    Staged,
    draft_of,
    laid_over,
    new_version,
    same,
)
from motcua.registry.imports.reading import read_list
from motcua.registry.imports.refusals import NothingUsable, Rejected
from motcua.registry.kinds import PROCEDURES_IMPORTED, VERSION_CORRECTED
from motcua.registry.law import same_day_codes
from motcua.registry.models import (
    Component,
    ProcedureLimit,
    ProcedureVersion,
    Step,
)
from motcua.registry.queries import catalogue
from motcua.registry.writing import (
    Told,
    check_version,
    lock_registry,
    store_fields,
    store_parts,
    store_versions,
    tell,
    version_values,
)

# Lists carry no dates. They show procedures with a step at the commune as the two-level
# government knows them, so a procedure nobody knew is taken to be in force since its first day.
NEW_FROM = date(2025, 7, 1)
NEW_NOTE = "Nhập từ danh mục; ngày bắt đầu áp dụng không có trong danh mục"
CHANGED_NOTE = "Nhập từ danh mục ngày"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did: how many procedures, which rows were rejected and why."""

    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...]

    def as_dict(self) -> dict[str, object]:
        """Give the report for a machine."""
        return {
            "rows": self.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": [
                {"line": one.line, "code": one.code, "reason": str(one.refusal)}
                for one in self.rejected
            ],
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    added: list[VersionDraft]
    changed: list[VersionDraft]
    corrected: list[VersionDraft]
    unchanged: int


def import_procedures(
    path: Path, *, actor: Actor, at: datetime, today: date, new_from: date = NEW_FROM
) -> Report:
    """Take in the short list (CSV) or the detailed one (JSON lines); twice the same: no change.

    A procedure nobody knew begins on `new_from`; one that differs gets a version from `today`.
    What a list is silent about stays as it is.
    Errors: NotAllowed, and those of `read_list`; NothingUsable when every row was rejected.
    """
    require_anywhere(actor, Permission.IMPORT_PROCEDURES)
    staged = read_list(path, same_day=same_day_codes())
    if not staged.facts:
        raise NothingUsable(staged.rejected)
    return _apply(staged, actor=actor, at=at, today=today, new_from=min(new_from, today))


@transaction.atomic
def _apply(staged: Staged, *, actor: Actor, at: datetime, today: date, new_from: date) -> Report:
    revision = lock_registry()
    plan = _plan([facts for _, facts in staged.facts], catalogue(), today, new_from)
    store_versions([*plan.added, *plan.changed])
    _correct(plan.corrected)
    report = Report(
        rows=staged.rows,
        added=len(plan.added),
        changed=len(plan.changed) + len(plan.corrected),
        unchanged=plan.unchanged,
        rejected=tuple(staged.rejected),
    )
    if report.added or report.changed:
        tell(revision, _told(plan, report), actor=actor, at=at)
    return report


def _plan(rows: Sequence[Facts], known: Catalogue, today: date, new_from: date) -> _Plan:
    plan_added, changed, corrected, unchanged = [], [], [], 0
    for facts in rows:
        before = _known(facts.code, known, today)
        if before is None:
            plan_added.append(new_version(facts, valid_from=new_from, note=NEW_NOTE))
            continue
        after = replace(laid_over(before, facts), is_withdrawn=False)
        if same(before, after):
            unchanged += 1
        elif before.valid_from == today:
            corrected.append(after)
        else:
            note = f"{CHANGED_NOTE} {today.isoformat()}"
            changed.append(replace(after, valid_from=today, source_note=note))
    return _Plan(plan_added, changed, corrected, unchanged)


def _known(code: str, known: Catalogue, today: date) -> VersionDraft | None:
    """The version in force, else the first that will be."""
    versions = known.versions(code)
    if not versions:
        return None
    begun = [card for card in versions if card.valid_from <= today]
    card = begun[-1] if begun else versions[0]
    return draft_of(card, field_name=known.field_name(card.field_code))


def _correct(drafts: Sequence[VersionDraft]) -> None:
    """Write again the versions that begin today: one day, one version."""
    if not drafts:
        return
    store_fields(draft.field_name for draft in drafts)
    pairs = []
    for draft in drafts:
        check_version(draft)
        row = ProcedureVersion.objects.get(procedure_id=draft.code, valid_from=draft.valid_from)
        for column, value in version_values(draft).items():
            setattr(row, column, value)
        row.save()
        pairs.append((row, draft))
    rows = [row for row, _ in pairs]
    for part in (ProcedureLimit, Step, Component):
        part.objects.filter(version__in=rows).delete()
    store_parts(pairs)


def _told(plan: _Plan, report: Report) -> list[Told]:
    versions = [version_added(draft) for draft in (*plan.added, *plan.changed)]
    corrected = [
        Told(
            VERSION_CORRECTED,
            {"procedure": draft.code, "valid_from": draft.valid_from.isoformat()},
        )
        for draft in plan.corrected
    ]
    counts = {
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }
    return [*versions, *corrected, Told(PROCEDURES_IMPORTED, counts)]
