"""Health and counts."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from ancrage import __version__
from ancrage.desk.health import checks
from ancrage.desk.metrics import exposed


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Green (200) or red (503), as a page or as JSON."""
    found = checks()
    well = all(check.well for check in found)
    status = 200 if well else 503
    if request.get_preferred_type(("application/json", "text/html")) == "text/html":
        return render(request, "operation/health.html.j2", {"checks": found, "well": well}, status=status)
    told = {
        "well": well,
        "version": __version__,
        "checks": {check.id: {"well": check.well, "told": check.told} for check in found},
    }
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 named by Django
    """Counts of every process of this server, for Prometheus."""
    return HttpResponse(exposed(), content_type=CONTENT_TYPE_LATEST)
