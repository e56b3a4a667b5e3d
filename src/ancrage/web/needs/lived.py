"""The page of the blank zones as they are lived."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.web.asking import answered
from ancrage.web.territory.views import elsewhere


@never_cache
@require_safe
def lived(request: HttpRequest, code: str) -> HttpResponse:
    """Needs told, those nobody met, by kind and by place."""
    now = opened()
    territory = territory_of(now, code, on=now.today)
    if there := elsewhere(request, territory, code, "territory-needs"):
        return there
    words = {"territoire": [code]}
    return answered(request, ("besoins_vecus",), template="needs/lived.html.j2", words=words, place=code)
