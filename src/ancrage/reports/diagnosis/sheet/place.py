"""Where the territory stands: identity, zonings, programmes, map."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, ZoningAnswer
from ancrage.language.days import day
from ancrage.language.numbers import number
from ancrage.language.phrases import of
from ancrage.language.typography import capitalised
from ancrage.reports import wording
from ancrage.reports.charts import zonings as zonings_chart
from ancrage.reports.diagnosis.sheet.blocks import chart, facts, unknown
from ancrage.reports.map_legend import with_legend
from ancrage.reports.maps import Map, draw_map
from ancrage.reports.sheet import Block, Chart, Grid, Paragraph, Section

HEADINGS = {"zonage": "Zonages", "programme": "Programmes"}
DETAILS_SHOWN = 12


def identity_section(diagnosis: Diagnosis) -> Section:
    """Who the territory is on that day."""
    territory = diagnosis.territory
    parents = " › ".join(f"{one.name} ({one.code})" for one in territory.parents)
    rows = {
        "Nom": territory.name,
        "Nature": wording.kind_label(territory.kind),
        "Code": territory.code,
        "Jour": day(territory.on),
        "Code officiel géographique": f"millésime {territory.vintage}",
        "Communes": number(territory.commune_count),
        "Population": wording.population_text(diagnosis),
        "Dans": parents,
        "À savoir": territory.note,
    }
    return Section("identite", "Le territoire", (facts("Le territoire", rows),))


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
    yield Grid(
        title,
        (title[:-1], "Réponse", "Précisions", "Texte, source et millésime"),
        tuple((one.label, one.verdict, _told(one), _grounds(one)) for one in answers),
    )
    if diagnosis.territory.commune_count > 1:
        yield from chart("zonages" if title == "Zonages" else "programmes", zonings_chart(answers), "zonages")


def _told(answer: ZoningAnswer) -> str:
    details = wording.shortened(answer.details, DETAILS_SHOWN)
    reach = wording.reach(answer)
    parts = (f"{details}." if details else "", answer.reason, f"{capitalised(reach)}.")
    return "\n".join(part for part in parts if part.strip("."))


def _grounds(answer: ZoningAnswer) -> str:
    validity = wording.validity(answer.since, answer.until)
    parts = (validity, wording.text_line(answer), wording.source_line(answer))
    return "\n".join(f"{capitalised(part)}." for part in parts if part)


def map_section(diagnosis: Diagnosis) -> Iterator[Section]:
    """The map, when the outlines are known; its absence is told with what is missing."""
    drawn = draw_map(diagnosis)
    if drawn is not None:
        yield Section("carte", "Carte", (_map(diagnosis, drawn), Paragraph(drawn.attribution, "quiet")))


def _map(diagnosis: Diagnosis, drawn: Map) -> Chart:
    described = f"Réponse de chaque commune : {drawn.zoning}." if drawn.zoning else "Limites des communes."
    return Chart(
        "carte", f"Carte {of(diagnosis.territory.name)}", described, svg=with_legend(drawn), wide=True
    )
