"""Contacts: who can help in a territory."""

from ninja import Router

from ancrage.api.asking import ask

of_territory = Router(tags=["Accompagnement"])
ask(
    of_territory,
    "/{code}/contacts",
    "contacts",
    operation="contacts_help",
    summary="Dire qui peut aider ici",
    description="Services et réseaux qui répondent pour un territoire, et pour un besoin s'il est dit : nom, "
    "téléphone, distance, jour où la source les montre. Le plus proche connu quand aucun ne le sert.",
)
