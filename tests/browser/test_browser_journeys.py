"""What people come to do, from the first page to the answer."""

import pytest

FRESH = "[role=listbox]:not([hidden]):not([aria-busy=true]) [role=option]"
"""Suggestions that answer the text in the field."""


def test_a_mayor_of_faux_la_montagne_prints_her_diagnosis(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/")
    page.get_by_role("combobox").fill("faux la monta")
    page.get_by_role("option", name="Faux-la-Montagne").first.click()
    page.wait_for_url("**/territoires/23077/")
    assert page.get_by_role("heading", level=1).inner_text() == "Faux-la-Montagne"
    page.evaluate("window.print = () => { document.title = 'imprimé'; }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.title() == "imprimé"


def test_the_keyboard_alone_leads_from_the_home_page_to_a_territory(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    while page.evaluate("document.activeElement.type") != "search":
        page.keyboard.press("Tab")
    page.keyboard.type("gueret", delay=20)
    page.locator(FRESH).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/**")
    assert "Guéret" in page.get_by_role("heading", level=1).inner_text()


@pytest.fixture
def late(visitor, demonstration):
    """The home page where « guer » shows its suggestions, « Guer » first, and those of longer texts wait."""
    page, held = visitor(demonstration).open("/"), []
    page.route("**/recherche/suggestions/?q=guere*", lambda route: held.append(route))
    page.get_by_role("combobox").first.press_sequentially("guer")
    page.locator(FRESH).first.wait_for()
    return page, held


def test_the_list_of_an_earlier_text_obeys_neither_arrows_nor_pointer(late) -> None:
    page, held = late
    with page.expect_request("**/recherche/suggestions/?q=gueret"):
        page.keyboard.type("et")
    page.keyboard.press("ArrowDown")
    page.locator("[role=option]").first.dispatch_event("pointerdown")
    assert page.locator("[aria-selected=true]").count() == 0
    held[-1].continue_()
    page.locator(FRESH, has_text="Guéret").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/23096/")


def test_what_was_chosen_for_an_earlier_text_is_forgotten_with_the_next_letter(late) -> None:
    page, _ = late
    page.keyboard.press("ArrowDown")
    assert "56075" in page.locator("[aria-selected=true]").get_attribute("data-href")
    page.keyboard.type("et")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=gueret")


def test_leaving_the_field_calls_back_what_was_asked(late) -> None:
    page, _ = late
    with page.expect_request("**/recherche/suggestions/?q=gueret"):
        page.keyboard.type("et")
    with page.expect_event("requestfailed"):
        page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").first.is_hidden()


FIELDS = (
    ("/structures/", "t"),
    ("/aides/", "territoire"),
    ("/mes-aides/", "territoire"),
    ("/leviers/", "t"),
    ("/accompagnement/", "t"),
    ("/monographies/semblables/", "territoire"),
    ("/territoires/comparer/", "t"),
    ("/territoires/23077/rapport/", "t"),
    ("/travaux/", "territoire"),
)


@pytest.mark.parametrize(("address", "name"), FIELDS)
def test_every_field_that_takes_a_territory_proposes_them_and_keeps_the_form(
    visitor, demonstration, address, name
) -> None:
    page = visitor(demonstration).open(address)
    field = page.locator(f"main input[name={name}][role=combobox]").first
    field.evaluate("field => field.closest('details')?.setAttribute('open', '')")
    field.press_sequentially("gueret (23)")
    option = page.locator(f"main .lieu {FRESH}", has_text="commune, Creuse (23)").first
    option.wait_for()
    assert "habitants" in option.inner_text()
    told = page.locator(f"#{field.get_attribute('aria-controls')} + [role=status]")
    assert "suggestion" in told.inner_text()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "Guéret (23096)"
    assert page.url.endswith(address)


def test_what_was_picked_is_asked_with_the_rest_of_the_form(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/structures/")
    page.locator("main input[name=t]").press_sequentially("creuse grand sud")
    page.locator(f"main .lieu {FRESH}").first.click()
    page.locator("main input[name=t]").press("Enter")
    page.wait_for_url("**/structures/?*200044014*")
    assert "CC Creuse Grand Sud" in page.locator("main").inner_text()


def test_a_field_that_takes_a_commune_is_given_its_code(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/grille/")
    field = page.locator("input[name=commune][role=combobox]")
    # Two communes of the Creuse begin with « Faux- »: the one meant is typed far enough to be told apart.
    field.press_sequentially("faux-la-mon")
    page.locator(f".lieu {FRESH}", has_text="Faux-la-Montagne").first.click()
    assert field.input_value() == "23077"


def test_a_chart_becomes_interactive_when_one_comes_near_it(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/territoires/23077/rapport/")
    figure = page.locator("figure", has=page.locator("#graphique-familles-titre"))
    figure.locator("xpath=ancestor::details[not(@open)]/summary").click()  # past what a page shows at once
    figure.hover()
    page.locator("figure .vega-vivant svg").first.wait_for()
    assert "Associations" in page.locator("figure .vega-vivant").first.inner_text()


def test_an_association_in_a_quarter_finds_its_aids_and_learns_why_not_a_ptce(visitor, demonstration) -> None:
    page = visitor(demonstration).open("/mes-aides/")
    page.get_by_label("Forme juridique").select_option("association")
    page.get_by_label("Salariés").fill("4")
    page.get_by_label("En quartier prioritaire").select_option("oui")
    page.get_by_role("button", name="Voir mes aides").click()
    page.wait_for_load_state("networkidle")
    before = page.locator(".compteurs").inner_text()
    asked = page.locator(".question legend").inner_text()
    page.get_by_role("button", name="Répondre").click()
    page.wait_for_function(
        "before => document.querySelector('.question legend').innerText !== before", arg=asked
    )
    assert page.evaluate("document.activeElement.id") == "question"
    assert "valeur=" in page.url  # nothing chosen is « je ne sais pas », kept in the address
    assert page.locator(".compteurs").inner_text() == before  # and it is never turned into a no
    refused = page.locator("section", has=page.get_by_role("heading", name="Fermées ("))
    refused.get_by_text("Les montrer").click()
    ptce = refused.locator("li details", has=page.get_by_text("PTCE", exact=False)).first
    ptce.locator("summary").click()
    assert "Pourquoi non" in ptce.inner_text()
    ptce.get_by_role("link", name="Condition par condition").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("main table").count() >= 1


@pytest.mark.mirror
def test_a_network_finds_blank_zones_and_opens_three_sites(visitor, real_site) -> None:
    page = visitor(real_site).open("/accompagnement/")
    page.locator("#t").fill("dep:23")
    page.get_by_role("button", name="Voir").click()
    page.wait_for_load_state("networkidle")
    page.get_by_text("Choisir un réseau, des distances").click()
    page.locator("select[name=reseau]").select_option("france_services")
    page.locator("input[name=seuil_km]").fill("8")
    page.locator("input[name=ouvrir]").fill("3")
    page.get_by_role("button", name="Calculer").click()
    page.wait_for_load_state("networkidle")
    told = page.locator("main").inner_text()
    assert "3 ouvertures" in told.replace("\xa0", " ")
    assert "prouvé" in told or "écart" in told
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.locator(".carte-vive canvas").wait_for()


def test_the_slider_supposes_another_threshold_and_the_page_answers_at_once(visitor, demonstration) -> None:
    page = visitor(demonstration).open(
        "/territoires/dep:23/simulation/?aide=urgencess&le=2021-03-31&parametre=urgence-ess.plafond"
    )
    before = page.locator("main").inner_text()
    slider = page.locator("#valeur-curseur")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, middle, steps=5)
    page.mouse.up()
    page.wait_for_url("**valeur=**")
    page.wait_for_function("before => document.querySelector('main').innerText !== before", arg=before)
    supposed = float(page.locator("#valeur-curseur").input_value())
    assert supposed > 20
    assert f"valeur={supposed:g}" in page.url
    page.locator("#valeur-curseur").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**valeur={supposed - 1:g}**")


@pytest.mark.mirror
@pytest.mark.parametrize("person", ["grocery", "intercommunalité", "town"])
def test_a_grocery_an_intercommunalite_and_a_town_read_first_what_they_can_have(
    visitor, real_site, person
) -> None:
    """Each of them, from the first form to a card that says how much, whom to call and until when."""
    page = visitor(real_site).open("/mes-aides/")
    if person == "grocery":
        page.get_by_label("Forme juridique").select_option("scic")
        page.get_by_label("Salariés").fill("3")
        page.get_by_label("Stade").select_option("developpement")
        page.get_by_role("button", name="Voir mes aides").click()
    else:
        place = page.get_by_label("Commune, EPCI, département ou région")
        place.fill("200044014" if person == "intercommunalité" else "59295")
        page.get_by_label("Coût du projet (€)").fill("300000")
        page.get_by_role("button", name="Voir nos aides").click()
    page.wait_for_load_state("networkidle")
    headings = page.locator("main h2").all_inner_texts()
    assert any(one.startswith(("Vous y avez droit", "Vous pouvez la demander")) for one in headings[:2])
    card = page.locator("main section li").first
    assert card.locator(".guichet").count() or "€" in card.inner_text()
    card.locator("summary").first.click()
    assert card.locator("details[open]").count() >= 1
