"""What came of counting a file."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows have a due moment, wait without one, or are wrong, and where those stand."""

    due: int
    waiting: int
    wrong: int
    errors: Path | None

    def as_json(self) -> dict[str, object]:
        """Give the counts for a machine."""
        return {
            "rows": self.due + self.waiting + self.wrong,
            "due": self.due,
            "waiting": self.waiting,
            "wrong": self.wrong,
            "errors": None if self.errors is None else str(self.errors),
        }

    def __str__(self) -> str:
        text = _(
            "%(due)s rows with a due moment, %(waiting)s waiting without one, %(wrong)s wrong."
        )
        told = text % {"due": self.due, "waiting": self.waiting, "wrong": self.wrong}
        if self.errors is None:
            return told
        return f"{told} " + _("The wrong rows and why: %(errors)s") % {"errors": self.errors}
