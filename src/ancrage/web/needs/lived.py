"""The page of the blank zones as they are lived."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.needs.counting import lived_in
from ancrage.needs.telling import CAVEAT, LEAD, count_words
from ancrage.web.territory.views import elsewhere


@never_cache
@require_safe
def lived(request: HttpRequest, code: str) -> HttpResponse:
    """Needs told, those nobody met, by kind and by place."""
    now = opened()
    territory = territory_of(now, code, on=now.today)
    if there := elsewhere(request, territory, code, "territory-needs"):
        return there
    found = lived_in(now.atlas, territory, on=now.today)
    told = {"found": found, "code": code, "lead": LEAD, "caveat": CAVEAT, "said": count_words}
    return render(request, "needs/lived.html.j2", told)
