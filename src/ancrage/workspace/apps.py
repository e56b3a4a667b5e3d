"""The workspace as Django knows it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Ateliers and what is written in them."""

    name = "ancrage.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Lend the published cases to the questions, which stand below."""
        from ancrage.cases.shelf import lend
        from ancrage.workspace.published import read_cases, read_plans

        lend(read_cases, read_plans)
