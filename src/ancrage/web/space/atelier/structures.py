"""The file of a structure in an atelier: what is written there, what the atelier holds of it."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened, today
from ancrage.grid.assessment import Role
from ancrage.grid.criteria import criteria
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.registered import Registered, establishments, registered
from ancrage.people.rights import may
from ancrage.questions.question import Asking
from ancrage.reports.aids import wording
from ancrage.web.space.atelier.courses import SPARK, courses_of
from ancrage.web.space.atelier.fields import Field, Unreadable, area, choice, day, line
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.lists import lists_with
from ancrage.web.space.atelier.shared import Inside, enter, row_of, rows_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.appearing import noted_appearance
from ancrage.workspace.door import By
from ancrage.workspace.filing import Written, filed, held_of, rewrite, tag, take_out, write_in
from ancrage.workspace.financing import plans_of
from ancrage.workspace.models import (
    Contact,
    Convention,
    Entry,
    FinancingPlan,
    Grading,
    Structure,
    SupportRequest,
)
from ancrage.workspace.proposals import Proposals, aids_of
from ancrage.workspace.reading import read_plan

MOST_TAGS, LONGEST_TAG = 20, 40
NO_NAME = "N’y écrivez pas le nom d’une personne : le journal ne s’efface pas."


def entered(request: HttpRequest, atelier: UUID, code: str, right: Right) -> tuple[Inside, Registered]:
    """The atelier and the structure, for who has a right to its file."""
    inside, now = enter(request, atelier), opened()
    found = registered(now.atlas, code, on=inside.on)
    refuse_unless(may(inside.actor, right, filed(atelier, found.siren), on=now.today))
    return inside, found


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, code: str) -> HttpResponse:
    """The file of a structure, as it is or as it was; it may hold nothing yet."""
    inside, found = entered(request, atelier, code, Right.READ_FILE)
    if code != found.siren:
        return redirect("atelier-structure", atelier, found.siren)
    file = next((one for one in rows_of(Structure, inside) if one.siren == found.siren), None)
    if file is None and not found.known:
        raise Http404("no such structure")
    entries = [one for one in rows_of(Entry, inside) if file and one.structure_id == file.pk]
    around = told(
        inside,
        found=found,
        file=file,
        name=found.name or (file.name if file else f"SIREN {found.siren}"),
        entries=entries,
        needs=[one for one in entries if one.nature == Entry.Nature.NEED and one.met_on is None],
        contacts=[one for one in rows_of(Contact, inside) if file and one.structure_id == file.pk],
        lists=lists_with(inside, found.siren),
        requests=[one for one in rows_of(SupportRequest, inside) if file and one.structure_id == file.pk],
        gradings=[one for one in rows_of(Grading, inside) if file and one.structure_id == file.pk],
        financings=plans_of(rows_of(FinancingPlan, inside), file.pk) if file else [],
        courses=courses_of,
        drawing=SPARK,
        aids=_aids(inside, found),
        aw=wording,
        conventions=_conventions(inside, found.siren),
        held=held_of(read_plan(inside.atelier, on=inside.on, past=inside.past), found.siren),
        places=establishments(opened().atlas, found.siren),
        writes=inside.may(Right.WRITE_FILE, filed(atelier, found.siren)),
        appears=noted_appearance(atelier, found.siren),
        shows=inside.may(Right.PUBLISH),
        today=today(),
        first=inside.atelier.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/structure.html.j2", around)


def _conventions(inside: Inside, siren: str) -> list[Convention]:
    """Those a structure is a party to."""
    itself = set(Organisation.objects.filter(siren=siren).values_list("pk", flat=True))
    return [one for one in rows_of(Convention, inside) if itself & set(one.parties())]


def _aids(inside: Inside, found: Registered) -> Proposals | None:
    """What the engine answers of an establishment that is open, the head office first; today only."""
    if inside.past:
        return None
    now = opened()
    living = [one for one in establishments(now.atlas, found.siren) if one["closed"] is None]
    if not living:
        return None
    return aids_of(living[0]["siret"], found.name, Asking(now, now.today, paged=True))


ENTRY = [
    choice("nature", "Ce que c’est", Entry.Nature.choices),
    day("on", "Jour", required=True),
    area("text", "Ce qui a été dit, noté, demandé", longest=8000, required=True, help=NO_NAME),
    day("met_on", "Pour un besoin, répondu le"),
]
CONTACT = [
    line("function", "Fonction", longest=120, required=True, help=f"Direction, accueil… {NO_NAME}"),
    line("means", "Moyen", longest=200, required=True, help="Le standard, l’adresse du service."),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def entry(request: HttpRequest, atelier: UUID, code: str, identity: UUID | None = None) -> HttpResponse:
    """Write, or change, an exchange, a note or a need."""
    form = Form("Écrire au dossier", ENTRY, "Enregistrer", "")
    form.values = {"on": str(today()), "nature": request.GET.get("nature", "")[:10]}
    return _writing(request, atelier, code, Entry, identity, form)


REQUEST = [
    line("support", "Demandé à", required=True, help=f"Le réseau, le service. {NO_NAME}"),
    area("need", "Pour quoi", required=True),
    day("sent_on", "Envoyée le", required=True),
    choice("stage", "Suite", SupportRequest.Stage.choices),
    day("answered_on", "Réponse le"),
    area("outcome", "Ce qui en est sorti"),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def support(request: HttpRequest, atelier: UUID, code: str, identity: UUID | None = None) -> HttpResponse:
    """Write, or follow, a support asked for a structure."""
    form = Form("Un appui demandé", REQUEST, "Enregistrer", "")
    form.values = {"sent_on": str(today()), "need": request.GET.get("besoin", "")[:4000]}
    return _writing(request, atelier, code, SupportRequest, identity, form)


def _level(posted: QueryDict, name: str) -> int | None:
    written = posted.get(name, "").strip()
    if written and (len(written) > 1 or written not in "12345"):
        raise Unreadable("cette valeur n'est pas de celles proposées")
    return int(written) if written else None


def _graded() -> list[Field]:
    """The fields of a judgement: the day, who judges, then the fifteen criteria, each with its levels."""
    levels = [
        Field(
            *(f"n_{one.id}", f"{one.number}. {one.label}", "choice", _level),
            shown=lambda value: value or "",
            choices=[("", "on ne sait pas"), *((str(n), f"{n} – {one.described(n)}") for n in range(1, 6))],
        )
        for one in criteria()
    ]
    return [
        day("on", "Jour", required=True),
        choice("role", "Qui juge", [(one.value, one.label) for one in Role]),
        *levels,
        area("comment", "Remarque", help=NO_NAME),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def grading(request: HttpRequest, atelier: UUID, code: str, identity: UUID | None = None) -> HttpResponse:
    """Judge a structure on the grid; several judgements are kept with their day."""
    form = Form("Une évaluation sur la grille", _graded(), "Enregistrer", "")
    form.values = {"on": str(today()), "role": Role.COLLECTIVITE.value}
    return _writing(request, atelier, code, Grading, identity, form)


def _together(said: dict[str, Any]) -> dict[str, Any]:
    """The levels of a form as one value."""
    levels = {name[2:]: level for name, level in said.items() if name.startswith("n_") and level}
    return {name: value for name, value in said.items() if not name.startswith("n_")} | {"levels": levels}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def contact(request: HttpRequest, atelier: UUID, code: str, identity: UUID | None = None) -> HttpResponse:
    """Write, or change, whom to ask."""
    return _writing(request, atelier, code, Contact, identity, Form("Un contact", CONTACT, "Enregistrer", ""))


def _writing(
    request: HttpRequest,
    atelier: UUID,
    code: str,
    model: type[Written],
    identity: UUID | None,
    form: Form,
) -> HttpResponse:
    inside, found = entered(request, atelier, code, Right.WRITE_FILE)
    row = _row(model, inside, found, identity) if identity else None
    form.back, form.intro = reverse("atelier-structure", args=[atelier, found.siren]), found.name

    if isinstance(row, Grading):
        for one in criteria():
            setattr(row, f"n_{one.id}", row.levels.get(one.id))

    def do(by: By, said: dict[str, Any]) -> None:
        if model is Grading:
            said = _together(said)
        if row is not None:
            rewrite(by, row, seen(request), **said)
        else:
            write_in(by, inside.atelier, found, model(**said))

    return answer(request, form, do, row=row, around=told(inside))


def _row(model: type[Written], inside: Inside, found: Registered, identity: UUID) -> Written:
    row: Written = row_of(model, inside, identity)
    if row.structure.siren != found.siren:
        raise Http404("not of this file")
    return row


def _tags(posted: QueryDict, name: str) -> list[str]:
    asked = [" ".join(one.split()) for one in posted.get(name, "").split(",")]
    found = list(dict.fromkeys(one for one in asked if one))
    if len(found) > MOST_TAGS or any(len(one) > LONGEST_TAG for one in found):
        raise Unreadable(f"{MOST_TAGS} étiquettes au plus, de {LONGEST_TAG} signes chacune")
    return found


TAGS = Field(
    *("tags", "Étiquettes", "text", _tags),
    shown=", ".join,
    help="Séparées par des virgules. Elles se retrouvent dans tout l’atelier.",
    longest=1000,
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tagging(request: HttpRequest, atelier: UUID, code: str) -> HttpResponse:
    """Give a structure its tags."""
    inside, found = entered(request, atelier, code, Right.WRITE_FILE)
    row = Structure.objects.filter(atelier=inside.atelier, siren=found.siren, retired_at=None).first()
    back = reverse("atelier-structure", args=[atelier, found.siren])
    form = Form("Étiquettes", [TAGS], "Enregistrer", back, intro=found.name)

    def do(by: By, said: dict[str, Any]) -> None:
        tag(by, inside.atelier, found, seen(request), said["tags"])

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def entry_out(request: HttpRequest, atelier: UUID, code: str, identity: UUID) -> HttpResponse:
    """Retire an exchange, a note or a need."""
    return _out(request, atelier, code, Entry, identity)


@require_POST
@signed_in
def contact_out(request: HttpRequest, atelier: UUID, code: str, identity: UUID) -> HttpResponse:
    """Retire a contact."""
    return _out(request, atelier, code, Contact, identity)


@require_POST
@signed_in
def support_out(request: HttpRequest, atelier: UUID, code: str, identity: UUID) -> HttpResponse:
    """Retire a request for support."""
    return _out(request, atelier, code, SupportRequest, identity)


@require_POST
@signed_in
def grading_out(request: HttpRequest, atelier: UUID, code: str, identity: UUID) -> HttpResponse:
    """Retire a judgement."""
    return _out(request, atelier, code, Grading, identity)


def _out(
    request: HttpRequest, atelier: UUID, code: str, model: type[Written], identity: UUID
) -> HttpResponse:
    inside, found = entered(request, atelier, code, Right.WRITE_FILE)
    take_out(by_of(request), _row(model, inside, found, identity), seen(request))
    return redirect("atelier-structure", atelier, found.siren)
