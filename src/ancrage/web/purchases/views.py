"""A purchase asked by a form, then answered on the same page; its lots, its pieces, a SPASER."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.facts.declaration import load_facts
from ancrage.procurement.kit.declaration import read_kit
from ancrage.procurement.suppliers import Suppliers
from ancrage.questions.purchases import NATURES, PurchaseQuestion
from ancrage.reports.topic import Telling
from ancrage.web.asking import answered
from ancrage.web.introductions.proposing import of_purchase

TARGET = "cible-"
ROOM = 150
"""Lines that a purchase shows at once: who may answer is read with what may be reserved."""
NEEDED = tuple(PurchaseQuestion.words_of(name).name for name in ("bought", "value", "buyer"))


@kept
def show(request: HttpRequest) -> HttpResponse:
    """The form; the answer when what is bought, for how much and by whom are said."""
    return _page(request, "achats", "show")


@kept
def lots(request: HttpRequest) -> HttpResponse:
    """The lots that fit those around."""
    return _page(request, "lots", "lots")


@kept
def kit(request: HttpRequest) -> HttpResponse:
    """The pieces to write with."""
    return _page(request, "trousse", "kit")


@kept
def spaser(request: HttpRequest) -> HttpResponse:
    """A SPASER to write, once the buyer is said."""
    words = _with_targets(request)
    form: dict[str, Any] = {
        "told": request.GET,
        "indicators": read_kit().spaser.indicators,
        "aimed": dict(one.split("=", 1) for one in words.get("cible", ()) if "=" in one),
    }
    if not request.GET.get("acheteur", "").strip():
        return render(request, "purchases/spaser_index.html.j2", form)
    return answered(request, ("spaser",), template="purchases/spaser.html.j2", words=words, **form)


def _with_targets(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    """The form has a field an indicator, ``cible-ess``; the question, ``cible=ess=10``."""
    words = dict(_all_said(request))
    typed = {name: words.pop(name) for name in [*words] if name.startswith(TARGET)}
    told = [f"{name.removeprefix(TARGET)}={value}" for name, values in typed.items() for value in values]
    return {**words, "cible": [*words.get("cible", ()), *told]} if told else words


def _page(request: HttpRequest, name: str, template: str) -> HttpResponse:
    form: dict[str, Any] = {
        "natures": {code: load_facts()["nature_achat"].choices[code] for code in NATURES},
        "kinds": load_facts()["acheteur"].choices,
        "told": request.GET,
        "door": f"purchase{'' if name == 'achats' else '-' + template}",
    }
    if not all(request.GET.get(field, "").strip() for field in NEEDED):
        return render(request, "purchases/index.html.j2", form)
    return answered(
        request,
        (name,),
        template=f"purchases/{template}.html.j2",
        words=_all_said(request),
        room=ROOM,
        mapped=_mapped,
        adding=_proposed if name == "achats" else None,
        **form,
    )


def _mapped(everyone: Suppliers | None) -> bool:
    """Whether one of them at least has a point that may be shown."""
    found = everyone.found if everyone else ()
    return any(one.card.diffusible and one.card.longitude is not None for one in found)


def _proposed(telling: Telling) -> Mapping[str, object]:
    """Those that could answer together."""
    return {"proposal": of_purchase(telling.answer.facts)}


def _all_said(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return {name: values for name in request.GET if (values := _said(request, name)) is not None}


def _said(request: HttpRequest, name: str) -> list[str] | None:
    """The values of a field; lots are typed in one field, one after the other."""
    values = [value for value in request.GET.getlist(name) if value.strip()]
    return (
        [part for value in values for part in value.split(";") if part.strip()] if name == "lot" else values
    )
