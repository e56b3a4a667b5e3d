"""Messages that a local server received, read on a page: in development only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancrage.people.mailbox import received
from ancrage.web.space.doors import open_to_all


@require_safe
@open_to_all
def messages(request: HttpRequest) -> HttpResponse:
    """The last messages, the newest first; no such page where messages leave for good."""
    if not settings.LOCAL_MAILBOX:
        raise Http404("messages leave for good")
    return render(request, "space/mailbox.html.j2", {"received": received(settings.LOCAL_MAILBOX)})
