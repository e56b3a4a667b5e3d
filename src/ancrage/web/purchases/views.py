"""A purchase asked by a form, then answered on the same page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.facts.declaration import load_facts
from ancrage.questions.purchases import NATURES, PurchaseQuestion
from ancrage.web.asking import answered

NEEDED = tuple(PurchaseQuestion.words_of(name).name for name in ("bought", "value", "buyer"))


@kept
def show(request: HttpRequest) -> HttpResponse:
    """The form; the answer when what is bought, for how much and by whom are said."""
    form: dict[str, Any] = {
        "natures": {code: load_facts()["nature_achat"].choices[code] for code in NATURES},
        "kinds": load_facts()["acheteur"].choices,
        "told": request.GET,
    }
    if not all(request.GET.get(name, "").strip() for name in NEEDED):
        return render(request, "purchases/index.html.j2", form)
    said = {name: values for name in request.GET if (values := _said(request, name)) is not None}
    return answered(request, ("achats",), template="purchases/show.html.j2", words=said, **form)


def _said(request: HttpRequest, name: str) -> list[str] | None:
    """The values of a field; lots are typed in one field, one after the other."""
    values = [value for value in request.GET.getlist(name) if value.strip()]
    return (
        [part for value in values for part in value.split(";") if part.strip()] if name == "lot" else values
    )
