"""Two people and one organisation, from nothing, with the keyboard alone and a real server of messages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ancrage.people import mailbox

AXE = """async () => (await axe.run(document)).violations
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`)"""
NAMED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? "";
  return `${label} ${one.innerText ?? ""}`.replace(/\\s+/g, " ").trim();
}"""
CODE = re.compile(r"^ {4}(\d{4}-\d{4})$", re.MULTILINE)


@dataclass
class Somebody:
    """Somebody at a keyboard, who reaches what she wants by Tab and looks at each page with axe."""

    page: Page
    site: str
    axe: str

    def look(self) -> None:
        """No fault of accessibility on the page as it is now."""
        self.page.evaluate(self.axe)
        assert self.page.evaluate(AXE) == [], self.page.url

    def open(self, where: str) -> None:
        self.page.goto(self.site + where)
        self.look()

    def reach(self, words: str) -> None:
        """Press Tab until what has the focus is called so."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAMED).startswith(words):
                return
        pytest.fail(f"« {words} » is out of reach of the keyboard on {self.page.url}")

    def press(self, words: str) -> None:
        self.reach(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def type(self, words: str, text: str) -> None:
        self.reach(words)
        self.page.keyboard.type(text)

    def choose(self, words: str, letters: str) -> None:
        """Choose in a list by the first letters."""
        self.reach(words)
        self.page.keyboard.type(letters)

    def reads(self, *told: str) -> None:
        here = " ".join(self.page.locator("main").inner_text().split())
        for one in told:
            assert one in here, f"« {one} » is not on {self.page.url}: {here}"


def last_message(folder: Path, to: str) -> mailbox.Received:
    return next(one for one in mailbox.received(folder) if one.to == to)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder of messages, and what tells the site of it."""
    folder = tmp_path / "courriels"
    with mailbox.serving(folder) as port:
        yield folder, {"ANCRAGE_SMTP": f"smtp://127.0.0.1:{port}", "ANCRAGE_BOITE": str(folder)}


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
    found = CODE.search(last_message(folder, address).text)
    assert found
    who.type("Code reçu", "0000-0000")
    who.press("Entrer")
    who.reads("Ce code n'est pas le bon")
    who.type("Code reçu", found[1])
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
