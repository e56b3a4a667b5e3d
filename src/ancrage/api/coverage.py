"""Coverage: which support reaches each commune of a territory, where to open, the round of a van."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Accompagnement"])
ask(
    of_territory,
    "/{code}/accompagnement",
    "couverture",
    operation="coverage_coverage",
    summary="Dire quel accompagnement couvre un territoire",
    description="Par commune et par réseau : couverte, proche, loin ou inconnue, et la distance au lieu "
    "le plus proche.",
)
ask(
    of_territory,
    "/{code}/accompagnement/carte",
    "couverture",
    operation="coverage_coverage_map",
    summary="Dessiner la couverture d'un territoire",
    description="Les communes et leur état, en GeoJSON (WGS 84) : leur contour quand il est connu, "
    "sinon un point.",
    mapped=True,
)
ask(
    of_territory,
    "/{code}/accompagnement/ouvertures",
    "ouvertures",
    operation="coverage_openings",
    summary="Dire où ouvrir de nouveaux lieux",
    description="Les communes où de nouveaux lieux serviraient le plus, ce que chacun apporte, et à combien "
    "du meilleur choix on est.",
)
ask(
    of_territory,
    "/{code}/accompagnement/tournee",
    "tournee",
    operation="coverage_round",
    summary="Dire la tournée la plus courte",
    description="Depuis une commune, par les lieux à ouvrir ou par toutes les communes du territoire.",
)
