"""Reading the YAML of a catalogue: every refusal names the file, the line and the repair."""

import re
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.loading import loader, read_yaml
from ancrage.declarations.reader import Reader
from ancrage.declarations.yaml_parts import WRITING, line_of, parts_of_yaml
from ancrage.deferred import Deferred
from ancrage.errors import CatalogueError

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")

Model = TypeVar("Model", bound=BaseModel)
File = Traversable | Path
READER = Reader(CatalogueError, "Corrigez ce fichier.")
OURS = Path(str(files("ancrage"))).resolve()
NUMBER_OR_DAY = re.compile(r"[-+.]?\d")
LONG_NUMBER = re.compile(r"[-+]?[0-9a-fA-FxXob_:]{40,}")
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
        text = _text_of(self.file)
        if not _is_ours(self.file):
            with READER.telling(self.file.name):
                _refuse_untrusted(text)  # it may have changed since it was read
        line = _line(text, (*self.path, *path))
        return f"{self.file.name}, ligne {line}"


def read_document(file: File) -> Any:
    """Plain values of a file. Raises :class:`CatalogueError`."""
    text = _text_of(file)
    with READER.telling(file.name):
        if not _is_ours(file):
            _refuse_untrusted(text)
        return _values_of(text)


def _text_of(file: File) -> str:
    if isinstance(file, Path):
        return READER.text(file).text
    return READER.text_of(file.read_bytes(), file.name).text


def _is_ours(file: File) -> bool:
    """Whether a file travels with Ancrage, where tests have read it before anybody."""
    return not isinstance(file, Path) or file.resolve().is_relative_to(OURS)


def _refuse_untrusted(text: str) -> None:
    """Raise :class:`Fault` before anything is built of a text too deep, too large, or that repeats itself."""
    parts_of_yaml(text, aliases=True)
    for event in yaml.parse(text, loader()):
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and NUMBER_OR_DAY.match(event.value):
            _refuse_impossible(event.value, line_of(event))


def _refuse_impossible(written: str, line: int) -> None:
    """A day that no month has, a number that no engine holds."""
    repair = "Corrigez-le, ou écrivez-le entre guillemets."
    if LONG_NUMBER.fullmatch(written):
        raise Fault(f"le nombre « {shown(written, 24)} » est démesuré", line, repair)
    try:
        read_yaml(written)
    except ValueError as error:
        raise Fault(f"« {shown(written)} » n'est ni un jour ni un nombre possible", line, repair) from error


def _values_of(text: str) -> Any:
    try:
        return read_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault("ce n'est pas un YAML lisible", mark.line + 1 if mark else None, WRITING) from error


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
def _composed(text: str) -> "yaml.Node | None":
    """The nodes of a file, kept: its places are asked one after the other."""
    node: yaml.Node | None = yaml.compose(text, loader())
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


def _child(node: "yaml.Node | None", step: str | int) -> "tuple[int, yaml.Node] | None":
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


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
