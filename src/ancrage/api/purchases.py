"""Purchases: what may be done, and who could serve them."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Achats"])
ask(
    router,
    "/",
    "achats",
    operation="purchases_answer",
    summary="Dire ce qui peut être fait pour un achat",
    description="Procédure, publicité, réserves, devoirs et possibilités d'un achat public le jour où la "
    "consultation est lancée, chacun avec son article et sa rédaction de ce jour ; qui peut répondre autour.",
)
ask(
    router,
    "/fournisseurs.geojson",
    "achats",
    operation="purchases_map",
    summary="Placer ceux qui peuvent répondre",
    description="Les structures qui peuvent répondre à un achat, en points (GeoJSON).",
    mapped=True,
)
ask(
    router,
    "/lots",
    "lots",
    operation="purchases_lots",
    summary="Découper un achat en lots",
    description="Les découpages comparés, et celui que les structures autour peuvent porter.",
)
ask(
    router,
    "/trousse",
    "trousse",
    operation="purchases_kit",
    summary="Écrire les pièces d'un achat",
    description="Questionnaire, trace, réserve, clause sociale et ses heures, critères, lots, lettre.",
)
ask(
    router,
    "/spaser",
    "spaser",
    operation="purchases_spaser",
    summary="Écrire un SPASER",
    description="S'il est obligatoire, ses objectifs, ses indicateurs, dans les mots de la loi.",
)
