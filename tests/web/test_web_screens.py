"""The screens of the site: what they answer, and what hostile addresses get."""

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from ancrage.aids.catalogue import load_aids
from ancrage.spreadsheets import as_received


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_cooperative_of_the_directory_leads_to_its_page_and_to_its_aids(site: Client) -> None:
    listed = words(site, "/structures/?t=dep:23&famille=cooperative")
    siret = re.findall(r"/structures/(\d{14})/", listed)[0]
    page = words(site, f"/structures/{siret}/")
    assert "Est-elle de l’ESS" in page
    assert f"siret={siret}" in page
    assert "fictif" in page


def test_the_directory_goes_from_page_to_page_without_losing_anybody(site: Client) -> None:
    seen: list[str] = []
    address = "/structures/?t=dep:23"
    while address:
        page = words(site, address)
        seen += re.findall(r'<th scope="row"><a href="/structures/(\d{14})/', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    exported = json.loads(site.get("/structures/export.json?t=dep:23").getvalue())
    assert len(seen) == len(set(seen)) == len(exported)
    assert set(seen) == {one["siret"] for one in exported}


def test_the_exported_list_is_a_table_with_a_line_for_each_structure(site: Client) -> None:
    text = site.get("/structures/export.csv?t=23077").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {as_received(row["commune"]) for row in rows} == {"23077"}
    assert {row["fictif"] for row in rows} == {"oui"}


def test_what_is_not_known_is_never_turned_into_a_no(site: Client) -> None:
    passed = words(site, "/mes-aides/?f=forme=association&passe=effectif")
    never_asked = words(site, "/mes-aides/?f=forme=association")
    counted = re.compile(r"<strong>(\d+)</strong></span>")
    assert counted.findall(passed) == counted.findall(never_asked)


def test_a_value_refused_leaves_the_other_answers(site: Client) -> None:
    answer = site.get("/mes-aides/?f=effectif=beaucoup&f=forme=association")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "beaucoup" in page
    assert 'value="forme=association"' in page


def test_an_authority_that_answers_stays_an_authority(site: Client) -> None:
    page = words(site, "/mes-aides/?territoire=23077&le=2026-11-23")
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert ("fait", "forme=commune") in hidden
    then = words(site, f"/mes-aides/?{urlencode([*hidden, ('valeur', '')])}")
    assert "une collectivité" in then
    assert "vous ne savez pas" in then


def test_an_aid_is_explained_condition_by_condition(site: Client) -> None:
    page = words(site, "/mes-aides/?f=effectif=4&f=forme=association&aide=urgencess&le=2021-03-31")
    assert "1 à 10 salariés" in page
    assert "déclaré" in page


def test_the_page_of_an_aid_leads_to_its_desk_and_to_its_texts(site: Client) -> None:
    page = words(site, "/aides/urgencess/?le=2021-03-31")
    assert '<a href="https://www.urgence-ess.fr" rel="noreferrer">https://www.urgence-ess.fr</a>' in page
    assert 'href="https://lemouvementassociatif.org/urgencess-30-millions' in page
    assert "Dix salariés, le dernier de l’intervalle" in page.replace("&#39;", "’")


def test_testing_one_aid_goes_on_asking_about_that_aid(site: Client) -> None:
    page = words(site, "/aides/ptce_phase1/?le=2021-06-01")
    tested = re.search(r'href="(/mes-aides/[^"]+)">Tester', page)
    assert tested is not None
    asked = words(site, tested[1].replace("&amp;", "&"))
    assert 'class="question"' in asked
    assert '<input type="hidden" name="aide" value="ptce_phase1">' in asked


def test_moving_the_slider_asks_once_for_the_value_shown(site: Client) -> None:
    address = "/territoires/dep:23/simulation/?aide=urgencess&le=2021-03-31&parametre=urgence-ess.plafond"
    page = words(site, f"{address}&valeur=20")
    slider = page.index('id="valeur-curseur"')
    assert "from:#valeur-curseur" not in page
    assert page.rindex('hx-trigger="change"', 0, slider) > page.rindex("</form>", 0, slider)


def test_a_demonstration_structure_carries_the_banner_in_the_assistant(site: Client) -> None:
    assert 'class="fictif"' in words(site, "/mes-aides/?siret=99900321300017")
    assert 'class="fictif"' not in words(site, "/mes-aides/?f=forme=association")


def test_the_core_facts_are_asked_at_once_and_kept_to_be_changed(site: Client) -> None:
    told = "f.forme=association&f.effectif=4&f.type_siae=&territoire=23077&le=2026-11-23"
    page = words(site, f"/mes-aides/?{told}")
    assert "4 salariés" in page
    assert "au plus" in page
    changed = re.search(r'href="(/mes-aides/[^"]+modifier=oui)"', page)
    assert changed is not None
    form = words(site, changed[1].replace("&amp;", "&"))
    assert '<option value="association" selected>' in form
    assert 'value="4"' in form


def test_a_structure_is_found_by_its_name_chosen_among_several_or_said_not_to_be_found(site: Client) -> None:
    several = words(site, "/mes-aides/?siret=association&f.effectif=4")
    assert "Laquelle est-ce" in several
    chosen = re.search(r'<li><a href="(/mes-aides/[^"]*siret=999[^"]*)"', several)
    assert chosen is not None
    assert "f.effectif=4" in chosen[1]
    none = site.get("/mes-aides/?siret=zzqqxxww&f.effectif=4")
    assert none.status_code == 400
    assert "zzqqxxww" in none.content.decode()
    assert 'value="4"' in none.content.decode()


def test_an_authority_is_named_by_its_territory_alone(site: Client) -> None:
    page = words(site, "/mes-aides/?pour=collectivite&territoire=200044014&f.projet_investissement=oui")
    assert "EPCI à fiscalité propre" in page
    assert "une collectivité" in page


def test_the_questions_end_after_six_and_go_on_when_one_wants(site: Client) -> None:
    passed = "&".join(f"passe={fact}" for fact in ("besoin_financement", "cree_emplois", "pret_bancaire"))
    more = "&".join(f"passe={fact}" for fact in ("utilite_sociale", "recus_fiscaux", "activite_economique"))
    page = words(site, f"/mes-aides/?f=forme=association&{passed}&{more}")
    assert 'class="question"' not in page
    assert "continuer les questions" in page
    assert 'class="question"' in words(site, f"/mes-aides/?f=forme=association&{passed}&{more}&encore=oui")


def test_the_assistant_gives_its_answers_as_files(site: Client) -> None:
    query = "f=effectif=4&f=forme=association&le=2021-03-31"
    assert json.loads(site.get(f"/mes-aides/reponses.json?{query}").content)["aids"]
    assert site.get(f"/mes-aides/echeances.ics?{query}").content.startswith(b"BEGIN:VCALENDAR")
    assert site.get(f"/mes-aides/mes-aides.pdf?{query}").content.startswith(b"%PDF")


def test_the_whole_catalogue_is_a_table_with_a_line_for_each_aid(site: Client) -> None:
    text = site.get("/aides/catalogue.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["Identifiant"] for row in rows} == set(load_aids())
    assert {row["Où"] for row in rows if row["Identifiant"] == "urgencess"} == {"fr"}


def test_a_search_of_aids_forgives_a_typing_mistake(site: Client) -> None:
    assert "trésorerie" in words(site, "/aides/?q=tresorrerie").lower()


def test_a_supposition_stands_beside_the_law_of_the_day(site: Client) -> None:
    address = "/territoires/dep:23/simulation/?aide=urgencess&le=2021-03-31&parametre=urgence-ess.plafond"
    page = words(site, f"{address}&valeur=20")
    assert re.search("Et si Effectif maximal[^<]* : 20", page)
    assert "à côté du droit du jour" in page
    assert "→" in page


def test_a_lever_says_who_may_pull_it_and_the_precondition_is_asked(site: Client) -> None:
    assert "faux-la-montagne" in words(site, "/territoires/23077/leviers/?partenariat=oui").lower()
    assert "co-construire" in words(site, "/territoires/23077/leviers/")


def test_an_absent_list_of_places_is_unknown_never_uncovered(site: Client) -> None:
    page = words(site, "/territoires/dep:23/couverture/")
    assert "inconnu" in page
    drawn = json.loads(site.get("/territoires/dep:23/couverture/carte.geojson").content)
    assert {one["properties"]["etat"] for one in drawn["features"]} <= {"inconnu"}


def test_a_grid_filled_in_the_address_is_the_file_the_command_reads(site: Client) -> None:
    query = "nom=Essai&commune=23077&role=structure&n_tresorerie=2&n_locaux_foncier=4"
    page = words(site, f"/grille/evaluation/?{query}")
    text = site.get(f"/grille/evaluation.yaml?{query}").content
    assert "Essai" in page
    again = site.post("/grille/fichier/", {"fichier": io.BytesIO(text)})
    assert again.status_code == 200
    assert "Essai" in again.content.decode()


def test_two_roles_are_compared_in_one_grid(site: Client) -> None:
    query = "nom=Essai&commune=23077&role=structure&role2=collectivite&n_tresorerie=1&m_tresorerie=5"
    assert "Désaccord" in words(site, f"/grille/evaluation/?{query}") or "désaccord" in words(
        site, f"/grille/evaluation/?{query}"
    )


def test_a_grid_sent_from_another_site_is_refused(site: Client) -> None:
    sent = site.post(
        "/grille/fichier/", {"fichier": io.BytesIO(b"x")}, headers={"sec-fetch-site": "cross-site"}
    )
    assert sent.status_code in (400, 403)


def test_a_monograph_says_what_remains_to_be_checked(site: Client) -> None:
    assert "à vérifier" in words(site, "/monographies/ambiance_bois/")
    assert "Ambiance Bois" in words(site, "/monographies/?q=menuizerie")


def test_the_sources_say_which_are_fictitious_and_which_are_absent(site: Client) -> None:
    page = words(site, "/sources/")
    assert "fictive" in page
    assert "absente" in page


@pytest.mark.parametrize("shape", ["pdf", "docx", "xlsx", "csv", "geojson", "json"])
def test_a_diagnosis_is_given_in_every_shape(site: Client, shape: str) -> None:
    answer = site.get(f"/territoires/23077/diagnostic.{shape}")
    assert answer.status_code == 200
    assert "diagnostic-23077-" in answer.headers["Content-Disposition"]
    assert len(answer.content) > 1000


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/structures/?famille=club", 400),
        ("/structures/?t=dep:23&km=beaucoup", 400),
        ("/structures/?t=dep:23&apres=faux", 400),
        ("/structures/99999999999999/", 400),
        ("/structures/abc/", 400),
        ("/structures/export.exe", 404),
        ("/mes-aides/?f=inconnu=1", 400),
        ("/mes-aides/?" + "&".join(f"f=a{n}=1" for n in range(200)), 400),
        ("/mes-aides/?territoire=@/etc/passwd", 404),
        ("/mes-aides/?siret=123", 400),
        ("/mes-aides/mes-aides.exe?f=effectif=4", 404),
        ("/aides/inconnue/", 404),
        ("/aides/?theme=cuisine", 400),
        ("/aides/?page=abc", 200),
        ("/territoires/dep:23/simulation/?aide=inconnue", 404),
        ("/territoires/dep:23/simulation/?aide=urgencess&parametre=zz&valeur=1", 400),
        ("/territoires/23077/leviers/?pour=empereur", 404),
        ("/leviers/outils/99/", 404),
        ("/territoires/dep:23/accompagnement/?seuil=loin", 400),
        ("/territoires/dep:23/accompagnement/?ouvrir=9999", 400),
        ("/territoires/reg:75/accompagnement/?ouvrir=3&tournee=23096", 302),
        ("/territoires/dep:23/survie/?par=humeur", 400),
        ("/grille/evaluation/?nom=X&commune=23077&n_tresorerie=9", 400),
        ("/grille/evaluation/?nom=X&commune=23077&role=roi", 400),
        ("/monographies/inconnue/", 400),
        ("/monographies/?categorie=tourisme", 400),
        ("/monographies/volume.md?categorie=inclusion", 400),
    ],
)
def test_a_hostile_address_gets_a_sentence_never_a_fault_of_ours(
    site: Client, address: str, status: int
) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("shape", ["xlsx", "csv", "docx", "json"])
def test_a_structure_goes_to_a_file_of_every_shape(site: Client, shape: str) -> None:
    answer = site.get(f"/structures/99900321300017/?format={shape}")
    assert answer.status_code == 200
    assert answer.content
