"""What every message looks like when it arrives: plain text and a page, the same words, links to press."""

import email
import email.policy
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ancrage.people.envelope import enclosed, leave
from ancrage.people.mailbox import LINK
from post_office import sent_to

SITE, WHO = "https://ancrage.example.org", "anne.o'neil@mairie.fr"
WORDS = f"""Bonjour,

L'aide d'ici a changé.

L'essentiel
===========

* <b>L'atelier</b> d'Ahun : entre.
  Sa page : {SITE}/aides/l'une/
Pourquoi ce message : d'hier.

Elle sert une fois, jusqu'au 3 mars. C'est l'adresse :

    {SITE}/entrer/abc-d:e/

Arrêter ces messages :

    {SITE}/arret/1/

Le code :

    1234-5678

Son texte https://legifrance.example/l'article?a=1&b=2 et le joindre : {WHO}"""


class Seen(HTMLParser):
    """Tags, addresses and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.links, self.text = list[tuple[str, dict[str, Any]]](), list[str](), ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.django_db
def test_a_message_arrives_as_text_and_as_a_page_with_the_same_words_and_links(
    local_mail: Path, settings: Any
) -> None:
    settings.SITE_ORIGIN = SITE
    stop = f"{SITE}/arret/1/"
    assert leave(enclosed("L'alerte\nd'ici", WORDS, WHO, identity="<alerte-1-2@x>", stop=stop))
    (file,) = local_mail.glob("*.eml")
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (message.get_content_type(), message["Subject"]) == ("multipart/alternative", "L’alerte d’ici")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (message["Message-ID"], message["List-Unsubscribe"]) == ("<alerte-1-2@x>", f"<{stop}>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    told = sent_to(local_mail, WHO)[0]
    assert "L’aide d’ici a changé" in told.text
    assert f"\n    {SITE}/entrer/abc-d:e/\n" in told.text
    assert told.text.endswith(
        f"\n-- \nAncrage, {SITE}\nCe message a été envoyé automatiquement ; n’y répondez pas.\n"
    )
    html = message.get_body(("html",))
    assert html is not None
    seen = Seen(html.get_content())
    assert set(seen.links) == {*LINK.findall(told.text), f"mailto:{WHO}"}
    assert f"{SITE}/aides/l'une/" in seen.links
    assert ("html", {"lang": "fr", "dir": "ltr"}) in seen.tags
    assert {tag for tag, _ in seen.tags}.isdisjoint({"img", "link", "script", "b", "table"})
    assert not re.search(r"background|(?<!-)color\s*:\s*#|url\(", html.get_content())
    for words in ("<b>L’atelier</b> d’Ahun", "Arrêter ces messages", "Ouvrir la page", "1234-5678"):
        assert words in seen.text


@pytest.mark.django_db
def test_what_may_be_answered_does_not_ask_for_no_answer(local_mail: Path) -> None:
    assert leave(enclosed("Bonjour", "Bonjour,", "a@b.fr", reply_to=WHO))
    told = sent_to(local_mail, "a@b.fr")[0].text
    assert told.endswith("automatiquement.\n")
    (file,) = local_mail.glob("*.eml")
    assert f"Reply-To: {WHO}" in file.read_text("utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["L'été", "Court", f"{'Un très long sujet '.strip()} " * 8])
def test_a_subject_begins_on_its_line_however_long(subject: str, local_mail: Path) -> None:
    assert leave(enclosed(subject, "Bonjour,", "a@b.fr"))
    assert sent_to(local_mail, "a@b.fr")[0].subject == " ".join(subject.replace("'", "’").split())
