"""The words of the essential data of public contracts, as their two formats write them, and ours."""

from enum import StrEnum

from ancrage.language.folding import bare


class Nature(StrEnum):
    """Whether a contract is a public contract or a concession: only the first are counted in shares."""

    CONTRACT = "marche"
    CONCESSION = "concession"


class Social(StrEnum):
    """Social considerations of a contract, as the format of 2022 lists them."""

    CLAUSE = "clause"
    CRITERION = "critere"
    RESERVED = "reserve"
    NONE = "aucune"


class Flaw(StrEnum):
    """What is wrong in the data of a contract that is kept all the same."""

    NO_HOLDER = "sans_titulaire"
    NO_SIRET = "titulaire_sans_siret"
    WRONG_KEY = "titulaire_cle_fausse"
    FOREIGN = "titulaire_etranger"
    HOLDER_TWICE = "titulaire_double"
    NO_AMOUNT = "montant_absent"
    SYMBOLIC = "montant_symbolique"
    ABSURD = "montant_invraisemblable"
    SHRUNK = "avenant_moindre"
    NO_DAY = "date_absente"
    TO_COME = "date_a_venir"
    NO_PROCEDURE = "procedure_inconnue"
    NO_CPV = "cpv_illisible"
    NO_DURATION = "duree_illisible"
    REPEATED = "numero_repete"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return FLAW_LABELS[self]


FLAW_LABELS = {
    Flaw.NO_HOLDER: "Aucun titulaire écrit",
    Flaw.NO_SIRET: "Titulaire sans SIRET lisible",
    Flaw.WRONG_KEY: "SIRET de titulaire dont la clé est fausse",
    Flaw.FOREIGN: "Titulaire désigné autrement que par un SIRET (étranger, outre-mer)",
    Flaw.HOLDER_TWICE: "Même titulaire écrit deux fois",
    Flaw.NO_AMOUNT: "Montant absent ou illisible",
    Flaw.SYMBOLIC: "Montant d’un euro ou moins",
    Flaw.ABSURD: "Montant invraisemblable",
    Flaw.SHRUNK: "Avenant qui réduit le montant de plus de moitié : peut-être l’écart seul",
    Flaw.NO_DAY: "Date de notification absente ou illisible",
    Flaw.TO_COME: "Date de notification à venir le jour de la lecture",
    Flaw.NO_PROCEDURE: "Procédure absente ou inconnue du format",
    Flaw.NO_CPV: "Code CPV absent ou illisible",
    Flaw.NO_DURATION: "Durée absente ou illisible",
    Flaw.REPEATED: "Numéro déjà pris par un autre contrat du même acheteur",
}

PROCEDURES = {
    bare(written): code
    for code, several in {
        "adaptee": ("Procédure adaptée",),
        "appel_ouvert": ("Appel d'offres ouvert",),
        "appel_restreint": ("Appel d'offres restreint",),
        "negociation": (
            "Procédure avec négociation",
            "Procédure concurrentielle avec négociation",
            "Procédure négociée avec mise en concurrence préalable",
        ),
        "sans_publicite": (
            "Marché passé sans publicité ni mise en concurrence préalable",
            "Marché public négocié sans publicité ni mise en concurrence préalable",
            "Marché négocié sans publicité ni mise en concurrence préalable",
            "Marché public passé sans publicité ni mise en concurrence préalable",
        ),
        "dialogue": ("Dialogue compétitif",),
        "concession": (
            "Procédure négociée ouverte",
            "Procédure non négociée ouverte",
            "Procédure négociée restreinte",
            "Procédure non négociée restreinte",
        ),
    }.items()
    for written in several
}
"""Procedures as the formats of 2019 and of 2022 write them, folded, and the one each is."""

SOCIALS = {
    bare("Clause sociale"): Social.CLAUSE,
    bare("Critère social"): Social.CRITERION,
    bare("Marché réservé"): Social.RESERVED,
    bare("Concession réservée"): Social.RESERVED,
    bare("Pas de considération sociale"): Social.NONE,
}
ENVIRONMENTALS = {
    bare("Clause environnementale"): Social.CLAUSE,
    bare("Critère environnemental"): Social.CRITERION,
    bare("Pas de considération environnementale"): Social.NONE,
}

RECORDS = frozenset({"marche", "contrat-concession"})
"""Names of the records in a JSON or an XML text."""
