"""Tables of the territories: who exists in each vintage, what changed, and what each zoning says."""

from ancrage.warehouse.table import Check, Column, Table

COG = ("cog-npm",)
POPULATIONS = ("populations-legales",)

COMMUNE = Table(
    name="commune",
    meaning="Communes de chaque millésime, avec leurs appartenances",
    key=("vintage", "code"),
    columns=(
        Column("vintage", "integer", "Millésime du COG : état au 1er janvier de l'année", "année"),
        Column("code", "text", "Code officiel géographique"),
        Column("name", "text", "Nom"),
        Column(
            "population",
            "integer",
            "Population municipale légale en vigueur le 1er janvier du millésime (legal_population)",
            "habitants",
            nullable=True,
        ),
        Column("arrondissement", "text", "Arrondissement", nullable=True),
        Column("departement", "text", "Département, ou collectivité d'outre-mer"),
        Column("region", "text", "Région, ou collectivité d'outre-mer"),
        Column("epci", "text", "SIREN de l'EPCI à fiscalité propre ; vide s'il n'y en a pas", nullable=True),
        Column("ept", "text", "SIREN de l'établissement public territorial (Grand Paris)", nullable=True),
        Column("zone", "text", "metro, drom ou com"),
        Column("siren", "text", "SIREN de la commune", nullable=True),
    ),
    sources=(*COG, *POPULATIONS),
    checks=(
        Check("le code a 5 caractères", "regexp_full_match(code, '[0-9][0-9AB][0-9]{3}')"),
        Check("la zone est connue", "zone IN ('metro', 'drom', 'com')"),
    ),
)

MUNICIPAL_ARRONDISSEMENT = Table(
    name="municipal_arrondissement",
    meaning="Arrondissements municipaux de Paris, Lyon et Marseille",
    key=("vintage", "code"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("code", "text", "Code de l'arrondissement municipal"),
        Column("name", "text", "Nom"),
        Column("commune", "text", "Commune qui le contient"),
        Column(
            "population",
            "integer",
            "Population municipale légale en vigueur le 1er janvier du millésime (legal_population)",
            "habitants",
            nullable=True,
        ),
    ),
    sources=(*COG, *POPULATIONS),
)

LEGAL_POPULATION = Table(
    name="legal_population",
    meaning="Populations légales par jour d'entrée en vigueur, de chaque sorte de territoire",
    key=("kind", "code", "in_force_on"),
    columns=(
        Column("kind", "text", "Sorte de territoire"),
        Column("code", "text", "Code, dans le COG du 1er janvier de l'année"),
        Column("in_force_on", "day", "Jour d'entrée en vigueur"),
        Column(
            "reference_year", "integer", "Année de référence ; vide si elle n'est pas dite", nullable=True
        ),
        Column("oldest", "integer", "La plus ancienne année de référence de ses communes", nullable=True),
        Column(
            "municipal",
            "integer",
            "Population municipale ; vide si celle d'une commune manque",
            "habitants",
            nullable=True,
        ),
        Column(
            "total",
            "integer",
            "Population totale ; vide si celle d'une commune manque",
            "habitants",
            nullable=True,
        ),
        Column(
            "least",
            "integer",
            "Somme des populations municipales connues ; vide si aucune ne l'est",
            "habitants",
            nullable=True,
        ),
        Column("unknown", "integer", "Communes dont la population municipale n'est pas connue", "communes"),
    ),
    sources=POPULATIONS,
    checks=(
        Check("connue tout entière ou pas du tout", "(municipal IS NULL) = (unknown > 0)"),
        Check("la référence précède l'entrée en vigueur", "reference_year < year(in_force_on)"),
    ),
)

FORMER_COMMUNE = Table(
    name="former_commune",
    meaning="Communes déléguées et associées : d'anciens codes et la commune qui les contient",
    key=("vintage", "code", "kind"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("code", "text", "Code"),
        Column("name", "text", "Nom"),
        Column("kind", "text", "commune-deleguee ou commune-associee"),
        Column("commune", "text", "Commune qui la contient"),
    ),
    sources=COG,
)

POSTCODE = Table(
    name="postcode",
    meaning="Codes postaux des communes et des arrondissements municipaux",
    key=("vintage", "postcode", "commune"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("postcode", "text", "Code postal, 5 chiffres"),
        Column("commune", "text", "Code de la commune ou de l'arrondissement municipal"),
    ),
    sources=COG,
    resident=False,  # read when the names of a vintage are gathered, and no more
)

UNIT = Table(
    name="unit",
    meaning="Territoires faits de communes : intercommunalités, départements, régions, contrats, quartiers",
    key=("vintage", "kind", "code"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("kind", "text", "Sorte de territoire"),
        Column("code", "text", "Code"),
        Column("name", "text", "Nom"),
        Column("category", "text", "CC, CA, CU, METRO, EPT, zone metro, drom, com…", nullable=True),
        Column("seat", "text", "Chef-lieu", nullable=True),
    ),
    sources=(*COG, "programmes-anct-2023", "qpv-2024-communes", "qpv-2015-occitanie"),
)

UNIT_MEMBER = Table(
    name="unit_member",
    meaning="Communes des contrats (CRTE) et des quartiers, qui ne se lisent pas dans la table des communes",
    key=("vintage", "kind", "code", "commune"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("kind", "text", "crte ou qpv"),
        Column("code", "text", "Code du contrat ou du quartier"),
        Column("commune", "text", "Code de la commune dans ce millésime"),
        Column(
            "certain", "yes_no", "Faux si la commune vient d'une fusion avec une commune qui n'en était pas"
        ),
    ),
    sources=("programmes-anct-2023", "qpv-2024-communes", "qpv-2015-occitanie"),
)

COMMUNE_EVENT = Table(
    name="commune_event",
    meaning="Ce qui est arrivé aux communes : fusions, scissions, rétablissements, changements de code",
    key=("effective_on", "mod", "code_before", "kind_before", "code_after", "kind_after"),
    columns=(
        Column("effective_on", "day", "Jour d'effet"),
        Column("mod", "integer", "Type d'événement de l'INSEE (MOD) ; 0 s'il est déduit de deux millésimes"),
        Column("kind_before", "text", "COM, COMD, COMA, ARM"),
        Column("code_before", "text", "Code avant"),
        Column("name_before", "text", "Nom avant", nullable=True),
        Column("kind_after", "text", "COM, COMD, COMA, ARM"),
        Column("code_after", "text", "Code après"),
        Column("name_after", "text", "Nom après", nullable=True),
        Column("source", "text", "Source de l'événement"),
    ),
    sources=("mouvements-communes", *COG),
)

ZONING_LIST = Table(
    name="zoning_list",
    meaning="Listes publiées, telles quelles, dans les codes de leur propre millésime",
    key=("edition", "commune"),
    columns=(
        Column("edition", "text", "Édition de la liste"),
        Column("commune", "text", "Code de la commune, dans le COG de la liste"),
        Column("status", "text", "Statut publié, mot pour mot"),
        Column("details", "texts", "Codes et noms publiés avec la commune", nullable=True),
    ),
    sources=(
        "zrr-2017",
        "frr-2025",
        "programmes-anct-2023",
        "massifs-2025",
        "densite-2025",
        "qpv-2024-communes",
    ),
)

ZONING_PATTERN = Table(
    name="zoning_pattern",
    meaning="Ce que l'ensemble des listes dit d'une commune : les communes au même sort partagent un motif",
    key=("pattern",),
    columns=(
        Column("pattern", "integer", "Rang du motif"),
        Column(
            "text", "text", "Une ligne par édition : édition, statuts hérités joints par |, certain (0 ou 1)"
        ),
    ),
    sources=ZONING_LIST.sources,
)

COMMUNE_PATTERN = Table(
    name="commune_pattern",
    meaning="Motif de chaque commune de chaque millésime, porté par les événements",
    key=("vintage", "commune"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("commune", "text", "Code de la commune dans ce millésime"),
        Column("pattern", "integer", "Rang du motif"),
    ),
    sources=ZONING_LIST.sources,
)

ZONING_DETAIL = Table(
    name="zoning_detail",
    meaning="Noms et codes qu'une liste donne à une commune : quartiers, contrats, programmes",
    key=("vintage", "commune", "edition"),
    columns=(
        Column("edition", "text", "Édition de la liste"),
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("commune", "text", "Code de la commune dans ce millésime"),
        Column("details", "texts", "Codes et noms publiés"),
    ),
    sources=ZONING_LIST.sources,
    resident=False,  # thirty megabytes in memory, of which an answer reads one commune or one contract
)

TERRITORY_FEATURE = Table(
    name="territory_feature",
    meaning="Caractéristiques des territoires de chaque sorte et de chaque millésime, pour les comparer",
    key=("vintage", "kind", "code"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("kind", "text", "Sorte de territoire"),
        Column("code", "text", "Code"),
        Column("name", "text", "Nom"),
        Column("zone", "text", "metro, drom ou com"),
        Column("population", "integer", "Population municipale", "habitants", nullable=True),
        Column("communes", "integer", "Nombre de communes", "communes"),
        Column("growth", "decimal", "Évolution de la population depuis le premier millésime", nullable=True),
        Column("density", "decimal", "Densité", "habitants par km²", nullable=True),
        Column("epci_population", "decimal", "Population de son EPCI", "habitants", nullable=True),
    ),
    sources=(*COG, *POPULATIONS, "contours-communes"),
)

OUTLINE = Table(
    name="outline",
    meaning="Contours simplifiés, superficies et points des communes ; le point seul, sans contour",
    key=("commune",),
    columns=(
        Column("commune", "text", "Code de la commune, dans le COG du contour"),
        Column("name", "text", "Nom", nullable=True),
        Column("geometry", "binary", "Contour, WKB, WGS 84", nullable=True),
        Column("area", "decimal", "Superficie géodésique du contour simplifié", "km²", nullable=True),
        Column(
            "longitude", "decimal", "Longitude d'un point intérieur ; sans contour, de la mairie", "degrés"
        ),
        Column("latitude", "decimal", "Latitude d'un point intérieur ; sans contour, de la mairie", "degrés"),
    ),
    sources=("contours-communes", "mairies"),
    checks=(Check("la superficie est positive", "area > 0"),),
)

COMMUNE_AREA = Table(
    name="commune_area",
    meaning="Superficie des communes de chaque millésime, somme des contours de leurs communes d'origine",
    key=("vintage", "commune"),
    columns=(
        Column("vintage", "integer", "Millésime du COG", "année"),
        Column("commune", "text", "Code de la commune"),
        Column("area", "decimal", "Superficie géodésique des contours simplifiés", "km²"),
    ),
    sources=("contours-communes",),
    checks=(Check("la superficie est positive", "area > 0"),),
)

QPV_ZONE = Table(
    name="qpv_zone",
    meaning="Polygones des quartiers ; un polygone peut réunir ceux d'une même commune",
    key=("generation", "zone"),
    columns=(
        Column("generation", "integer", "2015 ou 2024"),
        Column("zone", "integer", "Rang du polygone"),
        Column("codes", "texts", "Codes des quartiers réunis dans ce polygone"),
        Column("names", "texts", "Noms, si on peut les apparier aux codes"),
        Column("commune", "text", "Commune du polygone"),
        Column("geometry", "binary", "Polygone, WKB, WGS 84"),
    ),
    sources=("qpv-2024-polygones", "qpv-2024-contours", "qpv-2015-occitanie"),
)

LINEAGE = Table(
    name="lineage",
    meaning="Filiation des communes entre deux millésimes, là où elle n'est pas l'identité",
    key=("from_vintage", "to_vintage", "before", "after"),
    columns=(
        Column("from_vintage", "integer", "Millésime de départ", "année"),
        Column("to_vintage", "integer", "Millésime d'arrivée, postérieur", "année"),
        Column("before", "text", "Code dans le millésime de départ"),
        Column("after", "text", "Code dans le millésime d'arrivée"),
    ),
    sources=COG,
    checks=(Check("on va vers l'avant", "from_vintage < to_vintage"),),
)

GROUPING_COMPETENCE = Table(
    name="grouping_competence",
    meaning="Compétences que BANATIC dit exercées par chaque intercommunalité",
    key=("siren",),
    columns=(
        Column("siren", "text", "SIREN de l'intercommunalité"),
        Column("codes", "texts", "Codes des compétences, dans la nomenclature de BANATIC de 2022"),
    ),
    sources=("banatic-competences",),
)

GEOGRAPHY_TABLES = (
    COMMUNE,
    MUNICIPAL_ARRONDISSEMENT,
    FORMER_COMMUNE,
    POSTCODE,
    UNIT,
    LINEAGE,
    LEGAL_POPULATION,
)
TABLES = (
    *GEOGRAPHY_TABLES,
    GROUPING_COMPETENCE,
    UNIT_MEMBER,
    COMMUNE_EVENT,
    ZONING_LIST,
    ZONING_PATTERN,
    COMMUNE_PATTERN,
    ZONING_DETAIL,
    TERRITORY_FEATURE,
    OUTLINE,
    COMMUNE_AREA,
    QPV_ZONE,
)
