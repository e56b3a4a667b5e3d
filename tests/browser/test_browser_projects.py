"""Two intercommunalités carry one project, each writing its own part: keyboard alone, real messages, axe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import Somebody, code_in
from playwright.sync_api import Browser

PROPOSES, JOINS = "CC Creuse Grand Sud", "CA du Grand Guéret"
TITLE = "Un incubateur à deux"


def test_an_intercommunalite_joins_the_project_of_another_and_both_read_who_brings_what(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
    with own_site(**told, ANCRAGE_ORIGINE="http://ancrage.test") as site:
        anne, bruno = (Somebody(one.new_page(), site, axe) for one in contexts)
        project = _proposes(anne, folder)
        _joins(bruno, folder)
        anne.open(project)
        anne.reads(JOINS, "12 j", "5 000 €", "Une salle", "Aucune réponse n’est attendue")
        _follows_its_deadlines(bruno)
    for one in contexts:
        one.close()


def _opens_an_atelier(who: Somebody, folder: Path, epci: str, address: str, name: str) -> str:
    """From the home to an atelier of the intercommunalité; the address of its page."""
    who.open("/")
    who.type("Votre commune, une structure, une aide", epci)
    who.page.get_by_role("option", name=epci).first.wait_for()
    who.page.keyboard.press("ArrowDown")
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    who.press("Ouvrir un atelier ici")
    who.type("Votre adresse électronique", address)
    who.press("Recevoir un code")
    who.type("Code reçu", code_in(folder, address))
    who.press("Entrer")
    who.type("Prénom et nom", name)
    who.press("Continuer")
    who.choose("Vous y êtes", "agent")
    who.press("J’appartiens à cette organisation")
    who.press("Ouvrir l’atelier")
    return who.page.url.removeprefix(who.site).partition("actions/")[0]


def _proposes(anne: Somebody, folder: Path) -> str:
    anne.open(_opens_an_atelier(anne, folder, PROPOSES, "anne@cc-creuse.fr", "Anne Martin"))
    anne.press("Projets partagés")
    anne.press("Proposer un projet")
    anne.type("Titre", TITLE)
    anne.type("Ce qui se fait ensemble", "Un poste et un lieu pour ceux qui créent.")
    anne.press("Enregistrer")
    anne.press("Inviter")
    anne.type("Qui inviter", JOINS)
    anne.press("Inviter")
    anne.reads(JOINS, "n’a pas encore répondu")
    return anne.page.url


def _joins(bruno: Somebody, folder: Path) -> None:
    bruno.open(_opens_an_atelier(bruno, folder, JOINS, "bruno@grand-gueret.fr", "Bruno Petit"))
    bruno.press("Projets partagés")
    bruno.reads(TITLE, "vous y êtes invité")
    bruno.press(TITLE)
    bruno.press("Rejoindre, et dire notre part")
    bruno.type("Temps de personnel", "12")
    bruno.type("Argent", "5000")
    bruno.type("Locaux et matériel", "Une salle")
    bruno.press("Rejoindre le projet")
    bruno.reads(JOINS, "12 j", "5 000 €", "Une salle", "Quitter le projet")


def _follows_its_deadlines(bruno: Somebody) -> None:
    bruno.press("Échéances")
    bruno.press("Suivre")
    bruno.reads("Ce que je suis", f"Agir ensemble, {JOINS}")
