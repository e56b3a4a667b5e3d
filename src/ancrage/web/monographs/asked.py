"""What an address asks of the monographs: words and filters, or one's own case to compare."""

from collections.abc import Sequence

from django.http import QueryDict

from ancrage.errors import MonographError
from ancrage.levers.declaration import TOOLS
from ancrage.monographs.catalogue import Monograph
from ancrage.monographs.declaration import Category
from ancrage.monographs.places import within
from ancrage.monographs.traits import Traits
from ancrage.register.codes import Naf
from ancrage.territories.atlas import Atlas


def filtered(atlas: Atlas, cases: Sequence[Monograph], asked: QueryDict) -> list[Monograph]:
    """The cases of a category, a tool, a zoning; every filter left empty lets all of them through.

    Raises :class:`MonographError`, and :class:`ancrage.errors.UnknownZoningError`.
    """
    category, tool, zoning = category_of(asked), tool_of(asked.get("outil", "")), asked.get("zonage", "")
    found = [
        case
        for case in cases
        if category in (None, case.header.category) and (tool is None or tool in case.header.tools)
    ]
    return within(atlas, found, zoning[:60]) if zoning else found


def category_of(asked: QueryDict) -> Category | None:
    """The category asked, if one is. Raises :class:`MonographError`."""
    typed = asked.get("categorie", "")
    if not typed:
        return None
    if typed not in set(Category):
        raise MonographError(
            f"« {typed[:40]} » n'est pas une catégorie.", f"Possible : {', '.join(Category)}."
        )
    return Category(typed)


def tool_of(typed: str) -> int | None:
    """The number of a tool, if one is asked. Raises :class:`MonographError`."""
    if not typed:
        return None
    # ``isdecimal`` lets other scripts' digits through, which ``int`` reads as well.
    if not typed.isdecimal() or len(typed) > 2 or not 1 <= int(typed) <= TOOLS:
        raise MonographError(f"« {typed[:40]} » n'est pas un outil.", f"Donnez un numéro, de 1 à {TOOLS}.")
    return int(typed)


def traits_of(asked: QueryDict) -> Traits:
    """One's own case; what is left empty is unknown, never none. Raises :class:`MonographError`.

    Raises :class:`ancrage.errors.InvalidCodeError` for an activity that is not one of NAF rév. 2.
    """
    tools = frozenset(tool for tool in map(tool_of, asked.getlist("outil")) if tool is not None)
    naf = asked.get("naf", "").strip()[:10]
    return Traits(
        tools=tools or None,
        naf=Naf(naf) if naf else None,
        band=asked.get("tranche", "")[:10] or None,
        family=asked.get("famille", "")[:40] or None,
    )
