"""Contracts of an atelier: the actions each holds, who signs, who pays, its reading for the ESS, its note."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.opened import opened, today
from ancrage.levers.catalogue import read_levers
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.rights import may
from ancrage.people.roles import Role as Held
from ancrage.reports.formats import FORMATS
from ancrage.web.space.atelier.contract_note import note_of
from ancrage.web.space.atelier.fields import (
    Field,
    amount,
    area,
    choice,
    chosen,
    day,
    identities,
    line,
    year,
)
from ancrage.web.space.atelier.files import WRITERS
from ancrage.web.space.atelier.forms import Form, answer, seen
from ancrage.web.space.atelier.partners import FIELDS as PARTNER
from ancrage.web.space.atelier.partners import designated
from ancrage.web.space.atelier.places import places
from ancrage.web.space.atelier.shared import Inside, choices, enter, mine, organisations, row_of, told
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace.contracting import (
    declare_credit,
    declare_signature,
    edit_contract,
    entrust,
    evaluators,
    findings,
    record_finding,
    restate,
    write_contract,
)
from ancrage.workspace.door import By, thing
from ancrage.workspace.ess_reading import Place, read_contract, read_with_register
from ancrage.workspace.models import Action, Contract, Credit, Signature
from ancrage.workspace.reading import Plan, read_plan

FINDING = "Ce qui a été constaté, quand, sur quoi. N’y écrivez pas le nom d’une personne."


def _fields(inside: Inside) -> list[Field]:
    actions = Action.objects.filter(atelier=inside.atelier, retired_at=None)
    return [
        choice("sort", "Contrat", Contract.Sort.choices),
        line("title", "Intitulé", required=True),
        day("begin", "Début"),
        day("end", "Fin"),
        places("perimeter", "Périmètre", required=True),
        identities("actions", "Actions du contrat", [(str(one.pk), one.title) for one in actions]),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def writing(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write a contract, or change one."""
    inside = enter(request, atelier)
    row = row_of(Contract, inside, identity) if identity else None
    back = (
        reverse("atelier-contract", args=[atelier, identity]) if row else reverse("atelier", args=[atelier])
    )
    form = Form("Un contrat", _fields(inside), "Enregistrer", back)
    form.values = {"perimeter": inside.atelier.territory}

    def do(by: By, said: dict[str, Any]) -> str:
        if row is not None:
            edit_contract(by, row, seen(request), **said)
            return back
        made = write_contract(by, inside.atelier, **said)
        return reverse("atelier-contract", args=[atelier, made.pk])

    return answer(request, form, do, row=row, around=told(inside))


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A contract: its actions and the place of the ESS in each, its signatories, its money."""
    inside = enter(request, atelier, only=identity)
    plan, row = _read(inside, identity)
    found = findings(row, on=inside.on)
    around = told(
        inside,
        plan=plan,
        contract=row,
        reading=read_contract(plan, row),
        places=Place,
        catalogue=read_levers(),
        mine=mine(inside),
        evaluators=evaluators(row, on=inside.on),
        findings=found,
        found_by=Organisation.objects.in_bulk([one.on_behalf_of for one in found if one.on_behalf_of]),
        records=inside.may(Right.RECORD_FINDING, thing(atelier, id=row.pk)),
        today=today(),
        first=row.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/contract.html.j2", around)


def _read(inside: Inside, identity: UUID) -> tuple[Plan, Contract]:
    """The plan and one of its contracts, on the day that is read. Raises Http404."""
    plan = read_plan(inside.atelier, on=inside.on, past=inside.past)
    plan = read_with_register(plan, opened().atlas)
    row = next((one for one in plan.contracts if one.pk == identity), None)
    if row is None:
        raise Http404("no such contract that day")
    return plan, row


@require_safe
@signed_in
def note(request: HttpRequest, atelier: UUID, identity: UUID, shape: str) -> HttpResponse:
    """The note of a contract for its committee, on a page."""
    inside = enter(request, atelier, only=identity)
    if shape not in WRITERS:
        raise Http404("no such shape")
    plan, row = _read(inside, identity)
    refuse_unless(may(inside.actor, Right.EXPORT_SEEN, thing(atelier, id=identity), on=today()))
    content = HttpResponse(WRITERS[shape](note_of(plan, row)), content_type=FORMATS[shape].mime)
    content["Content-Disposition"] = f'attachment; filename="note-{inside.on}.{shape}"'
    return content


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def finding(request: HttpRequest, atelier: UUID, contract: UUID) -> HttpResponse:
    """Write what the evaluation found."""
    inside = enter(request, atelier, only=contract)
    owner = row_of(Contract, inside, contract)
    form = _form("Un constat", [area("text", "Constat", required=True, help=FINDING)], owner)

    def do(by: By, said: dict[str, Any]) -> None:
        record_finding(by, owner, said["text"])

    return answer(request, form, do, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def entrusting(request: HttpRequest, atelier: UUID, contract: UUID) -> HttpResponse:
    """Entrust the evaluation of a contract to an organisation."""
    inside = enter(request, atelier)
    owner = row_of(Contract, inside, contract)
    form = _form("L’évaluateur", [PARTNER[0], *PARTNER[3:]], owner)
    form.intro = f"{Held.EVALUATEUR.meaning} Ses membres lisent ce contrat et sa note, rien d’autre."

    def do(by: By, said: dict[str, Any]) -> None:
        chosen = designated(request, inside, {**said, "courriel": "", "role": Held.PARTENAIRE.value})
        entrust(by, owner, chosen, who(request))

    return answer(request, form, do, around=told(inside))


def _form(title: str, fields: list[Field], owner: Contract) -> Form:
    back = reverse("atelier-contract", args=[owner.atelier_id, owner.pk])
    return Form(f"{title} de « {owner.title} »", fields, "Enregistrer", back)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def signature(
    request: HttpRequest, atelier: UUID, contract: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Say, or say otherwise, who signs a contract."""
    inside = enter(request, atelier)
    owner = row_of(Contract, inside, contract)
    row = row_of(Signature, inside, identity) if identity else None
    fields = [
        chosen("organisation", "Organisation", choices(organisations(inside)), required=True),
        day("signed_on", "Signé le"),
    ]
    form = _form("Un signataire", fields[1:] if row else fields, owner)

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            restate(by, row, seen(request), **said)
        else:
            declare_signature(by, owner, said.pop("organisation"), **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def credit(request: HttpRequest, atelier: UUID, contract: UUID, identity: UUID | None = None) -> HttpResponse:
    """Say, or say otherwise, what a contract provides for in a year."""
    inside = enter(request, atelier)
    owner = row_of(Contract, inside, contract)
    row = row_of(Credit, inside, identity) if identity else None
    fields = [
        year("year", "Année"),
        chosen("funder", "Organisation de l’atelier qui finance", choices(organisations(inside))),
        line(
            "funder_name",
            "Ou le nom du financeur",
            help="S’il n’est pas dans l’atelier : son montant reste à vérifier.",
        ),
        amount("planned", "Montant prévu"),
        amount("spent", "Montant dépensé"),
    ]
    form = _form("Un crédit", fields, owner)
    form.values = {"year": str(today().year)}

    def do(by: By, said: dict[str, Any]) -> None:
        names = {one.pk: one.name for one in organisations(inside)}
        said["funder_name"] = names.get(said["funder"]) or said["funder_name"]
        if row is not None:
            restate(by, row, seen(request), **said)
        else:
            declare_credit(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))
