"""Sources: the public data sets declared, and those the edition in force was built from."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Sources"])
ask(
    router,
    "",
    "sources",
    operation="sources_sources",
    summary="Lister les sources",
    description="Les jeux de données publics déclarés, par identifiant, et ce que l'édition en vigueur "
    "a pris de chacun.",
    page=100,
)
ask(
    router,
    "/{source}",
    "source",
    operation="sources_source",
    summary="Montrer une source",
    description="Producteur, licence, millésime, ressources, et ce que l'édition en vigueur en a pris.",
)
