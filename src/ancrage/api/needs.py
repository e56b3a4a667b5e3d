"""Needs of a territory: the blank zones as they are lived."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Accompagnement"])
ask(
    of_territory,
    "/{code}/besoins",
    "besoins_vecus",
    operation="needs_lived",
    summary="Dire les besoins demandés, et ceux sans réponse",
    description="Les zones blanches telles qu'elles sont vécues : demandes d'appui envoyées par ce site dans "
    "un territoire, par sorte, et celles auxquelles personne n'a répondu. De cinq en cinq ; null sous cinq.",
)
