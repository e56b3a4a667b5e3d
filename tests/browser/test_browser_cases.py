"""An intercommunalité publishes an action; another finds it, with its keyboard, and copies it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import Somebody, code_in
from playwright.sync_api import Browser

FIRST, SECOND = "CC Creuse Grand Sud", "CC Creuse Sud Ouest"
TITLE, TEXT = "Prêter un local vide", "Un local communal est prêté un an à une association."


def test_an_epci_copies_an_action_of_another(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    with own_site(**told) as site:
        anne, bruno = (Somebody(browser.new_context().new_page(), site, axe) for _ in range(2))
        anne.open("/espace/ateliers/ouvrir/?territoire=200044014")
        _signs_in(anne, folder, "anne@cc-creuse.fr", "Anne Martin")
        _belongs(anne)
        anne.press("Ouvrir l’atelier")
        anne.press("Proposer une action")
        anne.type("Objectif", "Garder des lieux ouverts")
        anne.type("Intitulé de l’action", TITLE)
        anne.type("Ce qui est fait", TEXT)
        anne.press("Proposer l’action")
        anne.press("La publier pour d’autres territoires")
        anne.press("Voir ce qui sera public")
        anne.reads("Rien n’est encore publié", TITLE, TEXT)
        anne.press("Publier")
        anne.reads("ce que tout le monde en lit")

        bruno.open("/cas/?territoire=200067189")
        bruno.press(TITLE)
        bruno.reads(TEXT, FIRST, "écrit par l’atelier qui publie")
        assert not bruno.page.context.cookies()
        bruno.press("Reprendre dans mon atelier")
        _signs_in(bruno, folder, "bruno@cc-creuse.fr", "Bruno Petit")
        bruno.press("Choisir mon organisation")
        bruno.type("Son nom, son SIREN ou son SIRET", "creuse sud ouest")
        bruno.press("Chercher")
        bruno.press(SECOND)
        _belongs(bruno)
        bruno.type("Nom de l’atelier", "Agir ensemble")
        bruno.type("Territoire", "200067189")
        bruno.press("Ouvrir l’atelier")
        assert bruno.page.get_by_label("Intitulé de l’action").input_value() == TITLE
        bruno.press("Proposer l’action")
        bruno.reads(f"Reprise de : le cas « {TITLE} », de {FIRST}, publié le")
        bruno.press("le cas «")
        bruno.reads("Repris par d’autres", "1 action")
        for one in (anne, bruno):
            one.page.context.close()


def _signs_in(who: Somebody, folder: Path, address: str, name: str) -> None:
    who.type("Votre adresse électronique", address)
    who.press("Recevoir un code")
    who.type("Code reçu", code_in(folder, address))
    who.press("Entrer")
    who.type("Prénom et nom", name)
    who.press("Continuer")


def _belongs(who: Somebody) -> None:
    who.choose("Vous y êtes", "agent")
    who.press("J’appartiens à cette organisation")
