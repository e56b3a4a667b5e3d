"""Addresses, compared without being kept: the mark of each, and those that asked for no more."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from ancrage.introductions.models import Silence


def mark_of(email: str) -> str:
    """A mark that only this site can work out again, and from which no address is read."""
    told = b"introduction|" + email.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def is_silent(mark: str) -> bool:
    """Whether an address asked to be asked no more."""
    return Silence.objects.filter(mark=mark).exists()


def silence(mark: str, *, now: datetime) -> None:
    """Ask an address no more, ever; twice is once."""
    Silence.objects.get_or_create(mark=mark, defaults={"at": now})
