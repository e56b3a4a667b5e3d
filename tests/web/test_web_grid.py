"""The grid on the site: every level described, files in both directions, faults told together."""

import io

import pytest
from django.test import Client

from ancrage.grid.criteria import criteria
from ancrage.language.typography import curled

ADDRESS = "/grille/evaluation/?nom=Essai&commune=23077&role=structure"


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_each_criterion_is_a_question_with_five_levels_and_i_do_not_know(site: Client) -> None:
    page = words(site, "/grille/")
    for one in criteria():
        assert page.count(f'name="n_{one.id}"') == 6
    assert page.count("je ne sais pas") == len(criteria())
    assert page.count("<fieldset") == page.count("<legend>") == len(criteria())


def test_answers_of_the_address_come_back_checked(site: Client) -> None:
    page = words(site, "/grille/?n_tresorerie=2&nom=<b>Essai</b>")
    assert 'name="n_tresorerie" value="2" checked' in page
    assert "<b>Essai" not in page


def test_i_do_not_know_is_not_a_level(site: Client) -> None:
    unsaid, empty, lowest = (
        words(site, ADDRESS + more) for more in ("", "&n_tresorerie=", "&n_tresorerie=1")
    )
    told = [
        page[page.index('<div class="corps">') : page.index('id="lien-page"')]  # not the address to share
        for page in (unsaid, empty, lowest)
    ]
    assert told[0] == told[1] != told[2]


def test_the_result_draws_a_radar_and_keeps_the_same_in_a_table(site: Client) -> None:
    levels = "&".join(f"n_{one.id}={rank % 5 + 1}" for rank, one in enumerate(criteria()))
    page = words(site, f"{ADDRESS}&{levels}")
    assert "<svg" in page
    assert all(curled(one.label) in page for one in criteria())


def test_a_file_with_several_faults_has_them_all_told(site: Client) -> None:
    text = b"""schema: ancrage-grille/1
structure: {name: X, commune: "23077"}
assessments:
  - {date: 2999-01-01, role: roi, signed_by: x, levels: {inconnu: 3, tresorerie: 9}}
"""
    answer = site.post("/grille/fichier/", {"fichier": io.BytesIO(text)})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "roi" in page
    assert "tresorerie" in page


@pytest.mark.parametrize(
    "sent", [b"", b"\xff\xfe\x00", b"a: [", b"!!python/object/apply:os.system ['true']", b"x" * 500_001]
)
def test_a_hostile_file_gets_a_sentence(site: Client, sent: bytes) -> None:
    answer = site.post("/grille/fichier/", {"fichier": io.BytesIO(sent)})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_the_model_for_spreadsheets_filled_in_is_evaluated(site: Client) -> None:
    lines = site.get("/grille/modele.csv").content.decode("utf-8-sig").splitlines()
    said = {"Structure": "Essai", "Commune": "74093", "Date": "15/01/2026", "Rôle": "Structure"}
    filled = []
    for line in lines:
        label, *cells = line.split(";")
        cells[0] = said.get(
            label, "présidence" if label == "Signée par" else "3" if "." in label else cells[0]
        )
        filled.append(";".join((label, *cells)))
    given = io.BytesIO("\r\n".join(filled).encode("cp1252"))
    given.name = "grille.csv"
    answer = site.post("/grille/fichier/", {"fichier": given})
    page = answer.content.decode()
    assert answer.status_code == 200, page
    assert "Annecy (74010)" in page
    assert "Cran-Gevrier (74093), devenue Annecy le 01/01/2017" in page


def test_a_file_that_is_not_there_and_a_visit_by_get_are_refused(site: Client) -> None:
    assert site.post("/grille/fichier/", {}).status_code == 400
    assert site.get("/grille/fichier/").status_code == 405
