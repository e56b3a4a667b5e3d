"""How often one may try to sign in: counted in the database, whichever process answers."""

import hashlib
import math
from functools import partial

from django.http import HttpRequest

from ancrage.desk.rates import pour
from ancrage.desk.visitors import address_of, visitor_of
from ancrage.errors import ShareError
from ancrage.tasks import buckets

MINUTE, HOUR = 60.0, 3600.0
RATES = {
    "code-visitor": (20, 10 * MINUTE),
    "code-address": (5, 15 * MINUTE),
    "try-visitor": (30, 10 * MINUTE),
    "try-code": (3, 10 * MINUTE),
    "factor": (10, 10 * MINUTE),
    "same-factor": (1, 5 * MINUTE),
    "refused-factor": (2, 10 * MINUTE),
    "refused-told": (1, HOUR),
    "invitation": (30, HOUR),
    "introduction": (20, 24 * HOUR),
    "project": (30, 24 * HOUR),
    "change": (120, MINUTE),
}
"""Times in a period: codes sent to a visitor, to an address; tries of a visitor, of a code; second factors of
a person, and the same one again; those refused before she is told of it, and how often she is; invitations a
person sends; introductions a person asks in a day, organisations she invites to shared projects; forms a
session sends."""


def spend(name: str, what: str) -> None:
    """Take one of the times that ``what`` has. Raises :class:`ShareError` when none is left."""
    count, period = RATES[name]
    key = hashlib.sha256(f"{name}|{what}".encode()).hexdigest()
    over = buckets.take(key, partial(pour, period / count, period))
    if over:
        raise ShareError(
            "Trop de demandes en peu de temps.",
            f"Réessayez dans {_minutes(over)}.",
        )


def _minutes(seconds: float) -> str:
    minutes = math.ceil(seconds / MINUTE)
    return "une minute" if minutes <= 1 else f"{minutes} minutes"


def visitor(request: HttpRequest) -> str:
    """Whom the tries of a request are counted to."""
    return visitor_of(address_of(request))
