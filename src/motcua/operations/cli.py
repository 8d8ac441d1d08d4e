"""The door of the command line to the reports: `motcua report periodic` and `… years`."""

import argparse
import os
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from motcua.indicators import facts, queries
from motcua.indicators.asking import Boundaries
from motcua.kit.moments import minute_of
from motcua.kit.periods import Period
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop as _

from . import choosing
from .choosing import Choice
from .pages.reports import BYS, paper_file, periodic_paper, yearly_paper
from .reports.years import standard_period
from .scope import Scope

PART = ".part"


class CannotWrite(Refused):
    """A place where no file can be written."""

    message = _("The file %(file)s cannot be written: %(reason)s")


class AddressUnclear(Refused):
    """An address no link can begin with."""

    message = _(
        "“%(text)s” is no address of these pages. Write it like https://motcua.example.vn,"
        " without anything after the name."
    )


def periodic(options: argparse.Namespace, *, at: datetime) -> str:
    """Write the periodic report of a period; give what to print.

    Errors: DayUnclear, PeriodBackwards, TooEarly, UnknownUnit, NoSuchForm, CannotWrite,
    AddressUnclear.
    """
    site = public_address(options.address)
    facts.advance()
    scope, place = _asked(options, Period.read(options.first, options.last), at)
    choice = _choice(scope, at)
    with translation.override("vi"):
        paper = periodic_paper(choice, scope, by=BYS[options.by], place=place, site=site)
        return _written(paper_file(paper, _form(options.file), choice, name="").content, options)


def years(options: argparse.Namespace, *, at: datetime) -> str:
    """Write the report of several years; give what to print. Errors: as `periodic`."""
    site = public_address(options.address)
    facts.advance()
    today = timezone.localdate(at)
    if options.first or options.last:
        period = Period.read(options.first or f"{today.year}-01-01", options.last or str(today))
    else:
        whole, _place = _asked(options, Period.year(today.year), at)
        period = standard_period(whole.asked, today)
    scope, place = _asked(options, period, at)
    choice = _choice(scope, at)
    with translation.override("vi"):
        paper = yearly_paper(choice, scope, place=place, site=site)
        return _written(paper_file(paper, _form(options.file), choice, name="").content, options)


def public_address(text: str | None) -> str:
    """Give what the links of a paper begin with: what was typed, else what the settings say.

    Empty where the pages are for this machine only: then numbers carry no links.
    Errors: AddressUnclear.
    """
    if text is None:
        return str(settings.PUBLIC_ADDRESS)
    try:
        parts = urlsplit(text)
        is_clear = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise AddressUnclear(text=text) from None
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not is_clear or more or re.search(r"[\s\x00-\x1f<>\"\\]", text):
        raise AddressUnclear(text=text)
    return f"{parts.scheme}://{parts.netloc}"


def _asked(options: argparse.Namespace, period: Period, at: datetime) -> tuple[Scope, str]:
    asked, unit = queries.ask(
        period,
        now=minute_of(at),
        unit=options.unit,
        boundaries=Boundaries(options.boundaries),
    )
    return Scope(asked, unit), unit.name if unit else gettext("All units")


def _choice(scope: Scope, at: datetime) -> Choice:
    asked = scope.asked
    params = {"from": str(asked.period.first), "to": str(asked.period.last)}
    params |= {"unit": scope.unit.key if scope.unit else "", "boundaries": asked.boundaries.value}
    return choosing.read(params, today=timezone.localdate(at))


def _form(file: Path) -> str:
    return file.suffix.removeprefix(".").lower()


def _written(content: bytes, options: argparse.Namespace) -> str:
    """Write beside the place and rename, so that a file is whole or not there."""
    file: Path = options.file
    part = file.with_name(f"{file.name}{PART}")
    try:
        part.write_bytes(content)
        os.replace(part, file)
    except OSError as error:
        raise CannotWrite(file=str(file), reason=error.strerror or str(error)) from error
    return gettext("Written: %(file)s") % {"file": file}
