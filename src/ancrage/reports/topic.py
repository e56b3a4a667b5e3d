"""What is told of an answer: a sheet, a JSON document, a table, a map; one describer a topic."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from ancrage.errors import UnknownTaskError
from ancrage.questions.question import Answer
from ancrage.reports.audience import Audience
from ancrage.reports.cells import Links, no_links
from ancrage.reports.columns import for_keeping, for_reading
from ancrage.reports.sheet import Grid, Section, Sheet

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """How a kind of answer is told. ``model`` is the published schema of ``document``, key for key.

    ``features``: its map, as a GeoJSON collection, for a topic that has one; ``table``: what its CSV holds,
    the first table of the sheet by default; ``own``: shapes it writes its own way, by the name of a function.
    ``kept``: what a workbook alone holds, too long to be read for a page that shows its beginning.
    """

    describe: Callable[[Answer[Any]], Sheet]
    document: Callable[[Answer[Any]], Plain]
    model: type[BaseModel]
    features: Callable[[Answer[Any]], Plain] | None = None
    table: Callable[[Answer[Any]], Grid] | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    kept: Callable[[Answer[Any]], Iterable[Section]] | None = None


TOPICS: Mapping[str, str] = {
    "couverture": "ancrage.reports.coverage.sheet:TOPIC",
    "ouvertures": "ancrage.reports.siting.sheet:TOPIC",
    "tournee": "ancrage.reports.rounds.sheet:TOPIC",
    "attestation": "ancrage.reports.papers.attestation:TOPIC",
    "synthese": "ancrage.reports.papers.synthesis:TOPIC",
    "portrait": "ancrage.reports.portrait.sheet:TOPIC",
    "contrat": "ancrage.reports.contracts.sheet:TOPIC",
    "note": "ancrage.reports.papers.note:TOPIC",
    "contacts": "ancrage.reports.contacts.sheet:TOPIC",
    "besoins_vecus": "ancrage.reports.unmet.sheet:TOPIC",
    "leviers": "ancrage.reports.levers.sheet:TOPIC",
    "outil": "ancrage.reports.levers.sheet:TOPIC_OF_TOOL",
    "outil_ici": "ancrage.reports.levers.sheet:TOPIC_OF_TOOL_HERE",
    "foncier": "ancrage.reports.land.sheet:TOPIC",
    "liste_leviers": "ancrage.reports.levers.sheet:TOPIC_OF_CATALOGUE",
    "structures": "ancrage.reports.structures.sheet:TOPIC",
    "structure": "ancrage.reports.structures.sheet:TOPIC_OF_ONE",
    "apercu": "ancrage.reports.overview.topic:TOPIC",
    "diagnostic": "ancrage.reports.diagnosis.topic:TOPIC",
    "schema_diagnostic": "ancrage.reports.diagnosis.topic:TOPIC_OF_SCHEMA",
    "territoires": "ancrage.reports.territories.sheet:TOPIC_OF_FOUND",
    "liste_territoires": "ancrage.reports.territories.sheet:TOPIC_OF_FOUND",
    "territoire": "ancrage.reports.territories.sheet:TOPIC",
    "nouveautes": "ancrage.reports.changes.sheet:TOPIC",
    "communes": "ancrage.reports.territories.sheet:TOPIC_OF_COMMUNES",
    "sources": "ancrage.reports.sources.sheet:TOPIC",
    "source": "ancrage.reports.sources.sheet:TOPIC_OF_ONE",
    "etat_sources": "ancrage.reports.sources.sheet:TOPIC_OF_STATE",
    "recherche": "ancrage.reports.search.sheet:TOPIC",
    "zonage": "ancrage.reports.zonings.sheet:TOPIC",
    "zonage_ici": "ancrage.reports.zonings.sheet:TOPIC_HERE",
    "zonages": "ancrage.reports.zonings.sheet:TOPIC_OF_LIST",
    "zonages_adresse": "ancrage.reports.zonings.point:TOPIC",
    "zonages_point": "ancrage.reports.zonings.point:TOPIC",
    "zonage_declare": "ancrage.reports.zonings.sheet:TOPIC_OF_DECLARED",
    "comparaison": "ancrage.reports.comparison.topic:TOPIC",
    "dynamiques": "ancrage.reports.dynamics.topic:TOPIC",
    "eligibilite": "ancrage.reports.aids.sheet:TOPIC",
    "aide": "ancrage.reports.aids.aid:TOPIC",
    "aide_publiee": "ancrage.reports.aids.published:TOPIC",
    "aides": "ancrage.reports.aids.catalogue:TOPIC_OF_LIST",
    "recherche_aides": "ancrage.reports.aids.search:TOPIC",
    "faits": "ancrage.reports.aids.catalogue:TOPIC_OF_FACTS",
    "simulation": "ancrage.reports.aids.simulation:TOPIC",
    "survie": "ancrage.reports.survival.sheet:TOPIC",
    "survie_fichier": "ancrage.reports.survival.sheet:TOPIC_OF_FILE",
    "grille": "ancrage.reports.grid.topic:TOPIC",
    "grille_fichier": "ancrage.reports.grid.topic:TOPIC",
    "grille_texte": "ancrage.reports.grid.topic:TOPIC",
    "grille_criteres": "ancrage.reports.grid.topic:TOPIC_OF_CRITERIA",
    "financement_fichier": "ancrage.reports.financing.topic:TOPIC",
    "financement_texte": "ancrage.reports.financing.topic:TOPIC",
    "cumul": "ancrage.reports.financing.topic:TOPIC_OF_PAIRS",
    "modele_economique": "ancrage.reports.financing.model:TOPIC_OF_ACCOUNTS",
    "comptes_texte": "ancrage.reports.financing.model:TOPIC_OF_ACCOUNTS",
    "contrat_impact_fichier": "ancrage.reports.outcomes.impact:TOPIC",
    "contrat_impact_texte": "ancrage.reports.outcomes.impact:TOPIC",
    "capital_fichier": "ancrage.reports.outcomes.capital:TOPIC",
    "capital_texte": "ancrage.reports.outcomes.capital:TOPIC",
    "monographies": "ancrage.reports.monographs.topic:TOPIC",
    "monographies_cherchees": "ancrage.reports.monographs.topic:TOPIC",
    "monographie": "ancrage.reports.monographs.topic:TOPIC_OF_ONE",
    "monographies_semblables": "ancrage.reports.monographs.topic:TOPIC_OF_ALIKE",
    "cas": "ancrage.reports.cases.topic:TOPIC",
    "cas_leviers": "ancrage.reports.cases.plans:TOPIC",
    "un_cas": "ancrage.reports.cases.topic:TOPIC_OF_ONE",
    "achats": "ancrage.reports.purchases.sheet:TOPIC",
    "lots": "ancrage.reports.purchases.lots:TOPIC",
    "trousse": "ancrage.reports.purchases.kit:TOPIC",
    "spaser": "ancrage.reports.purchases.spaser:TOPIC",
    "panel": "ancrage.reports.panel.topic:TOPIC",
    "acheteur": "ancrage.reports.bought.sheet:TOPIC",
    "achats_realises": "ancrage.reports.bought.sheet:TOPIC",
    "acheteurs": "ancrage.reports.bought.buyers:TOPIC",
    "veille": "ancrage.reports.watch.topic:TOPIC",
}
PARTICULAR: Mapping[str, frozenset[str]] = {
    "geojson": frozenset({"couverture", "ouvertures", "structures", "diagnostic", "comparaison", "achats"}),
    "ics": frozenset({"eligibilite", "nouveautes", "portrait"}),
    "pptx": frozenset({"synthese"}),
}
"""The shapes that some topics alone take: told here so that the help of a command loads none of them."""


@cache
def topic_of(name: str) -> Topic:
    """The topic of a question, read when first needed. Raises :class:`UnknownTaskError`."""
    if name not in TOPICS:
        raise UnknownTaskError(
            f"« {name[:40]} » n'est pas une question.", f"Choisissez : {', '.join(TOPICS)}."
        )
    module, _, attribute = TOPICS[name].partition(":")
    found: Topic = getattr(import_module(module), attribute)
    return found


@dataclass(frozen=True)
class Telling:
    """An answer about to be told: what a renderer may read, each made when it is first wanted.

    ``links``: the address of a thing on the face that tells; ``None`` for what has no page there. ``origin``:
    what people type before these addresses, so that a paper may lead to them. ``to``: who reads.
    """

    answer: Answer[Any]
    links: Links = no_links
    to: Audience = Audience.READER
    origin: str = ""

    @property
    def address(self) -> str:
        """Where a reader of the paper finds it on the site, on its day; empty where it has no page."""
        page = self.links(self.sheet.page) if self.sheet.page and self.origin else None
        return f"{self.origin}{page}?le={self.answer.on}" if page else ""

    @property
    def topic(self) -> Topic:
        """Its topic."""
        return topic_of(self.answer.question.name)

    @cached_property
    def whole(self) -> Sheet:
        """The sheet, which says what is fictitious or sampled whoever wrote the describer."""
        return warned(self.topic.describe(self.answer), self.answer)

    @cached_property
    def sheet(self) -> Sheet:
        """What a page, a terminal or a paper shows of it."""
        return for_reading(self.whole)

    @cached_property
    def files(self) -> Sheet:
        """What a workbook holds of it."""
        more = self.topic.kept(self.answer) if self.topic.kept else ()
        return for_keeping(replace(self.whole, sections=(*self.whole.sections, *more)))

    @cached_property
    def document(self) -> Plain:
        """The JSON document."""
        return self.topic.document(self.answer)

    @cached_property
    def features(self) -> Plain:
        """The map, as GeoJSON. Raises :class:`LookupError` for a topic that has none."""
        if self.topic.features is None:
            raise LookupError(f"{self.answer.question.name} has no map")
        return self.topic.features(self.answer)

    @cached_property
    def table(self) -> Grid:
        """What its CSV holds. Raises :class:`LookupError` for a sheet without a table."""
        if self.topic.table is not None:
            return self.topic.table(self.answer)
        found = [block for part in self.files.sections for block in part.blocks if isinstance(block, Grid)]
        if not found:
            raise LookupError(f"{self.answer.question.name} has no table")
        return found[0]


def warned(sheet: Sheet, answer: Answer[Any]) -> Sheet:
    """The sheet, with what its answer says of the data it rests on."""
    return replace(
        sheet,
        fictitious=answer.fictitious,
        warnings=tuple(dict.fromkeys((*sheet.warnings, *answer.warnings, *answer.caveats))),
        on=sheet.on or answer.on,
    )
