"""Cases that ateliers publish, and those of the report."""

from ninja import Router

from ancrage.api.asking import ask

router = Router(tags=["Cas"])
of_territory = Router(tags=["Cas"])
ask(
    router,
    "",
    "cas",
    operation="cases_list",
    summary="Lister les cas",
    description="Ce que des territoires publient de leurs actions, les campagnes, les cas du compte rendu de "
    "2021 : par outil, levier, critère, sorte de territoire, zonage.",
)
ask(
    router,
    "/leviers",
    "cas_leviers",
    operation="cases_levers",
    summary="Comparer des plans, levier par levier",
    description="Les plans que des ateliers publient, six au plus, ceux de territoires semblables d'abord.",
)
ask(
    router,
    "/{identifiant}",
    "un_cas",
    operation="cases_one",
    summary="Montrer un cas",
    description="Un cas en entier ; 404 pour celui qui n'est plus publié, avec le jour.",
)
ask(
    of_territory,
    "/{code}/cas",
    "cas",
    operation="cases_alike",
    summary="Voir ce que font des territoires semblables",
    description="Les mêmes cas, ceux des territoires qui ressemblent le plus à celui-ci d'abord.",
)
