"""Nothing grows too long to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.words import PACKAGE

ROOT = PACKAGE.parents[1]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_README = 400, 40, 120, 40


def python_files() -> list[Path]:
    found = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "e2e").rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_stay_short() -> None:
    assert not [named(path) for path in python_files() if length(path) > LONGEST_FILE]


def test_functions_stay_short() -> None:
    too_long = [
        f"{named(path)}:{each.lineno} {each.name}"
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
        for each in functions(path)
        if (each.end_lineno or 0) - each.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not too_long


def test_templates_stay_short() -> None:
    templates = [path for path in PACKAGE.rglob("*.html") if "templates" in path.parts]

    assert templates
    assert not [named(path) for path in templates if length(path) > LONGEST_TEMPLATE]


def test_each_room_says_on_one_page_what_it_is_for() -> None:
    rooms = [folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()]
    pages = {room.name: room / "README.md" for room in rooms}

    assert not [room for room, page in pages.items() if not page.exists()]
    assert not [room for room, page in pages.items() if length(page) > LONGEST_README]
