"""The reports: on the page with every number open, and as papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators import queries
from motcua.indicators.asking import By
from motcua.kit.moments import moment_of
from motcua.operations import choosing
from motcua.operations.choosing import Choice
from motcua.operations.exports.heads import boundaries
from motcua.operations.exports.writing import (
    MEDIA_TYPES,
    File,
    Form,
    NoSuchForm,
    file_name,
    form_of,
)
from motcua.operations.links import Links, address
from motcua.operations.pages.chooser import unit_choices
from motcua.operations.pages.exports import handed_over
from motcua.operations.pages.lists import asked_at
from motcua.operations.pages.wall import UNPROCESSABLE, named, said, understood
from motcua.operations.reports import papers, summary, years
from motcua.operations.reports.cutoffs import cut_offs
from motcua.operations.reports.form import COLUMNS, GROUPS, SUMS
from motcua.operations.reports.form import form_of as rows_of
from motcua.operations.scope import Scope
from motcua.registry.queries import catalogue
from motcua.ui import formats
from motcua.ui.documents import printing, xlsx_page
from motcua.ui.documents.blocks import Page

BYS = {"field": By.FIELD, "unit": By.UNIT}
PAPER_FORMS = (Form.XLSX, Form.PDF)


@needs(Permission.READ_WALL)
@require_GET
def periodic(request: HttpRequest) -> HttpResponse:
    """Show the periodic report, or hand it over as a paper.

    Errors: NoSuchForm, MomentUnclear, NotAllowed.
    """
    actor, today = actor_of_request(request), timezone.localdate()
    params = _with_period(request.GET.dict(), today)
    choice = choosing.read(params, today=today)
    scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    context = _chooser(request, choice, params, "operations:reports")
    context["problems"] = [said(one) for one in problems]
    if scope is None:
        return render(request, "operations/reports.html", context, status=UNPROCESSABLE)
    place, by = named(scope, actor), BYS.get(params.get("by", ""), By.FIELD)
    if "as" in params:
        with translation.override("vi"):
            paper = periodic_paper(choice, scope, by=by, place=place, site=_site(request))
        return handed_over(paper_file(paper, params["as"], choice, name="bao cao ii 06a"))
    links, overview = Links(choice, scope), queries.overview(scope.asked, unit=scope.unit)
    context |= {
        "place": place,
        "by": by.value,
        "form": rows_of(overview, links, by=by),
        "groups": [(title, len(numbers)) for title, numbers in GROUPS],
        "columns": [(f"({n}){SUMS.get(n, '')}", title) for n, (_c, title) in COLUMNS.items()],
        "summary": summary.summary(overview, summary.before_of(overview), links),
        "notes": papers.notes(dict(overview.total.counts)),
        "about": _about(choice, scope, place),
    }
    return render(request, "operations/reports.html", context)


@needs(Permission.READ_WALL)
@require_GET
def over_years(request: HttpRequest) -> HttpResponse:
    """Show the report of years, or hand it over as a paper.

    Errors: NoSuchForm, MomentUnclear, NotAllowed.
    """
    actor, today = actor_of_request(request), timezone.localdate()
    params = request.GET.dict()
    choice = choosing.read(params, today=today)
    scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    if scope is not None and not {"from", "to", "period"} & set(params):
        choice = _of_days(params, years.standard_period(scope.asked, today), today)
        scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    context = _chooser(request, choice, params, "operations:report_years")
    context["problems"] = [said(one) for one in problems]
    if scope is None:
        return render(request, "operations/report_years.html", context, status=UNPROCESSABLE)
    place = named(scope, actor)
    if "as" in params:
        with translation.override("vi"):
            paper = yearly_paper(choice, scope, place=place, site=_site(request))
        return handed_over(paper_file(paper, params["as"], choice, name="bao cao cac nam"))
    overview = queries.overview(scope.asked, unit=scope.unit)
    context |= {
        "years": years.years_of(overview, Links(choice, scope), place=place),
        # Not by the template: a variable with a per cent sign stays as it is there.
        "columns": [translation.gettext(title) for _code, title in (*years.COLUMNS, *years.RATES)],
        "about": _about(choice, scope, place),
    }
    return render(request, "operations/report_years.html", context)


def periodic_paper(choice: Choice, scope: Scope, *, by: By, place: str, site: str) -> Page:
    """Give the periodic report as a paper. `site`: what its links begin with."""
    links, overview = Links(choice, scope), queries.overview(scope.asked, unit=scope.unit)
    return papers.periodic(
        rows_of(overview, links, by=by),
        summary.summary(overview, summary.before_of(overview), links),
        scope.asked,
        sender=_sender(scope, place, site),
        counts=dict(overview.total.counts),
    )


def yearly_paper(choice: Choice, scope: Scope, *, place: str, site: str) -> Page:
    """Give the report of years as a paper."""
    overview = queries.overview(scope.asked, unit=scope.unit)
    told = years.years_of(overview, Links(choice, scope), place=place)
    return papers.yearly(told, scope.asked, sender=_sender(scope, place, site))


def paper_file(paper: Page, form: str, choice: Choice, *, name: str) -> File:
    """Write a paper as XLSX or PDF. Errors: NoSuchForm."""
    made = form_of(form)
    if made not in PAPER_FORMS:
        raise NoSuchForm(form=form)
    content = printing.as_pdf(paper) if made is Form.PDF else xlsx_page.as_xlsx(paper)
    days = f"{choice.period.first} {choice.period.last}"
    return File(file_name(f"{name} {days}", made), content, MEDIA_TYPES[made])


def _sender(scope: Scope, place: str, site: str) -> papers.Sender:
    on = timezone.localdate(moment_of(scope.asked.now))
    return papers.Sender(scope.unit, place, catalogue(), on, site)


def _with_period(params: dict[str, str], today: date) -> dict[str, str]:
    """Give the last whole quarter of the first cut-off where no period is chosen."""
    if {"from", "to", "period"} & set(params):
        return params
    last = cut_offs(today)[0].last_whole(today)
    return {**params, "from": last.first.isoformat(), "to": last.last.isoformat()}


def _of_days(params: Mapping[str, str], period: Any, today: date) -> Choice:
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return choosing.read({**params, **days}, today=today)


def _chooser(
    request: HttpRequest, choice: Choice, params: Mapping[str, str], view: str
) -> dict[str, Any]:
    today, here = timezone.localdate(), {**choice.params, "by": params.get("by", "")}
    rest = {name: text for name, text in here.items() if name not in ("period", "from", "to")}
    presets = []
    for cut in cut_offs(today):
        for period in (cut.last_whole(today), cut.containing(today)):
            days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
            presets.append(
                {
                    "cut": cut,
                    "days": f"{formats.day(period.first)} – {formats.day(period.last)}",
                    "url": address(view, {**rest, **days}),
                    "is_current": period == choice.period,
                    "is_running": period.last >= today,
                }
            )
    return {
        "choice": choice,
        "here": here,
        "presets": presets,
        "units": unit_choices(actor_of_request(request)),
        "take": [(form.upper(), address(view, {**here, "as": form})) for form in PAPER_FORMS],
        "by_urls": {by: address(view, {**here, "by": by}) for by in BYS},
    }


def _about(choice: Choice, scope: Scope, place: str) -> list[str]:
    days = choice.period.first, choice.period.last
    return [
        place,
        " – ".join(dict.fromkeys(formats.day(day) for day in days)),
        boundaries(scope.asked),
        translation.gettext("as of %(moment)s")
        % {"moment": formats.moment(scope.asked.minutes["until"])},
    ]


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
