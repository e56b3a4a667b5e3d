"""Tables of the register: every establishment for the denominators, the ESS ones with their reasons."""

from ancrage.warehouse.table import Check, Column, Table

DEMONSTRATION = "demonstration"
"""What stands in for SIRENE and the lists where nothing was synchronised, as the manifest names it."""
HISTORY = ("sirene-etablissements-historique", "sirene-unites-legales-historique")
SIRENE = ("sirene-etablissements", "sirene-unites-legales", "recherche-entreprises", DEMONSTRATION)

ESTABLISHMENT = Table(
    name="establishment",
    meaning="Tous les établissements, ESS ou non : les dénominateurs",
    key=("siret",),
    sorted_by=("commune", "siret"),
    columns=(
        Column("siret", "text", "SIRET, 14 chiffres"),
        Column("siren", "text", "SIREN de l'unité légale"),
        Column(
            "commune", "text", "Code publié de la commune ou de l'arrondissement municipal", nullable=True
        ),
        Column("departement", "text", "Département de cette commune", nullable=True),
        Column("created", "day", "Création de l'établissement", nullable=True),
        Column("closed", "day", "Premier jour de la fermeture", nullable=True),
        Column("active", "yes_no", "Ouvert au jour du stock"),
        Column("naf", "text", "Activité principale, NAF rév. 2, avec point", nullable=True),
        Column("section", "text", "Section de NAF rév. 2 (A à U)", nullable=True),
        Column("employer", "yes_no", "Employeur", nullable=True),
        Column("band", "text", "Tranche d'effectif publiée", nullable=True),
        Column("jobs_low", "integer", "Salariés, borne basse", "salariés", nullable=True),
        Column("jobs_central", "decimal", "Salariés, valeur centrale", "salariés", nullable=True),
        Column("jobs_high", "integer", "Salariés, borne haute", "salariés", nullable=True),
        Column("ess", "text", "Verdict d'appartenance à l'ESS : oui, non, a_verifier"),
        Column("family", "text", "Famille de l'ESS", nullable=True),
        Column("fictitious", "yes_no", "Donnée de démonstration, fictive"),
    ),
    sources=SIRENE,
    resident=False,  # forty million rows, of which an answer reads a few communes
    checks=(
        Check("le SIRET a 14 chiffres", "regexp_full_match(siret, '[0-9]{14}')"),
        Check("les bornes de l'effectif sont ordonnées", "jobs_low <= jobs_high"),
        Check("le verdict est connu", "ess IN ('oui', 'non', 'a_verifier')"),
    ),
)

ESS_ESTABLISHMENT = Table(
    name="ess_establishment",
    meaning="Établissements de l'ESS, ou dont l'appartenance est à vérifier, avec leurs motifs",
    key=("siret",),
    sorted_by=("commune", "siret"),
    columns=(
        Column("siret", "text", "SIRET, 14 chiffres"),
        Column("siren", "text", "SIREN de l'unité légale"),
        Column("name", "text", "Dénomination ; vide si l'unité n'est pas diffusible", nullable=True),
        Column("diffusible", "yes_no", "Faux pour un statut de diffusion P : ni nom ni adresse"),
        Column("head_office", "yes_no", "Siège de l'unité légale"),
        Column(
            "commune", "text", "Code publié de la commune ou de l'arrondissement municipal", nullable=True
        ),
        Column("departement", "text", "Département de cette commune", nullable=True),
        Column("created", "day", "Création de l'établissement", nullable=True),
        Column("closed", "day", "Premier jour de la fermeture", nullable=True),
        Column("active", "yes_no", "Ouvert au jour du stock"),
        Column("naf", "text", "Activité principale, NAF rév. 2, avec point", nullable=True),
        Column("section", "text", "Section de NAF rév. 2 (A à U)", nullable=True),
        Column("legal_category", "text", "Catégorie juridique, 4 chiffres", nullable=True),
        Column("employer", "yes_no", "Employeur", nullable=True),
        Column("band", "text", "Tranche d'effectif publiée", nullable=True),
        Column("jobs_low", "integer", "Salariés, borne basse", "salariés", nullable=True),
        Column("jobs_central", "decimal", "Salariés, valeur centrale", "salariés", nullable=True),
        Column("jobs_high", "integer", "Salariés, borne haute", "salariés", nullable=True),
        Column("ess", "text", "Verdict d'appartenance à l'ESS : oui ou a_verifier"),
        Column("family", "text", "Famille de l'ESS", nullable=True),
        Column("reasons", "texts", "Motifs, un par source, en français"),
        Column("flag", "text", "Champ economieSocialeSolidaire de SIRENE : O, N ou vide", nullable=True),
        Column(
            "in_ess_list",
            "yes_no",
            "Figure sur la liste ESS France ; vide si non synchronisée",
            nullable=True,
        ),
        Column("sources_disagree", "yes_no", "Deux sources se contredisent"),
        Column("siae_kinds", "texts", "Types de SIAE (ACI, EI, AI, ETTI, GEIQ, EA…)", nullable=True),
        Column("longitude", "decimal", "Longitude WGS 84", "degrés", nullable=True),
        Column("latitude", "decimal", "Latitude WGS 84", "degrés", nullable=True),
        Column("qpv", "text", "Dans un QPV 2024 : oui, non, a_verifier"),
        Column("qpv_codes", "texts", "Codes des QPV possibles", nullable=True),
        Column("qpv_reason", "text", "Motif du placement en QPV"),
        Column("fictitious", "yes_no", "Donnée de démonstration, fictive"),
    ),
    sources=(*SIRENE, "liste-ess", "siae", "qpv-2024-polygones", "qpv-2024-contours", "qpv-2024-communes"),
    checks=(
        Check("une unité non diffusible n'a pas de nom", "diffusible OR name IS NULL"),
        Check("chaque inclusion a un motif", "len(reasons) > 0"),
    ),
)

SIAE = Table(
    name="siae",
    meaning="Structures d'insertion et entreprises adaptées, placées",
    key=("siret", "kind"),
    columns=(
        Column("siret", "text", "SIRET, 14 chiffres"),
        Column("kind", "text", "Type : ACI, EI, AI, ETTI, GEIQ, EA…"),
        Column("name", "text", "Nom publié", nullable=True),
        Column(
            "commune",
            "text",
            "Commune, retrouvée par ses coordonnées ou par son nom et son code postal",
            nullable=True,
        ),
        Column("commune_reason", "text", "Comment la commune a été retrouvée, ou pourquoi elle ne l'est pas"),
        Column("epci", "text", "EPCI de cette commune", nullable=True),
        Column("crte", "texts", "CRTE de cette commune", nullable=True),
        Column("longitude", "decimal", "Longitude WGS 84", "degrés", nullable=True),
        Column("latitude", "decimal", "Latitude WGS 84", "degrés", nullable=True),
        Column("qpv", "text", "Dans un QPV 2024 : oui, non, a_verifier"),
        Column("qpv_codes", "texts", "Codes des QPV possibles", nullable=True),
        Column("qpv_reason", "text", "Motif du placement en QPV"),
        Column("fictitious", "yes_no", "Donnée de démonstration, fictive"),
    ),
    sources=("siae", DEMONSTRATION, "qpv-2024-polygones", "qpv-2024-contours", "qpv-2024-communes"),
)

LISTED_STRUCTURE = Table(
    name="listed_structure",
    meaning="Ce que chaque liste publie d'une structure : insertion (SIAE), ESAT, GEIQ",
    key=("siret", "kind", "list"),
    columns=(
        Column("siret", "text", "SIRET, 14 chiffres"),
        Column("kind", "text", "Type : ACI, EI, AI, ETTI, GEIQ, EA, ESAT…"),
        Column("list", "text", "Source de la liste"),
        Column("name", "text", "Nom publié", nullable=True),
        Column("brand", "text", "Enseigne", nullable=True),
        Column("holder", "text", "Gestionnaire", nullable=True),
        Column("address", "text", "Adresse publiée", nullable=True),
        Column("postcode", "text", "Code postal", nullable=True),
        Column("city", "text", "Commune, telle qu'écrite", nullable=True),
        Column("departement", "text", "Département publié", nullable=True),
        Column("naf", "text", "Activité principale, NAF rév. 2, avec point", nullable=True),
        Column("section", "text", "Section de NAF rév. 2 (A à U)", nullable=True),
        Column("legal_form", "text", "Forme juridique, telle qu'écrite", nullable=True),
        Column("website", "text", "Site", nullable=True),
        Column("capacity", "integer", "Capacité autorisée", "places", nullable=True),
        Column("commune", "text", "Commune retrouvée", nullable=True),
        Column("commune_reason", "text", "Comment la commune a été retrouvée, ou pourquoi elle ne l'est pas"),
        Column("longitude", "decimal", "Longitude WGS 84", "degrés", nullable=True),
        Column("latitude", "decimal", "Latitude WGS 84", "degrés", nullable=True),
        Column("qpv", "text", "Dans un QPV 2024 : oui, non, a_verifier"),
        Column("qpv_codes", "texts", "Codes des QPV possibles", nullable=True),
        Column("qpv_reason", "text", "Motif du placement en QPV"),
        Column("fictitious", "yes_no", "Donnée de démonstration, fictive"),
    ),
    sources=(
        *("siae", "esat", "geiq", DEMONSTRATION),
        *("qpv-2024-polygones", "qpv-2024-contours", "qpv-2024-communes"),
    ),
)

ASSOCIATION = Table(
    name="association",
    meaning="Numéro des associations au répertoire national (RNA)",
    key=("siren",),
    columns=(
        Column("siren", "text", "SIREN de l'unité légale"),
        Column("rna", "text", "Numéro RNA : W et neuf signes"),
    ),
    sources=SIRENE,
)

ACTIVITY = Table(
    name="activity",
    meaning="Libellé des sous-classes de NAF rév. 2",
    key=("naf",),
    columns=(
        Column("naf", "text", "Sous-classe de NAF rév. 2, avec point"),
        Column("label", "text", "Libellé"),
    ),
    sources=("nomenclatures",),
)

REGISTER_COUNT = Table(
    name="register_count",
    meaning="Établissements ouverts au jour de la construction, comptés une fois pour toutes",
    key=("commune", "departement", "ess", "family", "section"),
    columns=(
        Column("commune", "text", "Code publié ; vide si la commune est inconnue"),
        Column("departement", "text", "Département ; vide s'il est inconnu"),
        Column("ess", "text", "Verdict d'appartenance à l'ESS"),
        Column("family", "text", "Famille de l'ESS ; vide s'il n'y en a pas"),
        Column("section", "text", "Section de NAF rév. 2 ; vide si elle est inconnue"),
        Column("establishments", "integer", "Établissements", "établissements"),
        Column("employers", "integer", "Dont employeurs", "établissements"),
        Column("low", "integer", "Salariés des employeurs, borne basse", "salariés"),
        Column("central", "decimal", "Salariés des employeurs, valeur centrale", "salariés"),
        Column("high", "integer", "Salariés des employeurs, borne haute, là où elle existe", "salariés"),
        Column("unbounded", "integer", "Employeurs dont la tranche n'a pas de borne haute", "établissements"),
        Column("unknown", "integer", "Employeurs sans tranche publiée", "établissements"),
    ),
    sources=SIRENE,
)

REGISTER_PAST = Table(
    name="register_past",
    meaning="Ce qu'ont été les établissements dont l'historique dit autre chose que leur ligne du jour",
    key=("siret", "begins"),
    sorted_by=("commune", "siret", "begins"),
    columns=(
        Column("siret", "text", "SIRET, 14 chiffres"),
        Column("siren", "text", "SIREN de l'unité légale"),
        Column("commune", "text", "Code publié de la commune, au jour du stock", nullable=True),
        Column("departement", "text", "Département de cette commune", nullable=True),
        Column("begins", "day", "Premier jour ; vide s'il n'est pas connu", nullable=True),
        Column("ends", "day", "Premier jour où cela ne vaut plus ; vide si cela vaut encore", nullable=True),
        Column("naf", "text", "Activité principale ces jours-là, NAF rév. 2", nullable=True),
        Column("section", "text", "Section de cette activité", nullable=True),
        Column("legal_category", "text", "Catégorie juridique ces jours-là, si elle a changé", nullable=True),
        Column("employer", "yes_no", "Employeur ces jours-là", nullable=True),
        Column(
            "jobs_low", "integer", "Salariés, borne basse de la tranche du stock", "salariés", nullable=True
        ),
        Column("jobs_central", "decimal", "Salariés, valeur centrale", "salariés", nullable=True),
        Column("jobs_high", "integer", "Salariés, borne haute", "salariés", nullable=True),
        Column("ess", "text", "Verdict d'appartenance à l'ESS ces jours-là : oui, non, a_verifier"),
        Column("family", "text", "Famille de l'ESS ces jours-là", nullable=True),
        Column("fictitious", "yes_no", "Donnée de démonstration, fictive"),
    ),
    sources=(*SIRENE, *HISTORY),
    resident=False,
    checks=(Check("une durée a une fin après son début", "ends > begins"),),
)

_PLACE = (
    Column("commune", "text", "Code publié ; vide si la commune est inconnue"),
    Column("departement", "text", "Département ; vide s'il est inconnu"),
)
_KIND = (
    Column("ess", "text", "Verdict d'appartenance à l'ESS"),
    Column("family", "text", "Famille de l'ESS ; vide s'il n'y en a pas"),
    Column("section", "text", "Section de NAF rév. 2 ; vide si elle est inconnue"),
)
_CHANGES = (
    Column("establishments", "integer", "Établissements de plus, ou de moins", "établissements"),
    Column("employers", "integer", "Dont employeurs", "établissements"),
    Column("low", "integer", "Salariés des employeurs, borne basse", "salariés"),
    Column("central", "decimal", "Salariés des employeurs, valeur centrale", "salariés"),
    Column("high", "integer", "Salariés des employeurs, borne haute, là où elle existe", "salariés"),
    Column("unbounded", "integer", "Employeurs dont la tranche n'a pas de borne haute", "établissements"),
    Column("unknown", "integer", "Employeurs sans tranche publiée", "établissements"),
)
_MONTH = Column(
    "month", "day", "Premier jour du mois ; celui d'avant le premier jour connu pour ce qui était déjà là"
)

REGISTER_MONTH = Table(
    name="register_month",
    meaning="Ce qui change chaque mois dans une commune : la somme des mois passés est le registre d'un jour",
    key=("commune", "departement", "month", "ess", "family", "section"),
    columns=(*_PLACE, _MONTH, *_KIND, *_CHANGES),
    sources=(*SIRENE, *HISTORY),
    resident=False,
)

REGISTER_MONTH_WIDE = Table(
    name="register_month_wide",
    meaning="La même chose par département",
    key=("departement", "month", "ess", "family", "section"),
    columns=(_PLACE[1], _MONTH, *_KIND, *_CHANGES),
    sources=(*SIRENE, *HISTORY),
    resident=False,
)

REGISTER_DAY = Table(
    name="register_day",
    meaning="Ce qui change chaque jour dans une commune, lu pour le seul mois du jour demandé",
    key=("month", "commune", "departement", "day", "ess", "family", "section"),
    columns=(_MONTH, *_PLACE, Column("day", "day", "Jour du changement"), *_KIND, *_CHANGES),
    sources=(*SIRENE, *HISTORY),
    resident=False,
)

PAST = (REGISTER_PAST, REGISTER_MONTH, REGISTER_MONTH_WIDE, REGISTER_DAY)
"""Tables of the days gone by; an edition of before they were has none of them."""

TABLES = (
    *(ESTABLISHMENT, ESS_ESTABLISHMENT, SIAE, LISTED_STRUCTURE, ASSOCIATION, ACTIVITY, REGISTER_COUNT),
    *PAST,
)
REGISTER = frozenset(table.name for table in TABLES if table is not ACTIVITY)
"""Names of the tables whose rows may be fictitious, or a sample."""
