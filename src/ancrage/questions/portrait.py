"""« L'ESS d'ici »: the public portrait of a territory, and the papers one makes of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from ancrage.errors import SetDefinitionError
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, one_of
from ancrage.questions.overview import overview
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from ancrage.cases.case import Case
    from ancrage.diagnosis.model import Diagnosis
    from ancrage.diagnosis.overview.model import Overview
    from ancrage.diagnosis.positions import Positions
    from ancrage.portrait.agenda import Happening
    from ancrage.portrait.consent import Consent
    from ancrage.questions.question import Answer
    from ancrage.territories.territory import Territory

REGISTER = frozenset(
    {"sirene-etablissements", "sirene-unites-legales", "sirene-ess-numerique", "liste-ess", "siae"}
)


class Paper(StrEnum):
    """What is made of the portrait."""

    PORTRAIT = "portrait"
    ARTICLE = "article"
    AFFICHE = "affiche"
    AFFICHE_A4 = "affiche-a4"
    MESSAGES = "messages"
    COMMUNIQUE = "communique"

    @property
    def label(self) -> str:
        """In French."""
        return PAPERS[self]


PAPERS = {
    Paper.PORTRAIT: "Portrait",
    Paper.ARTICLE: "Article pour le bulletin municipal",
    Paper.AFFICHE: "Affiche (A3)",
    Paper.AFFICHE_A4: "Affiche (A4)",
    Paper.MESSAGES: "Messages pour les réseaux sociaux",
    Paper.COMMUNIQUE: "Communiqué de presse",
}


@dataclass(frozen=True, slots=True, eq=False)
class PortraitFacts:
    """What the portrait tells: the figures of the diagnosis, who agreed to be named, what happens."""

    territory: "Territory"
    overview: "Overview"
    diagnosis: "Diagnosis"
    consent: "Consent"
    agenda: "tuple[Happening, ...]"
    campaigns: "tuple[Case, ...]" = ()
    positions: "Positions | None" = None

    @property
    def needs(self) -> "tuple[tuple[str, str], ...]":
        """Who says a need, and which."""
        return tuple((one.name, one.need) for one in self.consent.shown if one.need)


class PortraitQuestion(TerritoryQuestion):
    """The ESS of a territory, told to all. Raises what a territory raises.

    What ateliers and their members wrote is read with it: it is no question of an edition alone.
    """

    name: ClassVar = "portrait"
    label: ClassVar = "L’ESS d’ici, portrait d’un territoire"
    help: ClassVar = (
        "Fait le portrait de l'ESS d'un territoire, et l'article, l'affiche, le communiqué qu'on en tire."
    )
    counts: ClassVar = True
    living: ClassVar = True

    paper: Annotated[
        Annotated[Paper, one_of(Paper, SetDefinitionError, "« {} » n'est pas un document du portrait.")],
        Asked(
            name="document",
            label="Document",
            help=f"Ce qu'on en fait : {', '.join(Paper)}.",
            example="article",
            metavar="DOCUMENT",
        ),
    ] = Paper.PORTRAIT

    def work_out(self, asking: Asking) -> Worked[PortraitFacts]:
        """The figures of the diagnosis, then what people agreed to tell."""
        from ancrage.cases.finding import campaigns_in
        from ancrage.diagnosis.positions import positions_of
        from ancrage.portrait.agenda import agenda_of
        from ancrage.portrait.consent import consents_in

        atlas, territory = asking.opened.atlas, self.found(asking)
        consent = consents_in(atlas, territory)
        facts = PortraitFacts(
            territory,
            overview(asking, territory),
            diagnosed(asking, territory, outlined=asking.paged),
            consent,
            agenda_of(atlas, territory, on=self.on or asking.on),
            campaigns_in(atlas, territory) if consent.known else (),  # no workspace is read otherwise
            positions_of(atlas, territory) if asking.paged else None,
        )
        made_up = any(one.fictitious for one in facts.agenda)
        made_up |= any(one.fictitious for one in facts.consent.shown)
        return Worked(
            facts,
            territory,
            sources=sources_of(asking, facts),
            warnings=facts.diagnosis.warnings,
            fictitious=made_up,
        )


def sources_of(asking: Asking, facts: PortraitFacts) -> tuple[str, ...]:
    """The sources of the figures, then of what is announced."""
    whole = facts.diagnosis
    used = [one.id for one in whole.sources if one.id in REGISTER and (whole.ess or whole.inclusion)]
    used += ["contours-communes"] if whole.outline else []
    return tuple(dict.fromkeys(cited(asking.opened.atlas, used)))


def counted(answer: "Answer[PortraitFacts]") -> bool:
    """Whether its figures are counts: a sample is none, and nothing made up is told as one."""
    return not answer.caveats
