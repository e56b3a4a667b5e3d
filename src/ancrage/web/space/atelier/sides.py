"""Money and partners of an action: declared, confirmed, refused, withdrawn."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.desk.opened import today
from ancrage.web.space.atelier.fields import Field, amount, area, choice, chosen, line, year
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, choices, enter, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.door import By
from ancrage.workspace.models import (
    Action,
    Consulted,
    Contract,
    Contribution,
    Convention,
    ConventionSignature,
    Cost,
    Credit,
    Decision,
    Indicator,
    Measure,
    Participation,
    Resource,
    Signature,
    Step,
)
from ancrage.workspace.models.parts import InAtelier, TwoSided
from ancrage.workspace.models.plan import Role
from ancrage.workspace.plan import action_of, withdraw
from ancrage.workspace.sides import (
    add_cost,
    declare_participation,
    declare_resource,
    edit_cost,
    reply,
    restate,
)

SIDED: dict[str, type[TwoSided]] = {
    "participation": Participation,
    "ressource": Resource,
    "contribution": Contribution,
    "signature": Signature,
    "credit": Credit,
    "convention_signature": ConventionSignature,
}
WITHDRAWN: dict[str, type[InAtelier]] = {
    **{kind: model for kind, model in SIDED.items() if model is not ConventionSignature},
    "depense": Cost,
    "etape": Step,
    "fournisseur": Consulted,
    "action": Action,
    "indicateur": Indicator,
    "mesure": Measure,
    "decision": Decision,
    "contrat": Contract,
    "convention": Convention,
}
COST = [
    year("year", "Année"),
    choice("nature", "Section", Cost.Nature.choices),
    line("label", "Objet", required=True),
    amount("planned", "Prévu"),
    amount("real", "Réel"),
]


def _resource(inside: Inside) -> list[Field]:
    return [
        year("year", "Année"),
        choice("nature", "Nature", Resource.Nature.choices),
        chosen("funder", "Organisation de l’atelier qui finance", choices(organisations(inside))),
        line(
            "funder_name",
            "Ou le nom du financeur",
            help="S’il n’est pas dans l’atelier : son montant reste à vérifier.",
        ),
        choice("stage", "Étape", Resource.Stage.choices),
        amount("asked", "Montant demandé"),
        amount("granted", "Montant accordé"),
        amount("paid", "Montant versé"),
        line("aid", "Aide", longest=120, help="Identifiant de l’aide du catalogue, s’il y en a une."),
    ]


def _participation(inside: Inside) -> list[Field]:
    return [
        chosen("organisation", "Organisation", choices(organisations(inside)), required=True),
        choice("role", "Rôle", Role.choices),
        area("brings", "Ce qu’elle apporte", longest=2000),
    ]


def _form(title: str, fields: list[Field], atelier: UUID, action: UUID) -> Form:
    return Form(title, fields, "Enregistrer", reverse("atelier-action", args=[atelier, action]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cost(request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write or change what an action costs."""
    inside = enter(request, atelier)
    owner, row = row_of(Action, inside, action), row_of(Cost, inside, identity) if identity else None
    form = _form(f"Une dépense de « {owner.title} »", COST, atelier, action)
    form.values = {"year": str(today().year)}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_cost(by, row, seen(request), **said)
        else:
            add_cost(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def resource(request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None) -> HttpResponse:
    """Declare, or declare otherwise, who pays for an action."""
    inside = enter(request, atelier)
    owner, row = row_of(Action, inside, action), row_of(Resource, inside, identity) if identity else None
    form = _form(f"Une ressource de « {owner.title} »", _resource(inside), atelier, action)
    form.values = {"year": str(today().year), "aid": request.GET.get("aide", "")[:120]}

    def do(by: By, said: dict[str, Any]) -> None:
        names = {one.pk: one.name for one in organisations(inside)}
        said["funder_name"] = names.get(said["funder"]) or said["funder_name"]
        if row is not None:
            restate(by, row, seen(request), **said)
        else:
            declare_resource(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def participation(
    request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Declare, or declare otherwise, who takes part in an action."""
    inside = enter(request, atelier)
    owner = row_of(Action, inside, action)
    row = row_of(Participation, inside, identity) if identity else None
    fields = _participation(inside)
    form = _form(f"Un partenaire de « {owner.title} »", fields[1:] if row else fields, atelier, action)

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            restate(by, row, seen(request), **said)
        else:
            declare_participation(by, owner, said.pop("organisation"), **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def replying(request: HttpRequest, atelier: UUID, kind: str, identity: UUID) -> HttpResponse:
    """Confirm or refuse, for one's organisation, what the other side declares."""
    inside = enter(request, atelier)
    if kind not in SIDED:
        raise Http404("no such fact")
    row = row_of(SIDED[kind], inside, identity)
    reply(by_of(request), row, seen(request), confirmed=request.POST.get("reponse") == "oui")
    return redirect(_page_of(row))


@require_POST
@signed_in
def withdrawing(request: HttpRequest, atelier: UUID, kind: str, identity: UUID) -> HttpResponse:
    """Retire what was written, with a reason."""
    inside = enter(request, atelier)
    if kind not in WITHDRAWN:
        raise Http404("no such thing")
    row = row_of(WITHDRAWN[kind], inside, identity)
    withdraw(by_of(request), row, seen(request))
    return redirect(_page_of(row))


def _page_of(row: InAtelier) -> str:
    """The page of what a row belongs to: its action, its contract, or the atelier."""
    action, contract = action_of(row), getattr(row, "contract", None)
    if isinstance(row, ConventionSignature):
        return reverse("atelier-convention", args=[row.atelier_id, row.text.convention_id])
    if contract is not None:
        return reverse("atelier-contract", args=[row.atelier_id, contract.pk])
    if action is None or action.pk == row.pk:
        return reverse("atelier", args=[row.atelier_id])
    return reverse("atelier-action", args=[row.atelier_id, action.pk])
