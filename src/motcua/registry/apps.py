"""The registry as a Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Units, procedures and calendars."""

    name = "motcua.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
