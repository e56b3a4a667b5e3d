"""Simulation: every ESS structure of a territory through the aids of a day, with other thresholds or not."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Simulation"])
ask(
    of_territory,
    "/{code}/simulation",
    "simulation",
    operation="simulation_simulation",
    summary="Simuler les aides sur un territoire",
    description="Passe toutes les structures de l'ESS d'un territoire au crible des aides d'un jour. "
    "Avec « parametre », "
    "répond aussi pour d'autres seuils. Pour une région ou le pays, préférez un travail de fond sur le site.",
)
