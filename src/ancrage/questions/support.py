"""What the questions on support places share: which networks, and the places known of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from ancrage.questions.fields import Asked

if TYPE_CHECKING:
    from ancrage.coverage.places import Directory
    from ancrage.territories.atlas import Atlas

MOST_NETWORKS = 20
LONGEST_NETWORK = 50


def _known(name: str) -> str:
    from ancrage.coverage.kinds import get_kind

    return get_kind(name).id


Network = Annotated[str, Field(max_length=LONGEST_NETWORK), AfterValidator(_known)]
"""A network by its identifier; one that does not exist raises ``SupportFileError``."""
Networks = Annotated[
    tuple[Network, ...],
    Field(max_length=MOST_NETWORKS),
    Asked(
        name="reseau",
        label="Réseaux",
        help="Seulement ce réseau ; répétable.",
        example="dla",
        option="--type",
        metavar="RESEAU",
    ),
]
PlaceFiles = Annotated[
    tuple[str, ...],
    Asked(
        name="lieux",
        label="Fichiers de lieux",
        help="Fichier de lieux ; répétable.",
        metavar="[RESEAU=]FICHIER",
        local=True,
    ),
]


def places_of(atlas: "Atlas", networks: Sequence[str], files: Sequence[str]) -> "Directory":
    """Places of the edition, of some networks, joined to those of files.

    Raises :class:`ancrage.errors.SupportFileError` for a file that cannot be read.
    """
    from ancrage.coverage.places import joined
    from ancrage.coverage.placing import ground_of
    from ancrage.coverage.reading import read_directory
    from ancrage.coverage.territory import edition_directory

    found = [edition_directory(atlas, networks or None)]
    if files:
        ground = ground_of(atlas)
        for written in files:
            kind, separator, name = written.partition("=")
            path = Path(name) if separator else Path(written)
            found.append(read_directory(path, ground, kind=kind if separator else None))
    return joined(found)
