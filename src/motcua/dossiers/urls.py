"""Addresses of this room."""

from django.urls import path

from .pages import change_limit, change_sheet, changes, clock, new, one, search, work

app_name = "dossiers"
urlpatterns = [
    path("work/", work.work, name="work"),
    path("dossiers/", search.search, name="search"),
    path("dossiers/new/", new.new, name="new"),
    path("clock/changes/", changes.changes, name="changes"),
    path("clock/changes/new/", changes.new, name="change_new"),
    path("clock/changes/limit/", change_limit.limit, name="change_limit"),
    path("clock/changes/<uuid:change_id>/", changes.change, name="change"),
    path("clock/changes/<uuid:change_id>/list.xlsx", change_sheet.sheet, name="change_sheet"),
    path("clock/changes/<uuid:change_id>/<slug:name>/", changes.step, name="change_step"),
    path("dossiers/<str:code>/", one.dossier, name="dossier"),
    path("dossiers/<str:code>/parties/", one.parties, name="parties"),
    path("dossiers/<str:code>/clock/", clock.clock, name="clock"),
    path("dossiers/<str:code>/clock/proof.json", clock.proof_file, name="proof"),
    path("dossiers/<str:code>/moves/<slug:name>/", one.move, name="move"),
]
