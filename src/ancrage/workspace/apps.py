"""The workspace as Django knows it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Ateliers and what is written in them."""

    name = "ancrage.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Lend the published cases to the questions, the deadlines of ateliers to the alerts: both below."""
        from ancrage.cases.shelf import lend
        from ancrage.workspace.followed import lend_deadlines
        from ancrage.workspace.published import read_cases, read_plans

        lend(read_cases, read_plans)
        lend_deadlines()
