"""Signing in through an identity provider: what it says is believed once all of it checks."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from identity_server import CLIENT, Provider

from ancrage.config.accounts import accounts
from ancrage.people.models import Membership, Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore"),
]
LEAVE, BACK = "/espace/identite/", "/espace/identite/retour/"
Enter = Callable[..., Client]


@pytest.fixture
def browser(local_mail: object) -> Client:
    return Client(SERVER_NAME="localhost")


def sent(browser: Client, **form: str) -> str:
    """Where the site sends a browser to."""
    answer = browser.post(LEAVE, form)
    assert answer.status_code == 302
    return str(answer["Location"])


def back_from(address: str, subject: str = "sub-anne", **form: str) -> str:
    """Where the provider sends a browser back to, once one said who one is there."""
    answer = httpx.post(address, data={"sub": subject, **form})
    assert answer.status_code in (302, 303), answer.text
    there = urlsplit(answer.headers["Location"])
    return f"{there.path}?{there.query}"


def come_in(browser: Client, **form: str) -> "object":
    return browser.get(back_from(sent(browser, **form)))


def test_who_the_provider_verified_comes_in_with_the_name_it_gives(
    browser: Client, identity_provider: Provider
) -> None:
    answer = browser.get(back_from(sent(browser)))
    assert (answer.status_code, answer["Location"]) == (302, "/espace/")
    assert "Bonjour Anne Martin" in browser.get("/espace/").content.decode()
    address = EmailAddress.objects.get()
    assert (address.email, address.verified) == ("anne@mairie.fr", True)
    browser.post("/espace/deconnexion/")
    come_in(browser)
    assert Person.objects.count() == 1


def test_what_leaves_carries_a_state_a_nonce_and_a_challenge_of_its_own(
    browser: Client, identity_provider: Provider
) -> None:
    first, second = (parse_qs(urlsplit(sent(browser)).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 16
        assert first[name] != second[name]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == ["http://localhost/espace/identite/retour/"]


def test_nothing_of_the_address_changes_what_is_asked_of_the_provider(
    browser: Client, identity_provider: Provider
) -> None:
    answer = browser.post(f"{LEAVE}?scope=admin&auth_params=nonce%3Dmine&process=connect", {})
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert "admin" not in asked["scope"][0]
    assert asked["nonce"] != ["mine"]


@pytest.mark.parametrize(
    "lie",
    [
        {"signed": False},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
        {"algorithm": "HS256", "key": "secret-partage-avec-le-site-de-test"},
        {"algorithm": "none"},
        {"lies": {"aud": "un-autre-site"}},
        {"lies": {"iss": "https://un.autre.fournisseur"}},
        {"lies": {"sub": "quelqu-un-d-autre"}},
        {"lies": {"exp": 1_700_000_000}},
        {"lie_in_identity": lambda claims: {**claims, "nonce": "un-autre"}},
        {"lie_in_identity": lambda claims: {one: claims[one] for one in claims if one != "nonce"}},
        {"lie_in_identity": lambda claims: {**claims, "aud": "un-autre-site"}},
        {"lie_in_identity": lambda claims: {**claims, "exp": 1_700_000_000}},
    ],
    ids=[
        "non signée",
        "signée d'une autre clé",
        "signée d'un secret partagé",
        "sans algorithme",
        "pour un autre site",
        "d'un autre fournisseur",
        "d'une autre personne",
        "périmée",
        "identité d'un autre nonce",
        "identité sans nonce",
        "identité pour un autre site",
        "identité périmée",
    ],
)
def test_what_does_not_check_lets_nobody_in(
    browser: Client, identity_provider: Provider, lie: dict[str, object]
) -> None:
    for name, value in lie.items():
        setattr(identity_provider, name, value)
    answer = browser.get(back_from(sent(browser)))
    assert answer.status_code == 401
    assert "n’a pas permis d’entrer" in answer.content.decode()
    assert browser.get("/espace/").status_code == 302
    assert not Person.objects.exists()


@pytest.fixture
def demanding(identity_provider: Provider, settings: object) -> Provider:
    """The provider, of which two levels are asked."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["identity_provider"]["APPS"]  # type: ignore[attr-defined]
    apps[0]["settings"]["acr"] = ["eidas1", "eidas2"]
    return identity_provider


@pytest.mark.parametrize("level", [None, "eidas0", "eidas", ["eidas1"]])
def test_a_level_of_assurance_that_was_not_asked_lets_nobody_in(
    browser: Client, demanding: Provider, level: object
) -> None:
    demanding.lie_in_identity = lambda claims: {**claims, **({"acr": level} if level else {})}
    answer = browser.get(back_from(sent(browser)))
    assert answer.status_code == 401
    assert "n’a pas le niveau d’assurance que ce site demande" in answer.content.decode()
    assert not Person.objects.exists()


def test_the_levels_of_assurance_are_asked_and_one_of_them_comes_in(
    browser: Client, demanding: Provider
) -> None:
    asked = json.loads(parse_qs(urlsplit(sent(browser)).query)["claims"][0])
    assert asked == {"id_token": {"acr": {"essential": True, "values": ["eidas1", "eidas2"]}}}
    demanding.lie_in_identity = lambda claims: {**claims, "acr": "eidas2"}
    assert come_in(browser)["Location"] == "/espace/"  # type: ignore[index]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (None, ["eidas1", "eidas1-mfa", "eidas2", "eidas3"]),
        ("", ["eidas1", "eidas1-mfa", "eidas2", "eidas3"]),
        ("eidas2  eidas3", ["eidas2", "eidas3"]),
        ("aucun", []),
    ],
)
def test_levels_are_those_of_the_environment_and_from_eidas1_without(
    monkeypatch: pytest.MonkeyPatch, told: str | None, asked: list[str]
) -> None:
    monkeypatch.setenv("ANCRAGE_OIDC", "https://fournisseur.example")
    monkeypatch.delenv("ANCRAGE_OIDC_NIVEAUX", raising=False)
    if told is not None:
        monkeypatch.setenv("ANCRAGE_OIDC_NIVEAUX", told)
    application = accounts(secure=True)["SOCIALACCOUNT_PROVIDERS"]["identity_provider"]["APPS"][0]
    assert application["settings"]["acr"] == asked


def test_the_keys_are_those_of_the_provider(identity_provider: Provider) -> None:
    """The test of lies proves nothing unless the truth, signed the same way, passes."""
    keys = httpx.get(f"{identity_provider.origin}/jwks").json()
    assert len(jwt.PyJWKSet.from_dict(keys).keys) == 1
    assert CLIENT


def test_a_state_of_another_browser_or_used_already_lets_nobody_in(
    browser: Client, identity_provider: Provider
) -> None:
    there = back_from(sent(browser))
    assert Client(SERVER_NAME="localhost").get(there).status_code == 401
    assert browser.get(there).status_code == 302
    browser.post("/espace/deconnexion/")
    assert browser.get(there).status_code == 401
    assert browser.get(BACK).status_code == 401


def test_giving_up_at_the_provider_is_told(browser: Client, identity_provider: Provider) -> None:
    there = back_from(sent(browser), action="deny")
    answer = browser.get(there)
    assert answer.status_code == 401
    assert "Vous avez renoncé" in answer.content.decode() or "n’a pas permis" in answer.content.decode()


def test_an_address_verified_on_both_sides_links_to_the_person_who_has_it(
    enter: Enter, browser: Client, identity_provider: Provider
) -> None:
    enter("anne@mairie.fr", name="Anne")
    come_in(browser)
    assert Person.objects.count() == 1
    assert SocialAccount.objects.get().user == Person.objects.get()


@pytest.mark.parametrize("said", [False, None, "", "false"])
def test_an_address_that_the_provider_did_not_verify_links_to_nobody(
    enter: Enter, browser: Client, identity_provider: Provider, said: object
) -> None:
    enter("anne@mairie.fr", name="Anne")
    identity_provider.claims["email_verified"] = said
    come_in(browser)
    assert Person.objects.count() == 2
    assert EmailAddress.objects.count() == 1
    stranger = SocialAccount.objects.get().user
    assert not EmailAddress.objects.filter(user=stranger).exists()


def test_one_links_the_provider_to_ones_own_account(enter: Enter, identity_provider: Provider) -> None:
    identity_provider.claims["email_verified"] = False
    anne = enter("anne@mairie.fr", name="Anne")
    assert come_in(anne, next="/espace/compte/")["Location"] == "/espace/compte/"  # type: ignore[index]
    assert SocialAccount.objects.get().user == Person.objects.get()


def test_an_erased_person_does_not_come_back_through_the_provider(
    browser: Client, identity_provider: Provider
) -> None:
    come_in(browser)
    browser.post("/espace/compte/effacer/", {"mot": "effacer"})
    come_in(browser)
    assert Person.objects.filter(erased_at=None).count() == 1
    assert Person.objects.count() == 2


def test_the_establishment_that_the_provider_names_proves_the_belonging(
    browser: Client, identity_provider: Provider
) -> None:
    come_in(browser)
    browser.post("/espace/organisations/choisir/", {"code": "200067189", "fonction": "agent"})
    member = Membership.objects.get()
    assert (member.standing, member.proof) == ("confirmee", "fournisseur d’identité")


def test_a_provider_that_calls_itself_by_another_name_is_not_asked(
    browser: Client, identity_provider: Provider
) -> None:
    identity_provider.metadata["issuer"] = "https://un.autre.fournisseur"
    assert browser.post(LEAVE, {}).status_code == 401


def test_without_a_provider_nothing_answers_there(browser: Client) -> None:
    assert browser.post(LEAVE, {}).status_code == 404
    assert browser.get(BACK).status_code == 404
    assert "ProConnect" not in browser.get("/espace/connexion/").content.decode()


def test_a_provider_that_does_not_answer_is_told(
    browser: Client, identity_provider: Provider, settings: object
) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["identity_provider"]["APPS"]  # type: ignore[attr-defined]
    apps[0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = browser.post(LEAVE, {})
    assert answer.status_code == 401
    assert "ProConnect" in answer.content.decode()
