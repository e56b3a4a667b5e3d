"""A spreadsheet of assessments: a line a criterion, a column an assessment, and how it becomes a document.

The first column says what the line holds; the second one too for what concerns the structure. Under a
criterion, a line « Commentaire » and a line « Éléments » may give the reasons of its levels.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from ancrage.declarations.documents import Document
from ancrage.declarations.faults import Fault
from ancrage.declarations.gathering import shown, suggestion
from ancrage.declarations.parts import Part, Path
from ancrage.declarations.tables import Rows
from ancrage.grid.assessment import SCHEMA, Assessment, GridFile, Role
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.language.folding import bare, plain_words
from ancrage.spreadsheets import PEOPLE, Cell

ABOUT = {
    "Structure": "name",
    "Commune": "commune",
    "SIREN": "siren",
    "SIRET": "siret",
    "Fictive": "fictitious",
}
JUDGING = {"Date": "date", "Rôle": "role", "Signée par": "signed_by"}
REASONS = {"Commentaire": "comment", "Éléments": "evidence"}
ALSO = {
    "nom": "name", "nom de la structure": "name", "code insee": "commune", "code commune": "commune",
    "jour": "date", "qui juge": "role", "fonction": "signed_by", "signe par": "signed_by",
    "commentaires": "comment", "element": "evidence", "preuve": "evidence", "preuves": "evidence",
}  # fmt: skip
UNKNOWN = frozenset({"", "?", "-", "nsp", "na", "n/a", "null", "ne sait pas", "je ne sais pas", "inconnu"})
TRUTHS = {"oui": True, "vrai": True, "true": True, "non": False, "faux": False, "false": False, "": False}
ROLES = {bare(label): role.value for role in Role for label in (role.value, role.label)}
TITLES = frozenset({"critere", "criteres", "rubrique"})
START = "Partez du modèle : ancrage grille modele --format csv."


def document_of(rows: Rows) -> tuple[Document, Sequence[str]]:
    """What the lines of a sheet say, as the document of a file, and the letter of each column judged in.

    Raises :class:`Fault` for a line that is not of the grid.
    """
    assessments, structure, last = dict[int, Part](), Part({}), ""
    for line, cells in rows:
        key = _key(line, cells[0].strip()) if cells else ""
        if key in ABOUT.values():
            _put(structure, key, line, _about(key, _first(cells)))
        elif key in REASONS.values() and not last:
            raise Fault(f"« {cells[0].strip()} » ne suit aucun critère", line, START)
        elif key:
            last = key if key in _criteria() else last
            for rank, cell in _given(cells, assessments):
                _judge(assessments.setdefault(rank, Part({})), key, last, line, cell.strip())
    ranks = sorted(assessments)
    return _whole(structure, [assessments[rank] for rank in ranks]), [*map(_letter, ranks)]


def where(path: Path, columns: Sequence[str]) -> str:
    """Where a part of a sheet is: « colonne C, Trésorerie »."""
    named = {key: label for held in (ABOUT, JUDGING, REASONS) for label, key in held.items()}
    named |= {one.id: one.short for one in criteria()}
    column = [f"colonne {columns[step]}" for step in path[1:2] if isinstance(step, int)]
    return ", ".join([*column, *(named[str(step)] for step in path if step in named)])


def _letter(rank: int) -> str:
    """Letter of a column, the first being that of what the lines hold."""
    first, second = divmod(rank + 1, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + second)}"


def rows_of(file: GridFile | None = None) -> Iterator[Sequence[Cell]]:
    """The sheet of a file, or the one to fill when none is given; the first line is the title of columns."""
    told = file.assessments if file else ()
    about = file.structure if file else None
    width = len(told) or 2
    lines: tuple[Sequence[Cell], ...] = (
        ("Rubrique", *(f"Évaluation {rank}" for rank in range(1, width + 1))),
        ("Structure", about.name if about else ""),
        ("Commune", about.commune if about else ""),
        ("SIREN", str(about.siren or "") if about else ""),
        ("SIRET", str(about.siret or "") if about else ""),
        ("Fictive", "oui" if about and about.fictitious else "non"),
        ("Date", *(one.date for one in told)),
        ("Rôle", *(one.role.value for one in told)),
        ("Signée par", *(one.signed_by for one in told)),
        *_judged(told),
    )
    for line in lines:
        yield (*line, *([""] * (width + 1 - len(line))))


def _judged(told: Sequence[Assessment]) -> Iterator[Sequence[Cell]]:
    for criterion in criteria():
        levels = [one.levels[criterion.id] for one in told]
        yield (f"{criterion.number}. {criterion.label}", *(one.level for one in levels))
        for label, key in REASONS.items():
            if any(reasons := [str(getattr(one, key)) for one in levels]):
                yield (label, *reasons)


def sheet_text(file: GridFile | None = None) -> str:
    """The sheet as a CSV that French spreadsheets open."""
    title, *rows = rows_of(file)
    return PEOPLE.text([str(cell) for cell in title], rows)


def _key(line: int, written: str) -> str:
    """What a line holds, by its first cell; empty for a blank one. Raises :class:`Fault`."""
    name = " ".join(plain_words(written))
    if not name or written.startswith("#") or name in TITLES:
        return ""
    known, (number, *rest) = _keys(), name.split(" ")
    if key := known.get(name) or (known.get(" ".join(rest)) if number.isdigit() else None):
        return key
    labels = {one.label: f"{one.number}. {one.label}" for one in criteria()}
    near = suggestion(written, {label: label for label in (*ABOUT, *JUDGING, *REASONS)} | labels)
    raise Fault(f"la ligne {shown(written)} n'est pas de la grille{near}", line, START)


@cache
def _keys() -> Mapping[str, str]:
    """Every first cell known, folded."""
    told = {label: key for held in (ABOUT, JUDGING, REASONS, ALSO) for label, key in held.items()}
    told |= {name: one.id for one in criteria() for name in (one.id, one.label, one.short, str(one.number))}
    return {" ".join(plain_words(label)): key for label, key in told.items()}


@cache
def _criteria() -> frozenset[str]:
    return frozenset(one.id for one in criteria())


def _first(cells: Sequence[str]) -> str:
    return next((cell.strip() for cell in cells[1:] if cell.strip()), "")


def _about(key: str, written: str) -> Any:
    if key == "fictitious":
        return TRUTHS.get(bare(written), written)
    return written or None


def _given(cells: Sequence[str], known: Mapping[int, Part]) -> Iterator[tuple[int, str]]:
    """Cells of the columns that hold an assessment: those that say something, and those that already do."""
    for rank, cell in enumerate(cells[1:]):
        if cell.strip() or rank in known:
            yield rank, cell


def _judge(assessment: Part, key: str, last: str, line: int, cell: str) -> None:
    """Put what a cell says in its assessment; a level that is blank is one that is not known."""
    if key in JUDGING.values():
        _put(assessment, key, line, ROLES.get(bare(cell), cell) if key == "role" else cell)
        return
    if "levels" not in assessment.inside:
        assessment.put("levels", line, Part({}))
    levels = assessment.inside["levels"][1]
    if key in _criteria():
        judged = Part({})
        _put(judged, "level", line, _level(cell))
        levels.put(key, line, judged)
    elif cell:
        _put(levels.inside[last][1], key, line, cell)


def _level(cell: str) -> int | str | None:
    if bare(cell) in UNKNOWN:
        return None
    digits = cell.removesuffix(".0")
    return int(digits) if digits.isdecimal() and LOWEST <= int(digits) <= HIGHEST else cell


def _put(holder: Part, key: str, line: int, value: Any) -> None:
    holder.put(key, line, Part(value))


def _whole(structure: Part, assessments: Sequence[Part]) -> Document:
    listed = Part([])
    for rank, one in enumerate(assessments):
        listed.put(rank, min((line for line, _ in one.inside.values()), default=1), one)
    root = Part({})
    _put(root, "schema", 1, SCHEMA)
    root.put("structure", min((line for line, _ in structure.inside.values()), default=1), structure)
    root.put("assessments", 1, listed)
    return Document(root.value, root)
