"""The site as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages; no model."""

    name = "ancrage.web"
    label = "web"
