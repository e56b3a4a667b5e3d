"""Two people and one organisation, from nothing, with the keyboard alone and a real server of messages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from keyboard import Somebody, code_in, last_message
from playwright.sync_api import Browser


def test_an_officer_signs_in_chooses_her_organisation_and_invites_a_colleague_who_accepts(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    with own_site(**told) as site:
        contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
        anne, bruno = (Somebody(one.new_page(), site, axe) for one in contexts)
        _enter(anne, folder, "anne@cc-creuse.fr", "Anne Martin")
        anne.press("Choisir mon organisation")
        anne.type("Son nom, son SIREN ou son SIRET", "creuse sud ouest")
        anne.press("Chercher")
        anne.press("CC Creuse Sud Ouest")
        anne.choose("Vous y êtes", "agent")
        anne.press("J’appartiens à cette organisation")
        anne.reads("CC Creuse Sud Ouest", "200067189", "Anne Martin", "appartenance déclarée")
        anne.type("Son adresse électronique", "bruno@cc-creuse.fr")
        anne.press("Envoyer l’invitation")
        anne.reads("L’invitation est partie à bruno@cc-creuse.fr", "Invitations sans réponse")

        link = last_message(folder, "bruno@cc-creuse.fr").links[0]
        assert link.startswith(f"{site}/espace/invitations/?jeton=")
        bruno.open(link.removeprefix(site))
        _sign_in(bruno, folder, "bruno@cc-creuse.fr")
        bruno.type("Prénom et nom", "Bruno Petit")
        bruno.press("Continuer")
        bruno.reads("Anne Martin vous invite", "CC Creuse Sud Ouest")
        bruno.choose("Vous y êtes", "agent")
        bruno.press("Accepter l’invitation")
        bruno.reads("confirmée par Anne Martin")
        bruno.open("/espace/courriels/")
        bruno.reads("Votre code pour entrer dans Ancrage")
        for one in contexts:
            one.close()


def _enter(who: Somebody, folder: Path, address: str, name: str) -> None:
    who.open("/espace/")
    _sign_in(who, folder, address)
    who.type("Prénom et nom", name)
    who.press("Continuer")
    who.reads(f"Bonjour {name}")


def _sign_in(who: Somebody, folder: Path, address: str) -> None:
    who.type("Votre adresse électronique", address)
    who.press("Recevoir un code")
    code = code_in(folder, address)
    who.type("Code reçu", "0000-0000")
    who.press("Entrer")
    who.reads("Ce code n’est pas le bon")
    who.type("Code reçu", code)
    who.press("Entrer")


def test_a_passkey_opens_the_space_without_a_code(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    with own_site(**told) as address:
        site = address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to an address
        context = browser.new_context()
        anne = Somebody(context.new_page(), site, axe)
        device = context.new_cdp_session(anne.page)
        device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        verified = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options | verified})
        _enter(anne, folder, "anne@mairie.fr", "Anne Martin")
        anne.open("/espace/compte/")
        anne.press("Ajouter une clé d’accès")
        anne.press("Ajouter")
        anne.open("/espace/compte/")
        anne.reads("Clé n° 1", "ajoutée le")
        anne.press("Sortir")
        anne.press("Entrer avec une clé d’accès")
        anne.reads("Bonjour Anne Martin")
        context.close()


def test_an_officer_keeps_structures_in_a_list_with_a_note_in_three_presses_then_writes_a_file(
    browser: Browser, axe: str, post: tuple[Path, dict[str, str]], own_site: Callable[..., Any]
) -> None:
    folder, told = post
    with own_site(**told) as site:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        anne = Somebody(context.new_page(), site, axe)
        _enter(anne, folder, "anne@cc-creuse.fr", "Anne Martin")
        anne.open("/espace/organisations/choisir/?code=200067189")
        anne.choose("Vous y êtes", "agent")
        anne.press("J’appartiens à cette organisation")
        anne.open("/espace/ateliers/ouvrir/?territoire=200067189")
        anne.type("Nom de l’atelier", "Plan ESS")
        anne.press("Ouvrir l’atelier")

        anne.open("/")
        anne.press("Structures")
        anne.type("Nom, SIREN, SIRET ou RNA", "ahun")
        with anne.page.expect_navigation():
            anne.page.keyboard.press("Enter")
        anne.press("Garder dans une liste")
        anne.type("Note", "À rappeler en janvier.")
        anne.press("Garder")
        anne.reads("Structures gardées le", "À rappeler en janvier.", "Association fictive n° 9, Ahun")

        anne.press("Association fictive n° 9, Ahun")
        anne.press("Écrire au dossier")
        anne.type("Ce qui a été dit, noté, demandé", "Un local de 40 m².")
        anne.press("Enregistrer")
        anne.reads("Échanges et notes", "Un local de 40 m².", "Dans vos listes")
        context.close()
