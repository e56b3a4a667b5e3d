"""Indicators of an action, and their measures."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.dating import parse_day
from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError
from ancrage.questions.question import Asking
from ancrage.web.space.atelier.fields import Field, Unreadable, area, choice, day, line, number
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import enter, row_of, told
from ancrage.web.space.atelier.words import told_number
from ancrage.web.space.doors import signed_in
from ancrage.workspace.door import By
from ancrage.workspace.following import edit_indicator, edit_measure, follow, measure, measure_again
from ancrage.workspace.models import Action, Indicator, Measure

MOST_TARGETS = 20


def _targets(posted: QueryDict, name: str) -> list[dict[str, str]]:
    """« 31/12/2028 : 40 », one a line."""
    found = []
    for written in filter(None, map(str.strip, posted.get(name, "").splitlines())):
        on, _, value = written.partition(":")
        try:
            told = number(name, "").read(QueryDict(urlencode({name: value})), name)
            found.append({"on": str(parse_day(on)), "value": str(told)})
        except AncrageError as error:
            raise Unreadable(f"{error.message} {error.hint}") from error
        if told is None:
            raise Unreadable("écrivez le jour, deux points, puis la valeur")
    if len(found) > MOST_TARGETS:
        raise Unreadable(f"{MOST_TARGETS} cibles au plus")
    return found


def _words(targets: list[dict[str, str]]) -> str:
    return "\n".join(
        f"{date.fromisoformat(one['on']):%d/%m/%Y} : {told_number(one['value'])}" for one in targets
    )


INDICATOR = [
    line("name", "Ce qui est suivi", required=True),
    area("definition", "Définition", longest=2000, help="Ce qui est compté, où, et ce qui ne l’est pas."),
    line("unit", "Unité", longest=60),
    choice("direction", "Mieux, c’est…", Indicator.Direction.choices),
    choice("computed", "Calculé à chaque édition des données", [("", "–"), *Indicator.Computed.choices]),
    day("target_on", "Cible : jour"),
    number("target", "Cible : valeur"),
    Field(
        *("later", "Autres cibles", "area", _targets),
        shown=lambda value: value or "",
        help="Une par ligne, le jour puis la valeur : 31/12/2028 : 40",
        longest=1000,
    ),
]
MEASURE = [
    day("on", "Jour", required=True),
    number("value", "Valeur", help="Vide si on l’a cherchée sans la connaître."),
    line("source", "Source", longest=200, required=True, help="Qui l’a compté, où c’est écrit."),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def indicator(
    request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Write or change an indicator."""
    inside = enter(request, atelier)
    owner = row_of(Action, inside, action)
    row = row_of(Indicator, inside, identity) if identity else None
    back = reverse("atelier-action", args=[atelier, action])
    form = Form(f"Un indicateur de « {owner.title} »", INDICATOR, "Enregistrer", back)

    def do(by: By, said: dict[str, Any]) -> None:
        on, value, later = said.pop("target_on"), said.pop("target"), said.pop("later")
        first = [{"on": str(on), "value": str(value)}] if on and value is not None else []
        aimed = sorted((*first, *later), key=lambda one: one["on"])
        if row is not None:
            edit_indicator(by, row, seen(request), **said, targets=aimed)
        else:
            follow(by, owner, **said, targets=aimed)

    if row is not None:
        first = row.targets[0] if row.targets else {"on": None, "value": None}
        row.target_on, row.target = first["on"], first["value"]  # type: ignore[attr-defined]
        row.later = _words(row.targets[1:])  # type: ignore[attr-defined]
    return answer(request, form, do, row=row, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def measuring(
    request: HttpRequest, atelier: UUID, indicator: UUID, identity: UUID | None = None
) -> HttpResponse:
    """Write or correct a measure."""
    inside = enter(request, atelier)
    owner = row_of(Indicator, inside, indicator)
    row = row_of(Measure, inside, identity) if identity else None
    back = reverse("atelier-action", args=[atelier, owner.action_id])
    form = Form(f"Une mesure de « {owner.name} »", MEASURE, "Enregistrer", back)
    form.values = {"on": str(today())}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_measure(by, row, seen(request), **said)
        else:
            measure(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def computing(request: HttpRequest, atelier: UUID, indicator: UUID) -> HttpResponse:
    """Work a measure out from the edition in force."""
    inside = enter(request, atelier)
    owner, now = row_of(Indicator, inside, indicator), opened()
    measure_again(by_of(request), owner, inside.atelier, Asking(now, now.today))
    return redirect("atelier-action", atelier, owner.action_id)
