"""A territory and its partners, from nothing to a decision: keyboard alone, real messages, axe all along."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from keyboard import Somebody, code_in, last_message
from playwright.sync_api import Browser

from ancrage.desk.opened import today

EPCI = "CC Creuse Grand Sud"
ASSOCIATION, SIRET = "Association fictive n° 379, Felletin (démonstration)", "99900379100012"
STATE, SIREN = "Préfecture d’exemple", "172300014"
"""A number whose key is right, that the register of the demonstration does not hold."""
DAYS_BEHIND = 370
CLICKS_ALLOWED = SCREENS_ALLOWED = 7
CLICKS_TO_A_LIST = 3


def test_an_officer_her_partners_and_her_successor_write_answer_and_read_again_one_plan(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    past = {"ANCRAGE_TESTS_DAYS_BEHIND": str(DAYS_BEHIND), "PYTHONPATH": _earlier()}
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(4)]
    pages = [one.new_page() for one in contexts]
    with own_site(**told, **past) as site:
        anne, bruno, claire = (Somebody(one, site, axe) for one in pages[:3])
        _from_the_home_to_a_first_action(anne, folder)
        action = anne.page.url.removeprefix(site)
        atelier = action.partition("actions/")[0]
        _answers(bruno, folder, "bruno@association.fr", "Bruno Petit", "bénévole")
        _invites_the_state(anne, atelier)
        _answers(claire, folder, "claire@prefecture.fr", "Claire Durand", "agent")
        _builds_two_more_from_the_diagnosis(anne, atelier)
        _brings_a_room(anne, bruno, action, atelier)
        _decides(anne, atelier)
        _prints_the_note(anne, atelier)
        _keeps_a_list(anne)
        _sees_its_file_and_its_aids(bruno, atelier)
    with own_site(**told) as site:
        anne, daniel = (Somebody(one, site, axe) for one in (pages[0], pages[3]))
        _goes_on(anne, folder, action)
        _succeeds(daniel, folder)
        _reads_as_it_was(daniel)
    for one in contexts:
        one.close()


def _earlier() -> str:
    paths = [str(Path(__file__).parent / "earlier"), os.environ.get("PYTHONPATH", "")]
    return os.pathsep.join(filter(None, paths))


def _from_the_home_to_a_first_action(anne: Somebody, folder: Path) -> None:
    anne.open("/")
    anne.type("Votre commune, une structure, une aide", EPCI)
    anne.page.get_by_role("option", name=EPCI).first.wait_for()
    anne.page.keyboard.press("ArrowDown")
    with anne.page.expect_navigation():
        anne.page.keyboard.press("Enter")
    anne.look()
    anne.press("Ouvrir un atelier ici")
    _sign_in(anne, folder, "anne@cc-creuse.fr", "Anne Martin")
    anne.reads(EPCI, "SIREN 200044014")
    anne.choose("Vous y êtes", "agent")
    anne.press("J’appartiens à cette organisation")
    assert anne.page.get_by_label("Territoire").input_value() == EPCI
    anne.press("Ouvrir l’atelier")
    anne.reads("Proposer une action")
    anne.type("Première dépense", "Loyer du local")
    anne.type("Son montant prévu", "12 345,50")
    anne.type("Premier partenaire", SIRET)
    anne.type("Adresse électronique", "bruno@association.fr")
    anne.choose("Ce qu’elle est", "association")
    anne.press("Proposer l’action")
    anne.reads("Proposée", f"Pilote : {EPCI}", "12 345,50 €", ASSOCIATION, "L’invitation est partie")
    anne.reads("Les aides qui pourraient la payer", f"Réponses du moteur pour {EPCI}", "Celles que servent")
    assert len(anne.pressed) <= CLICKS_ALLOWED, anne.pressed
    # Each press but the first led from one screen of the space to another.
    assert len(set(anne.pressed[1:])) + 1 <= SCREENS_ALLOWED


def _sign_in(who: Somebody, folder: Path, address: str, name: str = "") -> None:
    who.type("Votre adresse électronique", address)
    who.press("Recevoir un code")
    who.type("Code reçu", code_in(folder, address))
    who.press("Entrer")
    if name:
        who.type("Prénom et nom", name)
        who.press("Continuer")


def _answers(who: Somebody, folder: Path, address: str, name: str, function: str) -> None:
    """One who received an invitation follows it, and stands where something waits for her."""
    message = last_message(folder, address)
    assert "Anne Martin vous invite" in message.text
    assert f"pour l’atelier « Agir ensemble, {EPCI} »" in message.text
    who.open(message.links[0])
    _sign_in(who, folder, address, name)
    who.reads("Anne Martin vous invite", f"l’atelier « Agir ensemble, {EPCI} »")
    who.choose("Vous y êtes", function)
    who.press("Accepter l’invitation")
    who.reads(f"Agir ensemble, {EPCI}", "Le plan")


def _invites_the_state(anne: Somebody, atelier: str) -> None:
    anne.open(atelier)
    anne.press("Partenaires et rôles")
    anne.reads(ASSOCIATION)
    anne.press("Inviter une organisation")
    anne.type("Organisation", SIREN)
    anne.choose("Rôle", "financeur")
    anne.type("Adresse électronique", "claire@prefecture.fr")
    anne.type("Son nom", STATE)
    anne.choose("Ce qu’elle est", "service")
    anne.press("Inviter")
    anne.reads("L’invitation est partie à claire@prefecture.fr", STATE)


def _brings_a_room(anne: Somebody, bruno: Somebody, action: str, atelier: str) -> None:
    """What the association brings is written by the one, confirmed by the other."""
    anne.open(action)
    title = anne.page.locator("h1").inner_text()
    anne.press("Ajouter une contribution")
    anne.choose("Qui donne", "Association")
    anne.choose("Qui reçoit", "CC")
    anne.type("Objet", "Salle de réunion, deux soirs")
    anne.press("Enregistrer")
    anne.reads("Salle de réunion, deux soirs", f"{ASSOCIATION} doit répondre")
    bruno.open(atelier)
    bruno.reads(
        "Ce qui vous attend", "Une participation à confirmer", "Une contribution en nature à confirmer"
    )
    bruno.press(title)
    bruno.press("Confirmer")
    bruno.press("Confirmer")
    bruno.reads(f"confirmé par {ASSOCIATION}")
    assert not bruno.page.get_by_role("button", name="Confirmer").count()
    bruno.open(atelier)
    assert not bruno.page.get_by_role("heading", name="Ce qui vous attend").count()


def _builds_two_more_from_the_diagnosis(anne: Somebody, atelier: str) -> None:
    """A weak criterion of the grid, then an aid: each public page leads to the form of an action, filled."""
    for page, title in (
        ("/grille/evaluation/?niveau=tresorerie%3D1&commune=23077", "Renforcer : Trésorerie"),
        ("/aides/garantie_france_active/", "Mobiliser : Garantie France Active"),
    ):
        anne.open(page)
        anne.press("En faire une action")
        assert anne.page.get_by_label("Intitulé de l’action").input_value().startswith(title)
        anne.press("Proposer l’action")
        anne.reads("Proposée", title)
    anne.open(atelier)
    assert anne.page.locator("main table tbody tr").count() == 3


def _prints_the_note(anne: Somebody, atelier: str) -> None:
    anne.open(atelier)
    anne.press("Écrire un contrat")
    anne.type("Intitulé", "CRTE du sud creusois")
    anne.reach("Renforcer")
    anne.page.keyboard.press("Space")
    anne.press("Enregistrer")
    anne.reads("CRTE du sud creusois", "Qui est de l’ESS, et d’après quoi")
    note = anne.page.locator('a[href$="note.pdf"]').first.get_attribute("href")
    paper = anne.page.request.get(f"{anne.site}{note}")
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")


def _keeps_a_list(anne: Somebody) -> None:
    """A list of structures with notes, from the home page."""
    anne.open("/")
    before = len(anne.pressed)
    anne.type("Votre commune, une structure, une aide", SIRET)
    with anne.page.expect_navigation():
        anne.page.keyboard.press("Enter")
    if not anne.page.url.endswith(f"/structures/{SIRET}/"):
        anne.press(ASSOCIATION)
    anne.press("Garder dans une liste")
    anne.type("Note", "Relancer en janvier")
    anne.press("Garder")
    anne.reads(ASSOCIATION, "Relancer en janvier")
    assert len(anne.pressed) - before <= CLICKS_TO_A_LIST, anne.pressed[before:]


def _sees_its_file_and_its_aids(bruno: Somebody, atelier: str) -> None:
    bruno.open(atelier)
    bruno.press("Votre dossier")
    bruno.reads(ASSOCIATION, "contribution en nature, Salle de réunion", "Les aides qu’elle peut avoir")
    assert bruno.page.locator("#aides ~ ul details").count()


def _decides(anne: Somebody, atelier: str) -> None:
    anne.open(atelier)
    anne.press("Écrire une décision")
    anne.type("Instance", "Comité de pilotage")
    anne.type("Ce qui est décidé", "Le local ouvre deux soirs par semaine.")
    anne.press("Enregistrer")
    anne.reads("Comité de pilotage", "à adopter")
    anne.press("Adopter")
    anne.reads("Le local ouvre deux soirs par semaine.")
    assert "à adopter" not in anne.page.locator("main").inner_text()


def _goes_on(anne: Somebody, folder: Path, action: str) -> None:
    """Weeks later, the action is kept, and a colleague arrives."""
    anne.open(action)
    if anne.page.get_by_label("Votre adresse électronique").count():
        _sign_in(anne, folder, "anne@cc-creuse.fr")
    anne.press("Retenir")
    anne.reads("Retenue")
    anne.press("Mon espace")
    anne.press(EPCI)
    anne.type("Son adresse électronique", "daniel@cc-creuse.fr")
    anne.press("Envoyer l’invitation")


def _succeeds(daniel: Somebody, folder: Path) -> None:
    daniel.open(last_message(folder, "daniel@cc-creuse.fr").links[0])
    _sign_in(daniel, folder, "daniel@cc-creuse.fr", "Daniel Roux")
    daniel.choose("Vous y êtes", "agent")
    daniel.press("Accepter l’invitation")
    daniel.press("Mes ateliers")
    daniel.press(f"Agir ensemble, {EPCI}")


def _reads_as_it_was(daniel: Somebody) -> None:
    assert "retenue" in _states(daniel)
    before = today() - timedelta(days=365)
    daniel.unfold("aujourd’hui")
    daniel.date("Voir la réponse d’un autre jour", before.isoformat())
    daniel.press("Voir ce jour")
    daniel.reads("Le plan tel qu’il était le", "Le local ouvre deux soirs par semaine.")
    assert "proposée" in _states(daniel)
    assert "retenue" not in _states(daniel)


def _states(who: Somebody) -> str:
    return who.page.locator("main table").first.inner_text().lower()
