"""The messages of requests for support as they leave: kept, sent and tried again as those of alerts."""

from datetime import datetime

from django.db.models import Q

from ancrage.alerts import posting
from ancrage.alerts.links import origin
from ancrage.alerts.models import State
from ancrage.needs.models import TO_SUPPORT, WAITING, Letter, Need, Stage, Step
from ancrage.needs.wording import words_of
from ancrage.people.envelope import Message, enclosed

STILL = {
    Step.DEMANDE: WAITING,
    Step.RELANCE: (Stage.ENVOYEE,),
    Step.SUITE: (Stage.PRISE,),
    Step.SILENCE: (Stage.SANS_REPONSE, Stage.NON_REMISE),
}
"""What is said only while a support stands there."""
ANSWERABLE = (Step.DEMANDE, Step.RELANCE, Step.SUITE)
"""What a support may answer by a message: who asks reads it."""
AT_ONCE = 12
"""Messages sent while somebody waits for a page; the others leave by the next pass."""


class Letters:
    """The messages of requests."""

    model = Letter
    sort = "appui"

    def identity(self, mail: Letter) -> str:
        """Its number and its need's."""
        return posting.message_id(self.sort, mail.pk, mail.need_id)

    def message(self, mail: Letter) -> Message | None:
        """The message, unless what it says is over or who asks was erased."""
        if mail.need.erased_at or not _is_to_be_said(mail):
            return None
        written = words_of(mail)
        to_support = mail.step in TO_SUPPORT
        to = mail.asked.email if to_support and mail.asked else mail.need.email
        reader = mail.need.email if mail.step in ANSWERABLE else ""
        return enclosed(written.subject, written.text, to, identity=self.identity(mail), reply_to=reader)

    def since(self, mail: Letter) -> datetime:
        """When it was made."""
        return mail.made_at

    def refused(self, mail: Letter, why: str, now: datetime) -> None:
        """The next pass of the clocks tells who asks (:mod:`ancrage.needs.clocks`)."""


def _is_to_be_said(mail: Letter) -> bool:
    step = Step(mail.step)
    if step is Step.CONFIRMER:
        return mail.need.confirmed_at is None
    if step is Step.APPELS:
        return mail.need.ended_at is None and mail.need.asked.filter(stage=Stage.A_JOINDRE).exists()
    if step is Step.ARRET:  # a support that was never told of a request is not told that it stopped
        return Letter.objects.filter(asked=mail.asked, step=Step.DEMANDE, state=State.REMIS).exists()
    return mail.asked is None or step not in STILL or mail.asked.stage in STILL[step]


def deliver(*, now: datetime) -> int:
    """Send what is due; gives how many messages were taken by the server.

    Raises :class:`ancrage.errors.MailError` where no link would open: nothing is sent then.
    """
    origin()
    return posting.deliver(Letters(), now=now)


def deliver_of(need: Need, *, now: datetime) -> int:
    """The same of one need, at once."""
    origin()
    return posting.deliver(Letters(), now=now, most=AT_ONCE, only=Q(need=need))
