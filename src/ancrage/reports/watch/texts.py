"""The texts behind a watch of terms: contexts, what was read and what was not, the terms themselves."""

from collections.abc import Sequence
from itertools import groupby

from ancrage.language.numbers import count, number
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section
from ancrage.reports.wording import AS_JSON
from ancrage.watch.corpus import Corpus
from ancrage.watch.counting import Watch
from ancrage.watch.moments import Span

LISTED = 12
"""Names shown of a long list; the JSON holds them all."""
CONTEXTS = 6
"""Contexts shown of each term; the JSON holds them all."""


def contexts_sections(told: Watch) -> tuple[Section, ...]:
    """A few contexts of each term, the oldest first; no section when none was asked or found."""
    found = sorted(
        (
            (mention.term, str(text.moment or "~"), text, mention)
            for text in told.corpus.texts
            for mention in text.mentions
        ),
        key=lambda each: each[:2],
    )
    if not found:
        return ()
    rows: list[tuple[str, ...]] = []
    for _, group in groupby(found, key=lambda each: each[0]):
        for _, _, text, mention in list(group)[:CONTEXTS]:
            where = f"{text.document.file}, ligne {text.line_of(mention)}"
            rows.append((where, f"… {mention.before}[{mention.words}]{mention.after} …"))
    grid = Grid(
        "Contextes",
        ("Où", "En contexte"),
        tuple(rows),
        note=_contexts_note(len(found), len(rows)),
        repairs=AS_JSON if len(rows) < len(found) else (),
    )
    return (Section("contextes", "En contexte", (grid,)),)


def _contexts_note(found: int, shown: int) -> str:
    if shown == found:
        return ""
    return f"{number(shown)} contextes montrés sur {number(found)}, les plus anciens de chaque terme."


def corpus_section(corpus: Corpus, told: Watch) -> Section:
    """Encodings, columns used, texts without date, duplicates, what was set aside."""
    encodings = Items(
        tuple(
            f"{name} : {count(len(files), 'fichier')}{_names(files) if name != 'utf-8' else ''}"
            for name, files in corpus.encodings.items()
        )
    )
    blocks: list[Block] = [Paragraph("Encodages lus."), encodings]
    blocks += _listed("Colonnes et remarques", corpus.remarks)
    if told.span is not Span.FICHIER:
        blocks += _listed(
            "Sans date, comptés dans aucune période", [text.document.name for text in corpus.undated]
        )
    blocks += _listed(
        "Doublons, comptés une fois", [f"{one.name} : comme {one.same_as}" for one in corpus.duplicates]
    )
    blocks += _listed("Écartés", [f"{one.name} : {one.reason}" for one in corpus.refused])
    return Section("corpus", "Ce qui a été lu, ce qui ne l'a pas été", tuple(blocks))


def _names(files: Sequence[str]) -> str:
    more = len(files) - 3
    return f" ({', '.join(files[:3])}{f' et {more} autres' if more > 0 else ''})"


def _listed(title: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    told: list[Block] = [Paragraph(f"{title} ({number(len(lines))})."), Items(tuple(lines[:LISTED]))]
    if len(lines) > LISTED:
        told.append(Paragraph(f"Et {count(len(lines) - LISTED, 'autre')}.", "quiet", AS_JSON))
    return told


def terms_section(told: Watch, origin: str) -> Section:
    """The spellings counted, and who chose them."""
    lines = [
        f"{one.term.libelle} : {', '.join(one.term.variantes)}"
        + (f" ; jamais dans : {', '.join(one.term.hors)}" if one.term.hors else "")
        for one in told.series
    ]
    note = Paragraph(
        "Avec ou sans trait d'union ni accent, au pluriel, coupé en fin de ligne : une seule graphie. "
        "Un passage est donné à la graphie la plus longue et compté une fois.",
        "quiet",
    )
    return Section("termes", "Termes comptés", (Items(tuple(lines)), note, Paragraph(origin, "quiet")))
