"""The text of a file of assessments, YAML or JSON, as plain values with the line of each part.

Only the plain part of YAML is read: no anchor, no tag, and days and codes stay texts. YAML 1.1 would read
the commune 01004 as the octal number 516, and refuse 2021-02-30 without saying where it is.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from ancrage.declarations.loading import LOADER
from ancrage.errors import GridFileError

DEEPEST = 12
LARGEST = 2_000_000
REPAIR = "Partez du modèle : ancrage grille modele."

Path = tuple[str | int, ...]

_RESOLVERS = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|false|False", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
)
_JSON_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_UNSAFE_FOR_YAML = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class PlainLoader(LOADER):  # type: ignore[misc,valid-type]
    """A safe loader that knows nulls, booleans and decimal integers only."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for _tag, _shape, _first in _RESOLVERS:
    PlainLoader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_shape})$"), _first)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values of a text, the line of each part, and the line of each key written again."""

    values: Any
    lines: Mapping[Path, int]
    repeated: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Line, from 1, of the deepest written part of a path."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def read_document(text: str) -> Document:
    """Values and lines of a text. Raises :class:`GridFileError` with the line of the fault."""
    written = text.removeprefix("\ufeff")
    if len(written) > LARGEST:
        raise GridFileError(f"Le fichier dépasse {LARGEST // 1_000_000} millions de caractères.", REPAIR)
    is_json = written.lstrip().startswith("{")
    values = _from_json(written) if is_json else None
    # JSON escapes what YAML cannot hold; only the lines of a JSON text are read as YAML.
    shown = _UNSAFE_FOR_YAML.sub(" ", _JSON_ESCAPE.sub("x", written)) if is_json else written
    try:
        _refuse_the_unplain(shown)
        node = yaml.compose(shown, PlainLoader)
        values = values if is_json else yaml.load(shown, PlainLoader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    lines: dict[Path, int] = {}
    repeated: dict[Path, int] = {}
    for path, line in _parts(node, ()):
        if path in lines and path[:-1] not in repeated:
            repeated[path] = line
        lines.setdefault(path, line)
    return Document(values, lines, repeated)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GridFileError(
            f"Ligne {error.lineno}, colonne {error.colno} : ce n'est pas un JSON lisible.",
            "Vérifiez les virgules, les guillemets et les accolades.",
        ) from error
    except RecursionError as error:
        raise GridFileError("Le fichier est imbriqué trop profondément.", REPAIR) from error
    except ValueError as error:  # an integer of thousands of digits
        raise GridFileError("Un nombre du fichier est démesuré.", REPAIR) from error


def _refuse_the_unplain(text: str) -> None:
    """No alias, no tag, no depth: what a person's file never needs, and what could swell or loop."""
    depth = 0
    for event in yaml.parse(text, PlainLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise GridFileError(
                f"Ligne {line} : ancres et renvois (& et *) ne sont pas lus.", "Recopiez la valeur."
            )
        if getattr(event, "tag", None):
            raise GridFileError(f"Ligne {line} : les types (!) ne sont pas lus.", "Écrivez la valeur seule.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise GridFileError(f"Ligne {line} : le fichier est imbriqué trop profondément.", REPAIR)


def _unreadable(error: yaml.YAMLError) -> GridFileError:
    mark = getattr(error, "problem_mark", None)
    where = f"Ligne {mark.line + 1} : ce" if mark else "Ce"
    return GridFileError(f"{where} n'est pas un YAML lisible.", "Vérifiez les deux-points et les retraits.")


def _parts(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, int]]:
    """Every part with its line; a mapping's key written twice comes twice."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            yield inner, key.start_mark.line + 1
            yield from _parts(value, inner)
    if isinstance(node, yaml.SequenceNode):
        for rank, item in enumerate(node.value):
            yield (*path, rank), item.start_mark.line + 1
            yield from _parts(item, (*path, rank))
