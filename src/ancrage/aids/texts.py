"""The texts an aid rests on, once each: the official ones first, what was also read after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ancrage.aids.declaration import Aid, Version
from ancrage.declarations.texts import Basis, Text

LAW = re.compile(r"(?:^|\.)(?:legifrance\.gouv\.fr|eur-lex\.europa\.eu)$")
PUBLIC = re.compile(
    r"(?:^|\.)(?:gouv\.fr|service-public\.fr|europa\.eu|urssaf\.fr|caf\.fr|ademe\.fr|senat\.fr|bpifrance\.fr"
    r"|assemblee-nationale\.fr|banquedesterritoires\.fr|bpifrance-creation\.fr|franceactive\.org)$"
)


@dataclass(frozen=True, slots=True)
class Readings:
    """Texts in the order they are worth reading: the law, public services and the funder; then others."""

    official: tuple[Text, ...]
    others: tuple[Text, ...]


def readings(aid: Aid) -> Readings:
    """Every text of an aid, the latest versions first."""
    found = {(text.title, text.href): text for text in _texts(aid)}
    ranked = sorted(found.values(), key=lambda text: _rank(text, aid))
    return Readings(
        tuple(text for text in ranked if _rank(text, aid) < OTHER),
        tuple(text for text in ranked if _rank(text, aid) == OTHER),
    )


OTHER = 3
"""Rank of a text that is neither the law, nor a public page, nor the funder's."""


def _rank(text: Text, aid: Aid) -> int:
    host = host_of(text.href)
    if LAW.search(host):
        return 0
    if PUBLIC.search(host) or text.basis is Basis.TEXTE_LU:
        return 1
    return 2 if host and host == host_of(aid.desk.href) else OTHER


def host_of(href: str | None) -> str:
    """The host of an address, without « www. »; empty when there is none."""
    return (urlsplit(href).hostname or "").removeprefix("www.") if href else ""


def _texts(aid: Aid) -> Iterator[Text]:
    for version in reversed(aid.versions):
        yield from _of_version(version)
    if aid.cumulation and aid.cumulation.text:
        yield aid.cumulation.text


def _of_version(version: Version) -> Iterator[Text]:
    yield version.text
    amount = version.amount.text if version.amount else None
    conditions = (one.text for one in version.conditions)
    yield from filter(None, (*conditions, amount, *(one.text for one in version.deadlines)))
