"""What changed in a territory."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Territoires"])
ask(
    of_territory,
    "/{code}/nouveautes",
    "nouveautes",
    operation="territories_news",
    summary="Dire ce qui a changé",
    description="Ce qui a changé dans un territoire entre deux jours, et entre deux éditions des données : "
    "zonages gagnés et perdus avec leur texte, structures, aides, échéances, lieux.",
)
