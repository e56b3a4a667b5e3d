"""What public buyers really buy: the buyers, one of them, a territory."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Achats"])
of_territory = Router(tags=["Achats"])
ask(
    router,
    "",
    "acheteurs",
    operation="buyers_list",
    summary="Chercher un acheteur public",
    description="Acheteurs publics dont des contrats ont été lus, par nom, SIREN ou département.",
    page=20,
)
ask(
    router,
    "/{acheteur}",
    "acheteur",
    operation="buyers_show",
    summary="Dire ce qu'un acheteur achète vraiment",
    description="Parts en nombre et en valeur : ESS par famille, SIAE, EA et ESAT, petites entreprises, "
    "clauses et réserves, par année et par CPV. Ce qui est indéterminé n'est jamais compté comme un non ; la "
    "qualité des données d'abord.",
)
ask(
    of_territory,
    "/{code}/achats-realises",
    "achats_realises",
    operation="territories_bought",
    summary="Dire ce qui est vraiment acheté ici",
    description="Les mêmes parts, pour les acheteurs dont le siège est dans le territoire, et chacun d'eux.",
)
