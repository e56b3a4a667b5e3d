"""Every question by its name, each read from its module when it is first needed."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from ancrage.errors import UnknownTaskError
from ancrage.questions.question import Question

QUESTIONS: Mapping[str, str] = {
    "couverture": "ancrage.questions.coverage:CoverageQuestion",
    "ouvertures": "ancrage.questions.openings:OpeningsQuestion",
    "tournee": "ancrage.questions.rounds:RoundQuestion",
    "attestation": "ancrage.questions.papers:AttestationQuestion",
    "synthese": "ancrage.questions.papers:SynthesisQuestion",
    "portrait": "ancrage.questions.portrait:PortraitQuestion",
    "contrat": "ancrage.questions.contracts:ContractQuestion",
    "note": "ancrage.questions.papers:NoteQuestion",
    "contacts": "ancrage.questions.contacts:ContactsQuestion",
    "besoins_vecus": "ancrage.questions.unmet:LivedNeedsQuestion",
    "leviers": "ancrage.questions.levers:LeversQuestion",
    "outil": "ancrage.questions.levers:ToolQuestion",
    "outil_ici": "ancrage.questions.levers:ToolHereQuestion",
    "foncier": "ancrage.questions.land:LandQuestion",
    "liste_leviers": "ancrage.questions.levers:LeverListQuestion",
    "structures": "ancrage.questions.structures:StructuresQuestion",
    "structure": "ancrage.questions.structures:StructureQuestion",
    "apercu": "ancrage.questions.overview:OverviewQuestion",
    "diagnostic": "ancrage.questions.diagnosis:DiagnosisQuestion",
    "schema_diagnostic": "ancrage.questions.diagnosis:DiagnosisSchemaQuestion",
    "territoires": "ancrage.questions.territories:FindTerritoryQuestion",
    "liste_territoires": "ancrage.questions.territories:TerritoryListQuestion",
    "territoire": "ancrage.questions.territories:TerritoryCardQuestion",
    "nouveautes": "ancrage.questions.news:NewsQuestion",
    "communes": "ancrage.questions.territories:CommunesQuestion",
    "sources": "ancrage.questions.sources:SourceListQuestion",
    "source": "ancrage.questions.sources:SourceQuestion",
    "etat_sources": "ancrage.questions.sources:SourceStateQuestion",
    "recherche": "ancrage.questions.search:SearchQuestion",
    "zonage": "ancrage.questions.zonings:ZoningQuestion",
    "zonage_ici": "ancrage.questions.zonings:ZoningHereQuestion",
    "zonages": "ancrage.questions.zonings:ZoningListQuestion",
    "zonages_adresse": "ancrage.questions.points:AddressQuestion",
    "zonages_point": "ancrage.questions.points:PointQuestion",
    "zonage_declare": "ancrage.questions.zonings:DeclaredZoningQuestion",
    "comparaison": "ancrage.questions.comparison:ComparisonQuestion",
    "dynamiques": "ancrage.questions.dynamics:DynamicsQuestion",
    "eligibilite": "ancrage.questions.eligibility:EligibilityQuestion",
    "aide": "ancrage.questions.aids:AidQuestion",
    "aide_publiee": "ancrage.questions.aids:PublishedAidQuestion",
    "aides": "ancrage.questions.aids:AidListQuestion",
    "recherche_aides": "ancrage.questions.aids:AidSearchQuestion",
    "faits": "ancrage.questions.aids:FactListQuestion",
    "simulation": "ancrage.questions.simulation:SimulationQuestion",
    "survie": "ancrage.questions.survival:SurvivalQuestion",
    "survie_fichier": "ancrage.questions.survival:FileSurvivalQuestion",
    "grille": "ancrage.questions.grid:GridQuestion",
    "grille_fichier": "ancrage.questions.grid:GridFileQuestion",
    "grille_texte": "ancrage.questions.grid:GridTextQuestion",
    "grille_criteres": "ancrage.questions.grid:CriteriaQuestion",
    "financement_fichier": "ancrage.questions.financing:PlanFileQuestion",
    "financement_texte": "ancrage.questions.financing:PlanTextQuestion",
    "cumul": "ancrage.questions.financing:PairsQuestion",
    "modele_economique": "ancrage.questions.accounts:AccountsQuestion",
    "comptes_texte": "ancrage.questions.accounts:AccountsTextQuestion",
    "contrat_impact_fichier": "ancrage.questions.outcomes:ImpactFileQuestion",
    "contrat_impact_texte": "ancrage.questions.outcomes:ImpactTextQuestion",
    "capital_fichier": "ancrage.questions.outcomes:CapitalFileQuestion",
    "capital_texte": "ancrage.questions.outcomes:CapitalTextQuestion",
    "monographies": "ancrage.questions.monographs:MonographsQuestion",
    "monographies_cherchees": "ancrage.questions.monographs:MonographSearchQuestion",
    "monographie": "ancrage.questions.monographs:MonographQuestion",
    "monographies_semblables": "ancrage.questions.monographs:AlikeQuestion",
    "cas": "ancrage.questions.cases:CasesQuestion",
    "cas_leviers": "ancrage.questions.cases:PlansQuestion",
    "un_cas": "ancrage.questions.cases:CaseQuestion",
    "achats": "ancrage.questions.purchases:PurchaseQuestion",
    "lots": "ancrage.questions.purchases:PurchaseLotsQuestion",
    "trousse": "ancrage.questions.purchases:PurchaseKitQuestion",
    "spaser": "ancrage.questions.spaser:SpaserQuestion",
    "panel": "ancrage.questions.panel:PanelQuestion",
    "acheteur": "ancrage.questions.bought:BuyerQuestion",
    "achats_realises": "ancrage.questions.bought:BoughtQuestion",
    "acheteurs": "ancrage.questions.bought:BuyersQuestion",
    "veille": "ancrage.questions.watch:WatchQuestion",
}


@cache
def question_named(name: str) -> type[Question]:
    """A question by its name. Raises :class:`UnknownTaskError` with those there are."""
    if name not in QUESTIONS:
        raise UnknownTaskError(
            f"« {name[:40]} » n'est pas une question.", f"Choisissez : {', '.join(QUESTIONS)}."
        )
    module, _, kind = QUESTIONS[name].partition(":")
    found: type[Question] = getattr(import_module(module), kind)
    return found
