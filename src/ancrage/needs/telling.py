"""The blank zones as they are lived, told alike by the page, the API and the command."""

from typing import Any

from ancrage.needs.counting import STEP, Lived, LivedNeeds

UNDER = f"moins de {STEP}"
LEAD = (
    "Les demandes d’appui envoyées par ce site, et celles auxquelles personne n’a pu répondre : tous les "
    "supports demandés ont décliné, se sont tus quinze jours, ou n’ont pas pu être joints."
)
CAVEAT = (
    f"Les nombres vont de {STEP} en {STEP}, par défaut, et rien n’est dit sous {STEP} (aucune "
    "demande comprise) : personne ne doit être reconnu. "
    "Ce sont les demandes passées par ce site, non tous les besoins."
)


def count_words(number: int | None) -> str:
    """A count as it is told."""
    return UNDER if number is None else f"au moins {number}"


def document(found: LivedNeeds) -> dict[str, Any]:
    """Plain values; ``null`` is fewer than five, none included."""
    return {
        "territory": {"code": str(found.territory.code), "name": found.territory.name},
        "on": found.on.isoformat(),
        "step": STEP,
        "note": CAVEAT,
        "whole": _plain(found.whole),
        "kinds": [_plain(one) for one in found.kinds],
        "parts": [_plain(one) for one in found.parts],
    }


def _plain(one: Lived) -> dict[str, Any]:
    return {"code": one.code, "label": one.label, "told": one.told, "unmet": one.unmet}
