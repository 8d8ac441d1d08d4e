"""Addresses of this room."""

from django.urls import path

from .pages import kiosks, lists, morning, readers, rotating, wall

app_name = "operations"
urlpatterns = [
    path("wall/", wall.wall, name="wall"),
    path("wall/data/", wall.data, name="wall_data"),
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
    path("centre/readers/", readers.readers, name="readers"),
    path("centre/readers/<str:name>/resume/", readers.resume, name="resume"),
]
