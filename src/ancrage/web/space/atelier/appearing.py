"""An organisation agrees to be named in the portrait of its territory, or withdraws."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.desk.opened import today
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.web.space.atelier.fields import area
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.organisations import of_mine
from ancrage.workspace.appearing import agree, change_shown, naming, own_appearance, withdraw_own
from ancrage.workspace.door import By

PUBLIC = "Ce texte est public, repris tel quel. N’y écrivez pas le nom d’une personne."
WORDS = [
    area("words", "Ce que vous faites, en une ou deux phrases", longest=600, help=PUBLIC),
    area("need", "Ce dont vous avez besoin, si vous voulez le dire", longest=400, help=PUBLIC),
]
INTRO = (
    "Vous acceptez que son nom, sa commune, son activité et ces textes paraissent dans « L’ESS d’ici », le "
    "portrait public de votre territoire, et dans l’article ou l’affiche qu’on en tire. Vous pouvez vous "
    "retirer à tout moment : ce qui est déjà imprimé ne l’est pas."
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appear(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Agree, or change what is said."""
    one = of_mine(request, identifier)
    require(who(request), Act.APPEAR, the_organisation(one), on=today())
    row = own_appearance(one)
    form = Form(
        f"Paraître dans « L’ESS d’ici » : {one.name}",
        WORDS,
        "Enregistrer" if row else "Nous acceptons de paraître",
        reverse("organisation", args=[one.pk]),
        intro=INTRO,
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            change_shown(by, row, seen(request), **said)
        else:
            agree(by, one, **said)

    return answer(request, form, do, row=row)


@require_POST
@signed_in
def disappear(request: HttpRequest, identifier: uuid.UUID, identity: uuid.UUID) -> HttpResponse:
    """Withdraw: it is named no more from now on."""
    one = of_mine(request, identifier)
    row = next((each for each in naming(one) if each.pk == identity), None)
    if row is None:
        raise Http404("no such agreement")
    withdraw_own(by_of(request), one, row, seen(request))
    return redirect("organisation", one.pk)
