"""The doors of the files: the same rights, the same question as the page they are taken from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.kit.moments import moment_of
from motcua.operations import choosing
from motcua.operations.exports import dossiers, panels
from motcua.operations.exports.writing import File, form_of, written
from motcua.operations.links import ONLY_UNIT, address
from motcua.operations.narrowing import narrowed
from motcua.operations.pages.lists import asked_at, measure_of, order_of
from motcua.operations.pages.wall import UNPROCESSABLE, named, said, understood
from motcua.operations.rows import short_name
from motcua.registry.queries import catalogue


@needs(Permission.READ_WALL)
@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """Give one part of the wall as a file.

    Errors: NoSuchForm, NoSuchPanel, TooManyRows, MomentUnclear, NotAllowed.
    """
    actor, params = actor_of_request(request), request.GET.dict()
    form, what = form_of(params.get("as", "")), params.get("what", "")
    choice = choosing.read(params, today=timezone.localdate())
    scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    if scope is None:
        return _refused(request, [said(one) for one in problems])
    sheet = panels.sheet_of(
        what,
        choice=choice,
        scope=scope,
        known=catalogue(),
        place=named(scope, actor),
        today=timezone.localdate(moment_of(scope.asked.now)),
    )
    days = f"{choice.period.first} {choice.period.last}"
    return handed_over(written(sheet, form, name=f"{what} {days}"))


@needs(Permission.READ_WALL)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Give the dossiers behind a number as a file.

    Errors: UnknownMeasure, NoSuchForm, TooManyRows, MomentUnclear, NotAllowed.
    """
    actor, params = actor_of_request(request), request.GET.dict()
    measure, form = measure_of(params), form_of(params.get("as", ""))
    choice = choosing.read(params, today=timezone.localdate())
    scope, problems = understood(choice, actor, moment_of(asked_at(params)))
    asked, wrong = narrowed(scope, params, actor=actor, known=catalogue()) if scope else (None, [])
    if scope is None or asked is None or wrong:
        return _refused(request, [said(one) for one in (*problems, *wrong)])
    only = params.get(ONLY_UNIT)
    order, is_descending = order_of(params)
    sheet = dossiers.sheet_of(
        measure,
        asked,
        order=order,
        is_descending=is_descending,
        form=form,
        actor=actor,
        known=catalogue(),
        place=short_name(catalogue(), only) if only else named(scope, actor),
    )
    days = f"{choice.period.first} {choice.period.last}"
    return handed_over(written(sheet, form, name=f"{measure.code} {days}"))


def handed_over(file: File) -> HttpResponse:
    """Answer with a file to keep; nobody between keeps a copy."""
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _refused(request: HttpRequest, problems: list[str]) -> HttpResponse:
    context = {
        "title": gettext("This file cannot be made"),
        "problems": problems,
        "wall_url": address("operations:wall", {}),
    }
    return render(request, "operations/list.html", context, status=UNPROCESSABLE)
