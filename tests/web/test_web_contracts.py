"""The page of a contract: who signs, what each may do; a quarter likewise."""

from typing import Any

import pytest
from django.test import Client

from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError
from ancrage.questions.question import Asking
from ancrage.questions.reading import read
from ancrage.questions.registry import question_named
from ancrage.territories.atlas import Atlas


@pytest.fixture(scope="module")
def asking(embedded_atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Asking:
    today = embedded_atlas.today
    return Asking(
        Opened(embedded_atlas, "essai", today, tmp_path_factory.mktemp("c") / "cache"), today, paged=True
    )


def contract(asking: Asking, code: str) -> Any:
    return read(question_named("contrat"), {"territoire": [code]}).answer(asking).facts


def test_a_contract_is_signed_by_the_state_and_by_the_intercommunalites_of_its_communes(
    asking: Asking,
) -> None:
    found = contract(asking, "crte-75-23-8")
    assert [one.role for one in found.parties] == ["État", "intercommunalité"]
    assert found.parties[1].named.name == "CC Creuse Grand Sud"
    assert found.parties[1].communes == len(found.communes) == 26
    assert found.parties[0].contact.phone


def test_each_who_signs_is_told_what_it_may_do_and_with_which_aids(asking: Asking) -> None:
    state, epci = contract(asking, "crte-75-23-8").parties
    assert state.tools
    assert epci.tools
    assert epci.aids
    assert {one.for_whom for one in epci.aids} == {"collectivite"}


def test_what_no_list_tells_is_not_an_absence_of_blank_zone(asking: Asking) -> None:
    assert contract(asking, "crte-75-23-8").uncovered is None


def test_a_quarter_has_its_commune_among_who_signs_and_its_neighbours(asking: Asking) -> None:
    found = contract(asking, "QN08701M")
    assert [one.role for one in found.parties] == ["État", "intercommunalité", "commune"]
    assert len(found.quarters) == 8


def test_a_territory_that_is_no_contract_is_refused(asking: Asking) -> None:
    with pytest.raises(InvalidQuestionError, match="un contrat"):
        contract(asking, "23077")


def test_a_contract_is_found_by_its_name_and_its_note_is_one_click_away(site: Client) -> None:
    found = site.get("/recherche/", {"q": "CRTE Creuse Grand Sud"}).content.decode()
    assert "/territoires/crte-75-23-8/" in found
    assert "/territoires/crte-75-23-8/contrat/" in site.get("/territoires/crte-75-23-8/").content.decode()
    page = site.get("/territoires/crte-75-23-8/contrat/").content.decode()
    assert "Leviers de chaque signataire" in page
    assert "format=docx" in page


def test_only_contracts_and_quarters_show_the_page_of_a_contract(site: Client) -> None:
    assert "/contrat/" not in site.get("/territoires/23077/").content.decode()
