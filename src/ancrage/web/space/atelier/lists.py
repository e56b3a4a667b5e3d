"""Lists of structures of an atelier, or of one of its organisations: read, changed, taken away."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened, today
from ancrage.journal.past import as_on
from ancrage.language.days import short_day
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.registered import closed_among
from ancrage.people.rights import may
from ancrage.reasoning import Verdict
from ancrage.reports.cells import day_cell
from ancrage.reports.columns import Column, grid
from ancrage.reports.formats import FORMATS
from ancrage.reports.sheet import Section, Sheet
from ancrage.web.space.atelier.fields import Choices, area, choice, line
from ancrage.web.space.atelier.files import WRITERS
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, enter, mine, row_of, rows_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace import lists
from ancrage.workspace.door import By, thing
from ancrage.workspace.models import Listed, Structure, StructureList


def readable(inside: Inside, row: StructureList) -> bool:
    """Whether the reader may see a list."""
    right, about = lists.reading(inside.atelier.pk, row.organisation)
    return may(inside.actor, right, about, on=today()).verdict is Verdict.OUI


def writable(inside: Inside, organisation: UUID | None) -> bool:
    """Whether the reader may write in the lists of an organisation; of the atelier when there is none."""
    return inside.may(*lists.writing(inside.atelier.pk, organisation))


def lists_with(inside: Inside, siren: str) -> list[StructureList]:
    """The lists that hold a structure, those the reader may see."""
    holding = {one.listing_id for one in rows_of(Listed, inside) if one.siren == siren}
    return [one for one in rows_of(StructureList, inside) if one.pk in holding and readable(inside, one)]


def whose(inside: Inside) -> Choices:
    """Whose a new list may be: of the atelier, of each organisation of the reader."""
    own = Organisation.objects.filter(pk__in=mine(inside)).order_by("name")
    shared = [("", "vue du porteur et des contributeurs")] if writable(inside, None) else []
    return shared + [(str(one.pk), f"vue de {one.name} seule") for one in own if writable(inside, one.pk)]


def _found(request: HttpRequest, atelier: UUID, identity: UUID) -> tuple[Inside, StructureList]:
    inside = enter(request, atelier)
    row = row_of(StructureList, inside, identity)
    if not readable(inside, row):
        raise Http404("no such list")
    return inside, row


@require_safe
@signed_in
def index(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The lists one may see, and the structures that have a file."""
    inside = enter(request, atelier)
    files = may(inside.actor, Right.READ_FILE, thing(atelier), on=today()).verdict is Verdict.OUI
    held: dict[UUID, int] = {}
    for one in rows_of(Listed, inside):
        held[one.listing_id] = held.get(one.listing_id, 0) + 1
    around = told(
        inside,
        lists=[one for one in rows_of(StructureList, inside) if readable(inside, one)],
        held=held,
        whose=dict(whose(inside)),
        owners=Organisation.objects.in_bulk(list(map(UUID, mine(inside)))),
        files=rows_of(Structure, inside) if files else (),
    )
    return render(request, "space/atelier/lists.html.j2", around)


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A list, as it is or as it was."""
    inside, row = _found(request, atelier, identity)
    kept = _kept(inside, row)
    around = told(
        inside,
        listing=(as_on(StructureList, row.pk, on=inside.on) if inside.past else None) or row,
        listed=kept,
        closed=_closed(inside, kept),
        owner=Organisation.objects.filter(pk=row.organisation).first() if row.organisation else None,
        writes=row.live and writable(inside, row.organisation),
        opens=may(inside.actor, Right.READ_FILE, thing(atelier), on=today()).verdict is Verdict.OUI,
        today=today(),
        first=row.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/list.html.j2", around)


def _kept(inside: Inside, row: StructureList) -> list[Listed]:
    return [one for one in rows_of(Listed, inside) if one.listing_id == row.pk]


def _closed(inside: Inside, kept: Iterable[Listed]) -> dict[str, Any]:
    return closed_among(opened().atlas, {one.siret for one in kept if one.siret}, on=inside.on)


@require_safe
@signed_in
def export(request: HttpRequest, atelier: UUID, identity: UUID, shape: str) -> HttpResponse:
    """A list as a file."""
    inside, row = _found(request, atelier, identity)
    if shape not in WRITERS:
        raise Http404("no such shape")
    content = WRITERS[shape](_sheet(inside, row))
    given = HttpResponse(content, content_type=FORMATS[shape].mime)
    given["Content-Disposition"] = f'attachment; filename="liste-{inside.on}.{shape}"'
    return given


def _sheet(inside: Inside, row: StructureList) -> Sheet:
    kept = _kept(inside, row)
    closed = _closed(inside, kept)
    tags = {one.siren: one.tags for one in rows_of(Structure, inside)} if _files(inside) else {}
    table = grid("Structures", list(_columns(closed, tags)), kept)
    return Sheet(
        kicker=inside.atelier.name,
        title=row.name,
        lead=row.purpose,
        sections=(Section("structures", "Structures", (table,)),),
        on=inside.on,
    )


def _files(inside: Inside) -> bool:
    return may(inside.actor, Right.READ_FILE, thing(inside.atelier.pk), on=today()).verdict is Verdict.OUI


def _columns(closed: dict[str, Any], tags: dict[str, list[str]]) -> Iterator[Column[Listed]]:
    yield Column("Structure", lambda one: one.name)
    yield Column("SIREN", lambda one: one.siren)
    yield Column("SIRET", lambda one: one.siret)
    yield Column("Note", lambda one: one.note)
    if tags:
        yield Column("Étiquettes", lambda one: ", ".join(tags.get(one.siren, ())))
    yield Column(
        "Fermée",
        lambda one: f"depuis le {short_day(closed[one.siret])}" if one.siret in closed else "",
    )
    yield Column("Nom relevé le", lambda one: day_cell(one.named_on))


NAME = line("name", "Nom de la liste", longest=200, required=True)
PURPOSE = area("purpose", "À quoi elle sert", longest=2000)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def writing(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Begin a list, or change what is said of one."""
    inside, row = _found(request, atelier, identity) if identity else (enter(request, atelier), None)
    fields = [NAME, PURPOSE]
    if row is None:
        fields.append(choice("organisation", "Qui la voit", whose(inside)))
    back = (
        reverse("atelier-list", args=[atelier, row.pk]) if row else reverse("atelier-lists", args=[atelier])
    )
    form = Form("Changer la liste" if row else "Ouvrir une liste", fields, "Enregistrer", back)

    def do(by: By, said: dict[str, Any]) -> str:
        if row is not None:
            lists.rewrite(by, row, seen(request), **said)
            return back
        said["organisation"] = _owner(inside, said["organisation"])
        return reverse("atelier-list", args=[atelier, lists.begin(by, inside.atelier, **said).pk])

    return answer(request, form, do, row=row, around=told(inside))


def _owner(inside: Inside, written: str) -> UUID | None:
    """The organisation chosen, one of the reader's; none when the list is of the atelier."""
    return UUID(written) if written in mine(inside) else None


@require_POST
@signed_in
def closing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Retire a list."""
    _, row = _found(request, atelier, identity)
    lists.close(by_of(request), row, seen(request))
    return redirect("atelier-lists", atelier)


def _one(request: HttpRequest, atelier: UUID, identity: UUID) -> tuple[Inside, Listed]:
    inside = enter(request, atelier)
    row = row_of(Listed, inside, identity)
    if not readable(inside, row.listing):
        raise Http404("no such list")
    return inside, row


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def noting(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Note something of a structure of a list."""
    inside, row = _one(request, atelier, identity)
    form = Form(
        f"Note sur « {row.name} »",
        [area("note", "Note", help="N’y écrivez pas le nom d’une personne : le journal ne s’efface pas.")],
        "Enregistrer",
        reverse("atelier-list", args=[atelier, row.listing_id]),
    )

    def do(by: By, said: dict[str, Any]) -> None:
        lists.note(by, row, seen(request), said["note"])

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def taking_out(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Take a structure out of a list."""
    _, row = _one(request, atelier, identity)
    lists.take_out(by_of(request), row, seen(request))
    return redirect("atelier-list", atelier, row.listing_id)
