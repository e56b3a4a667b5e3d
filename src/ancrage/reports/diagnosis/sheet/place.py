"""Where the territory stands: identity, zonings, programmes, map, communes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ancrage.diagnosis.model import Diagnosis, LegalText, Outline, ZoningAnswer
from ancrage.language.days import day
from ancrage.language.phrases import listed
from ancrage.language.places import of_place
from ancrage.language.typography import capitalised
from ancrage.reasoning import Verdict
from ancrage.reports import wording
from ancrage.reports.cartography import properties
from ancrage.reports.cells import (
    Cell,
    Phrase,
    away,
    day_cell,
    figure,
    joined,
    lines,
    quiet,
    share,
    strong,
    territory,
    yes_no,
)
from ancrage.reports.charts import zonings as zonings_chart
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.diagnosis.sheet.blocks import chart, figures_grid, unknown
from ancrage.reports.diagnosis.sheet.figures import Figure
from ancrage.reports.diagnosis.sheet.origins import OUTLINES, origin
from ancrage.reports.sheet import Block, Chart, Grid, Items, Paragraph, Section, Where
from ancrage.territories.codes import Kind

if TYPE_CHECKING:
    from ancrage.reports.maps import Map

HEADINGS = {"zonage": "Zonages", "programme": "Programmes"}
DETAILS_SHOWN = 12
MAP = "carte-section"
"""Its anchor, apart from the names inside the drawing."""
CLASSED = "Part de la population du territoire dans des communes classées."

ZONINGS: tuple[Column[ZoningAnswer], ...] = (
    Column("Zonage ou programme", lambda one: one.label),
    kept("Identifiant", lambda one: one.id),
    Column("Réponse", lambda one: one.verdict),
    read("Précisions, texte et source", lambda one: _told(one)),
    kept("Part de la population", lambda one: share(one.share), note=CLASSED),
    kept("Communes oui", lambda one: figure(one.communes.oui)),
    kept("Communes non", lambda one: figure(one.communes.non)),
    kept("Communes partiel", lambda one: figure(one.communes.partiel)),
    kept("Communes à vérifier", lambda one: figure(one.communes.a_verifier)),
    kept("Précisions", lambda one: " ; ".join(one.details)),
    kept("Motif", lambda one: one.reason),
    kept("Depuis", lambda one: day_cell(one.since) if one.since else ""),
    kept("Jusqu’au", lambda one: day_cell(one.until) if one.until else ""),
    kept("Texte", lambda one: one.text.title if one.text else "non renseigné"),
    kept("Texte lu", lambda one: yes_no(one.text is not None and one.text.status == "lu")),
    kept("Adresse du texte", lambda one: (one.text.href if one.text else None) or ""),
    kept("Source", lambda one: one.source or "aucune liste ne répond"),
    kept("Millésime", lambda one: one.vintage),
)


def identity_section(diagnosis: Diagnosis) -> Section:
    """Who the territory is on that day."""
    return Section("identite", "Le territoire", (figures_grid("Le territoire", _identity(diagnosis)),))


def _identity(diagnosis: Diagnosis) -> Iterator[Figure]:
    own = diagnosis.territory
    yield Figure("Nature", wording.kind_label(own.kind))
    yield Figure("Code", own.code)
    yield Figure("Jour", day_cell(own.on), f"code officiel géographique {own.vintage}")
    yield Figure("Communes", figure(own.commune_count), _whose(diagnosis))
    yield Figure("Habitants", figure(own.population), wording.population_note(diagnosis))
    if own.parents:
        names = (territory(f"{one.name} ({one.code.rpartition(':')[2]})", one.code) for one in own.parents)
        yield Figure("Dans", joined(" › ", *names))
    if own.note:
        yield Figure("À savoir", own.note)


def _whose(diagnosis: Diagnosis) -> str:
    """Those of a quarter are few: they are named."""
    if diagnosis.territory.kind != Kind.QPV:
        return ""
    return listed([one.name for one in diagnosis.territory.parents if one.kind == Kind.COMMUNE])


def zoning_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The zonings, then the programmes, each with its text and its source."""
    aside = f"au {day(diagnosis.territory.on)}"
    for kind, title in HEADINGS.items():
        answers = tuple(one for one in diagnosis.zonings if one.kind == kind)
        blocks = tuple(_zoning_blocks(diagnosis, title, answers))
        yield Section(f"{kind}s", title, blocks, aside)


def _zoning_blocks(diagnosis: Diagnosis, title: str, answers: tuple[ZoningAnswer, ...]) -> Iterator[Block]:
    if not answers:
        yield unknown("Aucune source n’a été lue.")
        return
    yield replace(grid(title, ZONINGS, answers), fictitious=False)
    if diagnosis.territory.commune_count > 1:
        yield from chart("zonages" if title == "Zonages" else "programmes", zonings_chart(answers), "zonages")


def _told(answer: ZoningAnswer) -> Phrase:
    grounds = (
        quiet(capitalised(wording.validity(answer.since, answer.until))),
        joined(" ", _text(answer.text), quiet(wording.text_mark(answer))),
        quiet(wording.source_line(answer)),
    )
    return lines(
        strong(wording.shortened(answer.details, DETAILS_SHOWN)),
        answer.reason,
        wording.reach(answer),
        joined(" · ", *grounds),
    )


def _text(text: LegalText | None) -> str:
    if text is None:
        return ""
    return away(text.title, text.href) if text.href else quiet(text.title)


def map_section(diagnosis: Diagnosis) -> Iterator[Section]:
    """The map, its communes in a table for the files; why there is none when outlines are not known."""
    drawn = _drawn(diagnosis)
    if drawn is not None:
        yield Section(MAP, "Carte", tuple(_map_blocks(diagnosis, drawn)))
    for piece in diagnosis.missing:
        if drawn is None and piece.subject.startswith("Carte"):
            yield Section(MAP, "Carte", (Paragraph(f"{capitalised(piece.why)}.", repairs=piece.repairs),))


def _drawn(diagnosis: Diagnosis) -> "Map | None":
    if diagnosis.outline is None:
        return None
    from ancrage.reports.maps import draw_map  # a terminal draws none

    return draw_map(diagnosis)


def _map_blocks(diagnosis: Diagnosis, drawn: "Map") -> Iterator[Block]:
    from ancrage.reports.map_legend import with_legend

    title = f"Carte {of_place(diagnosis.territory.kind, diagnosis.territory.name)}"
    yield Chart("carte", title, _described(diagnosis, drawn), svg=with_legend(drawn), wide=True)
    yield Paragraph(drawn.attribution, "quiet")
    if len(drawn.listed) > 1:
        yield Items(drawn.listed, folded="Ce que montre la carte, en liste", where=Where.READ)
    if diagnosis.outline and diagnosis.outline.communes:
        yield _communes(diagnosis)


def _described(diagnosis: Diagnosis, drawn: "Map") -> str:
    outline = diagnosis.outline or Outline()
    if outline.territory is None:
        return "Le périmètre de ce quartier n’est pas connu : la carte montre où il est, sa commune."
    if not outline.communes:
        return "Limites du territoire."
    return f"Réponse de chaque commune : {drawn.zoning}." if drawn.zoning else "Limites des communes."


def _communes(diagnosis: Diagnosis) -> Grid:
    names = tuple(Title(one.label, note=one.reason) for one in diagnosis.zonings)
    communes = (properties(one) for one in (diagnosis.outline.communes if diagnosis.outline else ()))
    rows = tuple(_commune(diagnosis, about) for about in communes)
    return Grid(
        "Communes",
        ("Commune", "Code", *names),
        rows,
        where=Where.KEPT,
        fictitious=False,
        origin=origin(diagnosis, OUTLINES),
    )


def _commune(diagnosis: Diagnosis, about: Mapping[str, object]) -> tuple[Cell, ...]:
    told = about.get("verdicts")
    verdicts = told if isinstance(told, Mapping) else {}
    answers = (_verdict(verdicts.get(one.id)) for one in diagnosis.zonings)
    return (str(about.get("name", "")), str(about.get("code", "")), *answers)


def _verdict(value: object) -> Cell:
    """A verdict written in the properties of a commune."""
    return Verdict(value) if isinstance(value, str) and value in set(Verdict) else wording.UNKNOWN
