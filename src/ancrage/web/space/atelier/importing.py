"""A plan from a spreadsheet: its columns matched on screen, what it will write, what was, taken back."""

import secrets
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.opened import today
from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError, InvalidQuestionError
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.web.space.atelier.fields import Unreadable, area, year
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.places import places_in
from ancrage.web.space.atelier.shared import Inside, enter, organisations, row_of, told
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace.door import By, thing
from ancrage.workspace.importing.columns import Meaning, proposed
from ancrage.workspace.importing.lines import Around, Reading, read_lines
from ancrage.workspace.importing.table import Table, packed, read_table, unpacked
from ancrage.workspace.importing.writing import changed_since, take_back, there, write_plan
from ancrage.workspace.models import PlanImport

YEAR = year("annee", "Année des montants quand la ligne ne la dit pas")
EXAMPLES = 3
SHOWN = 60


def first_look(request: HttpRequest, inside: Inside, content: bytes, name: str) -> HttpResponse:
    """A file that was just given: its columns as they are proposed. Raises ``WorkspaceFileError``."""
    _refuse_others(inside)
    table = read_table(content, name)
    meanings = proposed(table.titles, [cells for _, cells in table.lines])
    return _shown(request, inside, table, meanings, today().year)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def matching(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """What the columns say, as people chose; then what it writes, or writing it."""
    inside = enter(request, atelier)
    if request.method != "POST":
        return redirect("atelier-import", atelier)
    _refuse_others(inside)
    try:
        table = unpacked(request.POST.get("feuille", ""), _salt(request, inside))
    except AncrageError as error:
        around = told(inside, failure=error, back=None, imports=())
        return render(request, "space/atelier/import.html.j2", around, status=422)
    meanings = [_meaning(request.POST.get(f"colonne-{rank}", "")) for rank in range(len(table.titles))]
    try:
        on = YEAR.read(request.POST, YEAR.name)
    except Unreadable as fault:
        return _shown(request, inside, table, meanings, today().year, fault=f"{YEAR.label} : {fault}.")
    if request.POST.get("etape") != "ecrire":
        return _shown(request, inside, table, meanings, on)
    try:
        made = write_plan(by_of(request), inside.atelier, table, _read(inside, table, meanings, on))
    except AncrageError as error:
        return _shown(request, inside, table, meanings, on, failure=error)
    return redirect("atelier-imported", atelier, made.pk)


def _refuse_others(inside: Inside) -> None:
    refuse_unless(may(inside.actor, Right.WRITE_PLAN, thing(inside.atelier.pk), on=today()))


def _meaning(written: str) -> Meaning:
    return Meaning(written) if written in list(Meaning) else Meaning.KEPT


def _salt(request: HttpRequest, inside: Inside) -> str:
    return f"plan:{inside.atelier.pk}:{who(request).pk}"


def _read(inside: Inside, table: Table, meanings: Sequence[Meaning], on: int) -> Reading:
    around = Around(organisations(inside), cache(places_in), on, there(inside.atelier))
    return read_lines(table, meanings, around)


def _shown(
    request: HttpRequest,
    inside: Inside,
    table: Table,
    meanings: Sequence[Meaning],
    on: int,
    *,
    fault: str = "",
    failure: AncrageError | None = None,
) -> HttpResponse:
    reading = _read(inside, table, meanings, on)
    names = {one.pk: one.name for one in organisations(inside)}
    around = told(
        inside,
        table=table,
        columns=[
            (rank, title, meanings[rank], _examples(table, rank)) for rank, title in enumerate(table.titles)
        ],
        meanings=list(Meaning),
        year=on,
        reading=reading,
        names=names,
        shown=SHOWN,
        packed=packed(table, _salt(request, inside)),
        token=request.POST.get("jeton", "")[:64] or secrets.token_urlsafe(16),
        fault=fault,
        failure=failure,
        faults=failure.faults if isinstance(failure, InvalidQuestionError) else (),
    )
    status = status_of(failure) if failure else 422 if fault else 200
    return render(
        request, "space/atelier/import_table.html.j2", around, status=422 if status == 400 else status
    )


def _examples(table: Table, rank: int) -> list[str]:
    cells = dict.fromkeys(cells[rank] for _, cells in table.lines if cells[rank])
    return list(cells)[:EXAMPLES]


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """What an import wrote, what it set aside and why, and the way to take it back."""
    inside = enter(request, atelier)
    row = row_of(PlanImport, inside, identity)
    counted: dict[str, int] = {}
    for kind, _ in row.made:
        counted[kind] = counted.get(kind, 0) + 1
    around = told(inside, row=row, counted=counted, writes=inside.may(Right.WRITE_PLAN))
    return render(request, "space/atelier/imported.html.j2", around)


REASON = [area("motif", "Pourquoi le retirer", longest=2000, required=True)]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def taking_back(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Take back all that an import wrote, with a reason."""
    inside = enter(request, atelier)
    row = row_of(PlanImport, inside, identity)
    back = reverse("atelier-imported", args=[atelier, row.pk])
    form = Form(f"Retirer l’import de « {row.name} »", REASON, "Retirer tout ce qu’il a écrit", back)
    form.intro = _warning(row)
    form.version = row.version

    def do(by: By, _said: dict[str, Any]) -> str:
        take_back(by, row, seen(request))
        return reverse("atelier", args=[atelier])

    return answer(request, form, do, around=told(inside))


def _warning(row: PlanImport) -> str:
    kept = "Rien n’est effacé : ce qui est retiré reste dans le passé du plan."
    changed = [one.title for one in changed_since(row)]
    if not changed:
        return kept
    names = " ; ".join(f"« {one} »" for one in changed[:5])
    return f"{kept} Ces actions ont été changées depuis, et seront retirées aussi : {names}."
