"""Every address of the program, read from top to bottom."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("accounts", "registry", "citizens", "dossiers", "indicators", "operations", "exchange")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"motcua.{room}.urls")) for room in ROOMS if find_spec(f"motcua.{room}.urls")
]
