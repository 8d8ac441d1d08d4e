"""The project tells nothing of the place where it was written."""

import re
import subprocess
from pathlib import Path

from tests.architecture.words import PACKAGE

ROOT = PACKAGE.parents[1]
# Put together here, so that this file does not name them either.
PLACES = re.compile("|".join((
    "sha" r"red/",
    "/wo" r"rk/(?:main|shared|\.)",
    "/ro" r"ot/",
    "/ho" r"me/\w",
    "pypi" r"\.org",
    "python" r"hosted",
    "npm" r"js\.",
    "deb" r"\.debian\.org",
)))  # fmt: skip
TEST_DATA = "shared" + "/"
MAY_NAME_TEST_DATA = ("tests/", "e2e/", "bench/", ".ci/")
BINARY = {".woff2", ".png", ".gz", ".xlsx", ".mo", ".ico"}


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def test_no_file_names_a_place_of_the_machine_it_was_written_on() -> None:
    named = []
    for name in committed():
        path = ROOT / name
        if path.suffix in BINARY or not path.is_file() or name == "docs/plan.md":
            continue
        found = {match.group() for match in PLACES.finditer(path.read_text("utf-8"))}
        if name.startswith(MAY_NAME_TEST_DATA):
            found.discard(TEST_DATA)
        named += [f"{name}: {place}" for place in sorted(found)]

    assert not named


def test_third_party_browser_files_and_built_words_are_not_committed() -> None:
    wrong = [
        name
        for name in committed()
        if name.endswith(".mo") or "/vendor/" in name or name.startswith("node_modules/")
    ]

    assert not wrong


def test_the_command_of_the_build_server_is_what_a_person_types() -> None:
    script = Path(ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    commands = [line for line in script if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test", "make check"]
