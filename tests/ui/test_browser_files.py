"""What is pinned, what is built from it, and that pages name only what is there."""

import json
import re
from pathlib import Path

from motcua.ui import collecting

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "motcua"
VENDOR = PACKAGE / "ui" / "static" / "vendor"
ICON_TAG = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']""")
ICON_ARGUMENT = re.compile(r"""\bicon=["']([\w-]+)["']""")


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    assert "http" not in re.sub(r'"(url|funding|homepage)":\s*"[^"]*"', "", lock)


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    listed = set((PACKAGE / "ui" / "bundles" / "icons.txt").read_text().split())
    named = {
        (name, template.name)
        for template in PACKAGE.rglob("*.html")
        for pattern in (ICON_TAG, ICON_ARGUMENT)
        for name in pattern.findall(template.read_text(encoding="utf-8"))
    }

    assert named
    assert {(name, where) for name, where in named if name not in listed} == set()


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    guilty = [
        template.name
        for template in PACKAGE.rglob("*.html")
        if re.search(
            r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", template.read_text(encoding="utf-8")
        )
    ]

    assert guilty == []


def test_each_part_of_the_browser_files_brings_its_licence() -> None:
    parts = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))

    assert {part["name"] for part in parts} >= {"echarts", "@tabler/icons"}
    assert all((VENDOR / part["text"]).stat().st_size > 100 for part in parts)


def test_collected_files_are_current_until_a_file_is_edited(tmp_path: Path) -> None:
    package = tmp_path / "package"
    source = package / "ui" / "static" / "ui" / "a.css"
    source.parent.mkdir(parents=True)
    source.write_text("a{}")
    collected = package / collecting.FOLDER
    collected.mkdir()
    assert not collecting.is_current(collected)

    (collected / collecting.STAMP).write_text(collecting._fingerprint(package))
    assert collecting.is_current(collected)

    source.write_text("a{color:red}")
    assert not collecting.is_current(collected)
