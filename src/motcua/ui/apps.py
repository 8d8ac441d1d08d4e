"""The look, as a Django application: templates, static files and tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Holds no rows."""

    name = "motcua.ui"
    label = "ui"
