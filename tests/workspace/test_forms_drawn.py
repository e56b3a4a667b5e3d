"""Forms behind sign-in, filled with anything by who holds an atelier and by an outsider.

Never a fault of the site, never a line in the journal of another's atelier. Addresses come from the resolver.
"""

import inspect
import os
import random
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from forms_read import sent
from people_here import Place, Team, organisation, somebody
from test_every_address_for_every_role import addresses, things

from ancrage.journal.models import Line
from ancrage.people.actors import actor_of
from ancrage.people.models import Nature, Person
from ancrage.web.space.rates import RATES
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.door import By
from ancrage.workspace.models import Atelier

sys.path.append(str(Path(__file__).parents[1] / "web"))
from web_addresses import addresses as every

things = things
SEED, EXAMPLES = 20261130, int(os.environ.get("ANCRAGE_EXAMPLES", "0"))
"""Forms drawn for each address; none asked by the environment: one, for one address in twelve."""
ONE_IN = 1 if EXAMPLES else 12
ERASING = "/espace/compte/effacer/"
ASKED = (
    *("/espace/", "/besoins", "/introductions", "/cas", "/portrait", "/alertes", "/mises-en-relation"),
    *("/demander-un-appui", "/travaux", "/avis", "/grille", "/financement"),
)
WORD = re.compile(r'"(\w+)"')
ODD = (
    "", " ", "\0", "a\0b", "\ud800", "x\udfff", "\u202e", "e\u0301" * 200, "🎉" * 50, "x" * 5000, "9" * 400,
    "-1", "0", "-0", "1e999", "NaN", "inf", "²", "٣", "1,5", "1_0", "2026-02-30", "0001-01-01", "9999-12-31",
    "10000-01-01", "2026-11-23", "2026-11-23T00:00", "' OR 1=1", "<script>alert(1)</script>", "{{ 7 }}",
    "null", "[]", "{}", '{"a": [1]}', "oui", "1", "2027", "15000", "99900009400014", "999000094", "23077",
    "a@b", "accueil@exemple.fr", "prenom.nom@exemple.fr", "/espace/", "//ailleurs.example/", "confirmee",
)  # fmt: skip
HUGE = "é" * 5_000_000
Form = dict[str, object]


def elsewhere() -> tuple[Person, Atelier]:
    """An outsider, who holds an atelier of her own."""
    person = somebody("Une étrangère")
    own = organisation("CC Ailleurs", Nature.EPCI, person, siren="200067189")
    by = By(actor_of(person), Team.by(None, person, key=uuid.uuid4().hex).act)  # type: ignore[arg-type]
    return person, open_atelier(by, person, own, "Plan d’ailleurs", Place())  # type: ignore[arg-type]


def drawn(dice: random.Random, names: tuple[str, ...], ids: list[str]) -> Form:
    """A form: some of the names that the page knows, one value or several, sometimes a file, rarely huge."""
    form: Form = {}
    for name in dice.sample(names, min(len(names), dice.randint(0, 40))):
        values = [dice.choice(ids if dice.random() < 0.3 else ODD) for _ in range(dice.choice((1, 1, 1, 3)))]
        form[name] = values[0] if len(values) == 1 else values
    form["jeton"] = dice.choice((uuid.UUID(int=dice.getrandbits(128)).hex, *ODD))
    form["version"] = dice.choice(("1", "1", *ODD))
    if dice.random() < 0.1:
        form["fichier"] = SimpleUploadedFile(
            "\u202ea.json", dice.choice((b"{}", b"\0" * 99, b"[[", b"a;b\n1;2"))
        )
    if dice.random() < 0.002:
        form["text"] = HUGE
    return form


def targets(team: Team, rows: dict[str, str], other: Atelier) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where forms are sent, with the names that the module behind knows: ateliers, then all the rest."""
    names = {one.pattern: _names(one.view) for one in every()}
    inside = [found for pattern, found in names.items() if "<uuid:atelier>" in pattern]
    whole = tuple(sorted({name for found in inside for name in found}))
    patterns = {_shape(one): found for one, found in names.items()}
    for _, path in addresses(team, rows):
        yield path, patterns.get(_shape(path), whole)
        yield path.replace(str(team.atelier.pk), str(other.pk)), patterns.get(_shape(path), whole)
    for one in every():
        if one.pattern.startswith(ASKED) and "<uuid:atelier>" not in one.pattern and one.pattern != ERASING:
            yield one.plain, names[one.pattern]


def _shape(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|<uuid:\w+>", "*", path)


def _names(view: object) -> tuple[str, ...]:
    source = inspect.getsource(sys.modules[inspect.unwrap(view).__module__])  # type: ignore[arg-type]
    return tuple(sorted(set(WORD.findall(source)) - {"jeton", "version"}))


def test_no_form_drawn_at_random_is_a_fault_nor_writes_in_the_atelier_of_another(
    team: Team, things: dict[str, str], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SITE_ORIGIN = "https://ancrage.example.org"
    for rate in RATES:
        monkeypatch.setitem(RATES, rate, (10_000_000, 60.0))
    stranger, other = elsewhere()
    dice, faults = random.Random(SEED), []  # noqa: S311
    ids = [*things.values(), str(team.epci.pk), str(team.association.pk), str(other.pk), str(uuid.uuid4())]
    for person, own in ((team.anne, team.atelier), (stranger, other)):
        before = set(Line.objects.exclude(chain=own.pk).values_list("chain", "pk"))
        foreign = (other if own == team.atelier else team.atelier).pk
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        for path, names in list(targets(team, things, other))[::ONE_IN]:
            for _ in range(EXAMPLES or 1):
                client.force_login(person)
                answer = client.post(path, *sent(drawn(dice, names, ids)))
                if answer.status_code >= 500 and answer.status_code != 503:
                    faults.append((path, repr((getattr(answer, "exc_info", None) or ("", ""))[1])[:200]))
                if answer.status_code == 405:
                    break
        after = set(Line.objects.exclude(chain=own.pk).values_list("chain", "pk"))
        assert not [one for one in after - before if one[0] == foreign], "another's atelier was written in"
    assert not faults, "\n".join(map(str, dict.fromkeys(faults)))
