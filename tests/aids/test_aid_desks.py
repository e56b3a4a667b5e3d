"""Whom to call about an aid, where the reader is: on the sheet, in the answers, in the JSON."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ancrage.aids.declaration import Desk
from ancrage.contacts.kinds import DeskKind
from ancrage.edition.opened import Opened
from ancrage.questions.aids import AidQuestion
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.question import Asking, Question
from ancrage.reports.sheet import Items
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas

DAY = date(2026, 11, 23)
Tell = Callable[[Question], Telling]


@pytest.fixture
def tell(embedded_atlas: Atlas, tmp_path: Path) -> Tell:
    """An answer of the embedded edition, told."""

    def told(question: Question) -> Telling:
        opened = Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path)
        return Telling(question.answer(Asking(opened, DAY, paged=True)))

    return told


def desk_lines(telling: Telling) -> tuple[str, ...]:
    """What the sheet of an aid says of its desk."""
    (section,) = (one for one in telling.sheet.sections if one.id == "guichet")
    (items,) = section.blocks
    assert isinstance(items, Items)
    return items.lines


def test_the_sheet_of_an_aid_says_who_answers_here_how_and_since_when(tell: Tell) -> None:
    telling = tell(AidQuestion(aid="anct_sur_mesure", territory="23096"))
    lines = desk_lines(telling)
    assert lines[0] == "Préfecture de la Creuse"
    assert any(line.startswith("Tél. 05 55 51 59 00") for line in lines)
    assert any("2025" in line and "vérifiez" not in line for line in lines)
    step = telling.document["next"]
    assert (step["kind"], step["local"], step["to_check"]) == ("prefecture", True, False)
    assert step["phone"] == "05 55 51 59 00"
    assert step["declared"] == telling.document["desk"]["name"]


def test_a_contact_of_more_than_two_years_is_to_be_checked(tell: Tell) -> None:
    telling = tell(AidQuestion(aid="fdva2", territory="23096"))
    assert any("octobre\u00a02019 : vérifiez avant d’appeler" in line for line in desk_lines(telling))
    assert telling.document["next"]["to_check"] is True


def test_a_desk_that_is_not_known_here_is_said_so_with_where_to_look(tell: Tell) -> None:
    telling = tell(AidQuestion(aid="evs", territory="23096"))
    lines = desk_lines(telling)
    assert any(line.startswith("Coordonnées inconnues d’Ancrage") for line in lines)
    assert any("lannuaire.service-public.gouv.fr" in line for line in lines)
    step = telling.document["next"]
    assert (step["local"], step["address"], step["seen_on"], step["source"]) == (False, None, None, None)
    assert step["desk"] == step["declared"]


def test_the_national_desk_of_a_network_is_told_where_its_local_one_is_not(tell: Tell) -> None:
    telling = tell(AidQuestion(aid="dla", territory="23096"))
    assert any(line.startswith("Au niveau national : Avise") for line in desk_lines(telling))
    assert telling.document["next"]["local"] is False


def test_an_aid_of_one_region_has_its_desk_without_being_told_where_one_is(tell: Tell) -> None:
    step = tell(AidQuestion(aid="region_na_coup_de_boost")).document["next"]
    assert step["desk"] == "Conseil régional - Nouvelle-Aquitaine"


def test_an_aid_of_everywhere_asks_where_one_is(tell: Tell) -> None:
    lines = desk_lines(tell(AidQuestion(aid="anct_sur_mesure")))
    assert "À trouver : préfecture de votre territoire." in lines


def test_every_answer_says_whom_to_call_in_the_territory(tell: Tell) -> None:
    question = EligibilityQuestion(facts=("forme=association",), territory="23096")
    found = {one["id"]: one["next"] for one in tell(question).document["aids"]}
    assert found["siae_post"]["desk"] == "DDETSPP (23)"
    assert "23007" in found["siae_post"]["address"]
    assert found["emplois_francs"]["address"].endswith("GUERET")
    assert {"desk", "phone", "url", "deadline"} <= set(found["evs"])


def test_a_declared_kind_wins_over_what_the_name_says() -> None:
    assert Desk(name="Préfecture").local_kind is DeskKind.PREFECTURE
    assert Desk(name="Préfecture", kind=DeskKind.DDETS).local_kind is DeskKind.DDETS
    assert Desk(name="Région et préfecture", kind="national").local_kind is None
