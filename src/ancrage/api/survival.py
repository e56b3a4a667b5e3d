"""Survival: how long the structures of a territory last."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Survie"])
ask(
    of_territory,
    "/{code}/survie",
    "survie",
    operation="survival_survival",
    summary="Dire combien de temps durent les structures",
    description="Courbes de Kaplan-Meier avec entrée retardée, par groupe, et leur comparaison.",
)
