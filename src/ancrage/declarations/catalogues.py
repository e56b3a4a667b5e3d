"""Reading the YAML of a catalogue: every refusal names the file, the line and the repair."""

import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from ancrage.declarations.loading import LOADER, read_yaml
from ancrage.errors import CatalogueError

Model = TypeVar("Model", bound=BaseModel)
File = Traversable | Path
MEANINGS = {
    "missing": "il manque « {key} »",
    "extra_forbidden": "la clé « {key} » n'existe pas",
    "enum": "« {input} » n'est pas une valeur possible ({expected})",
    "literal_error": "« {input} » n'est pas une valeur possible ({expected})",
    "string_type": "un texte était attendu, pas « {input} »",
    "string_pattern_mismatch": "« {input} » n'a pas la forme attendue ({pattern})",
    "tuple_type": "une liste était attendue, pas « {input} »",
    "dict_type": "des clés et des valeurs étaient attendues, pas « {input} »",
    "model_type": "des clés et des valeurs étaient attendues, pas « {input} »",
    "date_from_datetime_parsing": "« {input} » n'est pas un jour (AAAA-MM-JJ)",
    "date_type": "« {input} » n'est pas un jour (AAAA-MM-JJ)",
    "float_parsing": "« {input} » n'est pas un nombre",
    "too_short": "la liste ne peut pas être vide",
    "value_error": "{error}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A declaration's file, and the way to it inside the file."""

    file: File
    path: tuple[str | int, ...] = ()

    def at(self, *path: str | int) -> str:
        """File and line of a part, in words: « urgencess.yaml, ligne 42 »."""
        line = _line(self.file.read_text("utf-8"), (*self.path, *path))
        return f"{self.file.name}, ligne {line}"


def read_document(file: File) -> Any:
    """Plain values of a file. Raises :class:`CatalogueError`."""
    try:
        text = file.read_text("utf-8")
        document = read_yaml(text)
    except UnicodeDecodeError as error:
        raise CatalogueError(
            f"{file.name} n'est pas écrit en UTF-8 (octet {error.start}).", "Enregistrez-le en UTF-8."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", ligne {mark.line + 1}" if mark else ""
        raise CatalogueError(
            f"{file.name}{line} : ce n'est pas un YAML lisible.", "Vérifiez les deux-points et les retraits."
        ) from error
    if "&" in text and _holds_itself(document, ()):
        raise CatalogueError(
            f"{file.name} : une ancre se contient elle-même (cycle).",
            "Recopiez la valeur sans ancre.",
        )
    return document


def parsed(model: type[Model], document: Any, place: Place) -> Model:
    """The declaration a document holds. Raises :class:`CatalogueError`."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first: Any = error.errors()[0]
        raise CatalogueError(
            f"{place.at(*first['loc'])} : {_meaning(first)}.", _repair(first, model, place)
        ) from error


def _meaning(first: dict[str, Any]) -> str:
    context = first.get("ctx", {})
    written = MEANINGS.get(first["type"], "« {input} » ne convient pas")
    return written.format(
        key=first["loc"][-1] if first["loc"] else "",
        input=f"{first['input']!s:.60}",
        expected=str(context.get("expected", "")).replace(" or ", ", "),
        pattern=context.get("pattern", ""),
        error=context.get("error", ""),
    )


def _repair(first: dict[str, Any], model: type[BaseModel], place: Place) -> str:
    if first["type"] == "extra_forbidden":
        near = process.extract(str(first["loc"][-1]), sorted(_keys_of(model)), limit=1, score_cutoff=60)
        return f"Vouliez-vous dire « {near[0][0]} » ?" if near else "Retirez-la."
    if first["type"] == "missing":
        return f"Ajoutez « {first['loc'][-1]} » à cet endroit de {place.file.name}."
    return f"Corrigez {place.file.name}."


def _keys_of(model: Any, known: frozenset[Any] = frozenset()) -> set[str]:
    """Keys of a model and of those it holds."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        if model in known:
            return set()
        own = {field.alias or name for name, field in model.model_fields.items()}
        inner = (field.annotation for field in model.model_fields.values())
        return own.union(*(_keys_of(each, known | {model}) for each in inner))
    return set[str]().union(*(_keys_of(each, known) for each in typing.get_args(model)))


@lru_cache(maxsize=4)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a file, kept: its places are asked one after the other."""
    node: yaml.Node | None = yaml.compose(text, LOADER)
    return node


def _line(text: str, path: Sequence[str | int]) -> int:
    """Line, from 1, of the deepest part of a path that the text holds."""
    node = _composed(text)
    line = 1
    for step in path:
        found = _child(node, step)
        if found is None:
            return line
        line, node = found
    return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _holds_itself(value: Any, above: tuple[int, ...]) -> bool:
    if not isinstance(value, dict | list):
        return False
    if id(value) in above:
        return True
    inside = value.values() if isinstance(value, dict) else value
    return any(_holds_itself(each, (*above, id(value))) for each in inside)


def yaml_files(folder: File) -> Iterator[File]:
    """The YAML files of a folder and of those inside, in the order of their names."""
    if not folder.is_dir():
        return
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            yield from yaml_files(each)
        elif each.name.endswith(".yaml"):
            yield each


def register(identifier: str, place: Place, places: dict[str, Place]) -> None:
    """Say where an identifier is written. Raises :class:`CatalogueError` when it is already declared."""
    if identifier in places:
        raise CatalogueError(
            f"« {identifier} » est déclaré deux fois : {places[identifier].at()} et {place.at()}.",
            f"Donnez un autre identifiant dans {place.file.name}.",
        )
    places[identifier] = place
