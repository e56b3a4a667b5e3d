"""What a first action may begin with, on its own form: an expense of the year, a partner who is invited."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from ancrage.desk.opened import today
from ancrage.errors import InvalidQuestionError
from ancrage.people.acts import Act as Right
from ancrage.people.roles import Role as Held
from ancrage.web.space.atelier.fields import amount, line
from ancrage.web.space.atelier.partners import FIELDS as PARTNER
from ancrage.web.space.atelier.partners import designated, invite
from ancrage.web.space.atelier.shared import Inside
from ancrage.workspace.door import By
from ancrage.workspace.following import follow
from ancrage.workspace.models import Action, Cost
from ancrage.workspace.models.plan import Role
from ancrage.workspace.plan import add_step, piloted
from ancrage.workspace.sides import add_cost, declare_participation, declare_resource
from ancrage.workspace.starting import STARTS, Start, started_from

BEGUN = [
    replace(line("cost", "Première dépense, son objet"), heading="Pour commencer, si on le sait déjà"),
    amount("planned", "Son montant prévu"),
    replace(PARTNER[0], label="Premier partenaire", required=False),
    replace(PARTNER[2], help="Il reçoit une invitation : un lien qui sert une fois."),
    *PARTNER[3:],
]
"""The fields; all may stay empty."""


def begin(request: HttpRequest, by: By, inside: Inside, action: Action, begun: dict[str, Any]) -> None:
    """Write the first expense, then the first partner; the message that invites leaves last."""
    if begun["cost"] or begun["planned"] is not None:
        told = {"label": begun["cost"] or action.title, "planned": begun["planned"]}
        add_cost(by, action, year=(action.begin or today()).year, nature=Cost.Nature.OPERATING, **told)
    if begun["organisation"]:
        _first_partner(request, by, inside, action, begun)
    elif begun["courriel"]:
        raise InvalidQuestionError([("organisation", "dites quelle organisation reçoit l'invitation")])


def _first_partner(
    request: HttpRequest, by: By, inside: Inside, action: Action, begun: dict[str, Any]
) -> None:
    invited = {**begun, "role": Held.PARTENAIRE.value}
    partner = designated(request, inside, invited)
    declare_participation(by, action, partner.pk, role=Role.PARTNER)
    invite(request, inside, partner, invited)


def start_of(request: HttpRequest) -> Start | None:
    """What the address says an action is started from: ``?critere=tresorerie&niveau=2``."""
    kind = next((one for one in STARTS if request.GET.get(one)), "")
    return started_from(kind, request.GET.get(kind, ""), request.GET.get("niveau", "")) if kind else None


def asked_again(request: HttpRequest) -> dict[str, str]:
    """What an address says of a start, to be carried to the next one."""
    return {name: told[:80] for name in (*STARTS, "niveau", "territoire") if (told := request.GET.get(name))}


def begin_with_steps(inside: Inside, by: By, action: Action, start: Start) -> None:
    """Write the steps and the figure to follow of a start, when who proposes may also write them."""
    if not inside.may(Right.EDIT, piloted(action)):
        return
    for title in start.steps:
        add_step(by, action, title=title)
    name, unit = start.followed
    if name:
        follow(by, action, name=name, unit=unit)


def begin_with_aid(by: By, action: Action, start: Start) -> None:
    """Write the aid an action is started from among its resources: considered, its amount unknown."""
    year = (action.begin or today()).year
    declare_resource(by, action, year=year, funder_name=start.funder[:250], aid=start.aid[:120])
