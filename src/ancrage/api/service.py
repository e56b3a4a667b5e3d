"""The API put together: its resources, its failures, its rate."""

from ninja import NinjaAPI

from ancrage.api import (
    aids,
    bought,
    cases,
    comparisons,
    contacts,
    coverage,
    eligibility,
    financing,
    levers,
    needs,
    news,
    points,
    problems,
    purchases,
    simulation,
    sources,
    structures,
    survival,
    territories,
    zonings,
)
from ancrage.api.parsing import BoundedParser
from ancrage.api.throttling import AddressThrottle

DESCRIPTION = (
    "Les réponses d'Ancrage pour d'autres logiciels : territoires, zonages, structures, aides, leviers, "
    "accompagnement, survie, sur données ouvertes et sourcées. Trois réponses : oui, non, a_verifier ; ce "
    "qui n'est pas su est null, jamais zéro. « le » donne le jour. Un échec est un document "
    "application/problem+json (RFC 9457). Les réponses aux GET portent un ETag ; une liste longue se lit de "
    "page en page par son curseur « next »."
)

api = NinjaAPI(
    title="API d'Ancrage",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    throttle=AddressThrottle(),
    urls_namespace="api-v1",
    parser=BoundedParser(),
)
problems.register(api)
for prefix, routers in {
    "/territoires": (
        territories.router,
        zonings.of_territory,
        simulation.of_territory,
        levers.of_territory,
        coverage.of_territory,
        contacts.of_territory,
        needs.of_territory,
        news.of_territory,
        bought.of_territory,
        survival.of_territory,
        cases.of_territory,
    ),
    "/comparaisons": (comparisons.router,),
    "/zonages": (zonings.router,),
    "/points": (points.router,),
    "/adresses": (points.addresses,),
    "/aides": (aids.router,),
    "/faits": (aids.facts,),
    "/eligibilite": (eligibility.router,),
    "/financement": (financing.router,),
    "/leviers": (levers.router,),
    "/cas": (cases.router,),
    "/achats": (purchases.router,),
    "/structures": (structures.router,),
    "/acheteurs": (bought.router,),
    "/sources": (sources.router,),
}.items():
    for router in routers:
        api.add_router(prefix, router)
