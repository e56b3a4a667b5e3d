"""The monographs: those of the project, then those of a folder of one's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from ancrage.errors import MonographError
from ancrage.monographs.declaration import Header
from ancrage.monographs.reading import Faults, read_case
from ancrage.repairs import GiveField, StartFromModel

PARTS = ("Récit", "Modèle économique", "Enseignements")
"""Titles of the parts of a monograph, in order."""


@dataclass(frozen=True, slots=True)
class Monograph:
    """A case: its header and its parts, by title. ``origin`` is the file it was read from."""

    header: Header
    parts: Mapping[str, str]
    origin: str

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.header.id


@dataclass(frozen=True)
class Monographs:
    """Every case, in order of name."""

    cases: tuple[Monograph, ...]

    def get(self, wanted: str) -> Monograph:
        """A case by its identifier. Raises :class:`MonographError` with the nearest ones."""
        for case in self.cases:
            if case.id == wanted:
                return case
        names = {case.id: f"{case.id} {case.header.name}" for case in self.cases}
        near = [key for _, _, key in process.extract(wanted, names, limit=3)]
        raise MonographError(
            f"Aucune monographie ne porte l'identifiant « {wanted} ».", f"Proches : {', '.join(near)}."
        )


def read_monographs(folder: Path | None = None) -> Monographs:
    """The project's cases and those of a folder. Raises :class:`MonographError` telling every fault."""
    own = sorted((Path(__file__).parent / "catalogue").glob("*.md"))
    return gather([*own, *_files_of(folder)])


def gather(given: Iterable[Path]) -> Monographs:
    """The cases of these files, all read before any is refused."""
    faults = Faults()
    cases: dict[str, Monograph] = {}
    for file in given:
        read = read_case(file, PARTS, faults)
        if read is None:
            continue
        case = Monograph(*read, origin=file.name)
        if case.id in cases:
            told = f"l'identifiant « {case.id} » est déjà celui de {cases[case.id].origin}"
            faults.say(file, told, 1)
        cases.setdefault(case.id, case)
    faults.refuse()
    return Monographs(tuple(sorted(cases.values(), key=lambda case: (case.header.name.lower(), case.id))))


def _files_of(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    if not folder.is_dir():
        raise MonographError(
            f"Le dossier « {folder} » n'existe pas.",
            "Donnez un dossier de fichiers .md.",
            GiveField("dossier", ("DOSSIER",)),
        )
    found = sorted(folder.glob("*.md"))
    if not found:
        raise MonographError(
            f"Le dossier « {folder} » ne contient aucun fichier .md.",
            "Écrivez-en un.",
            StartFromModel("monograph"),
        )
    return found
