"""The command line `motcua`: what it understands. `commands` says what each command does.

The commands are imported after Django is set up, so that `motcua --help` needs no settings.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

import motcua
from motcua.accounts.roles import Role
from motcua.kit.clock import LimitUnit

WRONG_SETTINGS, NOBODY_READS = 2, 1
VERIFY = "verify_clock"
LEAST_PAUSE, MOST_PAUSE = 0.1, 3600.0  # seconds between two live actions


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give 0 when it went well, 1 when a check failed, 2 when it was refused."""
    options = parser().parse_args(arguments)
    if options.command == VERIFY:
        return verify_clock(options.file)
    # A thread of numpy's that nobody needs would be alive when `motcua serve` forks.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        print(wrong, file=sys.stderr)
        return WRONG_SETTINGS
    from motcua import commands  # noqa: PLC0415 (needs Django to be set up)

    try:
        code = commands.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has read enough; Python must not flush into it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return code


def verify_clock(file: Path) -> int:
    """Count the file of a proof again; give 0 verified, 1 differs, 2 unreadable.

    Whoever checks a proof has the file and this program: no home, no settings, no database.
    """
    if not settings.configured:
        rooms = [Path(motcua.__file__).parent / room for room in ("dossiers", "kit", "ui")]
        settings.configure(LANGUAGE_CODE="vi", LOCALE_PATHS=[room / "locale" for room in rooms])
        django.setup()
    from motcua.dossiers import verifying  # noqa: PLC0415 (needs the settings)

    with translation.override(settings.LANGUAGE_CODE):
        text, code = verifying.check(file)
    print(text, file=sys.stderr if code == verifying.UNREADABLE else sys.stdout)
    return code


def parser() -> argparse.ArgumentParser:
    """Give the whole command line."""
    top = argparse.ArgumentParser(prog="motcua", description=motcua.__doc__)
    top.add_argument("--version", action="version", version=f"motcua {motcua.__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_figures(commands)
    _add_clock(commands)
    _add_imports(commands)
    _add_exports(commands)
    _add_reports(commands)
    _add_calendars(commands)
    _add_accounts(commands)
    return top


def _add_running(commands: Any) -> None:
    serve = _add(commands, "serve", "serve", "serve pages and do the work beside them")
    _add_address(serve)
    serve.add_argument("--workers", type=_positive, default=1, help="processes that serve pages")
    _add(commands, "work", "work", "do the work only: readers of the ledger and deadlines")
    for name in ("migrate", "setup"):
        _add(commands, name, "prepare", "prepare the database and the first registry")
    demo = _add(commands, "demo", "demo", "load the demonstration world, then serve it")
    _add_address(demo)
    demo.add_argument("--no-serve", action="store_true", help="load only")
    demo.add_argument("--live", action="store_true", help="go on: about one action a second")
    demo.add_argument(
        "--every", type=_pause, default=1.0, metavar="SECONDS", help="between two live actions"
    )
    demo.add_argument("--seed", type=int, default=674, help="another seed is another world")
    _add(commands, "check", "check", "look whether this installation is sound")


def _add_figures(commands: Any) -> None:
    facts = commands.add_parser("facts", help="the files the figures are counted from")
    steps = _below(facts)
    _add(steps, "rebuild", "rebuild_facts", "make all facts and the day cube anew")
    _add(steps, "compare", "compare_facts", "name each cell in which the wall differs")
    indicators = commands.add_parser("indicators", help="figures of a period")
    show = _add(_below(indicators), "show", "show_indicators", "print the figures of a period")
    show.add_argument("subject", choices=["dossiers"])
    show.add_argument("--from", dest="first", required=True, metavar="YYYY-MM-DD")
    show.add_argument("--to", dest="last", required=True, metavar="YYYY-MM-DD")
    show.add_argument("--unit", metavar="CODE[@DATE]", help="without it: all units")
    show.add_argument("--by", choices=["unit", "field", "procedure", "channel", "month"])
    show.add_argument("--boundaries", choices=["as_then", "as_now"], default="as_then")
    show.add_argument("--json", dest="as_json", action="store_true")


def _add_clock(commands: Any) -> None:
    clock = _below(
        commands.add_parser("clock", help="due moments by law, and how they are counted")
    )
    _add_proofs(clock)
    due = _add(clock, "due", "clock_due", "the due moment of one limit")
    due.add_argument("--received", required=True, metavar="YYYY-MM-DDTHH:MM")
    due.add_argument("--limit", default="", metavar="N", help="not needed for same_day")
    due.add_argument("--unit", required=True, help=", ".join(LimitUnit))
    due.add_argument(
        "--pause", nargs="+", action="extend", default=[], metavar="A/B", help="A/ while it runs"
    )
    batch = _add(clock, "batch", "clock_batch", "the due moments of a CSV file")
    batch.add_argument("source", type=Path, metavar="IN", help="id,received_at,limit,unit,pauses")
    batch.add_argument("target", type=Path, metavar="OUT", help="the same rows with due_at")
    for each in (due, batch):
        each.add_argument("--calendar", metavar="CODE[@DATE]", help="without it: the nation's")
        each.add_argument("--json", dest="as_json", action="store_true")


def _add_imports(commands: Any) -> None:
    kinds = _below(commands.add_parser("import", help="take in a file"))
    procedures = _add(kinds, "procedures", "import_procedures", "procedures and their versions")
    procedures.add_argument("file", type=Path)
    dossiers = _add(kinds, "dossiers", "import_dossiers", "dossiers of other software")
    dossiers.add_argument("file", type=Path)
    dossiers.add_argument("--mapping", required=True, help="a TOML file, or a ready one by name")
    dossiers.add_argument("--dry-run", action="store_true", help="read and judge, keep nothing")
    dossiers.add_argument("--create-missing", metavar="ROOT", help="create units below this one")
    calendar = _add(kinds, "calendar", "import_calendar", "the days of a yearly decree")
    calendar.add_argument("file", type=Path)
    calendar.add_argument("--unit", metavar="CODE[@DATE]", help="without it: the nation")
    calendar.add_argument("--decree", default="", help="number and date of the decree")
    calendar.add_argument("--dry-run", action="store_true", help="say what would change only")
    calendar.add_argument(
        "--drop-computed", action="store_true", help="computed days the file does not name go"
    )
    boundaries = _add(kinds, "boundaries", "import_boundaries", "official boundaries of units")
    boundaries.add_argument("file", type=Path, help="GeoJSON, features carry the unit's code")
    boundaries.add_argument("--source", default="", help="who says so; without it: the file's name")
    boundaries.add_argument(
        "--valid-on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="without it: today"
    )
    boundaries.add_argument("--dry-run", action="store_true", help="say what it holds only")
    for each in (procedures, dossiers, calendar, boundaries):
        each.add_argument("--json", dest="as_json", action="store_true")


def _add_reports(commands: Any) -> None:
    kinds = _below(commands.add_parser("report", help="reports as XLSX or PDF"))
    periodic = _add(kinds, "periodic", "report_periodic", "form II.06a of a period")
    periodic.add_argument("--by", choices=["field", "unit"], default="field")
    years = _add(kinds, "years", "report_years", "several years, year by year")
    for each in (periodic, years):
        is_needed = each is periodic
        each.add_argument("--from", dest="first", required=is_needed, metavar="YYYY-MM-DD")
        each.add_argument("--to", dest="last", required=is_needed, metavar="YYYY-MM-DD")
        each.add_argument("--unit", metavar="CODE[@DATE]", help="without it: all units")
        each.add_argument("--boundaries", choices=["as_then", "as_now"], default="as_then")
        each.add_argument(
            "--address",
            metavar="https://NAME",
            help="what links of numbers begin with; without it: the first name of MOTCUA_HOSTS",
        )
        each.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.pdf")


def _add_exports(commands: Any) -> None:
    kinds = _below(commands.add_parser("export", help="write a file for other tools"))
    log = _add(kinds, "eventlog", "export_eventlog", "lives of dossiers for process mining")
    log.add_argument("file", type=Path, help="packed when its name ends in .gz")
    log.add_argument("--format", required=True, choices=["xes", "ocel"])
    log.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="received from this day on")
    log.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help="received until this day")
    log.add_argument("--unit", metavar="CODE[@DATE]", help="without it: all units")
    log.add_argument("--json", dest="as_json", action="store_true")


def _add_calendars(commands: Any) -> None:
    steps = _below(commands.add_parser("calendar", help="which days count, and who decided it"))
    show = _add(steps, "show", "show_calendar", "print the calendar of a unit in a year")
    show.add_argument("unit", metavar="UNIT", help="CODE, CODE@YYYY-MM-DD, or nation")
    show.add_argument("year", type=int)
    show.add_argument("--json", dest="as_json", action="store_true")


def _add_accounts(commands: Any) -> None:
    steps = _below(commands.add_parser("accounts", help="who may sign in, and do what"))
    add = _add(steps, "add", "add_account", "open an account")
    add.add_argument("username")
    add.add_argument("--name", default="", help="the name pages show")
    add.add_argument("--role", choices=list(Role))
    add.add_argument("--unit", default="*", help="CODE, CODE@YYYY-MM-DD, or * for every unit")
    grant = _add(steps, "grant", "grant", "give an account a role at a unit and below it")
    grant.add_argument("username")
    grant.add_argument("role", choices=list(Role))
    grant.add_argument("unit", help="CODE, CODE@YYYY-MM-DD, or * for every unit")
    grant.add_argument("--from", dest="first", type=date.fromisoformat)
    grant.add_argument("--to", dest="last", type=date.fromisoformat)


def _add_proofs(clock: Any) -> None:
    prove = _add(clock, "prove", "prove_clock", "how the appointment of a dossier is counted")
    prove.add_argument("code", help="the code of the dossier")
    prove.add_argument("--json", dest="as_json", action="store_true", help="as the file to check")
    verify = _add(clock, "verify", VERIFY, "count the file of a proof again")
    verify.add_argument("file", type=Path)


def _add(commands: Any, name: str, command: str, text: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    added.set_defaults(command=command)
    return added


def _below(group: argparse.ArgumentParser) -> Any:
    return group.add_subparsers(required=True, metavar="COMMAND")


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_positive, default=8000)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _pause(text: str) -> float:
    seconds = float(text)
    if not LEAST_PAUSE <= seconds <= MOST_PAUSE:
        raise argparse.ArgumentTypeError(f"must be from {LEAST_PAUSE} to {MOST_PAUSE:.0f}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
