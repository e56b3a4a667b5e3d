"""Whether every message of a request that was due was sent: what is late, and why."""

from datetime import datetime, timedelta

from ancrage.alerts.models import State
from ancrage.language.numbers import count
from ancrage.needs.models import Letter

LATE = timedelta(hours=2)
"""How long a message may wait for the server of messages."""


def told(now: datetime) -> tuple[bool, str]:
    """Whether all is sent, and a French sentence."""
    sent = count(Letter.objects.filter(state=State.REMIS).count(), "message remis", "messages remis")
    due = Letter.objects.filter(state__in=(State.A_ENVOYER, State.ENVOI), made_at__lt=now - LATE)
    late = due.count()
    lost = Letter.objects.filter(state=State.ABANDONNE).count()
    faults = [
        f"{count(late, 'message')} que le serveur de messagerie n’a pas pris" if late else "",
        count(lost, "message abandonné", "messages abandonnés") if lost else "",
    ]
    if any(faults):
        return False, f"En retard : {' ; '.join(filter(None, faults))}. {sent}."
    return True, f"Tout ce qui était dû est remis : {sent}."
