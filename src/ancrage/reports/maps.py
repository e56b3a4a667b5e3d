"""The map of a territory as SVG: communes, priority districts, establishments, scale, names.

Colours come from the classes of the page; patterns and shapes say the same thing without colour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ancrage.diagnosis.model import Diagnosis, Outline, SourceUse, ZoningAnswer
from ancrage.language.numbers import count, plain_number
from ancrage.language.places import of_place
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families
from ancrage.reports import cartography as geo
from ancrage.reports.drawing import opening

WIDTH = 600.0
HEIGHT = 470.0
MARGIN = 12.0
INSET = 92.0
NAMED_COMMUNES = 45
LETTER = 5.6
SPILL = 1.45
SHAPES = (
    "M0-4.5A4.5 4.5 0 1 1 0 4.5A4.5 4.5 0 1 1 0-4.5Z",
    "M-4-4H4V4H-4Z",
    "M0-5L4.8 3.6H-4.8Z",
    "M0-5.4L5.4 0L0 5.4L-5.4 0Z",
    "M-1.6-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6Z",
)
VERDICT_WORDS = {
    Verdict.OUI: "commune classée",
    Verdict.PARTIEL: "commune classée en partie",
    Verdict.A_VERIFIER: "commune à vérifier",
    Verdict.NON: "commune non classée",
}

Features = tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend: the class and the path of its sample, and what it means."""

    css: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map with what must be written beside it."""

    svg: str
    legend: tuple[LegendEntry, ...]
    zoning: str
    listed: tuple[str, ...]
    attribution: str


def draw_map(diagnosis: Diagnosis) -> Map | None:
    """Draw the map when the diagnosis brings an outline; ``None`` otherwise."""
    outline = diagnosis.outline
    if outline is None or not any(_every_ring(outline)):
        return None
    zoning = shaded_zoning(diagnosis)
    of_name = of_place(diagnosis.territory.kind, diagnosis.territory.name)
    description = (
        f"Contours {of_name} : {count(len(outline.communes), 'commune dessinée', 'communes dessinées')}, "
        f"{count(len(outline.zones), 'quartier prioritaire', 'quartiers prioritaires')}, "
        f"{count(len(outline.points), 'établissement')}. Les mêmes informations sont dans les tableaux."
    )
    frames, height = _frames(outline)
    body = PATTERNS + "".join(_layers(outline, frames, zoning))
    svg = opening("carte", f"0 0 {WIDTH:.0f} {height:.0f}", f"Carte {of_name}", description) + body + "</svg>"
    legend = tuple(_legend(outline, zoning))
    return Map(
        svg,
        legend,
        zoning.label if zoning else "",
        _listed(outline),
        _attribution(diagnosis.sources),
    )


PATTERNS = (
    '<defs><pattern id="carte-hachures" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="fond" width="6" height="6"/><rect class="trait" width="2.4" '
    'height="6"/></pattern><pattern id="carte-semis" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="fond" width="7" height="7"/><circle class="trait" cx="3.5" cy="3.5" r="1.1"/>'
    "</pattern></defs>"
)


def _every_ring(outline: Outline) -> Iterator[geo.Ring]:
    for shape in (outline.territory or {}, *outline.communes, *outline.zones):
        yield from geo.rings(shape)


def _frames(outline: Outline) -> tuple[dict[str, geo.Frame], float]:
    groups = geo.by_area(_every_ring(outline))
    (first, drawn), *others = groups.items()
    main = geo.fit(drawn, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT)
    frames = {first: main}
    bottom = main.top + main.height + 40
    step = (WIDTH - 2 * MARGIN) / max(len(others), 1)
    for position, (name, rings) in enumerate(others):
        frames[name] = geo.fit(rings, MARGIN + position * step + 4, bottom, min(step - 8, INSET), INSET)
    return frames, bottom + (INSET + 24 if others else 0)


def _layers(outline: Outline, frames: dict[str, geo.Frame], zoning: ZoningAnswer | None) -> Iterator[str]:
    for commune in outline.communes:
        css = _css(_verdict(commune, zoning))
        yield from _shape(commune, frames, f"commune {css}", titled=True)
    yield from _shape(
        outline.territory or {}, frames, "territoire" if outline.communes else "territoire plein"
    )
    for zone in outline.zones:
        yield from _shape(zone, frames, "quartier", titled=True)
    yield from _names(outline.communes, frames)
    yield from _points(outline, frames)
    for name, frame in list(frames.items())[1:]:
        yield _text(frame.left, frame.top + frame.height + 15, name, "etiquette debut")
    yield _scale_bar(next(iter(frames.values())))


def _shape(
    shape: Mapping[str, object], frames: dict[str, geo.Frame], css: str, titled: bool = False
) -> Iterator[str]:
    for area, rings in geo.by_area(geo.rings(shape)).items():
        path = frames[area].path(rings)
        name = f"<title>{escape(str(geo.properties(shape).get('name', '')))}</title>" if titled else ""
        if path:
            yield f'<path class="{css.strip()}" fill-rule="evenodd" d="{path}">{name}</path>'


def _families(outline: Outline) -> list[str]:
    return list(dict.fromkeys(str(geo.properties(point).get("family") or "") for point in outline.points))


def _points(outline: Outline, frames: dict[str, geo.Frame]) -> Iterator[str]:
    families = _families(outline)
    for point in outline.points:
        where, about = geo.position(point), geo.properties(point)
        if where is None or (frame := frames.get(geo.area_of(where))) is None:
            continue
        x, y = frame.place(where)
        shape = SHAPES[families.index(str(about.get("family") or "")) % len(SHAPES)]
        title = f"<title>{escape(str(about.get('name') or 'nom non diffusible'))}</title>"
        yield f'<path class="etablissement" transform="translate({x:.1f} {y:.1f})" d="{shape}">{title}</path>'


def _names(communes: Features, frames: dict[str, geo.Frame]) -> Iterator[str]:
    """Names of the communes that find room, the largest ones first."""
    if len(communes) > NAMED_COMMUNES:
        return
    largest = [(max(rings, key=geo.surface), one) for one in communes if (rings := geo.rings(one))]
    taken: list[tuple[float, float, float]] = []
    for ring, commune in sorted(largest, key=lambda pair: -geo.surface(pair[0])):
        name = str(geo.properties(commune).get("name", ""))
        frame = frames[geo.area_of(ring[0])]
        (x, y), half = frame.place(geo.centre(ring)), len(name) * LETTER / 2
        is_inside = x - half > MARGIN and x + half < WIDTH - MARGIN
        is_readable = 2 * half < SPILL * frame.across(ring)
        is_free = all(abs(x - x1) > half + half1 or abs(y - y1) > 13 for x1, y1, half1 in taken)
        if is_inside and is_readable and is_free:
            taken.append((x, y, half))
            yield _text(x, y + 4, name, "etiquette")


def _text(x: float, y: float, words: str, css: str) -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _scale_bar(frame: geo.Frame) -> str:
    kilometres = geo.round_length(WIDTH / 5 / frame.scale)
    length, y = kilometres * frame.scale, frame.top + frame.height + 14
    bar = f"M{MARGIN} {y - 4:.1f}v8m0-4h{length:.1f}m0-4v8"
    label = _text(MARGIN + length + 8, y + 4, f"{plain_number(kilometres)} km", "echelle")
    return f'<path class="echelle" d="{bar}"/>{label}'


def shaded_zoning(diagnosis: Diagnosis) -> ZoningAnswer | None:
    """The first zoning whose answer changes from one commune to another: the others need no map."""
    communes = diagnosis.outline.communes if diagnosis.outline else ()
    for zoning in diagnosis.zonings:
        if len({_verdict(commune, zoning) for commune in communes} - {None}) > 1:
            return zoning
    return None


def _verdict(commune: Mapping[str, object], zoning: ZoningAnswer | None) -> Verdict | None:
    verdicts = geo.properties(commune).get("verdicts")
    if zoning is None or not isinstance(verdicts, Mapping) or verdicts.get(zoning.id) not in set(Verdict):
        return None
    return Verdict(verdicts[zoning.id])


def _css(verdict: Verdict | None) -> str:
    return "" if verdict is None else f"reponse-{verdict.value.replace('_', '-')}"


def _legend(outline: Outline, zoning: ZoningAnswer | None) -> Iterator[LegendEntry]:
    square = "M1 1H23V15H1Z"
    if outline.territory:
        yield LegendEntry("territoire" if outline.communes else "territoire plein", square, "territoire")
    shown = {_verdict(commune, zoning) for commune in outline.communes}
    for verdict, words in VERDICT_WORDS.items():
        if zoning and verdict in shown:
            yield LegendEntry(f"commune {_css(verdict)}", square, words)
    if None in shown:
        yield LegendEntry("commune", square, "commune")
    if outline.zones:
        yield LegendEntry("quartier", square, "quartier prioritaire (QPV)")
    for position, family in enumerate(_families(outline)):
        shape = SHAPES[position % len(SHAPES)]
        known = families().get(family)
        named = known.plural if known else family or "famille inconnue"
        yield LegendEntry("etablissement", shape, f"établissement : {named}")


def _listed(outline: Outline) -> tuple[str, ...]:
    """What the map shows, in words: districts first, then communes."""
    districts = (f"quartier prioritaire {_named(zone)}" for zone in outline.zones)
    return (*districts, *(_named(commune) for commune in outline.communes))


def _named(shape: Mapping[str, object]) -> str:
    about = geo.properties(shape)
    return f"{about.get('name', 'sans nom')} ({about.get('code', 'sans code')})"


def _attribution(sources: tuple[SourceUse, ...]) -> str:
    used = [one for one in sources if "contour" in one.id or "polygone" in one.id]
    if not used:
        return "Contours : source non précisée"
    return " ; ".join(f"{one.title}, {one.producer}, {one.vintage}, {one.licence}" for one in used)
