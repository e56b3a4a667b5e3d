"""Pages as a visitor without JavaScript receives them."""

import json
import re

import pytest
from django.test import Client

PAGES = (
    "/",
    "/recherche/?q=gueret",
    "/territoires/",
    "/territoires/23077/",
    "/territoires/23077/?le=2021-03-31",
    "/territoires/dep:23/",
    "/territoires/fr/",
    "/territoires/23077+23096/",
    "/territoires/comparer/",
    "/territoires/comparer/?t=23077&t=23096&t=dep:23&t=200044014",
    "/documentation/methodes/",
    "/documentation/accessibilite/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_in_french_has_one_title_and_one_main(site: Client, address: str) -> None:
    answer = site.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="fr">' in page
    assert len(re.findall("<h1", page)) == 1
    assert len(re.findall("<main", page)) == 1
    assert "<title>" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_nothing_inline(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    assert not re.findall(r"<[^>]+\sstyle=", page)
    assert not re.findall(r"<[^>]+\son[a-z]+=", page)
    assert not re.findall(r"<style", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all('src="/statique/' in one or 'type="application/json"' in one for one in scripts)


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere(site: Client) -> None:
    policy = site.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_page_sets_a_cookie(site: Client) -> None:
    for address in PAGES:
        assert not site.get(address).cookies


def test_fictitious_figures_carry_their_banner(site: Client) -> None:
    assert "Données de démonstration, fictives" in site.get("/territoires/23077/").content.decode()
    assert 'class="fictif"' not in site.get("/documentation/methodes/").content.decode()


def test_the_day_asked_changes_the_answer(site: Client) -> None:
    today = site.get("/territoires/23077/zonages/").content.decode()
    then = site.get("/territoires/23077/zonages/?le=2021-03-31").content.decode()
    assert "31 mars 2021" in then.replace("\u00a0", " ")
    assert "Zone France ruralités revitalisation (FRR)" in today
    assert "zone de revitalisation rurale" in then.lower()


def test_a_day_written_by_hand_as_jour_is_the_day_of_the_page(site: Client) -> None:
    then = site.get("/territoires/23077/zonages/?jour=2021-03-31").content.decode()
    assert "31 mars 2021" in then.replace("\u00a0", " ")
    assert "zone de revitalisation rurale" in then.lower()
    assert site.get("/territoires/23077/zonages/?jour=hier").status_code == 400


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/territoires/99999/", 404, "Aucun territoire ne répond"),
        ("/territoires/Guerret/", 404, "Guéret"),
        ("/territoires/@conftest.py/", 404, "Aucun territoire ne répond"),
        ("/territoires/..%2F..%2Fetc%2Fpasswd/", 404, ""),
        ("/territoires/23077/zonages/?le=hier", 400, "hier"),
        ("/territoires/23077/zonages/?le=1999-01-01", 400, "hors de la période connue"),
        ("/territoires/23077/zonages/diagnostic.exe", 404, "Page introuvable"),
        ("/territoires/comparer/?t=1&t=2&t=3&t=4&t=5", 400, "5 territoires"),
        ("/documentation/inconnue/", 404, "Page introuvable"),
        ("/n-existe-pas", 404, "Page introuvable"),
    ],
)
def test_a_mistake_gets_a_sentence_and_its_status(
    site: Client, address: str, status: int, words: str
) -> None:
    answer = site.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "Traceback" not in page
    assert "ancrage territoire" not in page  # hints of the command line stay there
    assert "--on" not in page


def test_an_address_mistyped_still_leads_somewhere(site: Client) -> None:
    page = site.get("/territoires/faux-la-montaigne/").content.decode()
    assert 'href="/territoires/23077/"' in page


def test_a_name_that_one_place_bears_leads_to_it(site: Client) -> None:
    for name, code in (("Paris", "75056"), ("Saint-Denis (93)", "93066"), ("PACA", "reg:93")):
        assert site.get(f"/territoires/{name}/").headers["Location"] == f"/territoires/{code}/"


def test_a_name_that_several_places_bear_asks_which(site: Client) -> None:
    answer = site.get("/territoires/Saint-Denis/")
    page = answer.content.decode()
    assert answer.status_code == 300
    assert "Lequel ?" in page
    for code, where in (("93066", "commune, Seine-Saint-Denis (93)"), ("97411", "commune, La Réunion (974)")):
        assert f'href="/territoires/{code}/"' in page
        assert where in page


def test_a_choice_leads_where_the_visitor_was_going_with_the_rest_of_the_form(site: Client) -> None:
    page = site.get("/structures/?t=Saint-Denis&texte=v%C3%A9lo").content.decode()
    assert 'href="/structures/?t=93066&amp;texte=v%C3%A9lo"' in page
    page = site.get("/territoires/Saint-Denis/leviers/?le=2026-01-01").content.decode()
    assert 'href="/territoires/93066/leviers/?le=2026-01-01"' in page


def test_a_commune_that_ceased_is_told_with_what_it_became(site: Client) -> None:
    answer = site.get("/territoires/Cran-Gevrier/")
    assert answer.status_code == 410
    assert 'href="/territoires/74010/"' in answer.content.decode()


def test_the_search_page_lists_one_kind_at_a_time(site: Client) -> None:
    page = site.get("/recherche/?q=commande+publique&sorte=levier").content.decode()
    assert "/leviers/#levier-3" in page
    assert "/leviers/outils/" not in page


def test_a_page_seen_again_is_not_sent_again(site: Client) -> None:
    first = site.get("/territoires/23077/")
    again = site.get("/territoires/23077/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_a_page_is_compressed_for_who_accepts_it(site: Client) -> None:
    plain = site.get("/territoires/23077/")
    packed = site.get("/territoires/23077/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 3


def test_the_diagnosis_downloaded_is_that_of_the_page(site: Client) -> None:
    told = json.loads(site.get("/territoires/23077/diagnostic.json").content)
    assert told["territory"]["code"] == "23077"
    assert told["ess"]["fictitious"] is True


def test_hostile_text_comes_back_harmless(site: Client) -> None:
    page = site.get("/recherche/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_suggestions_forgive_a_typing_mistake(site: Client) -> None:
    fragment = site.get("/recherche/suggestions/?q=faulamontagne").content.decode()
    assert "Faux-la-Montagne" in fragment
    assert 'role="option"' in fragment


def test_a_territory_without_fictitious_figures_has_no_banner_nor_links_that_lead_nowhere(
    site: Client,
) -> None:
    page = site.get("/territoires/97411/").content.decode()
    assert 'class="fictif"' not in page
    assert "/territoires/97411/survie/" not in page
    assert "/territoires/97411/leviers/" in page


def test_a_question_that_a_missing_source_leaves_unanswered_leads_back(site: Client) -> None:
    answer = site.get("/territoires/29083/survie/")
    page = answer.content.decode()
    assert "Aucun registre complet ne couvre Île-de-Sein" in page
    assert 'href="/territoires/29083/"' in page
    assert 'href="/sources/"' in page
    assert "Erreur 400" not in page


def test_the_directory_says_beside_its_number_that_it_is_no_count(site: Client) -> None:
    assert "ce qui en vient n’est pas un compte" in site.get("/structures/").content.decode()
    assert "pas un compte" not in site.get("/structures/?t=dep:23").content.decode()


def test_tools_nobody_could_rank_are_unknown_not_none(site: Client) -> None:
    page = site.get("/territoires/comparer/?t=97502&t=98613").content.decode()
    assert "aucun outil prioritaire" not in page
    assert "outils à préciser" in page


def test_a_comparison_without_outlines_draws_no_map_and_its_address_stays_empty(site: Client) -> None:
    assert "data-map=" not in site.get("/territoires/comparer/?t=23077&t=23096").content.decode()
    told = site.get("/territoires/comparer/carte.geojson?t=23077&t=23096")
    assert told["Content-Type"] == "application/geo+json"
    assert told.json()["features"] == []
