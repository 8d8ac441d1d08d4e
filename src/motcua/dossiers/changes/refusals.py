"""Why a step of a change is refused."""

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


class AnotherChangeRuns(Refused):
    message = gettext_noop(
        "Another change is being applied or taken back at this moment. Wait until it is done,"
        " then look at the preview again."
    )


class NoPreview(Refused):
    message = gettext_noop("Look at the preview first: it lists every dossier that would move.")


class PreviewBroken(Refused):
    message = gettext_noop(
        "The preview could not be counted: a fault of the program, which is in its log. Tell those"
        " who keep the program, then make the preview again."
    )


class PreviewStale(Refused):
    message = gettext_noop(
        "The calendar or a procedure was changed since this preview. Make the preview again."
    )


class FirstDayPast(Refused):
    message = gettext_noop(
        "Give a day after today: who was received from %(day)s on may be running already, and would"
        " be counted anew."
    )


class StepNotPossible(Refused):
    message = gettext_noop(
        "This change does not stand where this is possible. Open it again and look."
    )


class LaterChangeStands(Refused):
    message = gettext_noop(
        "A later change lies over this one: “%(what)s”, applied at %(applied)s. Take that one back"
        " first, then this one."
    )


class StandsOtherwise(Refused):
    message = gettext_noop(
        "What stands there now is not what this change wrote: somebody has changed it since. It"
        " cannot be taken back; make a new change instead."
    )


class ChangesNothing(Refused):
    message = gettext_noop("Nothing would change: this is what stands already.")
