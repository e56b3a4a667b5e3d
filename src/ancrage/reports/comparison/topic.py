"""How territories are told side by side: a table a part, the same in one, a workbook, a map."""

from collections.abc import Iterator, Sequence
from typing import Any

from ancrage.diagnosis.provenance import FABRIC
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.language.phrases import listed
from ancrage.questions.comparison import ComparisonFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell
from ancrage.reports.comparison.document import ComparisonDocument
from ancrage.reports.comparison.files import kept_sections
from ancrage.reports.comparison.parts import Compared, Part, side_by_side
from ancrage.reports.documents import heading, named
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.sources.catalogue import get_source


def describe(answer: Answer[ComparisonFacts]) -> Sheet:
    """A table a part, a column a territory."""
    facts, columns = answer.facts, columns_of(answer.facts)
    return Sheet(
        kicker=f"Au {day(answer.on)}",
        title="Comparer des territoires",
        lead=f"{_lead(facts)} Ce qui n’est pas connu est dit inconnu.",
        sections=(
            *_places_taken(facts, columns),
            *(_section(part, facts, columns) for part in side_by_side(facts)),
            *kept_sections(facts.diagnoses),
        ),
        sources=answer.sources,
    )


def _section(part: Part, facts: ComparisonFacts, columns: tuple[str, ...]) -> Section:
    """What is known of one at least, a line each; then what is known of none, once."""
    rows = tuple((row.label, *row.cells) for row in part.rows if not row.unknown)
    if part.id == "territoire":
        rows = (("Territoire", *map(cells.territory, (one.name for one in facts.places), facts.codes)), *rows)
    table = Grid(part.title, ("Question", *columns), rows, note=_key(part), carded=True)
    blocks = (table,) if rows else ()
    untold = (_untold(facts, part),) if len(rows) < len(part.rows) + (part.id == "territoire") else ()
    return Section(part.id, part.title, (*blocks, *untold))


def _untold(facts: ComparisonFacts, part: Part) -> Paragraph:
    """What is known of nobody here, in one sentence, and the sources that would bring it."""
    labels = [row.label for row in part.rows if row.unknown]
    subjects = {*labels, *((FABRIC,) if part.id == "ess" else ())}
    pieces = (piece for one in facts.diagnoses for piece in one.missing if piece.subject in subjects)
    found = (get_source(one) for piece in pieces for repair in piece.repairs for one in repair.ids)
    brought = dict.fromkeys(f"{one.title} ({one.producer})" for one in found)
    told = f"Pas encore su, pour aucun d’eux : {' ; '.join(labels)}."
    return Paragraph(f"{told} Viendrait de : {', '.join(brought)}." if brought else told, "quiet")


def _lead(facts: ComparisonFacts) -> str:
    if not facts.alike:
        return "Les mêmes questions posées à chacun."
    alike = count(facts.alike, "territoire qui lui ressemble", "territoires qui lui ressemblent")
    return f"Les mêmes questions posées à chacun ; {facts.places[0].name} est entouré de {alike}."


def _key(part: Part) -> str:
    return "● prioritaire, ○ possible, ? à vérifier, – hors compétence." if part.id == "outils" else ""


def ranked(facts: ComparisonFacts) -> tuple[Compared, ...]:
    """The questions answered by numbers that set at least two territories apart."""
    rows = (row for part in side_by_side(facts) for row in part.rows)
    return tuple(row for row in rows if len({one for one in row.numbers if one is not None}) > 1)


def ends(row: Compared, names: Sequence[str]) -> tuple[tuple[str, Cell], tuple[str, Cell]]:
    """The first and the last: names and answers. Those that share a place are named together."""
    known = [rank for rank in row.ranks if rank is not None]
    return _at(row, names, min(known)), _at(row, names, max(known))


def _at(row: Compared, names: Sequence[str], rank: int) -> tuple[str, Cell]:
    held = [at for at, own in enumerate(row.ranks) if own == rank]
    return listed([names[at] for at in held]), row.cells[held[0]]


def _places_taken(facts: ComparisonFacts, columns: tuple[str, ...]) -> Iterator[Section]:
    """Who comes first and last, and where the first territory stands."""
    rows = tuple(_place(row, columns) for row in ranked(facts))
    if rows:
        heads = ("Question", f"Rang {facts.places[0].of_name}", "En tête", "En queue")
        note = "La plus courte distance est en tête ; ailleurs, le plus grand chiffre."
        yield Section(
            "classement",
            "Où chacun se place",
            (Grid("Où chacun se place", heads, rows, note=note, carded=True),),
        )


def _place(row: Compared, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    (first, most), (last, least) = ends(row, columns)
    rank, known = row.ranks[0], sum(one is not None for one in row.ranks)
    place = "inconnu" if rank is None else f"{ordinal(rank)} sur {known}"
    return row.label, place, f"{first} : {most}", f"{last} : {least}"


def ordinal(rank: int) -> str:
    """« 1er », « 2e »."""
    return "1er" if rank == 1 else f"{rank}e"


def columns_of(facts: ComparisonFacts) -> tuple[str, ...]:
    """Names at the head of columns; two places may bear the same, their codes then tell them apart."""
    names = [one.name for one in facts.places]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({place.code.code})"
        for name, place in zip(names, facts.places, strict=True)
    )


def document(answer: Answer[ComparisonFacts]) -> dict[str, Any]:
    """The same, in values; ``null`` is unknown."""
    return {
        **heading(answer),
        "territories": [named(one.named) for one in answer.facts.places],
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "rows": [
                    {"id": row.id, "label": row.label, "values": [_plain(cell) for cell in row.cells]}
                    for row in part.rows
                ],
            }
            for part in side_by_side(answer.facts)
        ],
    }


def _plain(cell: Cell) -> float | str | None:
    if isinstance(cell, cells.Figure | cells.Share):
        return cell.value
    return cell.value if isinstance(cell, Verdict) else str(cell)


def table(answer: Answer[ComparisonFacts]) -> Grid:
    """Every question, a line each."""
    columns = ("Partie", "Question", *columns_of(answer.facts))
    return Grid("Comparaison", columns, tuple(_rows(answer.facts)))


def _rows(facts: ComparisonFacts) -> Iterator[tuple[Cell, ...]]:
    for part in side_by_side(facts):
        for row in part.rows:
            yield part.title, row.label, *row.cells


def features(answer: Answer[ComparisonFacts]) -> dict[str, Any]:
    """Their maps as one."""
    from ancrage.reports.diagnosis.features import features_of_several

    return features_of_several(answer.facts.diagnoses)


TOPIC = Topic(describe, document, ComparisonDocument, features, table)
