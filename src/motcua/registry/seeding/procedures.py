"""Versions of procedures that come with the program."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.kit.clock import LimitUnit, StepLimit, StepUnit
from motcua.registry.drafts import ComponentDraft, LimitDraft, StepDraft, VersionDraft
from motcua.registry.law import law_folder, pauses_for, read_law
from motcua.registry.sets import CopyKind, Handling, StepRole, UnitKind

Said = Mapping[str, Any]


def version_drafts() -> list[VersionDraft]:
    """Give every version; a version inherits what it does not say from the one before it."""
    names = sorted(path.name for path in (law_folder() / "procedures").glob("*.yaml"))
    processes = read_law("steps.yaml")
    return [
        _draft(procedure, said, processes)
        for name in names
        for procedure in read_law(f"procedures/{name}")["procedures"]
        for said in _inherited(procedure["versions"])
    ]


def _inherited(versions: Iterable[Said]) -> Iterator[Said]:
    known: Said = {}
    for said in versions:
        known = {**known, "decision": "", **said}
        yield known


def _draft(procedure: Said, said: Said, processes: Said) -> VersionDraft:
    kind, _, function = said["competent"].partition(":")
    return VersionDraft(
        code=procedure["code"],
        valid_from=said["from"],
        name=said.get("name", procedure["name"]),
        field_name=procedure["field"],
        legal_basis=said["legal_basis"],
        competent_kind=UnitKind(kind),
        competent_function=function,
        limits=tuple(_limit(one) for one in said.get("limits", ())),
        steps=tuple(_step(one) for one in processes["processes"][said["process"]]),
        components=tuple(_components(said, processes)),
        pauses_for_obligation=said.get("pauses_for_obligation", False),
        pauses_for_verification=pauses_for("verification", procedure["code"], said["from"]),
        pauses_for_posting=pauses_for("posting", procedure["code"], said["from"]),
        is_online=said.get("online", False),
        is_interconnected=said.get("interconnected", False),
        has_fee=said.get("has_fee", False),
        fee_text=said.get("fee", ""),
        decision=said["decision"],
        source_url=said.get("source", ""),
        source_note=said.get("note", ""),
        is_demonstration=said["demonstration"],
    )


def _limit(said: Said) -> LimitDraft:
    return LimitDraft(
        value=said["value"],
        unit=LimitUnit(said["unit"]),
        channel=said.get("channel", ""),
        case=said.get("case", ""),
        zone_extra=said.get("zone_extra", 0),
    )


def _step(said: Said) -> StepDraft:
    limit = StepLimit(said["value"], StepUnit(said["unit"])) if "value" in said else None
    return StepDraft(said["name"], StepRole(said["role"]), limit, is_demonstration=True)


def _components(said: Said, processes: Said) -> Iterator[ComponentDraft]:
    """Papers of the version's own source; else those of its kind, as a demonstration."""
    own = said.get("components")
    papers = own or processes["papers"][said.get("papers", "general")]
    for paper in papers:
        yield ComponentDraft(
            name=paper["name"],
            handling=Handling(paper.get("handling", "handed_in")),
            copy_kind=CopyKind(paper.get("copy", "original")),
            is_required=paper.get("required", True),
            is_demonstration=not own,
        )
