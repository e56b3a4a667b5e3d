"""The one territory a text designates, or why it designates none: several, another day, nobody."""

from datetime import date

from ancrage.errors import (
    AmbiguousTerritoryError,
    CeasedTerritoryError,
    Choice,
    UnknownTerritoryError,
)
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import TerritoryCode
from ancrage.territories.finding import find, gazetteer, labelled, match_of, possible_codes, row_of
from ancrage.territories.gazetteer.names import BARE, OWN
from ancrage.territories.gazetteer.place import Hit
from ancrage.territories.gazetteer.reading import SHORTENED_COSTS
from ancrage.territories.history import ceased_or_to_come, was_known

SHOWN_BESIDE, MOST_POSTED = 5, 100


def designate(atlas: Atlas, typed: str, *, on: date, suggesting: bool = True) -> TerritoryCode:
    """The one territory a person designates by a code or by its exact name, told apart if need be.

    « Saint-Denis (93) », « 93200 Saint-Denis » and « Communauté de communes Creuse Grand Sud » designate.
    Raises :class:`UnknownTerritoryError` with suggestions (when ``suggesting``, which costs the most),
    :class:`AmbiguousTerritoryError` with the candidates, :class:`CeasedTerritoryError` saying when the code
    or the name ceased and into what.
    """
    vintage = atlas.vintage_on(on)
    text = typed.strip()
    codes = possible_codes(text)
    known = [code for code in codes if row_of(atlas, code, vintage)] or [*labelled(atlas, text, on=on)]
    if len(known) == 1:
        return known[0]
    if known:
        names = gazetteer(atlas, vintage)
        return _only(text, names.ordered(names.by_code(known), 12))
    _refuse_another_day_or_postcode(atlas, text, codes, on=on)
    return _designate_by_name(atlas, text, on=on, suggesting=suggesting)


def successor(atlas: Atlas, typed: str, *, on: date) -> Hit | None:
    """The one commune of the day that a commune of old became, by its code or its name; ``via`` tells it.

    ``None`` when it became several: which one is meant cannot be told.
    """
    names = gazetteer(atlas, atlas.vintage_on(on))
    text = typed.strip()
    former = names.by_former_code(text) or [
        hit for hit in names.ordered(names.exactly(text), 60) if hit.former
    ]
    return former[0] if len({hit.place.code for hit in former}) == 1 else None


def _only(text: str, hits: list[Hit]) -> TerritoryCode:
    if len(hits) == 1:
        return hits[0].place.code
    raise AmbiguousTerritoryError(text, _choices(hits))


def _choices(hits: list[Hit]) -> list[Choice]:
    """What a person may choose: « Guéret (23096), commune, Creuse (23), 12 955 habitants »."""
    return [Choice(str(match.named.code), match.label) for match in map(match_of, hits)]


def _refuse_another_day_or_postcode(
    atlas: Atlas, text: str, codes: tuple[TerritoryCode, ...], *, on: date
) -> None:
    """Five digits may be a code of another day or a postcode.

    A commune that ceased before the vintages we know (75001 was Alfortville until 1968) gives way to the
    postcode; one that ceased since is told, with the postcode's communes beside.
    """
    ceased = next((error for code in codes if (error := ceased_or_to_come(atlas, code, on=on))), None)
    names = gazetteer(atlas, atlas.vintage_on(on))
    posted = names.ordered(names.by_postcode(text), MOST_POSTED)
    labels = [choice.label for choice in _choices(posted)]
    if ceased and (not labels or any(was_known(atlas, code) for code in codes)):
        more = " ; …" if len(labels) > SHOWN_BESIDE else ""
        also = (
            f" C'est aussi le code postal de : {' ; '.join(labels[:SHOWN_BESIDE])}{more}." if labels else ""
        )
        became = _choices([*names.by_former_code(text), *posted])
        raise CeasedTerritoryError(
            ceased.message, ceased.hint + also, *ceased.repairs, query=text, choices=became
        )
    if labels:
        raise AmbiguousTerritoryError(
            text, _choices(posted), why="est un code postal, qui ne désigne pas un territoire"
        )
    if former := names.by_former_code(text):
        raise _ceased_name(text, former)


def _designate_by_name(atlas: Atlas, text: str, *, on: date, suggesting: bool) -> TerritoryCode:
    """Those that bear the name itself come before those it is another name of, and those before the past."""
    names = gazetteer(atlas, atlas.vintage_on(on))
    hits = names.ordered(names.exactly(text), 60)
    for least in (OWN - SHORTENED_COSTS, BARE - SHORTENED_COSTS):
        if found := [hit for hit in hits if hit.score >= least]:
            return _only(text, found[:12])
    if former := [hit for hit in hits if hit.former]:
        raise _ceased_name(text, former)
    near = find(atlas, text, on=on, limit=5) if suggesting else ()
    raise UnknownTerritoryError(text, [Choice(str(one.named.code), one.label) for one in near])


def _ceased_name(text: str, hits: list[Hit]) -> CeasedTerritoryError:
    shown = hits[:SHOWN_BESIDE]
    labels = " ; ".join(f"{hit.place.name} ({hit.place.code})" for hit in shown)
    told = " ; ".join(hit.via for hit in shown)
    return CeasedTerritoryError(
        f"« {text} » n'est plus le nom ni le code d'une commune : {told}.",
        f"Demandez la commune d'aujourd'hui : {labels}.",
        query=text,
        choices=_choices(hits),
    )
