"""The room as Django knows it."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """What is followed, what changed, what was sent."""

    name = "ancrage.alerts"
    label = "alerts"
