"""The import of a file of dossiers: staged and checked whole, then taken in by batches."""

import errno
import gc
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, transaction

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers.history import Written, lock_codes, write_history
from motcua.dossiers.told import Past
from motcua.kit.moments import date_of, day_of, minute_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.queries import catalogue
from motcua.ui.doors import words_of

from .checking import Progress, check_rows, read_whole
from .entries import Entry
from .flags import Reject
from .judging import settled
from .lives import past_of
from .mapping import Plan
from .missing import Lacking, Made, Maker, lacking
from .names import Names
from .outcome import Outcome
from .persons import Enrolment, Parties
from .refusals import DiskFull, NamesUnknown
from .report import write_report
from .staging import Noted, Staging

BATCH = 5_000
WRITING = gettext_noop("taken in: %(count)s dossiers")
RIGHTS = (
    Permission.IMPORT_DOSSIERS,
    Permission.WRITE_HISTORY,
    Permission.ENROL_PERSONS,
    Permission.KEEP_UNITS,
    Permission.KEEP_PROCEDURES,
)
FULL = ("disk is full", "no space left", "could not extend file")


def acting_account(plan: Plan) -> Actor:
    """The account in whose name a source is taken in."""
    return Actor.everywhere(f"import:{plan.source}", RIGHTS)


def import_dossiers(
    *,
    path: Path,
    plan: Plan,
    root: str,
    reports: Path,
    actor: Actor,
    at: datetime,
    progress: Progress,
    dry_run: bool = False,
) -> Outcome:
    """Take in a file of dossiers, or only say what would come of it.

    Running it again goes on where it stopped: a dossier is known by source and key.
    Errors: FileRefused and the refusals of the registry; nothing was written then, but for
    DiskFull, which says how many dossiers are in.
    """
    outcome = Outcome(path.name, plan.name, plan.source, dry_run)
    with _disk_full_told(outcome), _few_collections(), Staging() as staged:
        told = read_whole(path, plan, staged, progress=progress)
        outcome.rows, outcome.left_out, outcome.dossiers = told.rows, told.left_out, told.dossiers
        good = check_rows(staged, now=minute_of(at), progress=progress)
        if good:
            _take_in(staged, plan, root, outcome, actor=actor, at=at, progress=progress)
        outcome.rejected = staged.noted_dossiers(rejected=True)
        outcome.flagged = staged.noted_dossiers(rejected=False)
        outcome.reasons = staged.counts()
        if outcome.reasons:
            written = write_report(staged.noted(), folder=reports, source=plan.source, at=at)
            outcome.report = str(written)
    return outcome


def _take_in(
    staged: Staging,
    plan: Plan,
    root: str,
    outcome: Outcome,
    *,
    actor: Actor,
    at: datetime,
    progress: Progress,
) -> None:
    known = catalogue()
    lacks = lacking(staged, known, Names(known, plan), has_root=bool(root))
    if lacks and not root:
        raise NamesUnknown(file=outcome.file, listed=lacks.listed())
    if outcome.dry_run:
        outcome.units_made, outcome.procedures_made = len(lacks.units), len(lacks.procedures)
        return
    made = _make(lacks, plan, root, actor=actor, at=at)
    outcome.units_made, outcome.procedures_made = made.units, made.procedures
    batches = _Batches(plan, Names(catalogue(), plan), made.root_key, actor=actor, at=at)
    entries = (e for e in staged.entries() if e.received_at is not None)
    while chunk := list(islice(entries, BATCH)):
        written = batches.write(chunk)
        outcome.taken_in += written.dossiers
        outcome.known += written.known
        outcome.events += written.events
        lines = {entry.key: entry.line for entry in chunk}
        staged.note(_refusal(lines[past.source_key], past, why) for past, why in written.refused)
        progress(WRITING, outcome.taken_in + outcome.known)
        gc.collect(1)


def _make(lacks: Lacking, plan: Plan, root: str, *, actor: Actor, at: datetime) -> Made:
    if not root:
        return Made("", 0, 0)
    return Maker(plan, catalogue(), actor=actor, at=at).make(lacks, root=root)


def _refusal(line: int, past: Past, why: Refused) -> Noted:
    return Noted(line, past.source_key, True, Reject.RULE, words_of(why))


def _of(past: Past, parties: Parties | None) -> Past:
    if parties is None:
        return past
    return replace(past, owner_id=parties.owner_id, submitter_id=parties.submitter_id)


class _Batches:
    """Writes batches of entries, each with its persons in one transaction."""

    def __init__(
        self, plan: Plan, names: Names, root_key: str, *, actor: Actor, at: datetime
    ) -> None:
        self._plan = plan
        self._names = names
        self._root_key = root_key
        self._actor = actor
        self._at = at
        self._enrolment = Enrolment(
            plan.source, actor=actor, at=at, on=date_of(day_of(minute_of(at)))
        )

    def write(self, entries: Sequence[Entry]) -> Written:
        """Write the batch whole or not at all; what is known is left as it is."""
        unit_key = self._holder(entries[0])
        with transaction.atomic():
            pasts = [self._past(entry) for entry in entries]
            lock_codes(pasts)  # before the first event: of persons
            parties = self._enrolment.enrol(entries, unit_key=unit_key)
            pasts = [_of(past, parties.get(past.source_key)) for past in pasts]
            [written] = write_history(pasts, actor=self._actor, at=self._at, batch=len(pasts))
        return written

    def _past(self, entry: Entry) -> Past:
        holder = self._holder(entry)
        return past_of(
            settled(entry),
            source=self._plan.source,
            procedure=self._names.procedure(entry.procedure_code, entry.procedure_name) or "",
            holder=holder,
            place=self._unit(entry.place, entry) or holder,
            count_missing_due=self._plan.count_missing_due,
        )

    def _holder(self, entry: Entry) -> str:
        return self._unit(entry.unit, entry) or self._root_key

    def _unit(self, name: str, entry: Entry) -> str | None:
        return self._names.unit(name, entry.received_at or 0) if name else None


@contextmanager
def _few_collections() -> Iterator[None]:
    """Keep Python from searching for circles while millions of small values come and go.

    It would search for a sixth of the time and find next to nothing; each batch is searched once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _disk_full_told(outcome: Outcome) -> Iterator[None]:
    """Turn every way in which a full disk shows itself into one refusal."""
    try:
        yield
    except (DatabaseError, sqlite3.Error, OSError) as error:
        if _is_disk_full(error):
            raise DiskFull(applied=outcome.taken_in) from error
        raise


def _is_disk_full(error: BaseException | None) -> bool:
    """Say whether this error, or one that it came from, is that of a full disk."""
    while error is not None:
        if getattr(error, "errno", None) == errno.ENOSPC:
            return True
        if any(words in str(error).lower() for words in FULL):
            return True
        error = error.__cause__ or error.__context__
    return False
