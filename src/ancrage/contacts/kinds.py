"""Kinds of desks and networks one may call, and the words by which a declared desk names one."""

import re
from enum import StrEnum


class DeskKind(StrEnum):
    """Who answers, in the law's or the trade's own words."""

    PREFECTURE = "prefecture"
    SOUS_PREFECTURE = "sous_prefecture"
    ANCT = "anct"
    DDETS = "ddets"
    DREETS = "dreets"
    DDT = "ddt"
    DRAAF = "draaf"
    DRAC = "drac"
    ARS = "ars"
    FRANCE_TRAVAIL = "france_travail"
    MISSION_LOCALE = "mission_locale"
    AGEFIPH = "agefiph"
    REGION = "region"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    COMMUNE = "commune"
    VIE_ASSOCIATIVE = "vie_associative"
    CRIB = "crib"
    DLA = "dla"
    FRANCE_ACTIVE = "france_active"
    CRESS = "cress"
    CAF = "caf"
    MSA = "msa"
    URSSAF = "urssaf"
    IMPOTS = "impots"
    CCI = "cci"
    CMA = "cma"
    CHAMBRE_AGRICULTURE = "chambre_agriculture"
    FRANCE_SERVICES = "france_services"
    FABRIQUE_INITIATIVES = "fabrique_initiatives"
    INCUBATEUR = "incubateur"
    PTCE = "ptce"
    CRPV = "crpv"
    GREFFE = "greffe"
    OPCO = "opco"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _LABELS[self]


_LABELS = {
    DeskKind.PREFECTURE: "préfecture",
    DeskKind.SOUS_PREFECTURE: "sous-préfecture",
    DeskKind.ANCT: "délégation territoriale de l’ANCT",
    DeskKind.DDETS: "direction départementale de l’emploi, du travail et des solidarités (DDETS)",
    DeskKind.DREETS: "direction régionale de l’économie, de l’emploi, du travail et des solidarités (DREETS)",
    DeskKind.DDT: "direction départementale des territoires (DDT)",
    DeskKind.DRAAF: "direction régionale de l’alimentation, de l’agriculture et de la forêt (DRAAF)",
    DeskKind.DRAC: "direction régionale des affaires culturelles (DRAC)",
    DeskKind.ARS: "agence régionale de santé (ARS)",
    DeskKind.FRANCE_TRAVAIL: "agence France Travail",
    DeskKind.MISSION_LOCALE: "mission locale",
    DeskKind.AGEFIPH: "délégation de l’Agefiph",
    DeskKind.REGION: "conseil régional",
    DeskKind.DEPARTEMENT: "conseil départemental",
    DeskKind.EPCI: "intercommunalité",
    DeskKind.COMMUNE: "mairie",
    DeskKind.VIE_ASSOCIATIVE: "service de la vie associative (SDJES, qui a repris les MAIA)",
    DeskKind.CRIB: "centre de ressources des associations (CRIB, devenus Guid’Asso)",
    DeskKind.DLA: "dispositif local d’accompagnement (DLA)",
    DeskKind.FRANCE_ACTIVE: "association territoriale France Active",
    DeskKind.CRESS: "chambre régionale de l’ESS (CRESS)",
    DeskKind.CAF: "caisse d’allocations familiales (CAF)",
    DeskKind.MSA: "mutualité sociale agricole (MSA)",
    DeskKind.URSSAF: "Urssaf",
    DeskKind.IMPOTS: "service des impôts des entreprises",
    DeskKind.CCI: "chambre de commerce et d’industrie (CCI)",
    DeskKind.CMA: "chambre de métiers et de l’artisanat (CMA)",
    DeskKind.CHAMBRE_AGRICULTURE: "chambre d’agriculture",
    DeskKind.FRANCE_SERVICES: "espace France services",
    DeskKind.FABRIQUE_INITIATIVES: "fabrique à initiatives",
    DeskKind.INCUBATEUR: "incubateur de l’ESS",
    DeskKind.PTCE: "pôle territorial de coopération économique (PTCE)",
    DeskKind.CRPV: "centre de ressources de la politique de la ville",
    DeskKind.GREFFE: "greffe des associations",
    DeskKind.OPCO: "opérateur de compétences (Uniformation)",
}
_NAMED: tuple[tuple[DeskKind, str], ...] = (
    (DeskKind.DDETS, r"DDETS(?:PP)?|DDCS(?:PP)?"),
    (DeskKind.DREETS, r"DREETS|DIRECCTE"),
    (DeskKind.DRAAF, r"DRAAF"),
    (DeskKind.DRAC, r"DRAC"),
    (DeskKind.ARS, r"ARS|[Aa]gence régionale de santé"),
    (DeskKind.DDT, r"DDTM?"),
    (DeskKind.FRANCE_TRAVAIL, r"France Travail|Pôle emploi"),
    (DeskKind.AGEFIPH, r"Agefiph|AGEFIPH"),
    (DeskKind.FRANCE_ACTIVE, r"France Active"),
    (DeskKind.DLA, r"DLA"),
    (DeskKind.CRESS, r"CRESS"),
    (DeskKind.CAF, r"CAF|[Cc]aisse d['’]allocations familiales"),
    (
        DeskKind.VIE_ASSOCIATIVE,
        r"SDJES|vie associative|(?:départementa|régiona)\w+ (?:et \w+ )?(?:à|de) la jeunesse",
    ),
    (DeskKind.CRIB, r"CRIB|Guid['’]Asso"),
    (
        DeskKind.ANCT,
        r"délégué(?:e)? territorial(?:e)? de l['’]ANCT|[Dd]élégation (?:territoriale )?de l['’]ANCT",
    ),
    (DeskKind.PREFECTURE, r"[Pp]réfet de département|[Pp]réfectures?(?! de région)"),
    (DeskKind.REGION, r"[Cc]onseil régional|Région\b(?! académique)"),
    (DeskKind.DEPARTEMENT, r"[Cc]onseil départemental|Département\b"),
    (DeskKind.EPCI, r"Intercommunalité"),
    (DeskKind.CMA, r"CMA|[Cc]hambre de métiers"),
    (DeskKind.CCI, r"CCI|[Cc]hambre de commerce"),
    (DeskKind.CHAMBRE_AGRICULTURE, r"[Cc]hambre d['’]agriculture"),
    (DeskKind.MSA, r"MSA"),
    (DeskKind.URSSAF, r"Urssaf"),
    (DeskKind.IMPOTS, r"[Ss]ervice des impôts des entreprises"),
)


def kind_named(name: str) -> DeskKind | None:
    """The kind that the name of a desk says first; ``None`` when it names no local one."""
    found = [
        (match.start(), kind)
        for kind, words in _NAMED
        if (match := re.search(rf"(?<!\w)(?:{words})(?!\w)", name))
    ]
    return min(found)[1] if found else None
