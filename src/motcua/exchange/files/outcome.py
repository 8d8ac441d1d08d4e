"""What an import did, as figures and in words."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from .flags import SAYS


@dataclass
class Outcome:
    """What an import did. `known` were taken in before; `rejected` and `flagged` are reported."""

    file: str
    mapping: str
    source: str
    dry_run: bool
    rows: int = 0
    left_out: int = 0
    dossiers: int = 0
    taken_in: int = 0
    known: int = 0
    rejected: int = 0
    flagged: int = 0
    units_made: int = 0
    procedures_made: int = 0
    events: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    report: str = ""

    def as_json(self) -> dict[str, object]:
        """The figures by name."""
        return asdict(self)

    def __str__(self) -> str:
        """The figures in words, one line each; what is zero is left out."""
        lines = [_("Trial run: nothing was written.")] if self.dry_run else []
        lines += [words % {"count": count} for words, count in self._counted() if count]
        lines += [f"  {_(SAYS[reason])}: {count}" for reason, count in self.reasons.items()]
        if self.report:
            lines.append(_("Report: %(path)s") % {"path": self.report})
        return "\n".join(lines)

    def _counted(self) -> list[tuple[str, int]]:
        return [
            (_("%(count)s rows read"), self.rows),
            (_("%(count)s rows are titles, totals or signatures"), self.left_out),
            (_("%(count)s dossiers in the file"), self.dossiers),
            (_("%(count)s units made"), self.units_made),
            (_("%(count)s procedures made"), self.procedures_made),
            (_("%(count)s dossiers taken in"), self.taken_in),
            (_("%(count)s dossiers were taken in before"), self.known),
            (_("%(count)s rows left out"), self.rejected),
            (_("%(count)s dossiers with a flag"), self.flagged),
        ]
