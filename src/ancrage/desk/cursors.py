"""Pages of a long list: a cursor that opens on what follows.

A cursor is a place in an order, signed for one question: it cannot be forged, nor used for another
question. A line born or gone between two pages moves no other one.
"""

import hashlib

from django.core import signing
from django.http import HttpRequest

from ancrage.errors import CursorError

SALT = "ancrage.api.curseur"
BESIDE_THE_QUESTION = ("curseur", "limite", "apres", "format")


def place_of(request: HttpRequest, cursor: str | None) -> str | None:
    """The key after which the page begins; ``None`` for the first page. Raises :class:`CursorError`."""
    if not cursor:
        return None
    try:
        question, key = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise CursorError() from error
    if question != _question(request):
        raise CursorError()
    return str(key)


def signed(request: HttpRequest, place: str) -> str:
    """A place in the order of the answers, signed for this question."""
    return signing.dumps([_question(request), place], salt=SALT)


def _question(request: HttpRequest) -> str:
    asked = sorted((name, value) for name, values in request.GET.lists() for value in values)
    kept = [pair for pair in asked if pair[0] not in BESIDE_THE_QUESTION]
    return hashlib.sha256(repr((request.path, kept)).encode()).hexdigest()[:16]
