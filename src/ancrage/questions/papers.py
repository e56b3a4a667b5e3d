"""Papers that people hand over: the zonings on a page, a territory on two, a note for a committee."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.errors import SetDefinitionError
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, one_of
from ancrage.questions.overview import overview
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.questions.territories import TerritoryFacts
from ancrage.questions.zonings import lists_of
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from ancrage.contacts.helping import Help
    from ancrage.diagnosis.model import Diagnosis, TerritoryAid
    from ancrage.diagnosis.overview.model import Overview
    from ancrage.territories.territory import Territory

WITHOUT_AUTHORITY = (Kind.CRTE, Kind.QPV, Kind.EPT)
MOST_ASKED = 6
"""Intercommunalités of a contract whose aids are looked at."""
PARTNERS = "projet"
"""The need whose contacts a committee is told of."""
OUTLINES = ("contours-communes",)
REGISTER = frozenset(
    {"sirene-etablissements", "sirene-unites-legales", "sirene-ess-numerique", "liste-ess", "siae"}
)
PLACES = ("france-services", "fabriques-de-territoire", "manufactures-de-proximite")
"""Sources of what a paper shows beside the zonings and the contacts."""


class Annex(StrEnum):
    """What a paper may be followed by, of the whole report."""

    ZONAGES = "zonages"
    STRUCTURES = "structures"
    COMPARAISON = "comparaison"
    AIDES = "aides"
    ACCOMPAGNEMENT = "accompagnement"
    SOURCES = "sources"

    @property
    def label(self) -> str:
        """In French."""
        return ANNEXES[self]


ANNEXES = {
    Annex.ZONAGES: "Zonages et programmes, avec leurs textes",
    Annex.STRUCTURES: "Familles, activités et structures d’insertion",
    Annex.COMPARAISON: "Comparaison et territoires semblables",
    Annex.AIDES: "Aides de la collectivité et des structures",
    Annex.ACCOMPAGNEMENT: "Accompagnement, durée de vie, leviers",
    Annex.SOURCES: "Ce qui manque, et toutes les sources",
}
AnnexField = Annotated[
    tuple[Annotated[Annex, one_of(Annex, SetDefinitionError, "« {} » n'est pas une annexe.")], ...],
    Field(max_length=len(ANNEXES)),
    Asked(
        name="annexe",
        label="Annexes",
        help=f"À la suite du document : {', '.join(Annex)} ; répétable.",
    ),
]


class AttestationQuestion(TerritoryQuestion):
    """What every zoning says of a territory, with its text, on one page. Raises what a territory raises."""

    name: ClassVar = "attestation"
    label: ClassVar = "Zonages d’un territoire, en une page"
    help: ClassVar = (
        "Atteste les zonages d'un territoire, sur une page : réponse, depuis quand, sur quel texte."
    )

    def work_out(self, asking: Asking) -> Worked[TerritoryFacts]:
        """The territory and its zonings."""
        from ancrage.territories.zonings.answering import answer_all

        territory = self.found(asking)
        zonings = answer_all(asking.opened.atlas, territory)
        return Worked(TerritoryFacts(territory, zonings), territory, sources=lists_of(asking, zonings))


@dataclass(frozen=True, slots=True, eq=False)
class PaperFacts:
    """What a paper tells of a territory: its overview, the diagnosis it rests on, the aids of who acts."""

    territory: "Territory"
    overview: "Overview"
    diagnosis: "Diagnosis"
    aids: "tuple[TerritoryAid, ...]" = ()
    partners: "Help | None" = None


class SynthesisQuestion(TerritoryQuestion):
    """A territory on two pages, or as slides for a meeting. Raises what a territory raises."""

    name: ClassVar = "synthese"
    label: ClassVar = "Synthèse d’un territoire, en deux pages"
    help: ClassVar = "Résume un territoire en deux pages, ou en diapositives pour une réunion."

    annexes: AnnexField = ()

    def work_out(self, asking: Asking) -> Worked[PaperFacts]:
        """The overview, and the map of the diagnosis."""
        territory = self.found(asking)
        facts = paper_of(asking, territory, outlined=asking.paged)
        return Worked(facts, territory, sources=sources_of(asking, facts), warnings=facts.diagnosis.warnings)


class NoteQuestion(TerritoryQuestion):
    """A page for a committee: who is here, what is missing, what to do. Raises what a territory raises."""

    name: ClassVar = "note"
    label: ClassVar = "Note pour le comité, en une page"
    help: ClassVar = "Écrit une note d'une page pour un comité : point ESS, zones blanches, outils, aides."

    annexes: AnnexField = ()

    def work_out(self, asking: Asking) -> Worked[PaperFacts]:
        """The overview, the diagnosis, and whom to bring in."""
        territory = self.found(asking)
        facts = paper_of(asking, territory, partners=True)
        return Worked(facts, territory, sources=sources_of(asking, facts), warnings=facts.diagnosis.warnings)


def paper_of(
    asking: Asking, territory: "Territory", *, outlined: bool = False, partners: bool = False
) -> PaperFacts:
    """What a paper tells of a territory. ``partners``: whom to bring in as well."""
    from ancrage.contacts.helping import help_in
    from ancrage.contacts.needs import need_named

    helping = asking.opened.atlas.keeping(help_in)
    return PaperFacts(
        territory,
        overview(asking, territory),
        diagnosed(asking, territory, outlined=outlined),
        aids_here(asking, territory),
        helping(territory, need_named(PARTNERS), 1) if partners else None,
    )


def aids_here(asking: Asking, territory: "Territory") -> "tuple[TerritoryAid, ...]":
    """Aids of the authority of a territory; of its intercommunalités where it has none of its own."""
    own = tuple(one for one in diagnosed(asking, territory).aids if one.for_whom == "collectivite")
    if own or territory.kind not in WITHOUT_AUTHORITY:
        return own
    found: dict[str, TerritoryAid] = {}
    for epci, _ in intercommunalites(asking, territory)[:MOST_ASKED]:
        for aid in diagnosed(asking, epci).aids:
            if aid.for_whom == "collectivite":
                found.setdefault(aid.id, aid)
    return tuple(found.values())


def intercommunalites(asking: Asking, territory: "Territory") -> "tuple[tuple[Territory, int], ...]":
    """The intercommunalités of a territory, each with how many of its communes, the most first."""
    from ancrage.territories.codes import TerritoryCode
    from ancrage.territories.resolving import whole

    atlas = asking.opened.atlas
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        f"SELECT c.epci, count(*) AS communes FROM commune c WHERE {where} AND c.epci IS NOT NULL "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        parameters,
    )
    return tuple(
        (whole(atlas, TerritoryCode(Kind.EPCI, row["epci"]), on=territory.on), row["communes"])
        for row in rows
    )


def sources_of(asking: Asking, facts: PaperFacts) -> tuple[str, ...]:
    """The sources of what a paper shows."""
    whole = facts.diagnosis
    used = [one.source for one in whole.zonings if one.source]
    used += OUTLINES if whole.outline else ()
    used += [one.id for one in whole.sources if one.id in REGISTER and (whole.ess or whole.inclusion)]
    called = [one.source for one in facts.overview.callers]
    helping = [one.contact.source for one in facts.partners.helpers] if facts.partners else []
    found = cited(asking.opened.atlas, (*used, *called, *helping, *PLACES))
    return tuple(dict.fromkeys(found))
