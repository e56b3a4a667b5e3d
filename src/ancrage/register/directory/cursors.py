"""A place in a list, as a short text: the last structure seen, and the question it was an answer to."""

import base64
import binascii
import json
from dataclasses import dataclass

from ancrage.errors import DirectoryQueryError
from ancrage.register.directory.query import DirectoryQuery

START_AGAIN = "Reprenez la liste depuis le début, sans curseur."


@dataclass(frozen=True, slots=True)
class Cursor:
    """What the next page comes after: the key of the order (a name, kilometres) and the SIRET."""

    key: str | float
    siret: str


def written(cursor: Cursor, query: DirectoryQuery) -> str:
    """The cursor as a text that goes in an address."""
    told = json.dumps([query.digest, cursor.key, cursor.siret], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(text: str, query: DirectoryQuery) -> Cursor:
    """The cursor of a text. Raises :class:`DirectoryQueryError` when it is not one of this question."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        digest, key, siret = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise DirectoryQueryError(f"Le curseur « {text[:40]} » n'en est pas un.", START_AGAIN) from error
    expected = float if query.order.numeric else str
    if not (isinstance(key, expected) and isinstance(siret, str)):
        raise DirectoryQueryError(f"Le curseur « {text[:40]} » n'en est pas un.", START_AGAIN)
    if digest != query.digest:
        raise DirectoryQueryError("Ce curseur vient d'une autre recherche.", START_AGAIN)
    return Cursor(key, siret)
