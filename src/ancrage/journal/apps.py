"""The journal as Django knows it: the door is shut again after each change of the database."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    """Lines of the journal, and the triggers that guard what it tells."""

    name = "ancrage.journal"
    label = "journal"

    def ready(self) -> None:
        """Lift the triggers while tables change, and put all of them back once they have."""
        from ancrage.journal.triggers import after_migrations, before_migrations

        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations)
