"""What is refused of a request before its body is looked at: too long, too slow, of no told length.

The server's door reads bodies before a thread is held, and says here what it refused; under another server
the length that a request announces is held to the same bound.
"""

from django.conf import settings
from django.http import HttpRequest

from ancrage.desk.documents import most_for

REFUSED = "ancrage.refus"
"""Where the door says, in the environment of a request, the status it refused its body with.

No visitor can: what a header says enters the environment under a name in ``HTTP_``.
"""
TOO_LARGE, NO_LENGTH = 413, 411


def refused(request: HttpRequest) -> int | None:
    """The status a request is refused with, or ``None`` when its body may be read."""
    if told := request.META.get(REFUSED):
        return int(told)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and request.META.get("HTTP_TRANSFER_ENCODING"):
        return NO_LENGTH
    most = max(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0, most_for(request.path))
    return TOO_LARGE if length.isdecimal() and int(length[:20]) > most else None
