"""The bulk door for history: what happened elsewhere or before, told in batches.

It folds each dossier's moves with the same rules as the actions and writes the same rows and
events; only the writing is done many at a time (docs/adr/0011).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.moments import Minute, date_of, day_of
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.ledger.recording import Draft, record_many
from motcua.registry.catalogue import Catalogue
from motcua.registry.holding import hold_still
from motcua.registry.queries import catalogue

from . import storing
from .models import CodeCounter, Dossier
from .rules.codes import code_of, stem_of
from .rules.crossings import armed
from .rules.life import Life, Terms
from .rules.moves import RECEIVE
from .rules.taking import take
from .terms import day_zero, terms_on
from .told import Folded, Past

BATCH = 2_000


class NothingTold(Refused):
    message = gettext_noop("The dossier has no history: nothing is told of it.")


@dataclass
class Written:
    """What the door did: counts, and each past that a rule refused, with the refusal."""

    dossiers: int = 0
    events: int = 0
    known: int = 0  # told before
    refused: list[tuple[Past, Refused]] = field(default_factory=list)


def write_history(
    pasts: Iterable[Past], *, actor: Actor, at: datetime, batch: int = BATCH
) -> Iterator[Written]:
    """Write told dossiers in batches of one transaction each; give the count after each batch.

    Stopping between two batches is safe, and telling everything again continues where it stopped.
    Tell in the order of receipt, so that codes are numbered in it.

    Errors: NotAllowed.
    """
    require_anywhere(actor, Permission.WRITE_HISTORY)
    told, written = iter(pasts), Written()
    with storing.room_for_bulk():
        while chunk := list(islice(told, batch)):
            _write_batch(chunk, written, actor=actor)
            yield written


def lock_codes(pasts: Sequence[Past]) -> None:
    """Lock the counters these pasts will be numbered by, until the transaction ends.

    Whoever records other events before telling history in the same transaction calls this first:
    rows are locked before the ledger, so nobody waits in a circle.
    """
    hold_still()
    Folder(catalogue(), actor_id="").lock_counters(pasts)


def _write_batch(chunk: Sequence[Past], written: Written, *, actor: Actor) -> None:
    with transaction.atomic():
        hold_still()
        known = _known(chunk)
        fresh = [past for past in chunk if (past.source, past.source_key) not in known]
        folder, folded = Folder(catalogue(), actor_id=actor.id), []
        folder.lock_counters(fresh)
        for past in fresh:
            try:
                folded.append(folder.fold(past))
            except Refused as refusal:
                written.refused.append((past, refusal))
        folder.save_counters()
        storing.insert(folded)
        written.events += record_many(draft for one in folded for draft in one.drafts)
    written.dossiers += len(folded)
    written.known += len(chunk) - len(fresh)


def _known(chunk: Sequence[Past]) -> set[tuple[str, str]]:
    sources = {past.source for past in chunk}
    keys = [past.source_key for past in chunk]
    rows = Dossier.objects.filter(source__in=sources, source_key__in=keys)
    return set(rows.values_list("source", "source_key"))


class Folder:
    """Folds pasts into lives and events; remembers terms and the last numbers of a batch."""

    def __init__(self, known: Catalogue, *, actor_id: str) -> None:
        self._catalogue = known
        self._actor_id = actor_id
        self._terms: dict[tuple[date, str, str, str, str, bool], Terms] = {}
        self._counters: dict[str, CodeCounter] = {}
        self._stems: dict[tuple[str, date], str] = {}

    def fold(self, past: Past) -> Folded:
        """Give the life that the told moves lead to, and the events they leave.

        Errors: NothingTold, MoveNotAllowed and every refusal of the moves' rules.
        """
        if not past.moves:
            raise NothingTold
        life, terms = self._first(past, self._day_zero(past.moves[0].at, past.holder))
        drafts = []
        for told in past.moves:
            if told.move is RECEIVE:  # the law of the day of receipt, not of the filing
                terms = self._terms_on(self._day_zero(told.at, life.holder), past, life.holder)
            life, data = take(life, told.move, at=told.at, terms=terms, facts=told.facts)
            drafts.append(
                Draft(
                    kind=told.move.event.name,
                    subject_id=past.id,
                    version=life.version,
                    unit_key=life.holder,
                    actor_id=told.actor_id or self._actor_id,
                    at=told.at,
                    data=told.move.event.checked(data),
                )
            )
        life = armed(life, at=past.moves[-1].at, terms=terms)
        return Folded(past, past.code or self._number(past), life, tuple(drafts))

    def lock_counters(self, pasts: Sequence[Past]) -> None:
        """Lock the counters that will be needed, in the order of their stems.

        One order for all doors, and before the ledger's own lock: nobody waits in a circle.
        """
        stems = sorted({self._stem(past) for past in pasts if past.moves and not past.code})
        CodeCounter.objects.bulk_create(
            [CodeCounter(stem=stem) for stem in stems], ignore_conflicts=True
        )
        rows = CodeCounter.objects.select_for_update().filter(stem__in=stems).order_by("stem")
        self._counters = {counter.stem: counter for counter in rows}

    def save_counters(self) -> None:
        """Keep the last numbers given."""
        CodeCounter.objects.bulk_create(
            self._counters.values(),
            update_conflicts=True,
            unique_fields=["stem"],
            update_fields=["last"],
        )

    def _first(self, past: Past, on: date) -> tuple[Life, Terms]:
        card = self._catalogue.procedure(past.procedure, on)
        life = Life(
            procedure=card.code,
            field=card.field_code,
            channel=past.channel,
            case=past.case,
            place=past.place,
            holder=past.holder,
            source=past.source,
            online_offered=card.online,
            due_of=past.due_of,
            source_due_at=past.source_due_at,
        )
        return life, self._terms_on(on, past, past.holder)

    def _terms_on(self, on: date, past: Past, unit_key: str) -> Terms:
        place = (on, past.procedure, past.channel, past.case, unit_key, past.in_zone)
        found = self._terms.get(place)
        if found is None:
            found = terms_on(
                on,
                catalogue=self._catalogue,
                procedure=past.procedure,
                channel=past.channel,
                case=past.case,
                unit_key=unit_key,
                in_zone=past.in_zone,
            )
            if past.due_of == "source":  # told with its appointments: nothing of ours to check
                found = replace(found, extension_notice_days=-(10**6), max_extensions=10**6)
            self._terms[place] = found
        return found

    def _day_zero(self, at: Minute, unit_key: str) -> date:
        return day_zero(at, self._catalogue.calendar(unit_key))

    def _number(self, past: Past) -> str:
        counter = self._counters[self._stem(past)]
        counter.last += 1
        return code_of(counter.stem, counter.last)

    def _stem(self, past: Past) -> str:
        on = date_of(day_of(past.moves[0].at))
        found = self._stems.get((past.place, on))
        if found is None:
            found = stem_of(self._catalogue.code_pattern(past.place, on), on=on)
            self._stems[past.place, on] = found
        return found
