"""The contracts of imports are kept, and each of them bites."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.words import PACKAGE

ROOT = PACKAGE.parents[1]
LINT = Path(sys.executable).with_name("lint-imports")
HIDDEN = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from motcua.{room} import {name}
"""
PLANTED = {
    "registry/queries.py": HIDDEN.format(room="dossiers", name="actions"),
    "accounts/rules.py": "\ndef late():\n    from motcua.accounts import pages\n",
    "dossiers/rules/taking.py": "\nfrom django.utils import timezone\n",
    "dossiers/migrations/0001_initial.py": "\nfrom motcua.dossiers import rules\n",
    "dossiers/deadlines.py": "\nfrom motcua.citizens import models\n",
    "citizens/queries.py": HIDDEN.format(room="registry", name="models"),
    "citizens/rules.py": HIDDEN.format(room="accounts", name="models"),
    "exchange/files/flags.py": HIDDEN.format(room="dossiers", name="models"),
}


def verdicts(root: Path) -> dict[str, str]:
    """Give each contract with its verdict for the tree under `root`."""
    done = subprocess.run(
        [LINT, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"(.+) (KEPT|BROKEN)", done.stdout))


def test_the_house_keeps_its_contracts() -> None:
    said = verdicts(ROOT)

    assert len(said) >= 9
    assert [name for name, verdict in said.items() if verdict == "BROKEN"] == []


def test_each_contract_is_broken_by_what_it_forbids_also_when_hidden(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / "src" / "motcua", ignore=shutil.ignore_patterns("static*"))
    for name, lines in PLANTED.items():
        path = tmp_path / "src" / "motcua" / name
        path.write_text(path.read_text("utf-8") + lines, "utf-8")

    said = verdicts(tmp_path)

    assert [name for name, verdict in said.items() if verdict == "KEPT"] == []
