"""The sorts of conventions, read from the YAML files beside this one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ancrage.conventions.declaration import DeedText, Sort
from ancrage.declarations.keeping import compiled
from ancrage.errors import CatalogueError

GIVEN = {"parties", "premiere", "autres", "actions", "periode", "acte", "objet"}
"""What the atelier fills in itself."""
NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Deeds:
    """Sorts by their identifier, and the texts they rest on."""

    sorts: Mapping[str, Sort]
    texts: Mapping[str, DeedText]


@compiled("conventions", "conventions", "declarations")
def read_deeds() -> Deeds:
    """The sorts of conventions. Raises :class:`CatalogueError` naming the file and the repair."""
    from ancrage.declarations.catalogues import Place, parsed, read_document, yaml_files

    root = files(__package__)
    told = root / "texts.yaml"
    texts = {
        name: parsed(DeedText, row, Place(told, ("texts", name)))
        for name, row in read_document(told)["texts"].items()
    }
    shared = read_document(root / "shared.yaml")
    sorts = [
        parsed(Sort, _whole(read_document(file), shared), Place(file))
        for file in yaml_files(root / "catalogue")
    ]
    found = Deeds({one.id: one for one in sorts}, texts)
    for fault in _faults(found):
        raise CatalogueError(fault, "Corrigez conventions/catalogue.")
    return found


def _whole(document: dict[str, Any], shared: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A sort with what it shares with others (``use``) in its place."""
    return {
        **document,
        **{
            part: [shared[part][one["use"]] if "use" in one else one for one in document.get(part, ())]
            for part in ("blanks", "clauses", "duties")
        },
    }


def _faults(deeds: Deeds) -> Iterator[str]:
    for sort in deeds.sorts.values():
        blanks = {one.id for one in sort.blanks} | GIVEN
        named = {text for clause in sort.clauses for text in clause.texts}
        named |= {duty.text for duty in sort.duties if duty.text}
        yield from (
            f"{sort.id} : le texte « {one} » est inconnu." for one in sorted(named - set(deeds.texts))
        )
        for clause in sort.clauses:
            for one in sorted(set(NAMED.findall(clause.words)) - blanks):
                yield f"{sort.id}, « {clause.id} » : « {one} » n'est pas une question."
