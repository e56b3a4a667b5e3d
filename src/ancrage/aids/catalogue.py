"""The catalogue of aids and its parameters, read from the YAML files beside this one."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ancrage.aids.declaration import Aid, Parameter
from ancrage.declarations import read_yaml
from ancrage.errors import CatalogueError

Model = TypeVar("Model", bound=BaseModel)


@cache
def load_aids() -> Mapping[str, Aid]:
    """Every aid by identifier. Raises :class:`CatalogueError` naming the file and the repair."""
    found: dict[str, Aid] = {}
    for path, document in _documents("catalogue"):
        aid = _parsed(Aid, path, document)
        if aid.id in found:
            raise CatalogueError(f"L'aide « {aid.id} » est déclarée deux fois.", f"Renommez-la dans {path}.")
        found[aid.id] = aid
    return found


@cache
def load_parameters() -> Mapping[str, Parameter]:
    """Every parameter by identifier. Raises :class:`CatalogueError`."""
    found: dict[str, Parameter] = {}
    for path, document in _documents("parameters"):
        for row in document["parameters"]:
            parameter = _parsed(Parameter, path, row)
            if parameter.id in found:
                raise CatalogueError(
                    f"Le paramètre « {parameter.id} » est déclaré deux fois.", f"Corrigez {path}."
                )
            found[parameter.id] = parameter
    return found


def _documents(folder: str) -> Iterator[tuple[str, Any]]:
    for file in _files(files(__package__) / folder):
        try:
            yield file.name, read_yaml(file.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise CatalogueError(f"{file.name} n'est pas un YAML lisible : {error}.") from error


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith(".yaml"):
            yield each


def _parsed(model: type[Model], path: str, document: Any) -> Model:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CatalogueError(f"{path} : {where} : {first['msg']}.") from error
