"""The room as Django knows it."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs, the supports asked, what was sent."""

    name = "ancrage.needs"
    label = "needs"
