"""The texts that an aid, a tool or a zoning rests on: which are cited, how their articles are worded."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Protocol, Self

from django.conf import settings
from pydantic import Field, model_validator

from ancrage.aids.catalogue import get_aid
from ancrage.changes.noting import Noted, Reading, Sort, Standing
from ancrage.changes.rewording import WORDING
from ancrage.edition.opened import Opened
from ancrage.errors import InvalidQuestionError
from ancrage.language.days import day as day_words
from ancrage.levers.catalogue import get_tool, read_levers
from ancrage.questions.fields import Asked
from ancrage.questions.question import Question
from ancrage.statutes.citations import citations
from ancrage.statutes.gathering import cited_texts
from ancrage.statutes.wordings import Wording, copies_in, wordings
from ancrage.territories.zonings.declaration import get_zoning

NO_COPY = (
    "ce site ne lit aucune copie publique du droit : vous serez prévenu quand un texte sera cité ou ne le "
    "sera plus, pas quand la rédaction d’un article changera. La personne qui le publie peut en donner une."
)
LOOKED_BACK = timedelta(days=400)
Name = Annotated[str, Field(max_length=200)]


class CitedOn(Protocol):
    """What every cited text says."""

    @property
    def title(self) -> str:
        """Its title, which names the articles."""

    @property
    def href(self) -> str | None:
        """Where it is read."""

    @property
    def published_on(self) -> date | None:
        """The day of its publication."""


class TextsQuestion(Question):
    """The texts cited by an aid, a tool or a zoning. Raises ``InvalidQuestionError`` for none or several."""

    name: ClassVar = "textes_cites"
    label: ClassVar = "Les textes cités"
    help: ClassVar = "Les textes sur lesquels repose une aide, un outil ou un zonage, et leur rédaction."

    aid: Annotated[Name | None, Asked(name="aide", label="Aide", help="Son identifiant.")] = None
    tool: Annotated[Name | None, Asked(name="outil", label="Outil", help="Son numéro.")] = None
    zoning: Annotated[Name | None, Asked(name="zonage", label="Zonage", help="Son identifiant.")] = None

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if sum(one is not None for one in (self.aid, self.tool, self.zoning)) != 1:
            raise InvalidQuestionError([("question", "dites une aide, un outil ou un zonage, et un seul")])
        return self


def texts_noted(question: Any, _opened: Opened, on: date, _gone_since: date) -> Reading:
    """Each text cited, then each of its articles that a copy of the law holds."""
    texts = {text.title: text for text in _texts(question)}
    articles = dict.fromkeys(one for title in texts for one in citations(title))
    copies = copies_in(settings.LAW_COPIES)
    found = wordings(copies, articles, on=on, back_to=on - LOOKED_BACK)
    told = (*map(_cited, texts.values()), *_articles(found, texts.values()))
    return {one.key: one for one in told}


def texts_label(question: Any, _place: str) -> str:
    """« Textes de l’aide : FDVA »."""
    if question.aid is not None:
        return f"Textes de l’aide : {_aid(question.aid).name}"
    if question.tool is not None:
        return f"Textes de l’outil : {get_tool(question.tool).name}"
    return f"Textes du zonage : {get_zoning(question.zoning).label}"


def _texts(question: Any) -> Iterator[CitedOn]:
    """Raises what an aid, a tool or a zoning that does not exist raises."""
    if question.zoning is not None:
        zoning = get_zoning(question.zoning)
        yield from (zoning.definition, *(one.text for one in zoning.editions))
        return
    wanted = _places(question)
    yield from (one.text for one in cited_texts() if one.where in wanted)


def _places(question: Any) -> frozenset[str]:
    if question.aid is not None:
        identifier = _aid(question.aid).id
        return frozenset((f"aide {identifier}", f"aide {identifier}, demande"))
    names = get_tool(question.tool).texts & read_levers().texts.keys()
    return frozenset(f"levier, texte {name}" for name in names)


def _aid(identifier: str) -> Any:
    return get_aid(identifier)


def _cited(text: CitedOn) -> Noted:
    told = (("Référence", text.title), ("Adresse", text.href or ""))
    return Noted(
        key=f"texte:{sha256(text.title.encode()).hexdigest()[:20]}",
        sort=Sort.TEXTE,
        label=text.title,
        parts=tuple((name, words) for name, words in told if words),
        title=text.title,
        href=text.href or "",
    )


def _articles(found: Iterable[Wording], texts: Iterable[CitedOn]) -> Iterator[Noted]:
    citing = {one: text for text in texts for one in citations(text.title)}
    for one in found:
        yield _article(one, citing.pop(one.citation))
    for citation, text in citing.items():  # of no copy: how it is worded is not known
        yield Noted(f"article:{citation}", Sort.TEXTE, str(citation), Standing.INCONNU, title=text.title)


def _article(one: Wording, text: CitedOn) -> Noted:
    """An article that is not there is over: it may have been repealed."""
    changes = day_words(one.changes_on) if one.changes_on else ""
    told = ((WORDING, one.words), ("Changera le", changes))
    return Noted(
        key=f"article:{one.citation}",
        sort=Sort.TEXTE,
        label=str(one.citation),
        standing=Standing.OUI if one.words else Standing.FINI,
        parts=tuple((name, words) for name, words in told if words),
        since=one.since,
        title=text.title,
        href=text.href or "",
    )
