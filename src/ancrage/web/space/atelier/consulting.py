"""Suppliers of an action about a purchase: chosen, written to, their answers kept, answering together."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.dating import parse_day
from ancrage.desk.opened import opened, today
from ancrage.people.acts import Act as Right
from ancrage.procurement.suppliers import Supplier
from ancrage.questions.purchases import PurchaseFacts, PurchaseKitQuestion, PurchaseQuestion
from ancrage.questions.question import Asking
from ancrage.reports.purchases.letters import Addressee, Member, agreement, letters
from ancrage.web.space.atelier.deed_sheet import DOCX, docx_of
from ancrage.web.space.atelier.fields import area, choice, day
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.pieces import served
from ancrage.web.space.atelier.shared import Inside, enter, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.consulting import About, Chosen, about, answered, choose, live, send
from ancrage.workspace.documents import named
from ancrage.workspace.door import By
from ancrage.workspace.models import Action, Consulted, Letter, Participation
from ancrage.workspace.plan import piloted

SHOWN = 60
"""Suppliers proposed on a page: the surest and nearest first."""
ANSWER = [
    choice("answer", "Sa réponse", Consulted.Answer.choices),
    day("answered_on", "Le"),
    day("sent_on", "Écrit le"),
    area("told", "Ce qui a été dit", help="Dit à l’un, dit à tous : gardez ce qui doit l’être."),
]


def _about(row: Action) -> About:
    found = about(row)
    if found is None:
        raise Http404("not about a purchase")
    return found


def _letter(written: str) -> str:
    if written not in Letter.values:
        raise Http404("no such letter")
    return written


def _asked(inside: Inside, row: Action) -> dict[str, Any]:
    """The purchase of an action: where it is, or the territory of the atelier, buys it."""
    bought = _about(row)
    place = row.places[0]["code"] if row.places else inside.atelier.territory
    words = {"bought": bought.cpv, "value": f"{bought.value} €", "buyer": place, "where": place}
    return {**words, "kind": "local", "on": today()}


def _asking() -> Asking:
    now = opened()
    return Asking(now, now.today)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choosing(request: HttpRequest, atelier: UUID, action: UUID) -> HttpResponse:
    """Those who may answer around, to tick."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, action)
    facts: PurchaseFacts = PurchaseQuestion(**_asked(inside, row)).answer(_asking()).facts
    found = [one for one in (facts.suppliers.found if facts.suppliers else ()) if one.card.diffusible][:SHOWN]
    if request.method == "POST":
        return _chosen(request, inside, row, found)
    around = told(
        inside,
        action=row,
        found=found,
        chosen={(one.siret, one.letter) for one in live(row)},
        letters=Letter.choices,
        token=secrets.token_urlsafe(16),
        may=inside.may(Right.EDIT, piloted(row)),
    )
    return render(request, "space/atelier/suppliers.html.j2", around)


def _chosen(request: HttpRequest, inside: Inside, row: Action, found: list[Supplier]) -> HttpResponse:
    ticked = set(request.POST.getlist("siret"))
    kept = [
        Chosen(one.card.siret, one.card.name or f"SIRET {one.card.siret}", " ; ".join(one.reasons))
        for one in found
        if one.card.siret in ticked
    ]
    choose(by_of(request), row, _letter(request.POST.get("lettre", "")), kept)
    return redirect(reverse("atelier-action", args=[inside.atelier.pk, row.pk]) + "#fournisseurs")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def consulted(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """What a structure answered."""
    inside = enter(request, atelier)
    row = row_of(Consulted, inside, identity)
    back = reverse("atelier-action", args=[atelier, row.action_id])
    form = Form(f"{row.name}, {row.get_letter_display()}", ANSWER, "Enregistrer", back)

    def do(by: By, said: dict[str, Any]) -> None:
        answered(by, row, seen(request), **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def sending(request: HttpRequest, atelier: UUID, action: UUID) -> HttpResponse:
    """Say which day the letter left, to all those not written to yet."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, action)
    written = request.POST.get("sent_on", "").strip()
    on = parse_day(written) if written else today()
    send(by_of(request), row, _letter(request.POST.get("lettre", "")), on)
    return redirect(reverse("atelier-action", args=[atelier, action]) + "#fournisseurs")


@require_safe
@signed_in
def writing(request: HttpRequest, atelier: UUID, action: UUID, letter: str) -> HttpResponse:
    """A letter each, in one document to edit."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, action)
    to = [Addressee(one.name, one.siret) for one in live(row, _letter(letter))]
    if not to:
        raise Http404("nobody chosen")
    sheet = letters(PurchaseKitQuestion(**_asked(inside, row)).answer(_asking()), letter, to)
    return served(named(sheet.title, "docx"), DOCX, docx_of(sheet))


@require_safe
@signed_in
def grouping(request: HttpRequest, atelier: UUID, action: UUID) -> HttpResponse:
    """The agreement of those who take part in the action, to answer together."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, action)
    by = {one.pk: one for one in organisations(inside)}
    parts = Participation.objects.filter(action=row, retired_at=None)
    members = [
        Member(
            by[one.organisation].name, by[one.organisation].siret or by[one.organisation].siren, one.brings
        )
        for one in parts
        if one.organisation in by
    ]
    sheet = agreement(PurchaseKitQuestion(**_asked(inside, row)).answer(_asking()), members)
    return served(named(sheet.title, "docx"), DOCX, docx_of(sheet))
