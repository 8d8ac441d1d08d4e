"""Addresses of this room."""

from django.urls import path

from .pages import change, choose, decree, year

app_name = "registry"
urlpatterns = [
    path("calendar/", choose.choose, name="calendars"),
    path("calendar/<str:unit>/change/", change.change, name="change"),
    path("calendar/<str:unit>/decree/", decree.decree, name="decree"),
    path("calendar/<str:unit>/<int:year>/", year.year, name="calendar"),
]
