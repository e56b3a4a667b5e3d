"""Conventions of an atelier: written, read, frozen, signed, amended, and what each makes due."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.conventions.catalogue import read_deeds
from ancrage.conventions.declaration import Blank, Sort
from ancrage.conventions.drafting import MONTHS
from ancrage.desk.opened import today
from ancrage.errors import Difference, StaleVersionError
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.reports.formats import FORMATS
from ancrage.web.space.atelier.deed_sheet import file_of, sheet_of_text
from ancrage.web.space.atelier.fields import Field, area, choice, chosen, day, identities, line
from ancrage.web.space.atelier.files import WRITERS
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.pieces import document, given, pieces_of, served
from ancrage.web.space.atelier.remarks import said_of
from ancrage.web.space.atelier.shared import Inside, choices, enter, mine, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.attaching import content_of
from ancrage.workspace.deed_reading import Book, Written, changes, read_book, sort_of, written
from ancrage.workspace.deeds import (
    Frozen,
    concerned,
    edit_convention,
    edit_obligation,
    fix,
    owe,
    sign,
    take_back,
    write_convention,
)
from ancrage.workspace.door import By, thing
from ancrage.workspace.models import (
    Action,
    Convention,
    ConventionText,
    Obligation,
)
from ancrage.workspace.reading import read_plan

ANSWER = "article_"
"""How the name of a field begins that fills in an article."""
FROZEN = (
    "Le texte ne change plus ensuite : son fichier et son empreinte (SHA-256) sont gardés, et chaque partie "
    "dit qu’elle l’a signé. Sans fichier, c’est celui que compose l’atelier."
)
OF_OTHERS = "Pour une autre organisation que la vôtre, sa confirmation est attendue."


@require_safe
@signed_in
def choosing(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The sorts of conventions, to begin one."""
    around = told(enter(request, atelier), sorts=read_deeds().sorts.values(), action=_from(request))
    return render(request, "space/atelier/convention_sorts.html.j2", around)


def _from(request: HttpRequest) -> str:
    """The action one comes from, when there is one."""
    try:
        return str(UUID(request.GET.get("action", "")))
    except ValueError:
        return ""


def _blank(one: Blank) -> Field:
    name = f"{ANSWER}{one.id}"
    if one.kind == "line":
        return line(name, one.label, longest=1000, help=one.help)
    if one.kind == "area":
        return area(name, one.label, longest=6000, help=one.help)
    listed = tuple(one.choices.items())
    if one.kind == "month":
        listed = tuple((str(rank), word) for rank, word in enumerate(MONTHS, 1))
    return replace(choice(name, one.label, (("", "–"), *listed)), help=one.help)


def _fields(inside: Inside, sort: Sort) -> list[Field]:
    actions = Action.objects.filter(atelier=inside.atelier, retired_at=None)
    here = choices(organisations(inside))
    blanks: Sequence[Field] = [_blank(one) for one in sort.blanks]
    return [
        line("title", "Intitulé", required=True),
        chosen("lead", sort.lead, here, required=True),
        identities("others", "Autres parties", here),
        area("purpose", "Objet", help="Ce que les parties font ensemble, en une ou deux phrases."),
        identities("actions", "Actions du plan", [(str(one.pk), one.title) for one in actions]),
        day("begin", "Début"),
        day("end", "Fin"),
        line("deed", "Acte qui l’autorise", help="Délibération, décision : son numéro et son jour."),
        *(replace(one, heading="Les articles") if rank == 0 else one for rank, one in enumerate(blanks)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def writing(
    request: HttpRequest, atelier: UUID, sort: str = "", identity: UUID | None = None
) -> HttpResponse:
    """Write a convention of a sort, or change what is being written."""
    inside = enter(request, atelier)
    row = row_of(Convention, inside, identity) if identity else None
    kind = sort_of(row) if row else read_deeds().sorts.get(sort)
    if kind is None:
        raise Http404("no such sort")
    back = (
        reverse("atelier-convention", args=[atelier, row.pk])
        if row
        else reverse("atelier-convention-new", args=[atelier])
    )
    form = Form(kind.name, _fields(inside, kind), "Enregistrer", back, intro=kind.summary)
    if row is None:
        form.values = _begun(inside, kind, _from(request))
    else:
        for blank in kind.blanks:
            setattr(row, f"{ANSWER}{blank.id}", row.said.get(blank.id, ""))

    def do(by: By, said: dict[str, Any]) -> str:
        fields = {name: value for name, value in said.items() if not name.startswith(ANSWER)}
        fields["said"] = {
            name.removeprefix(ANSWER): value
            for name, value in said.items()
            if name.startswith(ANSWER) and value
        }
        if row is not None:
            with _told_apart(kind):
                edit_convention(by, row, seen(request), **fields)
            return back
        made = write_convention(by, inside.atelier, sort=kind.id, **fields)
        return reverse("atelier-convention", args=[atelier, made.pk])

    return answer(request, form, do, row=row, around=told(inside))


@contextmanager
def _told_apart(sort: Sort) -> Iterator[None]:
    """Tell both texts article by article, not as one value."""
    try:
        yield
    except StaleVersionError as error:
        apart = [one for each in error.differences for one in _apart(each, sort)]
        raise StaleVersionError("convention", error.current, apart) from error


def _apart(one: Difference, sort: Sort) -> list[Difference]:
    mine, theirs = one.mine, one.theirs
    if one.name != "said" or not (isinstance(mine, dict) and isinstance(theirs, dict)):
        return [one]
    return [
        Difference(f"{ANSWER}{each.id}", each.label, mine.get(each.id, ""), theirs.get(each.id, ""))
        for each in sort.blanks
        if mine.get(each.id, "") != theirs.get(each.id, "")
    ]


def _begun(inside: Inside, sort: Sort, action: str) -> dict[str, Any]:
    """What a first draft may begin with: the action one comes from, its organisations, its period."""
    here = Action.objects.filter(atelier=inside.atelier, retired_at=None)
    found = here.filter(pk=action).first() if action else None
    if found is None:
        return {}
    parties = [one.organisation for one in found.participations.filter(retired_at=None)]
    return {
        "title": f"{sort.name}, {found.title}"[:250],
        "lead": str(found.pilot or ""),
        "others": [str(one) for one in parties if one != found.pilot],
        "purpose": found.title,
        "actions": [str(found.pk)],
        "begin": found.begin or "",
        "end": found.end or "",
    }


def _read(inside: Inside, identity: UUID) -> tuple[Book, Convention]:
    """The conventions and one of them, on the day that is read. Raises Http404."""
    book = read_book(inside.atelier, on=inside.on, past=inside.past)
    row = next((one for one in book.conventions if one.pk == identity), None)
    if row is None:
        raise Http404("no such convention that day")
    return book, row


def _written(inside: Inside, row: Convention) -> Written:
    return written(read_plan(inside.atelier, on=inside.on, past=inside.past), row, on=inside.on)


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A convention: how far it has come, who signed what, what is due, its articles."""
    inside = enter(request, atelier)
    book, row = _read(inside, identity)
    found = _written(inside, row)
    last = book.last(row)
    apart = changes(last.content, found.content) if last else []
    around = told(
        inside,
        book=book,
        plan=book,
        convention=row,
        sort=sort_of(row),
        written=found,
        last=last,
        apart=apart,
        ready=not found.draft.missing and (last is None or (book.signed(last) and bool(apart))),
        waits=last is not None and not book.signed(last),
        about=concerned(row),
        mine=mine(inside),
        pieces=pieces_of(inside, row),
        **said_of(inside, row),
        today=today(),
        first=row.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/convention.html.j2", around)


@require_safe
@signed_in
def paper(request: HttpRequest, atelier: UUID, identity: UUID, shape: str) -> HttpResponse:
    """What is being written, as a document to go on with, or to print."""
    inside = enter(request, atelier)
    if shape not in ("docx", "pdf"):
        raise Http404("no such shape")
    _, row = _read(inside, identity)
    refuse_unless(may(inside.actor, Right.EXPORT_SEEN, thing(atelier), on=inside.on))
    content = HttpResponse(
        WRITERS[shape](sheet_of_text(_written(inside, row).content)), content_type=FORMATS[shape].mime
    )
    content["Content-Disposition"] = content_disposition_header(True, f"convention-{inside.on}.{shape}")
    return content


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fixing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Freeze the text that the parties are to sign."""
    inside = enter(request, atelier)
    row = row_of(Convention, inside, identity)
    book = read_book(inside.atelier, on=inside.on)
    last = book.last(row)
    back = reverse("atelier-convention", args=[atelier, row.pk])
    about = area("about", "Ce que change l’avenant", required=True)
    own = document("fichier", "Le document à signer, si vous l’avez retouché")
    form = Form(
        "Arrêter l’avenant à signer" if last else "Arrêter le texte à signer",
        [about, own] if last else [own],
        "Arrêter le texte",
        back,
        intro=FROZEN,
        version=row.version,
    )
    if request.method != "POST":
        form.values = {}

    def do(by: By, said: dict[str, Any]) -> str:
        found = _written(inside, row)
        apart = tuple(changes(last.content, found.content)) if last else ()
        amendment = said.get("about", "")
        file = given(request, "fichier", required=False)
        frozen = Frozen(
            content=found.content,
            file=file or file_of(sheet_of_text(found.content, amendment=amendment, apart=apart)),
            law_on=inside.on,
            dues=found.dues,
            missing=found.draft.missing,
            about=amendment,
            laws={name: text.title for name, text in read_deeds().texts.items()},
        )
        fix(by, row, seen(request), frozen)
        return back

    return answer(request, form, do, around=told(inside))


@require_safe
@signed_in
def frozen(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """The file of a text, as it was frozen."""
    inside = enter(request, atelier)
    row = row_of(ConventionText, inside, identity)
    return served(row.filename, row.mime, content_of(row))


@require_POST
@signed_in
def taking_back(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Take a frozen text back, as long as nobody signed it."""
    row = row_of(ConventionText, enter(request, atelier), identity)
    take_back(by_of(request), row, seen(request))
    return redirect("atelier-convention", atelier, row.convention_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def signing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Say that a party signed a text."""
    inside = enter(request, atelier)
    text = row_of(ConventionText, inside, identity)
    done = {str(one.organisation) for one in text.signatures.filter(retired_at=None)}
    here = [one for one in organisations(inside) if str(one.pk) in text.parties and str(one.pk) not in done]
    form = Form(
        f"Une signature de « {text.convention.title} »",
        [
            chosen("organisation", "Qui a signé", choices(here), required=True),
            day("signed_on", "Signé le", required=True),
        ],
        "Dire que c’est signé",
        reverse("atelier-convention", args=[atelier, text.convention_id]),
        intro=f"Fichier signé : {text.filename}, empreinte {text.digest}. {OF_OTHERS}",
    )
    own = [str(one.pk) for one in here if str(one.pk) in mine(inside)]
    form.values = {"signed_on": str(today()), "organisation": own[0] if own else ""}

    def do(by: By, said: dict[str, Any]) -> None:
        sign(by, text, said["organisation"], said["signed_on"])

    return answer(request, form, do, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def obligation(
    request: HttpRequest, atelier: UUID, convention: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Write what a convention makes due, or say that it is done."""
    inside = enter(request, atelier)
    owner = row_of(Convention, inside, convention)
    row = row_of(Obligation, inside, identity) if identity else None
    parties = [one for one in organisations(inside) if one.pk in owner.parties()]
    form = Form(
        f"Une échéance de « {owner.title} »",
        [
            line(
                "title",
                "Ce qui est dû",
                required=True,
                help="Versement du solde, bilan, attestation d’assurance…",
            ),
            day("due", "Au plus tard le", required=True),
            chosen("owed_by", "Par qui", choices(parties)),
            line("law", "Texte ou article"),
            day("done_on", "Fait le"),
        ],
        "Enregistrer",
        reverse("atelier-convention", args=[atelier, owner.pk]),
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_obligation(by, row, seen(request), **said)
        else:
            owe(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))
