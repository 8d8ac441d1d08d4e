"""A small registry with the units and procedures the samples name, and an import of a file."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from motcua.accounts.actors import SYSTEM
from motcua.exchange.files import Outcome, import_dossiers
from motcua.kit.clock import LimitUnit
from motcua.kit.moments import LOCAL
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.actions.units import add_unit
from motcua.registry.drafts import LimitDraft, UnitDraft, VersionDraft
from motcua.registry.sets import UnitKind

FROM = date(2021, 1, 1)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=LOCAL)
DISTRICT = "674@2021-01-01"
DA_KNANG = "24889@2021-01-01"
DA_TONG = "24853@2021-01-01"
LAND, COPIES, SIGNATURES, BIRTH = "1.004199", "2.000815", "2.000840", "1.001193"


def a_registry() -> None:
    """Make a district, two communes, a namesake of one of them, four procedures."""
    _unit("674", "Huyện Đam Rông", UnitKind.DISTRICT, None)
    _unit("24889", "Xã Đạ K' Nàng", UnitKind.COMMUNE, DISTRICT)
    _unit("24853", "Xã Đạ Tông", UnitKind.COMMUNE, DISTRICT)
    _procedure(LAND, "Đăng ký biến động đất đai", LimitDraft(10, LimitUnit.WORKING_DAY))
    _procedure(COPIES, "Chứng thực bản sao", LimitDraft(1, LimitUnit.SAME_DAY))
    _procedure(SIGNATURES, "Chứng thực chữ ký", LimitDraft(1, LimitUnit.SAME_DAY))
    _procedure(BIRTH, "Đăng ký khai sinh", LimitDraft(1, LimitUnit.SAME_DAY))


def a_unit(code: str, name: str) -> None:
    """Make one more body of the district."""
    _unit(code, name, UnitKind.AGENCY, DISTRICT)


def _unit(code: str, name: str, kind: UnitKind, parent_key: str | None) -> None:
    draft = UnitDraft(
        code, FROM, name, kind, legal_basis="test", source="test", parent_key=parent_key
    )
    add_unit(draft=draft, actor=SYSTEM, at=NOW)


def _procedure(code: str, name: str, limit: LimitDraft) -> None:
    draft = VersionDraft(
        code, FROM, name, "Thử nghiệm", legal_basis="test", limits=[limit], is_online=True
    )
    add_procedure_version(draft=draft, actor=SYSTEM, at=NOW)


def imported(
    path: Path,
    mapping: Path | str = "one_stop_sheet",
    *,
    root: str | None = None,
    dry_run: bool = False,
    tell: Callable[[str], object] = str,
) -> Outcome:
    """Take in a file as the command line does."""
    return import_dossiers(
        path=path,
        mapping=mapping,
        is_dry_run=dry_run,
        create_missing_below=root,
        at=NOW,
        tell=tell,
    )


def mapping_file(folder: Path, text: str) -> Path:
    """Write a mapping of one's own."""
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


PLAIN = """
source = "plain"
[columns]
key = "id"
received_at = "received"
due_at = "due"
ended_at = "ended"
unit = "unit"
procedure_code = "procedure"
"""


def plain_csv(folder: Path, *rows: str, name: str = "plain.csv") -> Path:
    """Write a CSV for the mapping PLAIN."""
    path = folder / name
    header = "id,received,due,ended,unit,procedure"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
