"""Papers that people hand over: the zonings on a page, a territory on two, a note for a committee."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.overview import overview
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, TerritoryQuestion, Worked
from ancrage.questions.territories import TerritoryFacts
from ancrage.questions.zonings import lists_of

if TYPE_CHECKING:
    from ancrage.contacts.helping import Help
    from ancrage.diagnosis.model import Diagnosis
    from ancrage.diagnosis.overview.model import Overview
    from ancrage.territories.territory import Territory

PARTNERS = "projet"
"""The need whose contacts a committee is told of."""
OUTLINES = ("contours-communes",)
REGISTER = frozenset(
    {"sirene-etablissements", "sirene-unites-legales", "sirene-ess-numerique", "liste-ess", "siae"}
)
PLACES = ("france-services", "fabriques-de-territoire", "manufactures-de-proximite")
"""Sources of what a paper shows beside the zonings and the contacts."""


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
    """What a paper tells of a territory: its overview, and the diagnosis it rests on."""

    territory: "Territory"
    overview: "Overview"
    diagnosis: "Diagnosis"
    partners: "Help | None" = None


class SynthesisQuestion(TerritoryQuestion):
    """A territory on two pages, or as slides for a meeting. Raises what a territory raises."""

    name: ClassVar = "synthese"
    label: ClassVar = "Synthèse d’un territoire, en deux pages"
    help: ClassVar = "Résume un territoire en deux pages, ou en diapositives pour une réunion."

    def work_out(self, asking: Asking) -> Worked[PaperFacts]:
        """The overview, and the map of the diagnosis."""
        territory = self.found(asking)
        whole = diagnosed(asking, territory, outlined=asking.paged)
        facts = PaperFacts(territory, overview(asking, territory), whole)
        return Worked(facts, territory, sources=_sources(asking, facts), warnings=whole.warnings)


class NoteQuestion(TerritoryQuestion):
    """A page for a committee: who is here, what is missing, what to do. Raises what a territory raises."""

    name: ClassVar = "note"
    label: ClassVar = "Note pour le comité, en une page"
    help: ClassVar = "Écrit une note d'une page pour un comité : point ESS, zones blanches, outils, aides."

    def work_out(self, asking: Asking) -> Worked[PaperFacts]:
        """The overview, the diagnosis, and whom to bring in."""
        from ancrage.contacts.helping import help_in
        from ancrage.contacts.needs import need_named

        territory = self.found(asking)
        partners = asking.opened.atlas.keeping(help_in)(territory, need_named(PARTNERS), 1)
        whole = diagnosed(asking, territory)
        facts = PaperFacts(territory, overview(asking, territory), whole, partners)
        return Worked(facts, territory, sources=_sources(asking, facts), warnings=whole.warnings)


def _sources(asking: Asking, facts: PaperFacts) -> tuple[str, ...]:
    whole = facts.diagnosis
    used = [one.source for one in whole.zonings if one.source]
    used += OUTLINES if whole.outline else ()
    used += [one.id for one in whole.sources if one.id in REGISTER and (whole.ess or whole.inclusion)]
    called = [one.source for one in facts.overview.callers]
    helping = [one.contact.source for one in facts.partners.helpers] if facts.partners else []
    return cited(asking.opened.atlas, (*used, *called, *helping, *PLACES))
