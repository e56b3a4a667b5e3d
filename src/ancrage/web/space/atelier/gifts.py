"""Contributions in kind of an action."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ancrage.desk.opened import today
from ancrage.web.space.atelier.fields import Field, amount, choice, chosen, day, line, number, year
from ancrage.web.space.atelier.forms import Form, answer, seen
from ancrage.web.space.atelier.shared import Inside, choices, enter, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.door import By
from ancrage.workspace.giving import declare, restate
from ancrage.workspace.models import Action, Contribution


def _fields(inside: Inside) -> list[Field]:
    here = choices(organisations(inside))
    return [
        choice("nature", "Ce qui est donné", Contribution.Nature.choices),
        line("label", "Objet", required=True, help="Une salle de 40 m², un minibus, un agent à mi-temps…"),
        chosen("giver", "Qui donne", here, required=True),
        chosen("receiver", "Qui reçoit", here, required=True),
        number("quantity", "Quantité"),
        line("unit", "Unité", longest=40, help="m², jours, heures, ETP…"),
        day("begin", "Début"),
        day("end", "Fin"),
        year("year", "Année comptée"),
        amount("value", "Valeur"),
        choice("method", "Comment la valeur est établie", Contribution.Method.choices),
        choice("domain", "Pour un lieu public, son domaine", Contribution.Domain.choices),
        line("deed", "Acte", help="Délibération, convention, décision : son numéro et son jour."),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def contribution(
    request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Declare, or declare otherwise, what one organisation gives another."""
    inside = enter(request, atelier)
    owner = row_of(Action, inside, action)
    row = row_of(Contribution, inside, identity) if identity else None
    back = reverse("atelier-action", args=[atelier, action])
    form = Form(f"Une contribution en nature à « {owner.title} »", _fields(inside), "Enregistrer", back)
    form.values = {"year": str(today().year)}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            restate(by, row, seen(request), **said)
        else:
            declare(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))
