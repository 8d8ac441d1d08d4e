"""`make bench`: runs each measure in a process and a home of its own and prints one table."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Figure, as_json, as_text

ROOT = Path(__file__).parents[1]
MEASURES = (
    "actions",
    "clock",
    "moving",
    "telling",
    "importing",
    "starting",
    "growing",
    "cube",
)
BY_NAME = ("walls",)  # 300 walls at once: asked for by name, it needs the machine to itself


def main() -> int:
    """Run all measures, or the named ones; give 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument(
        "measures", nargs="*", default=MEASURES, metavar="|".join((*MEASURES, *BY_NAME))
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--large", action="store_true", help="cubes of 2 M and 20 M dossiers: an hour"
    )
    options = parser.parse_args()
    if options.large:
        os.environ["BENCH_LARGE"] = "20000000"
    figures = [figure for name in options.measures for figure in _measure(name)]
    print(as_json(figures) if options.json else as_text(figures))
    return 1 if any(figure.is_met is False for figure in figures) else 0


def _measure(name: str) -> list[Figure]:
    print(f"measuring {name} …", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        run = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"],
            cwd=ROOT,
            env={
                **os.environ,
                "MOTCUA_HOME": home,
                "DJANGO_SETTINGS_MODULE": "motcua.settings",
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return [Figure(**row) for row in json.loads(run.stdout.splitlines()[-1])]


if __name__ == "__main__":
    sys.exit(main())
