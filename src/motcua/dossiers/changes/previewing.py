"""The preview of a change: every running dossier that would move, counted and kept in pages."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from motcua.dossiers.change_models import ClockChange, ClockChangePage, Preview, Purpose, State
from motcua.kit.moments import Minute, minute_of
from motcua.kit.refusals import Refused
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue

from .drafts import from_json, replaced_from
from .judging import Judge, Judged
from .packing import ROW, Table, ids_bytes, packed
from .reading import Key, Reader, chunks_of, keys_of
from .rows import NO_MOMENT, Rows
from .worlds import Worlds, if_applied, reach_of

PAGE = 1_000


@dataclass
class Found:
    """What a preview has found so far."""

    reader: Reader = field(default_factory=Reader)
    tables: list[Table] = field(default_factory=list)
    uncounted: int = 0

    def add(self, rows: Rows, judged: Judged) -> None:
        """Take in what was judged of some rows."""
        table = np.empty(len(judged.places), ROW)
        ids = ids_bytes([rows.ids[place] for place in judged.places])
        table["id"] = np.frombuffer(ids, "V16")
        table["unit"] = rows.unit[judged.places]
        table["received"] = rows.received[judged.places]
        table["before"], table["after"] = rows.due[judged.places], judged.after
        self.tables.append(table)
        self.uncounted += judged.uncounted

    def listed(self) -> Table:
        """Give all rows by unit, and in each by the moment they stand at now."""
        table = np.concatenate([np.empty(0, ROW), *self.tables])
        return table[np.lexsort((table["after"], table["before"], table["unit"]))]


def preview(change_id: UUID) -> None:
    """Count a draft's preview from its beginning; stops where somebody has stopped it.

    Left alone it can be begun again at any time: nothing is written but the preview itself.
    """
    known = catalogue()
    if not _begin(change_id, known):
        return
    try:
        change = ClockChange.objects.get(pk=change_id)
        draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
        worlds = if_applied(known, draft, replaced)
        keys = keys_of(reach_of(draft, replaced, known))
        found = count(change_id, worlds, keys)
    except Refused as refusal:
        fail(change_id, refusal)
        return
    if found is not None:
        _keep(change_id, found, total=len(keys))


def count(change_id: UUID, worlds: Worlds, keys: Sequence[Key]) -> Found | None:
    """Judge all candidates, a part at a time, telling how far it is; None when it was stopped."""
    judge, found, seen = Judge(worlds), Found(), 0
    for chunk in chunks_of(keys):
        if not _tell(change_id, seen=seen, total=len(keys)):
            return None
        with _unhindered():
            rows = found.reader.read(chunk)
            found.add(rows, judge.judge(rows, found.reader.groups.listed()))
        seen += len(chunk)
    return found


@contextmanager
def _unhindered() -> Iterator[None]:
    """Keep the search for rubbish away while rows pass through: they leave none, and are many."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _begin(change_id: UUID, known: Catalogue) -> bool:
    waiting = ClockChange.objects.filter(
        pk=change_id, state=State.DRAFT, preview__in=[Preview.WANTED, Preview.COUNTING]
    )
    return bool(
        waiting.update(
            preview=Preview.COUNTING, registry_token=known.token, seen=0, total=0, problem={}
        )
    )


def _tell(change_id: UUID, *, seen: int, total: int) -> bool:
    counting = ClockChange.objects.filter(pk=change_id, preview=Preview.COUNTING)
    return bool(counting.update(seen=seen, total=total))


def fail(change_id: UUID, refusal: Refused) -> None:
    """Keep why a preview cannot be shown."""
    problem = {
        "message": refusal.message,
        "facts": {name: str(value) for name, value in refusal.facts.items()},
    }
    ClockChange.objects.filter(pk=change_id).update(preview=Preview.FAILED, problem=problem)


@transaction.atomic
def _keep(change_id: UUID, found: Found, *, total: int) -> None:
    change = ClockChange.objects.select_for_update().get(pk=change_id)
    if change.preview != Preview.COUNTING or change.state != State.DRAFT:
        return
    table = found.listed()
    change.pages.filter(purpose=Purpose.PREVIEW).delete()
    ClockChangePage.objects.bulk_create(
        (
            ClockChangePage(
                change=change,
                purpose=Purpose.PREVIEW,
                number=number,
                rows=packed(table[start : start + PAGE]),
            )
            for number, start in enumerate(range(0, len(table), PAGE))
        ),
        batch_size=100,
    )
    change.preview, change.seen, change.total = Preview.READY, total, total
    change.would_move, change.uncounted = len(table), found.uncounted
    change.would_be_late = newly_late(table, minute_of(timezone.now()))
    change.by_unit = _by_unit(table, found.reader.units.listed())
    change.save()


def newly_late(table: Table, now: Minute) -> int:
    """Give how many rows are not overdue at a moment, and would be by the change."""
    was_in_time = (table["before"] == NO_MOMENT) | (table["before"] >= now)
    is_late = (table["after"] != NO_MOMENT) & (table["after"] < now)
    return int(np.count_nonzero(was_in_time & is_late))


def _by_unit(table: Table, units: list[str]) -> list[list[object]]:
    """Give for each unit, in the order of the rows: key, how many later, earlier, otherwise."""
    ran = (table["before"] != NO_MOMENT) & (table["after"] != NO_MOMENT)
    later = ran & (table["after"] > table["before"])
    earlier = ran & (table["after"] < table["before"])
    counts = [
        np.bincount(table["unit"][these], minlength=len(units)) for these in (later, earlier, ~ran)
    ]
    return [
        [key, *(int(count[place]) for count in counts)]
        for place, key in enumerate(units)
        if any(count[place] for count in counts)
    ]
