"""Addresses of this room."""

from django.urls import path

from .pages import clock, new, one, search, work

app_name = "dossiers"
urlpatterns = [
    path("work/", work.work, name="work"),
    path("dossiers/", search.search, name="search"),
    path("dossiers/new/", new.new, name="new"),
    path("dossiers/<str:code>/", one.dossier, name="dossier"),
    path("dossiers/<str:code>/parties/", one.parties, name="parties"),
    path("dossiers/<str:code>/clock/", clock.clock, name="clock"),
    path("dossiers/<str:code>/clock/proof.json", clock.proof_file, name="proof"),
    path("dossiers/<str:code>/moves/<slug:name>/", one.move, name="move"),
]
