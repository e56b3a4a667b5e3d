"""States of a background task, with the French words shown."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a task stands; the last three never change."""

    WAITING = "attente", "en attente"
    RUNNING = "en_cours", "en cours"
    DONE = "fini", "fini"
    FAILED = "echec", "en échec"
    CANCELLED = "annule", "annulé"


LIVE = (State.WAITING, State.RUNNING)
