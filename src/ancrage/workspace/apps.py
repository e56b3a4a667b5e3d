"""The workspace as Django knows it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Work in progress and its results."""

    name = "ancrage.workspace"
    label = "workspace"
