"""A YAML or JSON text as plain values, with the line of each part.

Only the plain part of YAML is read: no tag, and days and codes stay texts. YAML 1.1 would read the commune
01004 as the octal number 516, and refuse 2021-02-30 without saying where it is.
"""

import re
from collections.abc import Iterator
from typing import Any

from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.json_parts import parts_of_json
from ancrage.declarations.json_text import read_json
from ancrage.declarations.parts import Part, Path
from ancrage.declarations.yaml_parts import parts_of_yaml

_LIKE_JSON = re.compile(r'\s*\{\s*["}]')
"""An object whose first key is between quotes: « {a: b} » is YAML, and no JSON."""


class Document:
    """Plain values of a text (``values``), and the line of each of their parts."""

    def __init__(self, values: Any, root: Part) -> None:
        self.values, self.root = values, root

    def line(self, path: Path) -> int:
        """Line, from 1, of the deepest written part of a path."""
        part, line = self.root, 1
        for step in path:
            found = part.inside.get(step) or part.inside.get(str(step))
            if found is None:
                break
            line, part = found
        return line

    @property
    def repeated(self) -> dict[Path, int]:
        """Each key written again, by its path, with the line of its second writing."""
        return dict(_repeated(self.root, ()))

    def refuse_repeated(self) -> None:
        """Raise :class:`Fault` for a key written twice: the first value would be lost in silence."""
        for path, line in self.repeated.items():
            raise Fault(f"« {shown(path[-1])} » est écrit deux fois", line, "Gardez-en un seul.")


def read_document(text: str, *, aliases: bool = False) -> Document:
    """Values and lines of a text, JSON or YAML. Raises :class:`Fault` with the line.

    ``aliases``: anchors are for the project's own declarations; a person's file has no use for them.
    """
    written = text.removeprefix("\ufeff")
    if _LIKE_JSON.match(written):
        return Document(read_json(written), parts_of_json(written))
    return _of_yaml(written, aliases=aliases)


def _of_yaml(text: str, *, aliases: bool) -> Document:
    root = parts_of_yaml(text, aliases=aliases)
    return Document(root.value, root)


def _repeated(part: Part, above: Path) -> Iterator[tuple[Path, int]]:
    for key, line in part.repeated:
        yield (*above, key), line
    for step, (_, inner) in part.inside.items():
        if inner.inside:
            yield from _repeated(inner, (*above, step))
