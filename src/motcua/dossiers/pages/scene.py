"""What a form of a move needs to know: the dossier, its law, who and where."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.dossiers.hands import people_near
from motcua.dossiers.models import Dossier, Leg
from motcua.dossiers.proving import proof_of
from motcua.dossiers.rules.life import POSTING, VERIFICATION
from motcua.dossiers.terms import day_zero, pause_reasons
from motcua.kit.calendar import Calendar
from motcua.kit.moments import minute_of
from motcua.kit.proof import Proof
from motcua.kit.text import sort_key
from motcua.registry.cards import ProcedureCard, UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.queries import catalogue
from motcua.registry.rules import NotInForce, UnknownProcedure, UnknownUnit


@dataclass
class Scene:
    """One dossier before one person, at one moment; looked up once for a whole page."""

    row: Dossier
    actor: Actor
    now: datetime

    @cached_property
    def known(self) -> Catalogue:
        return catalogue()

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def law_day(self) -> date:
        """Day 0, whose law holds for the dossier."""
        began = self.row.received_at or self.row.filed_at or self.now
        return day_zero(minute_of(began), self.calendar)

    @cached_property
    def card(self) -> ProcedureCard | None:
        """The version of the procedure in force on day 0; none when it came from elsewhere."""
        try:
            return self.known.procedure(self.row.procedure_code, self.law_day)
        except (UnknownProcedure, NotInForce):
            return None

    @property
    def pause_reasons(self) -> frozenset[str]:
        """For what the clock may be stopped; another system may follow another law."""
        if self.row.due_of == "source":
            return frozenset((VERIFICATION, POSTING))
        return pause_reasons(self.card) if self.card else frozenset()

    @cached_property
    def calendar(self) -> Calendar:
        return self.known.calendar(self.row.clock_unit_key or self.row.holder_key)

    @cached_property
    def proof(self) -> Proof | None:
        """How the appointment is counted; none where there is no limit or it is not known here."""
        return proof_of(self.row, list(self.row.pauses.all()), known=self.known, now=self.now)

    @cached_property
    def legs(self) -> list[Leg]:
        return list(self.row.leg_rows.order_by("number"))

    @property
    def open_legs(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.closed_at is None]

    def unit_name(self, key: str) -> str:
        """Give a unit's name, or its key when the registry has lost it."""
        try:
            return self.known.unit(key).name
        except UnknownUnit:
            return key

    @cached_property
    def bodies(self) -> list[tuple[str, str]]:
        """Every other body that decides dossiers today, by name, as choices."""
        found = [
            unit
            for unit in self.known.units()
            if unit.is_valid_on(self.today)
            and not unit.receives_only
            and unit.key != self.row.holder_key
        ]
        found.sort(key=lambda unit: sort_key(unit.name))
        return [(unit.key, self._with_parent(unit)) for unit in found]

    def people(self, *permissions: Permission) -> list[tuple[str, str]]:
        """Give who may do one of these at the holder or the place, the reader first."""
        found = people_near(self.row, permissions, known=self.known, on=self.today)
        ranked = sorted(
            found.values(), key=lambda one: (str(one.id) != self.actor.id, sort_key(one.name))
        )
        return [(str(one.id), one.name) for one in ranked]

    def _with_parent(self, unit: UnitCard) -> str:
        if unit.parent_key is None:
            return unit.name
        return f"{unit.name} – {self.known.unit(unit.parent_key).short_name}"
