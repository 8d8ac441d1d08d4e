"""What each command of the command line does: it calls a room and prints."""

import argparse
import getpass
import json
import secrets
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.checks import run_checks
from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from motcua import serving
from motcua.accounts.actions import grant_role, open_account
from motcua.accounts.actors import SYSTEM
from motcua.accounts.queries import account_named
from motcua.accounts.roles import Role
from motcua.accounts.rules import EVERYWHERE
from motcua.dossiers import actions as dossiers
from motcua.dossiers import cli as proofs
from motcua.dossiers.changes.going_on import finish, moved_by
from motcua.dossiers.changes.previewing import preview
from motcua.exchange import demonstration, dues, files, logs
from motcua.indicators import cli as indicators
from motcua.indicators import cube, facts
from motcua.indicators import deadlines as indicators_deadlines
from motcua.kit.moments import minute_of
from motcua.kit.refusals import Refused
from motcua.operations import cli as reports
from motcua.registry import cli as calendars
from motcua.registry import clock_due as clock
from motcua.registry import decree_import, importing
from motcua.registry.actions import take_boundaries
from motcua.registry.asking import calendar_named
from motcua.registry.boundaries import planning, telling
from motcua.registry.boundaries.refusals import FeaturesWrong
from motcua.registry.drafts import DecreeDraft
from motcua.registry.queries import catalogue
from motcua.setup import compile_words
from motcua.setup import prepare as prepare_home
from motcua.ui.doors import words_of
from motcua.worker import work as do_the_work

Command = Callable[[argparse.Namespace], int]
Beside = Mapping[str, Callable[[threading.Event], None]]
REFUSED = 2


def run(options: argparse.Namespace) -> int:
    """Prepare the home, run the command and say a refusal in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            if _needs_no_home(options):
                compile_words()
            else:
                prepare_home()
            return COMMANDS[options.command](options)
        except Refused as refusal:
            return _say_no(words_of(refusal))
        except FileNotFoundError as missing:
            return _say_no(gettext("There is no file %(name)s.") % {"name": missing.filename})
        except OperationalError as error:
            text = gettext("The database does not answer: %(reason)s")
            return _say_no(text % {"reason": str(error).strip()})


def _needs_no_home(options: argparse.Namespace) -> bool:
    """Whether a command counts by the law alone, without units: it asks no database."""
    return options.command in ("clock_due", "clock_batch") and options.calendar is None


def _say_no(text: str) -> int:
    print(text, file=sys.stderr)
    return REFUSED


def serve(options: argparse.Namespace) -> int:
    """Serve pages and do the work until Ctrl-C."""
    _serve(options, workers=options.workers, beside={})
    return 0


def _serve(options: argparse.Namespace, *, workers: int, beside: Beside) -> None:
    serving.check_port(options.host, options.port)
    print(f"Motcua: http://{options.host}:{options.port}/", flush=True)
    serving.serve(host=options.host, port=options.port, workers=workers, beside=beside)


def work(_: argparse.Namespace) -> int:
    """Do the work until Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    do_the_work(stop=stop, tell=print)
    return 0


def prepare(_: argparse.Namespace) -> int:
    """Say where the prepared home is: the preparing is done before every command."""
    print(gettext("Ready: %(home)s") % {"home": settings.MOTCUA_HOME})
    return 0


def demo(options: argparse.Namespace) -> int:
    """Load the demonstration world once, say how to sign in, and serve it; live if asked for."""
    if not options.no_serve:
        serving.check_port(options.host, options.port)  # before the minute of loading
    world = demonstration.load(today=timezone.localdate(), seed=options.seed, tell=print)
    if options.no_serve:
        return 0
    for sign_in in world.sign_ins:
        print(sign_in)
    beside: Beside = {}
    if options.live:
        beside = {"live": partial(demonstration.play_until, every=options.every)}
        print(
            gettext("The demonstration is live: an action every %(every)s s, day and night.")
            % {"every": format(options.every, "g")}
        )
    _serve(options, workers=1, beside=beside)
    return 0


def check(_: argparse.Namespace) -> int:
    """Say what this installation stands on, and what is unsound."""
    for problem in run_checks():
        print(problem, file=sys.stderr)
    version = sqlite3.sqlite_version if connection.vendor == "sqlite" else _server_version()
    print(f"{connection.vendor} {version}, {settings.MOTCUA_HOME}, {settings.NODE_NAME}")
    return 0


def _server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def rebuild_facts(_: argparse.Namespace) -> int:
    """Make all facts anew from the ledger."""
    facts.rebuild()
    cube.rebuild()
    print(gettext("The facts are made anew up to event %(seq)s.") % {"seq": facts.bookmark()})
    return 0


def compare_facts(_: argparse.Namespace) -> int:
    """Compare the figures of the wall with the facts; 1 when a cell differed."""
    found = indicators_deadlines.compare(at=timezone.now()).differences
    for one in found:
        print(" ".join(f"{name}={value}" for name, value in one.items()))
    told = gettext("Compared with the facts: %(n)s cells differed.")
    print(told % {"n": len(found)})
    return 1 if found else 0


def show_indicators(options: argparse.Namespace) -> int:
    """Print the figures of a period."""
    print(indicators.answer(options, now=minute_of(timezone.now())))
    return 0


def _printed(text: str) -> int:
    print(text)
    return 0


def clock_due(options: argparse.Namespace) -> int:
    """Print when one limit is due."""
    told = clock.clock_due(options)
    if told.note:
        print(told.note, file=sys.stderr)
    print(told.answer)
    return 0


def clock_batch(options: argparse.Namespace) -> int:
    """Count the due moments of a file."""
    named = calendar_named(options.calendar, timezone.localdate())
    outcome = dues.count_file(options.source, options.target, named.calendar)
    told = json.dumps(outcome.as_json(), ensure_ascii=False, indent=1)
    print(told if options.as_json else outcome)
    return 0


def import_procedures(options: argparse.Namespace) -> int:
    """Take in procedures and their versions."""
    now = timezone.now()
    report = importing.import_procedures(
        options.file, actor=SYSTEM, at=now, today=timezone.localdate(now)
    )
    if options.as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        return 0
    text = gettext(
        "%(rows)s rows: %(added)s procedures added, %(changed)s changed, "
        "%(unchanged)s unchanged, %(rejected)s rows rejected."
    )
    print(text % {**report.as_dict(), "rejected": len(report.rejected)})
    for row in report.rejected:
        print(f"  {row.line} {row.code}: {words_of(row.refusal)}")
    return 0


def import_dossiers(options: argparse.Namespace) -> int:
    """Take in dossiers of other software."""
    report = files.import_dossiers(
        path=options.file,
        mapping=options.mapping,
        is_dry_run=options.dry_run,
        create_missing_below=options.create_missing,
        at=timezone.now(),
        tell=lambda text: print(text, file=sys.stderr),
    )
    told = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    print(told if options.as_json else report)
    return 0


def export_eventlog(options: argparse.Namespace) -> int:
    """Write the lives of dossiers as an event log."""
    written = logs.export_log(
        path=options.file,
        form=logs.Format(options.format),
        first=options.first,
        last=options.last,
        unit=options.unit,
        at=timezone.localtime(),
        tell=lambda text: print(text, file=sys.stderr),
    )
    told = json.dumps(written.as_json(), ensure_ascii=False, indent=1)
    print(told if options.as_json else written)
    return 0


def prove_clock(options: argparse.Namespace) -> int:
    """Print how the appointment of a dossier is counted."""
    print(proofs.prove(options.code, as_json=options.as_json, now=timezone.now()))
    return 0


def add_account(options: argparse.Namespace) -> int:
    """Open an account, with a first role if one is named."""
    password, is_made = _new_password()
    with transaction.atomic():
        account_id = open_account(
            username=options.username,
            name=options.name,
            password=password,
            actor=SYSTEM,
            at=timezone.now(),
        )
        if options.role:
            _give(account_id, options.role, options.unit)
    print(gettext("The account %(username)s is open.") % {"username": options.username})
    if is_made:
        text = gettext("Password for the first sign-in: %(password)s")
        print(text % {"password": password})
    return 0


def _new_password() -> tuple[str, bool]:
    """Ask a person for the password; make one where nobody can be asked."""
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    typed = getpass.getpass("Password (empty: make one): ")
    return (typed, False) if typed else (secrets.token_urlsafe(12), True)


def grant(options: argparse.Namespace) -> int:
    """Give an account a role."""
    account = account_named(options.username)
    if account is None:
        text = gettext("Nobody signs in as %(username)s.")
        return _say_no(text % {"username": options.username})
    _give(account.id, options.role, options.unit, first=options.first, last=options.last)
    print(gettext("Done."))
    return 0


def _give(
    account_id: UUID, role: str, unit: str, *, first: date | None = None, last: date | None = None
) -> None:
    now = timezone.now()
    on = first or timezone.localdate(now)
    unit_key = unit if unit == EVERYWHERE else catalogue().resolve(unit, on).key
    grant_role(
        account_id=account_id,
        role=Role(role),
        unit_key=unit_key,
        valid_from=first,
        valid_to=last,
        actor=SYSTEM,
        at=now,
    )


def import_calendar(options: argparse.Namespace) -> int:
    """Take the days of a decree into a calendar, or only say what would change."""
    now, known = timezone.now(), catalogue()
    plan = decree_import.plan_decree(
        decree_import.read_file(options.file),
        known=known,
        unit_key=calendars.unit_of(options.unit, known, timezone.localdate(now)),
        decree=options.decree,
        drops_computed=options.drop_computed,
    )
    is_written = not (options.dry_run or plan.wrong or plan.changes_nothing)
    moved = _take_decree(plan.draft, now) if is_written else 0
    if options.as_json:
        answer = calendars.plan_as_dict(plan, is_written=is_written, moved=moved)
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(calendars.plan_as_text(plan, is_written=is_written, moved=moved))
    return REFUSED if plan.wrong else 0


def _take_decree(draft: DecreeDraft, now: datetime) -> int:
    """Write the days and let every running dossier follow; give how many moved."""
    change = dossiers.draft_change(draft=draft, actor=SYSTEM, at=now)
    preview(change.pk)
    dossiers.apply_change(change_id=change.pk, actor=SYSTEM, at=now)
    finish(change.pk, at=now)
    return moved_by(change.pk)


def import_boundaries(options: argparse.Namespace) -> int:
    """Take official boundaries of units, or only say what a file holds."""
    now, known = timezone.now(), catalogue()
    on = options.valid_on or timezone.localdate(now)
    try:
        plan = planning.plan_boundaries(options.file, known=known, on=on, source=options.source)
    except FeaturesWrong as refusal:
        return _say_wrong(refusal, as_json=options.as_json)
    taken = None
    if not options.dry_run:
        taken = take_boundaries(draft=plan.draft, actor=SYSTEM, at=now)
    if options.as_json:
        print(json.dumps(telling.plan_as_dict(plan, taken), ensure_ascii=False, indent=1))
    else:
        print(telling.plan_as_text(plan, taken, known=known))
    return 0


def _say_wrong(refusal: FeaturesWrong, *, as_json: bool) -> int:
    said = words_of(refusal)
    if as_json:
        answer = telling.wrong_as_dict(said, refusal.wrong)
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return REFUSED
    return _say_no(f"{said}\n{telling.wrong_as_text(refusal.wrong)}")


def show_calendar(options: argparse.Namespace) -> int:
    """Print the calendar of a unit in a year."""
    known = catalogue()
    unit_key = calendars.unit_of(options.unit, known, timezone.localdate())
    if options.as_json:
        answer = calendars.year_as_dict(known, unit_key, options.year)
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(calendars.year_as_text(known, unit_key, options.year))
    return 0


COMMANDS: Mapping[str, Command] = {
    "serve": serve,
    "work": work,
    "prepare": prepare,
    "demo": demo,
    "check": check,
    "compare_facts": compare_facts,
    "rebuild_facts": rebuild_facts,
    "report_periodic": lambda said: _printed(reports.periodic(said, at=timezone.now())),
    "report_years": lambda said: _printed(reports.years(said, at=timezone.now())),
    "show_indicators": show_indicators,
    "clock_due": clock_due,
    "clock_batch": clock_batch,
    "import_procedures": import_procedures,
    "import_dossiers": import_dossiers,
    "export_eventlog": export_eventlog,
    "import_calendar": import_calendar,
    "import_boundaries": import_boundaries,
    "show_calendar": show_calendar,
    "prove_clock": prove_clock,
    "add_account": add_account,
    "grant": grant,
}
