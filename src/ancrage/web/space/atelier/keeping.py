"""From the public directory to a list: the address carries the structures, the form says which list."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError, OrganisationError, UnknownObjectError
from ancrage.language.days import short_day
from ancrage.people.actors import actor_of
from ancrage.people.registered import Registered, registered
from ancrage.web.space.atelier.fields import Field, Unreadable, area, choice, line, yes
from ancrage.web.space.atelier.forms import Form, answer
from ancrage.web.space.atelier.lists import whose
from ancrage.web.space.atelier.shared import Inside
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace import lists
from ancrage.workspace.ateliers import those_of
from ancrage.workspace.door import By
from ancrage.workspace.models import StructureList

LONGEST_SEARCH = 2000
CODE = re.compile(r"\d{9}(\d{5})?")
NOTE = "Notée pour chacune ; elle se change ensuite. N’y écrivez pas le nom d’une personne."


@dataclass(frozen=True)
class Target:
    """Where structures may be kept: a list, or a new one of the atelier or of an organisation."""

    words: str
    inside: Inside
    row: StructureList | None = None
    organisation: UUID | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Put structures of the directory in a list of one's own, or of an atelier."""
    targets = _targets(request)
    if not targets:
        return render(request, "space/atelier/nowhere_to_keep.html.j2", {})
    found, refused = _structures(request)
    search = request.GET.get("recherche", "")[:LONGEST_SEARCH]
    fields = _fields(targets, found, searched=bool(search))
    form = Form("Garder dans une liste", fields, "Garder", reverse("structures"))
    form.intro = " ".join(refused)
    form.values = {
        "structures": [one.siret or one.siren for one in found],
        "name": f"Structures gardées le {short_day(today())}",
        "again": ["oui"],
    }

    def do(by: By, said: dict[str, Any]) -> str:
        said["search"] = search if said.pop("again", False) else ""
        return _kept(by, targets, {one.siret or one.siren: one for one in found}, said)

    return answer(request, form, do)


def _fields(targets: dict[str, Target], found: list[Registered], *, searched: bool) -> list[Field]:
    again = [yes("again", "Garder aussi la recherche, pour la refaire depuis la liste")] if searched else []
    return [
        choice("target", "Dans", [(key, one.words) for key, one in targets.items()]),
        line("name", "Nom, pour une nouvelle liste", longest=200),
        area("note", "Note", help=NOTE),
        Field(
            *("structures", "Structures", "many", _codes),
            required=True,
            choices=[(one.siret or one.siren, _named(one)) for one in found],
        ),
        *again,
    ]


def _named(one: Registered) -> str:
    """A structure to tick, by its name, its code, and what is to be known of it."""
    return f"{one.name or 'sans nom publié'} ({one.siret or one.siren}) {one.told()}".strip()


def _codes(posted: QueryDict, name: str) -> list[str]:
    found = posted.getlist(name)
    if any(not CODE.fullmatch(one) for one in found):
        raise Unreadable("choisissez dans la liste")
    return found


def _structures(request: HttpRequest) -> tuple[list[Registered], list[str]]:
    """The structures asked that the register holds, and what is said of the others."""
    codes = dict.fromkeys((*request.GET.getlist("siret"), *request.POST.getlist("structures")))
    found, refused, now = [], [], opened()
    for code in list(codes)[: lists.MOST]:
        try:
            one = registered(now.atlas, code, on=now.today)
        except AncrageError as error:
            refused.append(error.message)
            continue
        if one.known:
            found.append(one)
        else:
            refused.append(f"{one.siret or one.siren} : {one.told()}")
    if len(codes) > lists.MOST:
        refused.append(f"{lists.MOST} structures au plus à la fois : les suivantes ne sont pas prises.")
    return found, refused


def _targets(request: HttpRequest) -> dict[str, Target]:
    """Every list one may write in, then a new one wherever one may begin it."""
    actor, now = actor_of(who(request)), today()
    held = [Inside(one, actor, now, past=False) for one in those_of(actor, on=now)]
    seen_by = {inside.atelier.pk: dict(whose(inside)) for inside in held}
    found: dict[str, Target] = {}
    for inside in held:
        words = seen_by[inside.atelier.pk]
        for row in StructureList.objects.filter(atelier=inside.atelier, retired_at=None):
            if (key := str(row.organisation or "")) in words:
                said = f"{row.name} – {inside.atelier.name}, {words[key]}"
                found[str(row.pk)] = Target(said, inside, row)
    for inside in held:
        for key, words_of in seen_by[inside.atelier.pk].items():
            said = f"une nouvelle liste – {inside.atelier.name}, {words_of}"
            organisation = UUID(key) if key else None
            found[f"{inside.atelier.pk}:{key}"] = Target(said, inside, organisation=organisation)
    return found


def _kept(by: By, targets: dict[str, Target], found: dict[str, Registered], said: dict[str, Any]) -> str:
    target = targets.get(said["target"])
    if target is None:
        raise UnknownObjectError("liste")
    chosen = [found[code] for code in said["structures"] if code in found]
    if not chosen:
        raise OrganisationError("Aucune structure du registre n’est choisie.", "Cochez-en au moins une.")
    with transaction.atomic():
        row = target.row or lists.begin(
            by,
            target.inside.atelier,
            name=said["name"],
            organisation=target.organisation,
            search=said["search"],
        )
        lists.put(by, row, chosen, said["note"])
    return reverse("atelier-list", args=[target.inside.atelier.pk, row.pk])
