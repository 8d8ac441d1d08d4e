"""Addresses of this room."""

from django.urls import path

from .pages import exports, lists, readers, reports, wall

app_name = "operations"
urlpatterns = [
    path("wall/", wall.wall, name="wall"),
    path("wall/data/", wall.data, name="wall_data"),
    path("wall/export/", exports.panel, name="export"),
    path("wall/list/export/", exports.listed, name="list_export"),
    path("wall/list/", lists.dossiers, name="list"),
    path("reports/", reports.periodic, name="reports"),
    path("reports/years/", reports.over_years, name="report_years"),
    path("centre/readers/", readers.readers, name="readers"),
    path("centre/readers/<str:name>/resume/", readers.resume, name="resume"),
]
