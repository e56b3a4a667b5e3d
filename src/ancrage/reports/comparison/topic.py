"""How territories are told side by side: a table a part, the same in one, a workbook, a map."""

from collections.abc import Iterator
from typing import Any

from ancrage.language.days import day
from ancrage.questions.comparison import ComparisonFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell
from ancrage.reports.comparison.document import ComparisonDocument
from ancrage.reports.comparison.files import kept_sections
from ancrage.reports.comparison.parts import side_by_side
from ancrage.reports.documents import heading, named
from ancrage.reports.sheet import Grid, Section, Sheet
from ancrage.reports.topic import Topic


def describe(answer: Answer[ComparisonFacts]) -> Sheet:
    """A table a part, a column a territory."""
    facts, columns = answer.facts, _columns(answer.facts)
    tables = {
        part: tuple((row.label, *row.cells) for row in part.rows) for part in side_by_side(facts.diagnoses)
    }
    links = tuple(map(cells.territory, (one.name for one in facts.places), facts.codes))
    first, *_ = tables
    tables[first] = (("Territoire", *links), *tables[first])
    return Sheet(
        kicker=f"Au {day(answer.on)}",
        title="Comparer des territoires",
        lead="Les mêmes questions posées à chacun ; ce qui n’est pas connu est dit inconnu.",
        sections=(
            *(
                Section(part.id, part.title, (Grid(part.title, ("Question", *columns), rows),))
                for part, rows in tables.items()
            ),
            *kept_sections(facts.diagnoses),
        ),
        warnings=answer.warnings,
        sources=answer.sources,
    )


def _columns(facts: ComparisonFacts) -> tuple[str, ...]:
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
            for part in side_by_side(answer.facts.diagnoses)
        ],
    }


def _plain(cell: Cell) -> float | str | None:
    if isinstance(cell, cells.Figure | cells.Share):
        return cell.value
    return cell.value if isinstance(cell, Verdict) else str(cell)


def table(answer: Answer[ComparisonFacts]) -> Grid:
    """Every question, a line each."""
    columns = ("Partie", "Question", *_columns(answer.facts))
    return Grid("Comparaison", columns, tuple(_rows(answer.facts)))


def _rows(facts: ComparisonFacts) -> Iterator[tuple[Cell, ...]]:
    for part in side_by_side(facts.diagnoses):
        for row in part.rows:
            yield part.title, row.label, *row.cells


def features(answer: Answer[ComparisonFacts]) -> dict[str, Any]:
    """Their maps as one."""
    from ancrage.reports.diagnosis.features import features_of_several

    return features_of_several(answer.facts.diagnoses)


TOPIC = Topic(describe, document, ComparisonDocument, features, table)
