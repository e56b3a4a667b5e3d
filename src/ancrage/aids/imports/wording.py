"""Words of sources for natures, audiences and themes, and what they are in our lists."""

import re
from collections.abc import Iterable, Mapping

from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience
from ancrage.language.folding import spaced

NATURES: Mapping[str, Nature] = {
    "etude": Nature.INGENIERIE,
    "ingenierie": Nature.INGENIERIE,
    "ingenierie technique": Nature.INGENIERIE,
    "ingenierie financiere": Nature.INGENIERIE,
    "ingenierie juridique / administrative": Nature.INGENIERIE,
    "accompagnement": Nature.INGENIERIE,
    "formation": Nature.FORMATION,
    "pret": Nature.PRET,
    "avance recuperable": Nature.AVANCE,
    "avance": Nature.AVANCE,
    "avantage fiscal": Nature.EXONERATION,
    "exoneration": Nature.EXONERATION,
    "garantie": Nature.GARANTIE,
    "subvention": Nature.SUBVENTION,
    "financement": Nature.SUBVENTION,
    "agrement": Nature.AGREMENT,
    "appel a projets": Nature.APPEL_A_PROJETS,
    "contrat": Nature.CONTRAT,
    "investissement": Nature.INVESTISSEMENT,
}
AUDIENCES: Mapping[str, Audience] = {
    "communes": Audience.COLLECTIVITE,
    "intercommunalites / pays": Audience.COLLECTIVITE,
    "epci a fiscalite propre": Audience.COLLECTIVITE,
    "departements": Audience.COLLECTIVITE,
    "regions": Audience.COLLECTIVITE,
    "collectivites d'outre mer a statuts particuliers": Audience.COLLECTIVITE,
    "etablissements publics (ecoles, bibliotheques...) / services de l'etat": Audience.COLLECTIVITE,
    "etablissements publics (ecoles, bibliotheques...)": Audience.COLLECTIVITE,
    "collectivite ou etablissement public": Audience.COLLECTIVITE,
    "secteur public": Audience.COLLECTIVITE,
    "entreprises publiques locales (sem, spl, semop)": Audience.STRUCTURE,
    "entreprises privees": Audience.STRUCTURE,
    "associations": Audience.STRUCTURE,
    "association": Audience.STRUCTURE,
    "agriculteurs": Audience.STRUCTURE,
    "recherche": Audience.STRUCTURE,
    "professionnels": Audience.STRUCTURE,
    "particuliers": Audience.PERSONNE,
    "particulier": Audience.PERSONNE,
}
OBJECTIVES: Mapping[str, tuple[Theme, ...]] = {
    "mobility": (Theme.MOBILITE,),
    "waste": (Theme.REEMPLOI,),
    "rh": (Theme.EMPLOI,),
}
"""Objectives of Mission Transition Écologique, which all serve the ecological transition besides."""
STEMS: tuple[tuple[Theme, str], ...] = (
    (Theme.ALIMENTATION, r"aliment|agric|maraich|elevage|ferme"),
    (Theme.COMMANDE_PUBLIQUE, r"commande publique|marches? publics?"),
    (Theme.CULTURE, r"cultur|patrimoine|musee|bibliothe|spectacle|livre"),
    (Theme.EDUCATION, r"ecoles?\b|scolaire|educati|college|lycee"),
    (Theme.EMPLOI, r"emploi|recrut|competences"),
    (Theme.EUROPE, r"europe|\bfeder\b|\bfse\b|\bfeader\b"),
    (Theme.FONCIER, r"fonci|friche|immobil|batiment|bati\b|urbanis|amenagement"),
    (Theme.INDUSTRIE, r"industr|usine"),
    (Theme.INSERTION, r"insertion"),
    (Theme.JEUNESSE, r"jeune|enfan|creche|\beaje\b"),
    (Theme.LOGEMENT, r"logement|habitat|hebergement|locati"),
    (Theme.MOBILITE, r"mobilite|velo\b|cyclable|transport|vehicule|covoiturage|voirie"),
    (Theme.NUMERIQUE, r"numeri|informati(?:que|se)|haut debit"),
    (Theme.POLITIQUE_DE_LA_VILLE, r"\bqpv\b|quartiers? prioritaires?|politique de la ville"),
    (Theme.REEMPLOI, r"reemploi|recycl|dechet|economie circulaire|reparation"),
    (Theme.RURALITE, r"\brura"),
    (Theme.SANTE, r"sante|medic|handicap"),
    (Theme.SPORT, r"\bsport"),
    (Theme.TOURISME, r"touris"),
    (Theme.TRANSITION_ECOLOGIQUE, r"energ|climat|biodivers|ecolog|photovolt|carbone|solaire|\beaux?\b|arbre"),
    (Theme.VIE_ASSOCIATIVE, r"associati"),
)
"""Beginnings of words, without accents, from which a theme is read when the source tells none."""


def natures_of(words: Iterable[str]) -> tuple[str, ...]:
    """Natures of our list; words that are none of it are left out, and stay in the raw fields."""
    found = (NATURES.get(spaced(word)) for word in words)
    return tuple(dict.fromkeys(nature.value for nature in found if nature))


def audiences_of(words: Iterable[str]) -> tuple[str, ...]:
    """Audiences of our list; the others are left out, and stay in the raw fields."""
    found = (AUDIENCES.get(spaced(word)) for word in words)
    return tuple(dict.fromkeys(audience.value for audience in found if audience))


def themes_of(text: str) -> tuple[str, ...]:
    """Themes read from the words of a name or a summary."""
    written = spaced(text)
    return tuple(theme.value for theme, stems in STEMS if re.search(stems, written))


def split(cell: str, separator: str) -> tuple[str, ...]:
    """Values of a cell, without blanks."""
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
