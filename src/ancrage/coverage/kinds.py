"""Kinds of support places, declared once with what each does and who says so."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.errors import SupportFileError

DLA = "dla"


class SupportKind(Declared):
    """A kind of support. ``ess``: proper to the ESS; ``everywhere_since``: in each département by law."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    label: str
    ess: bool
    summary: str
    source: str
    announced: int | None = None
    everywhere_since: date | None = None


@compiled("reseaux", "coverage", "declarations")
def support_kinds() -> Mapping[str, SupportKind]:
    """Every kind by its identifier, in reading order."""
    document = read_yaml((files(__package__) / "kinds.yaml").read_text("utf-8"))
    kinds = [SupportKind.model_validate(row) for row in document["kinds"]]
    return {kind.id: kind for kind in kinds}


def get_kind(identifier: str) -> SupportKind:
    """A kind. Raises :class:`SupportFileError` with those that exist."""
    kinds = support_kinds()
    if identifier not in kinds:
        raise SupportFileError(
            f"« {identifier} » n'est pas un réseau connu.", f"Choisissez : {', '.join(kinds)}."
        )
    return kinds[identifier]
