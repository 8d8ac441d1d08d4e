"""Addresses of this room."""

from django.urls import path

from .pages import exports, kiosks, lists, morning, readers, reports, rotating, wall

app_name = "operations"
urlpatterns = [
    path("wall/", wall.wall, name="wall"),
    path("wall/data/", wall.data, name="wall_data"),
    path("wall/export/", exports.panel, name="export"),
    path("wall/list/export/", exports.listed, name="list_export"),
    path("wall/list/", lists.dossiers, name="list"),
    path("wall/rotate/", rotating.rotate, name="rotate"),
    path("kiosk/<str:secret>/", rotating.kiosk, name="kiosk"),
    path("kiosk/<str:secret>/data/", rotating.kiosk_data, name="kiosk_data"),
    path("morning/", morning.morning, name="morning"),
    path("centre/kiosks/", kiosks.kiosks, name="kiosks"),
    path("centre/kiosks/walls/", kiosks.save, name="save_wall"),
    path("centre/kiosks/walls/<uuid:wall_id>/remove/", kiosks.remove, name="remove_wall"),
    path("centre/kiosks/open/", kiosks.open_one, name="open_kiosk"),
    path("centre/kiosks/<uuid:kiosk_id>/revoke/", kiosks.revoke, name="revoke_kiosk"),
    path("reports/", reports.periodic, name="reports"),
    path("reports/years/", reports.over_years, name="report_years"),
    path("centre/readers/", readers.readers, name="readers"),
    path("centre/readers/<str:name>/resume/", readers.resume, name="resume"),
]
