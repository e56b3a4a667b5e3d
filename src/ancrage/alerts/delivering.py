"""The digests of alerts as messages that leave."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from ancrage.alerts import posting
from ancrage.alerts.models import Content, Mail, Reason, Subscriber, Subscription
from ancrage.alerts.personal import close_lost
from ancrage.alerts.wording import digest
from ancrage.people.envelope import Message, enclosed


class Digests:
    """The messages of alerts."""

    model = Mail
    sort = "alerte"

    def __init__(self, now: datetime) -> None:
        self._now = now

    def identity(self, mail: Mail) -> str:
        """Its number and its run's."""
        return posting.message_id(self.sort, mail.pk, mail.run_id)

    def message(self, mail: Mail) -> Message | None:
        """What it tells, unless its reader stopped all of it, may not read it any more, or refuses."""
        close_lost(Subscription.objects.filter(contents__mail=mail), now=self._now)
        contents = list(owed(mail))
        if not contents or mail.subscriber.suspended_at:
            return None
        written = digest(mail, contents)
        to, identity = mail.subscriber.email, self.identity(mail)
        return enclosed(written.subject, written.text, to, identity=identity, stop=written.stop)

    def since(self, mail: Mail) -> datetime:
        """The end of its run."""
        return mail.run.until

    def refused(self, mail: Mail, why: str, now: datetime) -> None:
        """Send nothing more to that address; what is owed to it waits."""
        Subscriber.objects.filter(pk=mail.subscriber_id, suspended_at=None).update(
            suspended_at=now, refusal=why[:500]
        )


def deliver(*, now: datetime) -> int:
    """Send the digests that are due; gives how many were taken by the server."""
    return posting.deliver(Digests(now), now=now)


def owed(mail: Mail) -> Iterator[Content]:
    """What a message tells: what its reader did not stop in the meantime."""
    live = Q(subscription__ended_at=None) | Q(subscription__ended_reason=Reason.TERRITOIRE)
    told = Content.objects.filter(live, mail=mail).select_related("event", "subscription__topic")
    return told.order_by("pk").iterator(chunk_size=500)
