"""What buyers come to do, on the real site: green spaces in the North, meals in the Creuse, a SPASER."""


def test_a_town_an_epci_and_a_departement_buy_responsibly(visitor, real_site) -> None:
    page = visitor(real_site).open("/achats/")
    _asks(page, bought="entretien des espaces verts", value="180 000 €", buyer="59295")
    told = _told(page)
    assert "Hazebrouck" in told
    assert "Marché à procédure adaptée" in told
    assert "L. 2113-13" in told
    page.get_by_role("link", name="Les pièces à écrire").first.click()
    page.wait_for_url("**/achats/trousse/**")
    assert "heures" in _told(page)

    page.goto(f"{real_site}/achats/")
    _asks(page, bought="55523100", value="90 000 €", buyer="200044014")
    told = _told(page)
    assert "CC Creuse Grand Sud" in told
    assert (
        "Publicité adaptée aux caractéristiques du marché" in told
    )  # a service of the list: no longer to check

    page.goto(f"{real_site}/achats/spaser/")
    page.locator("input[name=acheteur]").fill("dep:59")
    page.locator("input[name=achats_annuels]").fill("60 M€")
    page.locator("details", has_text="Cibles").first.locator("summary").first.click()
    page.locator("input[name='cible-ess']").fill("10")
    page.get_by_role("button", name="Écrire le schéma").click()
    page.wait_for_url("**acheteur=**")
    told = _told(page)
    assert "SPASER : Nord" in told
    assert "Obligatoire : oui" in told
    assert "10,0" in told


def _told(page) -> str:
    return " ".join(page.locator("main").text_content().split())


def _asks(page, *, bought: str, value: str, buyer: str) -> None:
    page.locator("main input[name=cpv]").fill(bought)
    page.locator("main input[name=montant]").fill(value)
    page.locator("main input[name=acheteur]").fill(buyer)
    page.locator("main input[name=le]").fill("2026-09-01")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**montant=**")
