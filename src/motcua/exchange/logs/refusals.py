"""How the export of a log says no. Each leaves nothing behind."""

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop


class Unwritable(Refused):
    message = gettext_noop("%(file)s cannot be written: %(reason)s. Nothing was left there.")


class NothingChosen(Refused):
    message = gettext_noop(
        "No dossier was received from %(first)s to %(last)s at the units asked for. "
        "Nothing was written."
    )
