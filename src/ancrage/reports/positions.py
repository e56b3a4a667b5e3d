"""A territory drawn by its town halls, where no outline is known: an SVG, and GeoJSON features."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from ancrage.diagnosis.positions import Positions, Spot
from ancrage.language.numbers import count, plain_number
from ancrage.language.places import of_place
from ancrage.reports import cartography as geo
from ancrage.reports.drawing import opening
from ancrage.reports.maps import HEIGHT, LETTER, MARGIN, SHAPES, WIDTH
from ancrage.territories.departements import Ring, credit, rings_of
from ancrage.territories.zonings.declaration import load_zonings

Feature = dict[str, Any]
SMALLEST, LARGEST = 2.2, 9.0
"""Radius of a point, in pixels, by how many people live there."""
ALONE = 7.0
LINE = 13.0
FULL, MOST_NAMED = 45, 30
"""Communes past which the whole département is in the frame, and names written at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something shown at its own place, in degrees, named when it is pointed at."""

    longitude: float
    latitude: float
    label: str


def caption_of(found: Positions) -> str:
    """What the map shows, and what it does not."""
    shown, whole = len(found.own), found.communes
    many = (
        f"{count(shown, 'commune')} sur {plain_number(whole)}, les plus peuplées d’abord. "
        if shown < whole
        else ""
    )
    return (
        f"{many}Chaque point est une mairie, les traits sont les limites des départements ; "
        "les contours des communes ne sont pas dans ces données."
    )


def draw_positions(found: Positions, marks: Sequence[Mark] = ()) -> str:
    """The drawing, in one frame: what is of the territory stands out, its neighbours are named around it.

    ``marks``: what else is shown, at its own place.
    """
    box = [[(one.longitude, one.latitude) for one in found.spots]]
    if len(found.departements) == 1 and found.communes > FULL:
        box.extend([*ring] for ring in rings_of(found.departements[0]))
    inner = (2 * MARGIN, 2 * MARGIN, WIDTH - 4 * MARGIN, HEIGHT - 2 * MARGIN)
    frame = geo.fit(_widened(box), *inner)
    of_name = of_place(found.territory.kind, found.territory.name)
    body = "".join(
        (
            *_limits(found, frame),
            *_points(found, frame),
            *_marks(marks, frame),
            *_names(found, frame),
            _scale(frame),
        )
    )
    view = f"0 0 {WIDTH:.0f} {HEIGHT + 2 * MARGIN:.0f}"
    return opening("carte", view, f"Carte {of_name}", caption_of(found)) + body + "</svg>"


def _widened(box: list[geo.Ring]) -> list[geo.Ring]:
    """A frame around a lone point, which has no size of its own."""
    points = [point for ring in box for point in ring]
    (x, y), aside = points[0], 0.1
    return [*box, [(x - aside, y - aside), (x + aside, y + aside)]] if len(set(points)) == 1 else box


def _limits(found: Positions, frame: geo.Frame) -> Iterator[str]:
    for code in found.departements:
        if path := frame.path([*ring] for ring in rings_of(code)):
            yield f'<path class="departement" d="{path}"/>'


def _points(found: Positions, frame: geo.Frame) -> Iterator[str]:
    for one in found.spots:
        x, y = frame.place((one.longitude, one.latitude))
        css = "mairie" if one.own else "mairie voisine"
        radius = _radius(one, found)
        circle = f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        yield f"{circle}<title>{escape(one.name)}</title></circle>"


def _marks(marks: Sequence[Mark], frame: geo.Frame) -> Iterator[str]:
    for one in marks:
        x, y = frame.place((one.longitude, one.latitude))
        shape = f'<path class="etablissement" transform="translate({x:.1f} {y:.1f})" d="{SHAPES[3]}">'
        yield f"{shape}<title>{escape(one.label)}</title></path>"


def _radius(one: Spot, found: Positions) -> float:
    if one.own and len(found.own) == 1:
        return ALONE
    most = max(spot.population for spot in found.spots) or 1
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(one.population / most) * (1.0 if one.own else 0.6)


def _names(found: Positions, frame: geo.Frame) -> Iterator[str]:
    """Names that find room: the territory's own first, then the most peopled."""
    taken: list[tuple[float, float, float]] = []
    for one in sorted(found.spots, key=lambda spot: (not spot.own, -spot.population)):
        (x, y), half = frame.place((one.longitude, one.latitude)), len(one.name) * LETTER / 2
        level = y - _radius(one, found) - 5
        inside = MARGIN + half < x < WIDTH - MARGIN - half and level > LINE
        if (
            len(taken) < MOST_NAMED
            and inside
            and all(abs(x - x1) > half + half1 or abs(level - y1) > LINE for x1, y1, half1 in taken)
        ):
            taken.append((x, level, half))
            css = "etiquette" if one.own else "etiquette voisine"
            yield f'<text class="{css}" x="{x:.1f}" y="{level:.1f}">{escape(one.name)}</text>'


def _scale(frame: geo.Frame) -> str:
    kilometres = geo.round_length(WIDTH / 5 / frame.scale)
    length, y = kilometres * frame.scale, HEIGHT + MARGIN
    words = f'<text class="echelle" x="{MARGIN + length + 8:.1f}" y="{y + 4:.1f}">'
    bar = f'<path class="echelle" d="M{MARGIN} {y - 4:.1f}v8m0-4h{length:.1f}m0-4v8"/>'
    return f"{bar}{words}{plain_number(kilometres)} km</text>"


def features_of_positions(found: Positions) -> Feature:
    """The same as a GeoJSON collection, in the layers of any map: points for communes, lines for limits."""
    known = {name for one in found.own for name in one.verdicts}
    zonings = [{"id": one.id, "nom": one.label} for one in load_zonings().values() if one.id in known]
    differing = (
        one["id"] for one in zonings if len({spot.verdicts.get(one["id"]) for spot in found.own}) > 1
    )
    limits = [_limit(code, ring) for code in found.departements for ring in rings_of(code)]
    return {
        "type": "FeatureCollection",
        "features": [*limits, *map(_place, found.spots)],
        "zonages": zonings,
        "zonage": next(differing, None),
        "credit": credit(),
    }


def _limit(code: str, ring: Ring) -> Feature:
    return _feature({"couche": "departement", "code": f"dep:{code}"}, "LineString", [*map(list, ring)])


def _place(one: Spot) -> Feature:
    told = {f"v_{zoning}": verdict.value for zoning, verdict in one.verdicts.items()}
    about = {"couche": "commune" if one.own else "voisine", "code": one.code, "name": one.name}
    return _feature({**about, "habitants": one.population, **told}, "Point", [one.longitude, one.latitude])


def _feature(properties: Feature, kind: str, coordinates: list[Any]) -> Feature:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
