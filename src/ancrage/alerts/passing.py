"""One pass: look again, put digests together, send; each part goes on from where the last one stopped."""

from dataclasses import dataclass
from datetime import datetime

from ancrage.alerts.delivering import deliver
from ancrage.alerts.digests import build
from ancrage.alerts.models import Frequency
from ancrage.alerts.noticing import notice
from ancrage.alerts.personal import forget_erased
from ancrage.alerts.subscribing import forget_unconfirmed
from ancrage.edition.opened import Opened


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass did: events matched, messages made, messages taken by the server."""

    events: int
    mails: int
    sent: int


def pass_once(opened: Opened, *, now: datetime) -> Passed:
    """A pass. It may be made at any moment, by several processes, and killed."""
    forget_unconfirmed(now)
    forget_erased(now=now)
    events = notice(opened, now=now)
    mails = sum(build(frequency, now=now) for frequency in Frequency)
    return Passed(events, mails, deliver(now=now))
