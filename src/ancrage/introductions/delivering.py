"""The messages of introductions as they leave: kept, sent and tried again as those of alerts."""

import logging
from datetime import datetime

from django.db.models import Q

from ancrage.alerts import posting
from ancrage.alerts.links import origin
from ancrage.errors import MailError
from ancrage.introductions.letters import unreached
from ancrage.introductions.models import Introduction, Letter, Sort
from ancrage.introductions.showing import primary
from ancrage.introductions.silence import is_silent
from ancrage.introductions.wording import written
from ancrage.people.envelope import Message, enclosed

logger = logging.getLogger("ancrage.introductions")
AT_ONCE = 30
"""Messages sent while somebody waits for a page; the others leave by the next pass."""


class Letters:
    """The messages of introductions."""

    model = Letter
    sort = "relation"

    def __init__(self, now: datetime) -> None:
        self.now = now

    def identity(self, mail: Letter) -> str:
        """Its number and its side's."""
        return posting.message_id(self.sort, mail.pk, mail.to_id)

    def message(self, mail: Letter) -> Message | None:
        """The message, unless what it says is over, or nobody is there to read it any more."""
        told, to = written(mail, self.now), _address(mail)
        silent = mail.sort == Sort.INVITATION and is_silent(mail.mark)
        if told is None or not to or silent:
            return None
        return enclosed(told.subject, told.text, to, identity=self.identity(mail))

    def since(self, mail: Letter) -> datetime:
        """When it was made."""
        return mail.made_at

    def refused(self, mail: Letter, why: str, now: datetime) -> None:  # noqa: ARG002 of a box
        """Tell who asked, when nobody else may read the request."""
        unreached(mail, now=now)


def deliver(*, now: datetime, of: Introduction | None = None) -> int:
    """Send what is due (of one introduction, if said); gives how many the server took.

    Nothing leaves, and all of it waits, while the site does not know the address of its own links.
    """
    try:
        origin()
    except MailError:
        logger.warning("introductions wait: the site does not know its own address")
        return 0
    if of is None:
        return posting.deliver(Letters(now), now=now)
    return posting.deliver(Letters(now), now=now, most=AT_ONCE, only=Q(to__introduction=of))


def _address(letter: Letter) -> str:
    if letter.person is not None:
        return primary(letter.person) if letter.person.is_active else ""
    reached = getattr(letter.to, "reached_at", None)
    return reached.email if reached else ""
