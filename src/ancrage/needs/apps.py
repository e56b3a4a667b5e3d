"""The room as Django knows it."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs, the supports asked, what was sent."""

    name = "ancrage.needs"
    label = "needs"

    def ready(self) -> None:
        """Lend the counts of requests to the questions, below."""
        from ancrage.contacts.unmet import lend
        from ancrage.needs.counting import read_lived

        lend(read_lived)
