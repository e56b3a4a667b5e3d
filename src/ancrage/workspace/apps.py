"""The workspace as Django knows it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Ateliers and what is written in them."""

    name = "ancrage.workspace"
    label = "workspace"
