"""Comparison: up to four territories side by side."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Territoires"])
ask(
    router,
    "",
    "comparaison",
    operation="comparisons_comparison",
    summary="Comparer des territoires",
    description="Jusqu'à quatre territoires, les mêmes questions posées à chacun : zonages, tissu de l'ESS, "
    "aides, outils. « territoire » se répète.",
)
