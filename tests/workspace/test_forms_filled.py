"""The real forms of the pages behind sign-in, filled as people fill them, then with anything in them.

Pages are walked from those that exist, and from those that each form leads to; whoever sends what, the site
never faults, and what an outsider sends writes nothing in the atelier of another.
"""

import os
import random
import uuid
from collections import Counter
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from forms_read import Form, filled, read, sent
from people_here import Team
from test_every_address_for_every_role import addresses, things
from test_forms_drawn import elsewhere, every

from ancrage.journal.models import Line
from ancrage.people.models import Person
from ancrage.web.space.rates import RATES

pytestmark = [pytest.mark.both_engines]
things = things
SEED, ROUNDS = 20261130, int(os.environ.get("ANCRAGE_EXAMPLES", "0"))
"""How often each form is filled; none asked by the environment: once, for one form in nine."""
ONE_IN, MOST = (1, 400 * ROUNDS) if ROUNDS else (9, 60)
LEAVING = ("/effacer/", "/deconnexion/", "/finir/", "/sessions/", "/quitter/")
"""What ends the part of who sends it: she would see no more forms."""
ASKING = ("/alertes/", "/demander-un-appui/", "/grille/", "/besoins")
"""Where a visitor who tells something is led to from the pages of a territory."""
NEED = "/demander-un-appui/?t=23077&besoin=consolider&f=effectif=3"
OF_ONESELF = ("/espace/", "/espace/compte/", "/espace/organisations/", "/espace/suivi/", "/espace/ateliers/")


class Walk:
    """Somebody who opens pages and sends their forms; ``answers``: how many of each status."""

    def __init__(self, person: Person | None, ids: list[str], dice: random.Random) -> None:
        self.person, self.ids, self.dice = person, ids, dice
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self._signed_in()
        self.answers, self.faults = Counter[int](), dict[str, str]()

    def open(self, path: str) -> tuple[list[tuple[str, Form]], list[str]]:
        """The forms of a page with where each is sent, and where the page leads."""
        answer = self._told(path, self.client.get(path))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):  # type: ignore[index]
            return [], []
        forms, links = read(answer.content.decode())  # type: ignore[attr-defined]
        return [(urljoin(path, one.action), one) for one in forms], [urljoin(path, one) for one in links]

    def send(self, where: str, form: Form) -> str:
        """Fill a form and send it; where it leads."""
        said = filled(self.dice, form, self.ids)
        answer = self._told(where, self.client.post(where, *sent(said)), said)
        return str(answer.headers.get("Location", ""))  # type: ignore[attr-defined]

    def _told(self, path: str, answer: object, said: object = "") -> object:
        self.answers[answer.status_code] += 1  # type: ignore[attr-defined]
        if answer.status_code >= 500:  # type: ignore[attr-defined]
            raised = (getattr(answer, "exc_info", None) or ("", ""))[1]
            self.faults.setdefault(f"{path} {raised!r:.300}", f"{said!r:.600}")
        self._signed_in()
        return answer

    def _signed_in(self) -> None:
        if self.person and "_auth_user_id" not in self.client.session:
            self.client.force_login(self.person)


def pages(team: Team, rows: dict[str, str]) -> list[str]:
    """Those of the atelier that exist, then those of oneself."""
    return [*dict.fromkeys(path for _, path in addresses(team, rows)), *OF_ONESELF][::ONE_IN]


def public() -> list[str]:
    """The pages that anybody opens, those that take a territory opened on one that has structures."""
    apart = ("/api/", "/espace/", "/statique/", "/sante")  # health is red: nobody does the tasks here
    return [one.plain for one in every() if not one.pattern.startswith(apart)]


def walked(walk: Walk, first: list[str], leads: tuple[str, ...]) -> dict[str, Form]:
    """Every form met, page after page, each sent; what a form makes is walked too, and links to ``leads``."""
    met, seen, ahead = dict[str, Form](), set[str](), list(first)
    while ahead and len(seen) < MOST:
        path = ahead.pop(0)
        if path in seen or any(one in path for one in LEAVING):
            continue
        seen.add(path)
        forms, links = walk.open(path)
        for _ in range(max(1, ROUNDS)):
            # Opened again each time: a form carries the mark of the page it is in.
            for where, form in forms if ROUNDS < 2 else walk.open(path)[0]:
                if not any(one in where for one in LEAVING):
                    met[where] = form
                    ahead.append(urljoin(where, walk.send(where, form)) or path)
        ahead += [one for one in links if one.startswith(leads) and one.partition("?")[0] not in seen]
    return met


def test_no_form_of_a_page_filled_by_who_holds_it_or_by_an_outsider_is_a_fault(
    team: Team,
    things: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for rate in RATES:
        monkeypatch.setitem(RATES, rate, (10_000_000, 60.0))
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    stranger, other = elsewhere()
    dice = random.Random(SEED)  # noqa: S311
    ids = [*things.values(), str(team.epci.pk), str(team.association.pk), str(other.pk), str(uuid.uuid4())]
    holder, outsider = Walk(team.anne, ids, dice), Walk(stranger, ids, dice)
    met = walked(holder, pages(team, things), ("/espace/",) if ROUNDS else ())
    before = Line.objects.filter(chain=team.atelier.pk).count()
    for where, form in met.items():
        for _ in range(max(1, ROUNDS // 4)):
            outsider.send(where, form)
            outsider.send(where.replace(str(team.atelier.pk), str(other.pk)), form)
    if ROUNDS:
        with capsys.disabled():
            print(f"\n{len(met)} forms; holder {dict(holder.answers)}, outsider {dict(outsider.answers)}")
    assert Line.objects.filter(chain=team.atelier.pk).count() == before, "another's atelier was written in"
    faults = holder.faults | outsider.faults
    assert not faults, "\n".join(f"{where}\n   {said}" for where, said in faults.items())
    assert holder.answers[302] > len(met) / 4, "hardly any form was filled as people fill it"


def test_no_form_of_a_public_page_is_a_fault(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    visitor = Walk(None, [str(uuid.uuid4())], random.Random(SEED))  # noqa: S311
    met = walked(visitor, ["/territoires/23077/", NEED, *public()[::ONE_IN]], ASKING)
    if ROUNDS:
        with capsys.disabled():
            print(f"\n{len(met)} forms of public pages; visitor {dict(visitor.answers)}")
    assert not visitor.faults, "\n".join(f"{where}\n   {said}" for where, said in visitor.faults.items())
