"""What every template knows of this installation, beside the look's own (`ui.context`)."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.exchange.demonstration import is_demonstration


def installation(_: HttpRequest) -> dict[str, object]:
    """Say on every page of a demonstration that its data are made up."""
    if not is_demonstration():
        return {"is_demonstration": False}
    return {"is_demonstration": True, "shell_place": gettext("demonstration data")}


def name() -> str:
    """Name this installation on papers and files; a demonstration says that it is one."""
    if is_demonstration():
        return gettext("Motcua, demonstration data: not of real people")
    return f"Motcua ({settings.NODE_NAME})"
