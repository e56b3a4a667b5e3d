"""Financing plans of an atelier: written or given as a file, verified, opened as they were, compared."""

import secrets
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import yaml
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.cells.days import read_day
from ancrage.contracts.kept import Sort, read_kept, sort_of
from ancrage.contracts.models import capital_model, contract_model
from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError, FinancingFileError, StaleVersionError
from ancrage.financing.files import read_plan_text
from ancrage.financing.model import plan_model
from ancrage.financing.plan import Plan
from ancrage.language.numbers import typed
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.questions.financing import Paper, PlanTextQuestion
from ancrage.questions.outcomes import CapitalTextQuestion, ImpactTextQuestion
from ancrage.questions.question import Question
from ancrage.questions.reading import read
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import asking_for, file_of, page_of
from ancrage.web.financing.faults import Faults
from ancrage.web.financing.fields import Rows, document_of, fields_of, padded, posted, typed_of
from ancrage.web.financing.views import PAPERS, around_fields, file_given
from ancrage.web.navigation import link_of
from ancrage.web.space.atelier.forms import Form, by_of, seen
from ancrage.web.space.atelier.pieces import served
from ancrage.web.space.atelier.shared import Inside, enter, row_of, told
from ancrage.web.space.atelier.structures import entered
from ancrage.web.space.doors import signed_in
from ancrage.workspace.door import By
from ancrage.workspace.filing import filed
from ancrage.workspace.financing import (
    Keepable,
    Version,
    differences,
    find,
    keep_for,
    keep_in,
    put_away,
    rewrite_plan,
    right_to,
    versions,
)
from ancrage.workspace.models import Action, FinancingPlan
from ancrage.workspace.plan import piloted

FORM = "space/atelier/financing_form.html.j2"
SHOWN = "space/atelier/financing.html.j2"
TAKEN = ("pdf", "docx", "xlsx")
TEXT_FORM = "space/atelier/financing_text_form.html.j2"
MODELS = {
    Sort.CONTRACT.value: ("Contrat à impact", contract_model),
    Sort.CAPITAL.value: ("Capital d’une SCIC", capital_model),
}
QUESTIONS: dict[Sort, type[Question]] = {
    Sort.PLAN: PlanTextQuestion,
    Sort.CONTRACT: ImpactTextQuestion,
    Sort.CAPITAL: CapitalTextQuestion,
}
YAML = "application/yaml; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_action(request: HttpRequest, atelier: UUID, action: UUID) -> HttpResponse:
    """Write a plan that is kept with an action."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, action)
    refuse_unless(may(inside.actor, Right.EDIT, piloted(row), on=inside.on))
    back = reverse("atelier-action", args=[atelier, row.pk])
    start = {"nom": row.title, **({"debut": row.begin.isoformat()} if row.begin else {})}
    return _written(request, inside, back, start, lambda by, plan: keep_for(by, row, plan))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_structure(request: HttpRequest, atelier: UUID, code: str) -> HttpResponse:
    """Write a plan that is kept in the file of a structure."""
    inside, found = entered(request, atelier, code, Right.WRITE_FILE)
    back = reverse("atelier-structure", args=[atelier, found.siren])
    start = {"porteur": {"nom": found.name}} if found.name else {}
    return _written(request, inside, back, start, lambda by, plan: keep_in(by, inside.atelier, found, plan))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def changing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Change a plan; who was faster is told, and nothing typed is lost."""
    inside, row = _entered(request, atelier, identity)
    refuse_unless(may(inside.actor, *right_to(row), on=inside.on))
    back = reverse("atelier-financing", args=[atelier, row.pk])

    def do(by: By, plan: Keepable) -> FinancingPlan:
        return rewrite_plan(by, row, seen(request), plan)

    return _written(request, inside, back, yaml.safe_load(row.text), do, row)


def _written(
    request: HttpRequest, inside: Inside, back: str, start: dict[str, Any], do: Any,
    row: FinancingPlan | None = None,
) -> HttpResponse:  # fmt: skip
    """The form, or what is typed kept: a fault is told above the form, which keeps all of it."""
    form = Form(row.name if row else "Plan de financement", (), "Garder le plan", back)
    form.token = request.POST.get("jeton", "")[:64] or secrets.token_urlsafe(16)
    form.version = row.version if row and request.method != "POST" else seen(request)
    if row is not None and row.sort is not Sort.PLAN:
        return _text_written(request, inside, form, row.text, row.sort, do)
    if (asked := request.GET.get("sorte", "")) in MODELS:
        form.title = MODELS[asked][0]
        return _text_written(request, inside, form, MODELS[asked][1](), Sort(asked), do)
    if request.method != "POST":
        model = yaml.safe_load(plan_model()) if request.GET.get("exemple") else start
        return _asked(request, inside, form, *typed_of(model))
    whole, rows = posted(request.POST.dict())
    if more := request.POST.get("ajouter", ""):
        return _asked(request, inside, form, whole, padded(rows, more))
    try:
        if "fichier" in request.FILES:
            given = file_given(request)
            whole, rows = fields_of(given.document.values)
            kept = do(by_of(request), given.plan())
        else:
            kept = do(by_of(request), _typed(whole, rows))
    except StaleVersionError as error:
        form.failure, form.version = error, error.current
        return _asked(request, inside, form, whole, padded(rows), status=409)
    except AncrageError as error:
        form.failure = error
        status = status_of(error)
        return _asked(request, inside, form, whole, padded(rows), 422 if status == 400 else status, error)
    return redirect("atelier-financing", inside.atelier.pk, kept.pk)


def _text_written(
    request: HttpRequest, inside: Inside, form: Form, start: str, sort: Sort, do: Any
) -> HttpResponse:
    """The text of a contract or of a table, or what is typed kept; a fault is told above it."""
    status, text = 200, request.POST.get("texte", start).replace("\r\n", "\n")
    if request.method == "POST":
        try:
            if sort_of(text) is not sort:
                raise FinancingFileError(f"Un {sort.label} est attendu ici.", "Gardez sa ligne « schema ».")
            kept = do(by_of(request), read_kept(text))
            return redirect("atelier-financing", inside.atelier.pk, kept.pk)
        except AncrageError as error:
            form.failure, status = error, status_of(error)
            form.version = error.current if isinstance(error, StaleVersionError) else form.version
    around = told(inside, form=form, text=text, sort=sort, faults=Faults())
    return render(request, TEXT_FORM, around, status=422 if status == 400 else status)


def _found(request: HttpRequest, row: FinancingPlan) -> FinancingPlan:
    """A finding of the evaluator, written in the contract. Raises :class:`FinancingFileError`."""
    day, result = read_day(request.POST.get("le", "")), typed(request.POST.get("resultat", ""))
    if day.value is None:
        raise FinancingFileError(day.sentence or "Le jour du constat est attendu.", "")
    try:
        measured = Decimal(result)
    except InvalidOperation as error:
        raise FinancingFileError("Le résultat constaté est un nombre.", "Écrivez par exemple 320.") from error
    piece = request.POST.get("piece", "").strip()[:250]
    return find(by_of(request), row, seen(request), day.value, measured, piece)


@require_POST
@signed_in
def finding(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """What the evaluator of a contract found: its payment is then due."""
    inside, row = _entered(request, atelier, identity)
    refuse_unless(may(inside.actor, *right_to(row), on=inside.on))
    if row.sort is not Sort.CONTRACT:
        raise Http404("no contract")
    _found(request, row)
    return redirect("atelier-financing", atelier, row.pk)


def _typed(whole: dict[str, str], rows: Rows) -> Plan:
    """The plan that the fields make. Raises :class:`FinancingFileError`."""
    return read_plan_text(yaml.safe_dump(document_of(whole, rows), allow_unicode=True, sort_keys=False))


def _asked(
    request: HttpRequest, inside: Inside, form: Form, whole: dict[str, str], rows: Rows, status: int = 200,
    error: AncrageError | None = None,
) -> HttpResponse:  # fmt: skip
    faults = Faults.of(error, rows) if error else None
    around = told(inside, form=form, **around_fields(whole, rows, faults))
    return render(request, FORM, around, status=status)


def _entered(request: HttpRequest, atelier: UUID, identity: UUID) -> tuple[Inside, FinancingPlan]:
    """The plan, for who may read it: the atelier, and the file of the structure when it is there."""
    inside = enter(request, atelier)
    row = row_of(FinancingPlan, inside, identity)
    if row.structure is not None:
        about = filed(atelier, row.structure.siren)
        refuse_unless(may(inside.actor, Right.READ_FILE, about, on=inside.on))
    return inside, row


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A plan verified, as it is or as a version was; beside another version when one is asked."""
    inside, row = _entered(request, atelier, identity)
    known = versions(row)
    here = _version(known, request.GET.get("version", ""), known[0])
    other = _version(known, request.GET.get("avec", ""), None)
    telling = _telling(here, request.GET.get("papier", ""))
    shape = request.GET.get("format", "")
    if shape in TAKEN:
        return file_of(telling, FORMATS[shape])
    if shape == "yaml":
        return served(f"plan-version-{here.number}.yaml", YAML, here.text.encode())
    own = {
        "row": row,
        "shown": here,
        "versions": known,
        "other": other,
        "differences": differences(other, here) if other else [],
        "is_plan": here.sort is Sort.PLAN,
        "finds": here.sort is Sort.CONTRACT,
        "writes": inside.may(*right_to(row)) and row.retired_at is None,
        "papers": PAPERS,
        "shapes": TAKEN,
        "token": secrets.token_urlsafe(16),
    }
    return page_of(request, telling, template=SHOWN, **(told(inside, **own) | {"files": ()}))


def _version(known: list[Version], asked: str, default: Any) -> Any:
    if not asked:
        return default
    found = next((one for one in known if str(one.number) == asked), None)
    if found is None:
        raise Http404("no such version")
    return found


def _telling(version: Version, paper: str) -> Telling:
    words = {"texte": [version.text]}
    if version.sort is Sort.PLAN:
        words["papier"] = [paper if paper in set(Paper) else ""]
    return Telling(read(QUESTIONS[version.sort], words).answer(asking_for(FORMATS["html"])), link_of)


@require_POST
@signed_in
def leaving(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Retire a plan."""
    _, row = _entered(request, atelier, identity)
    put_away(by_of(request), row, seen(request))
    if row.action_id:
        return redirect("atelier-action", atelier, row.action_id)
    return redirect("atelier-structure", atelier, row.structure.siren if row.structure else "")
