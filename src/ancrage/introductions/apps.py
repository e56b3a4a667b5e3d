"""The room as Django knows it."""

from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    """Who asked to meet whom, who said yes, and what was written to them."""

    name = "ancrage.introductions"
    label = "introductions"
