"""A point: the zonings that hold there."""

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
