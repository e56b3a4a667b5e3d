"""The catalogue of aids and its parameters, read from the YAML files beside this one, or from a folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from ancrage.aids.declaration import Aid, Persona
from ancrage.declarations.catalogues import File, Place, parsed, read_document, register, yaml_files
from ancrage.declarations.dated_parameters import Parameter, read_parameters
from ancrage.declarations.keeping import compiled
from ancrage.errors import CatalogueError, UnknownAidError
from ancrage.repairs import ChooseAmong, Search


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Aids, parameters and personas by identifier, and where each is written."""

    aids: Mapping[str, Aid]
    parameters: Mapping[str, Parameter]
    personas: Mapping[str, Persona]
    places: Mapping[str, Place]

    def where(self, identifier: str, *path: str | int) -> str:
        """File and line of a part of an aid or a parameter."""
        return self.places[identifier].at(*path)


@cache
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Ancrage's catalogue, or that of a folder holding ``catalogue/``, ``parameters/`` and ``personas/``.

    Raises :class:`CatalogueError` naming the file, the line and the repair; a folder without a
    catalogue is none, not an empty one.
    """
    if folder is not None and not (folder / "catalogue").is_dir():
        raise CatalogueError(
            f"« {folder} » n'a pas de dossier « catalogue ».", "Donnez le dossier qui le contient."
        )
    return _ours() if folder is None else _read(folder, folder)


@compiled("catalogue", "aids", "declarations", "facts", "rules")
def _ours() -> Catalogue:
    return _read(files(__package__), files("ancrage.declarations"))


def _read(root: File, parameters_of: File) -> Catalogue:
    places: dict[str, Place] = {}
    aids = {aid.id: aid for aid in _aids(root / "catalogue", places)}
    parameters = {each.id: each for each in read_parameters(parameters_of / "parameters", places)}
    personas = {persona.id: persona for persona in _personas(root / "personas", places)}
    return Catalogue(aids, parameters, personas, places)


def load_aids() -> Mapping[str, Aid]:
    """Every aid by identifier. Raises :class:`CatalogueError`."""
    return load_catalogue().aids


def get_aid(identifier: str) -> Aid:
    """An aid of the catalogue. Raises :class:`UnknownAidError` with the nearest identifiers."""
    from rapidfuzz import process

    aids = load_aids()
    if identifier in aids:
        return aids[identifier]
    names = {aid.id: f"{aid.id} {aid.name}" for aid in aids.values()}
    near = [key for _, _, key in process.extract(identifier, names, limit=3, score_cutoff=50)]
    hint = f"Vouliez-vous dire : {', '.join(near)} ?" if near else "Cherchez-la par des mots."
    raise UnknownAidError(
        f"Aucune aide n'a l'identifiant « {identifier} ».", hint, ChooseAmong(tuple(near)), Search("aid")
    )


def _aids(folder: File, places: dict[str, Place]) -> Iterator[Aid]:
    for file in yaml_files(folder):
        place = Place(file)
        aid = parsed(Aid, read_document(file), place)
        register(aid.id, place, places)
        yield aid


def _personas(folder: File, places: dict[str, Place]) -> Iterator[Persona]:
    for file in yaml_files(folder):
        place = Place(file)
        persona = parsed(Persona, read_document(file), place)
        register(persona.id, place, places)
        yield persona
