"""Closed lists of the catalogue: natures, ways of granting, audiences, themes, units; their French words."""

from enum import StrEnum

from ancrage.facts.situation import Audience


class Nature(StrEnum):
    """What an aid is."""

    SUBVENTION = "subvention"
    PRET = "pret"
    GARANTIE = "garantie"
    AVANCE = "avance"
    EXONERATION = "exoneration"
    INGENIERIE = "ingenierie"
    AGREMENT = "agrement"
    APPEL_A_PROJETS = "appel_a_projets"
    CONTRAT = "contrat"
    INVESTISSEMENT = "investissement"
    FORMATION = "formation"


class Grant(StrEnum):
    """Whether an aid is owed to whoever qualifies, or chosen by who gives it."""

    DROIT = "droit"
    DEMANDE = "demande"
    APPEL = "appel"
    DISCRETION = "discretion"


class Detail(StrEnum):
    """How many conditions are told of each aid, beside its reasons.

    ``tout``: every one; ``utile``: of aids that others publish, those not known to hold; ``bref``: none.
    """

    TOUT = "tout"
    UTILE = "utile"
    BREF = "bref"


class Theme(StrEnum):
    """What an aid is about."""

    ACCOMPAGNEMENT = "accompagnement"
    ALIMENTATION = "alimentation"
    COMMANDE_PUBLIQUE = "commande_publique"
    COOPERATION = "cooperation"
    CULTURE = "culture"
    EDUCATION = "education"
    EMPLOI = "emploi"
    EUROPE = "europe"
    FISCALITE = "fiscalite"
    FONCIER = "foncier"
    INDUSTRIE = "industrie"
    INNOVATION_SOCIALE = "innovation_sociale"
    INSERTION = "insertion"
    INVESTISSEMENT = "investissement"
    JEUNESSE = "jeunesse"
    LIEN_SOCIAL = "lien_social"
    LOGEMENT = "logement"
    MOBILITE = "mobilite"
    NUMERIQUE = "numerique"
    POLITIQUE_DE_LA_VILLE = "politique_de_la_ville"
    REEMPLOI = "reemploi"
    RURALITE = "ruralite"
    SANTE = "sante"
    SOLIDARITE = "solidarite"
    SPORT = "sport"
    TOURISME = "tourisme"
    TRANSITION_ECOLOGIQUE = "transition_ecologique"
    TRESORERIE = "tresorerie"
    VIE_ASSOCIATIVE = "vie_associative"


class Unit(StrEnum):
    """Units of an amount; ``part`` is a share from 0 to 1."""

    EUR = "EUR"
    EUR_PER_HOUR = "EUR/heure"
    EUR_PER_DAY = "EUR/jour"
    EUR_PER_MONTH = "EUR/mois"
    EUR_PER_YEAR = "EUR/an"
    EUR_PER_YEAR_PER_FTE = "EUR/an/ETP"
    SHARE = "part"
    MONTHS = "mois"


WORDS: dict[StrEnum, str] = {
    Nature.SUBVENTION: "subvention",
    Nature.PRET: "prêt",
    Nature.GARANTIE: "garantie",
    Nature.AVANCE: "avance",
    Nature.EXONERATION: "exonération",
    Nature.INGENIERIE: "ingénierie, accompagnement",
    Nature.AGREMENT: "agrément",
    Nature.APPEL_A_PROJETS: "appel à projets",
    Nature.CONTRAT: "contrat, convention",
    Nature.INVESTISSEMENT: "apport en fonds propres",
    Nature.FORMATION: "formation",
    Grant.DROIT: "de droit",
    Grant.DEMANDE: "sur demande",
    Grant.APPEL: "sur appel à candidatures",
    Grant.DISCRETION: "au choix de qui la donne",
    Audience.STRUCTURE: "structure",
    Audience.COLLECTIVITE: "collectivité",
    Audience.PORTEUR: "porteur de projet",
    Audience.PERSONNE: "personne",
    Theme.ACCOMPAGNEMENT: "accompagnement",
    Theme.ALIMENTATION: "agriculture et alimentation",
    Theme.COMMANDE_PUBLIQUE: "commande publique",
    Theme.COOPERATION: "coopération territoriale",
    Theme.CULTURE: "culture",
    Theme.EDUCATION: "éducation",
    Theme.EMPLOI: "emploi",
    Theme.EUROPE: "fonds européens",
    Theme.FISCALITE: "fiscalité",
    Theme.FONCIER: "foncier et locaux",
    Theme.INDUSTRIE: "industrie",
    Theme.INNOVATION_SOCIALE: "innovation sociale",
    Theme.INSERTION: "insertion par l'activité économique",
    Theme.INVESTISSEMENT: "investissement",
    Theme.JEUNESSE: "jeunesse",
    Theme.LIEN_SOCIAL: "lien social",
    Theme.LOGEMENT: "logement et hébergement",
    Theme.MOBILITE: "mobilité",
    Theme.NUMERIQUE: "numérique",
    Theme.POLITIQUE_DE_LA_VILLE: "politique de la ville",
    Theme.REEMPLOI: "réemploi et économie circulaire",
    Theme.RURALITE: "ruralité",
    Theme.SANTE: "santé et médico-social",
    Theme.SOLIDARITE: "solidarité",
    Theme.SPORT: "sport",
    Theme.TOURISME: "tourisme",
    Theme.TRANSITION_ECOLOGIQUE: "transition écologique",
    Theme.TRESORERIE: "trésorerie et urgence",
    Theme.VIE_ASSOCIATIVE: "vie associative",
}
"""French words of each value of these lists."""
