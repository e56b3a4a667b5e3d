"""The room as Django knows it."""

from django.apps import AppConfig


class PortraitConfig(AppConfig):
    """What structures agreed to show, and local events."""

    name = "ancrage.portrait"
    label = "portrait"
