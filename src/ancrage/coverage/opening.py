"""Where to open next, given the places that exist and what is to be served."""

from collections.abc import Collection, Mapping, Sequence

from ancrage.coverage.extents import is_partial
from ancrage.coverage.kinds import get_kind
from ancrage.coverage.places import Directory, SupportPlace
from ancrage.coverage.territory import communes_of, weighings
from ancrage.errors import SitingError
from ancrage.repairs import BuildEdition, GiveField, SynchroniseSources
from ancrage.siting.choosing import DEFAULT_SECONDS
from ancrage.siting.positions import Places, Positions
from ancrage.siting.territory import TerritorySiting, open_sites
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

WEIGHTS = {"habitants": 0, "structures": 1, "emplois": 2}
"""What may be served, and its rank among the weighings of a territory."""


def open_for(
    atlas: Atlas,
    territory: Territory,
    directory: Directory,
    *,
    kinds: Sequence[str],
    sites: int,
    radius_km: float | None,
    weigh: str = "habitants",
    register_whole: bool = True,
    seconds: float = DEFAULT_SECONDS,
) -> TerritorySiting:
    """Openings beside the places of some kinds (all those of the directory when none is named).

    ``seconds`` bounds the search; when it ends before the proof, the gap is told.

    Raises :class:`SitingError`, :class:`SupportFileError` for a kind that does not exist, and
    :class:`MissingSourceError` when no outline of communes is known.
    """
    if weigh not in WEIGHTS:
        raise SitingError(
            f"« {weigh} » ne se pèse pas.",
            f"Choisissez parmi : {', '.join(WEIGHTS)}.",
            GiveField("poids", tuple(WEIGHTS)),
        )
    wanted = {get_kind(name).id for name in kinds} or directory.kinds
    _check_known(wanted, directory, atlas.departements_of(territory))
    places = [place for place in directory.places if place.kind in wanted and place.receives]
    return open_sites(
        atlas,
        territory,
        _positions([place for place in places if place.placed]),
        sites=sites,
        radius_km=radius_km,
        weights=_weights(atlas, territory, weigh, whole=register_whole),
        unit=weigh,
        seconds=seconds,
        unplaced=tuple(place.name for place in places if not place.placed),
    )


def _check_known(wanted: Collection[str], directory: Directory, departements: Collection[str]) -> None:
    """Places nobody listed are unknown, not absent: what would be opened beside them cannot be said."""
    unlisted = {name for name in wanted if is_partial(name, directory.within, departements)}
    absent = [get_kind(name).label for name in sorted(set(wanted) - directory.kinds | unlisted)]
    where = " n’est complète ici" if unlisted else ""
    if absent or not wanted:
        whose = f" pour {', '.join(absent)}" if absent else ""
        raise SitingError(
            f"Les lieux déjà ouverts ne sont pas connus : aucune liste chargée{where}{whose}.",
            "Donnez leur liste, ou ouvrez à côté d'un autre réseau.",
            GiveField("lieux", ("RESEAU=FICHIER",)),
            GiveField("type", ("RESEAU",)),
        )


def _positions(places: Sequence[SupportPlace]) -> Places:
    return Places(
        tuple(f"{place.kind}:{place.id}" for place in places),
        tuple(place.name for place in places),
        Positions.from_degrees(
            [place.longitude or 0.0 for place in places], [place.latitude or 0.0 for place in places]
        ),
    )


def _weights(
    atlas: Atlas, territory: Territory, weigh: str, *, whole: bool
) -> Mapping[str, float | None] | None:
    if weigh == "habitants":
        return None
    communes = communes_of(atlas, territory)
    found = weighings(atlas, communes, register_whole=whole)
    if len(found) <= WEIGHTS[weigh]:
        raise SitingError(
            f"Les {weigh} de l'ESS ne sont pas connus : "
            f"aucun registre complet ne couvre {territory.the_name}.",
            "Servez les habitants.",
            GiveField("poids", ("habitants",)),
            SynchroniseSources(("sirene-etablissements", "sirene-unites-legales")),
            BuildEdition(),
        )
    return dict(zip(communes.codes, map(float, found[WEIGHTS[weigh]].values), strict=True))
