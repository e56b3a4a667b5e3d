"""A point, or an address: the zonings that hold there."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Zonages"])
ask(
    router,
    "",
    "zonages_point",
    operation="zonings_point",
    summary="Répondre de tous les zonages à un point",
    description="Ceux de la commune où il est, et son quartier prioritaire quand le périmètre en est connu.",
)
addresses = Router(tags=["Zonages"])
ask(
    addresses,
    "",
    "zonages_adresse",
    operation="zonings_address",
    summary="Répondre de tous les zonages à une adresse",
    description="L'adresse est demandée au service national d'adresses ; ni elle ni la réponse ne sont "
    "gardées. 300 si plusieurs adresses peuvent être voulues, 503 si le service ne répond pas.",
)
