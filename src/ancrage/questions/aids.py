"""The catalogue of aids: one of them, all of them, those that words find; the facts its rules read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, model_validator

from ancrage.aids.vocabulary import Nature, Theme
from ancrage.errors import UnknownAidError
from ancrage.facts.situation import Audience
from ancrage.questions.fields import Asked, Flag, Number, PlaceText
from ancrage.questions.paging import LARGEST_PAGE, Limit, Page, page_of_sorted
from ancrage.questions.question import Asking, DatedQuestion, Question, Worked

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.aids.answering import AidAnswer
    from ancrage.aids.declaration import Aid, Version
    from ancrage.aids.desks import LocalDesk
    from ancrage.aids.imports.imported import ImportedAid
    from ancrage.aids.imports.shelf import Shelf
    from ancrage.aids.search.index import AidIndex
    from ancrage.aids.search.question import Answer as Found
    from ancrage.aids.search.question import Question as Search
    from ancrage.edition.opened import Opened
    from ancrage.facts.declaration import Fact

SHOWN = 10
"""Aids of a search on a screen; a file holds them all."""
ForWhom = Annotated[
    Audience | None,
    Asked(
        name="public",
        label="Pour qui",
        help="Seulement les aides ouvertes à ce public : structure, collectivite, porteur ou personne.",
        example="structure",
    ),
]
About = Annotated[
    Theme | None,
    Asked(name="theme", label="Thème", help="Seulement ce thème : emploi, finance…", example="emploi"),
]
Kind = Annotated[
    Nature | None,
    Asked(
        name="nature",
        label="Nature",
        help="Seulement cette nature d'aide : subvention, pret, garantie…",
        example="subvention",
    ),
]


@dataclass(frozen=True, slots=True, eq=False)
class AidFacts:
    """An aid, its version of the day (``None`` when none is in force), whom to call where the reader is."""

    aid: "Aid"
    version: "Version | None"
    desk: "LocalDesk"
    placed: bool


class AidQuestion(DatedQuestion):
    """An aid of the catalogue, on a day. Raises ``UnknownAidError``."""

    name: ClassVar = "aide"
    label: ClassVar = "Une aide"
    help: ClassVar = "Montre une aide : à qui, combien, ses versions, ses textes, ses échéances, ses cas."

    aid: Annotated[
        str,
        Field(max_length=100),
        Asked(
            name="aide",
            label="Aide du catalogue",
            help="urgencess, pec, dla, ptce_phase2…",
            example="urgencess",
            metavar="ID",
            argument=True,
        ),
    ]

    territory: Annotated[
        PlaceText | None,
        Asked(
            name="territoire",
            label="Territoire",
            help="Où vous êtes : le guichet qui y répond est donné.",
            example="23077",
            metavar="CODE",
            place=True,
        ),
    ] = None

    def work_out(self, asking: Asking) -> Worked[AidFacts]:
        """The aid, and whom to call about it."""
        from ancrage.aids.catalogue import get_aid
        from ancrage.aids.desks import directory_of, local_desk, places_of
        from ancrage.contacts.finding import Contacts
        from ancrage.facts.territory import facts_of_place
        from ancrage.territories.resolving import resolve

        found, on, atlas = get_aid(self.aid), self.on or asking.on, asking.opened.atlas
        territory = None if self.territory is None else resolve(atlas, self.territory, on=on)
        here = facts_of_place(atlas, territory) if territory else {}
        places = places_of(here) or tuple(code for code in found.territory.includes if code != "fr")
        town = territory.name if territory else ""
        directory = directory_of(Contacts(atlas.warehouse), places, [found.desk.told], town=town)
        desk = local_desk(found.desk.told, directory)
        return Worked(AidFacts(found, found.version_on(on), desk, bool(places)), territory)


@dataclass(frozen=True, slots=True, eq=False)
class PublishedFacts:
    """An aid that others publish: its answer where the reader is, whom to call, the words of its facts."""

    aid: "ImportedAid"
    answer: "AidAnswer"
    desk: "LocalDesk"
    labels: Mapping[str, str]

    def label(self, fact: str) -> str:
        """A fact that its rules read, in words."""
        return self.labels.get(fact, fact)


class PublishedAidQuestion(DatedQuestion):
    """An aid that others publish, on a day. Raises ``UnknownAidError``, and what a territory raises."""

    name: ClassVar = "aide_publiee"
    label: ClassVar = "Une aide publiée par d’autres"
    help: ClassVar = "Montre une aide publiée par d'autres : sa fenêtre, ses conditions, son guichet."

    aid: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="aide",
            label="Aide publiée",
            help="Son identifiant : mte:…, at:…, dge:…",
            example="mte:diag-ecoconception",
            metavar="ID",
            argument=True,
        ),
    ]
    territory: Annotated[
        PlaceText | None,
        Asked(
            name="territoire",
            label="Territoire",
            help="Où vous êtes : ce qui en dépend est répondu.",
            example="23077",
            metavar="CODE",
            place=True,
        ),
    ] = None

    def work_out(self, asking: Asking) -> Worked[PublishedFacts]:
        """The aid, by its own rules."""
        from ancrage.aids.catalogue import get_aid
        from ancrage.aids.desks import local_desk
        from ancrage.aids.imports.alone import answered_alone
        from ancrage.facts.situation import completed
        from ancrage.facts.territory import facts_of_place
        from ancrage.territories.resolving import resolve

        opened, on = asking.opened, self.on or asking.on
        shelf = {aid.id: aid for aid in opened.shelf.aids()}
        if self.aid not in shelf:
            get_aid(self.aid)
            raise UnknownAidError(
                f"« {self.aid} » est une aide du catalogue, non une aide publiée par d'autres.",
                "Montrez-la par son identifiant.",
            )
        territory = None if self.territory is None else resolve(opened.atlas, self.territory, on=on)
        here = completed(facts_of_place(opened.atlas, territory), on=on) if territory else {}
        group = index_of(opened).documents[self.aid].group
        same = [one.id for one in index_of(opened).documents.values() if one.group == group]
        twins = [shelf[one] for one in same if one in shelf and one != self.aid]
        answer, labels = answered_alone(shelf[self.aid], twins, here, on=on)
        desk = local_desk(answer.entry.desk, {})
        return Worked(PublishedFacts(shelf[self.aid], answer, desk, labels), territory)


class AidListQuestion(DatedQuestion):
    """The catalogue, by identifier."""

    name: ClassVar = "aides"
    label: ClassVar = "Catalogue des aides"
    help: ClassVar = "Liste les aides du catalogue, avec leur état du jour."

    audience: ForWhom = None
    theme: About = None
    nature: Kind = None
    limit: Limit = None

    def work_out(self, asking: Asking) -> "Worked[Page[Aid]]":
        """The aids that answer to the filters."""
        from ancrage.aids.catalogue import load_aids

        wanted = [
            aid
            for _, aid in sorted(load_aids().items())
            if (self.audience is None or self.audience in aid.audience)
            and (self.theme is None or self.theme in aid.themes)
            and (self.nature is None or self.nature is aid.nature)
        ]
        return Worked(page_of_sorted(wanted, asking, self.limit, key=lambda aid: aid.id))


class FactListQuestion(Question):
    """The facts that the rules of aids and levers read."""

    name: ClassVar = "faits"
    label: ClassVar = "Faits déclarés"
    help: ClassVar = "Liste les faits déclarés : type, unité, question, provenance, confidentialité."

    limit: Limit = None

    def work_out(self, asking: Asking) -> "Worked[Page[Fact]]":
        """The facts, by identifier."""
        from ancrage.facts.declaration import load_facts

        found = sorted(load_facts().values(), key=lambda fact: fact.id)
        return Worked(page_of_sorted(found, asking, self.limit, key=lambda fact: fact.id))


@dataclass(frozen=True, slots=True, eq=False)
class AidSearchFacts:
    """What was found, what was looked for, and what our aids give whoever asks, that day."""

    found: "Found"
    search: "Search"
    given: "Mapping[str, AidAnswer]"


class AidSearchQuestion(DatedQuestion):
    """Aids of the catalogue and imported ones that words find, the best first.

    With a day, only those in force on it, unless it is said otherwise. Raises what a territory raises.
    """

    name: ClassVar = "recherche_aides"
    label: ClassVar = "Recherche d’aides"
    help: ClassVar = (
        "Cherche des aides par des mots, même mal tapés ; avec --on, celles en vigueur ce jour-là."
    )

    text: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="q",
            label="Mots",
            help="Des mots : trésorerie, tiers-lieux, épicerie rurale…",
            example="trésorerie",
            metavar="TEXTE",
            argument=True,
        ),
    ] = ""
    territory: Annotated[
        PlaceText | None,
        Asked(
            name="territoire",
            label="Territoire",
            help="Seulement les aides ouvertes là : 23077, dep:23…",
            example="23077",
            metavar="CODE",
            place=True,
        ),
    ] = None
    audience: ForWhom = None
    theme: About = None
    nature: Kind = None
    in_force: Annotated[
        Flag | None,
        Asked(
            name="ouvertes",
            label="Seulement celles en vigueur ce jour-là",
            help="Seulement celles en vigueur ce jour-là ; d'office quand un jour est donné.",
            example="oui",
        ),
    ] = None
    closing_in: Annotated[
        int | None,
        Number,
        Field(ge=0, le=3660),
        Asked(
            name="cloture",
            label="Se ferment dans (jours)",
            help="Seulement celles dont le dernier jour vient dans ce nombre de jours.",
            example=90,
        ),
    ] = None
    funder: Annotated[
        str | None,
        Field(max_length=100),
        Asked(
            name="financeur",
            label="Financeur",
            help="Seulement celles de ce financeur : région, ADEME, CAF…",
            example="ADEME",
        ),
    ] = None
    least_eur: Annotated[
        int | None,
        Number,
        Field(ge=0, le=10**12),
        Asked(
            name="montant",
            label="Montant d’au moins (euros)",
            help="Seulement celles qui disent une somme d'au moins tant d'euros ; "
            "celles qui n'en disent aucune sont laissées de côté.",
            example=10000,
        ),
    ] = None
    limit: Annotated[
        int | None,
        Number,
        Field(ge=1, le=LARGEST_PAGE),
        Asked(
            name="limite",
            label="Aides au plus",
            help=f"Aides au plus ; {SHOWN} à l'écran, toutes en fichier.",
            example=20,
        ),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _said(cls, told: Any) -> Any:
        """Whether only those in force are asked, said once for all: a settled question always has a day."""
        if isinstance(told, Mapping) and told.get("in_force") is None:
            dated = told.get("on") is not None or told.get("closing_in") is not None
            return {**told, "in_force": dated}
        return told

    def work_out(self, asking: Asking) -> Worked[AidSearchFacts]:
        """The search."""
        from ancrage.aids.search.querying import search
        from ancrage.aids.search.question import Question as Search
        from ancrage.aids.search.territories import coverage_codes
        from ancrage.territories.resolving import resolve

        on = self.on or asking.on
        territory = None if self.territory is None else resolve(asking.opened.atlas, self.territory, on=on)
        where = coverage_codes(territory) if territory else frozenset[str]()
        open_only = self.in_force or self.closing_in is not None
        day, index = on if open_only else None, index_of(asking.opened)
        wanted = Search(
            self.text,
            where,
            self.audience,
            self.theme,
            self.nature,
            day,
            self.limit or (len(index.documents) if asking.paged else SHOWN),
            self.closing_in,
            self.funder or "",
            self.least_eur,
        )
        given = _given(on, asking.opened.shelf, asking.opened.cache)
        return Worked(AidSearchFacts(search(index, wanted), wanted, given), territory)


def index_of(opened: "Opened") -> "AidIndex":
    """The index of the aids of an edition, those imported by hand since included."""
    return _index_of(opened.shelf, opened.cache)


@lru_cache(maxsize=4)
def _given(on: date, shelf: "Shelf", cache: "Path") -> "Mapping[str, AidAnswer]":
    from ancrage.aids.opening import open_day
    from ancrage.facts.situation import completed

    answers = open_day(on, cache=cache, shelf=shelf).answers(completed({}, on=on))
    return {one.entry.id: one for one in answers if one.entry.ours}


@lru_cache(maxsize=1)
def _index_of(shelf: "Shelf", cache: "Path") -> "AidIndex":
    from ancrage.aids.search.gathering import gather
    from ancrage.aids.search.index import open_index

    return open_index(gather(shelf), cache)
