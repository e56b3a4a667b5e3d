"""Map of the openings as SVG: communes by what they get, existing sites, sites to open with their number."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

import numpy as np

from ancrage.language.numbers import plain_number
from ancrage.reports import cartography as geo
from ancrage.reports.drawing import opening
from ancrage.reports.maps import HEIGHT, MARGIN, PATTERNS, WIDTH
from ancrage.siting.accounts import within
from ancrage.siting.positions import Places
from ancrage.siting.territory import TerritorySiting

MARK = 9.0
SQUARE = 3.2
FOOT = 34.0

GAINS, LEFT_OUT, SAME = "reponse-oui", "reponse-partiel", ""


def siting_map(opened: TerritorySiting) -> str | None:
    """The map, or ``None`` without outlines; a territory in several parts of France shows the largest."""
    shapes = opened.shapes
    rings = geo.by_area(geo.rings(shapes.whole)) if shapes else {}
    if shapes is None or not rings:
        return None
    drawn = max(rings.values(), key=len)
    frame = geo.fit(drawn, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT)
    states = states_of(opened)
    parts = [
        PATTERNS,
        *(
            f'<path class="commune {states.get(code, SAME)}" fill-rule="evenodd" '
            f'd="{frame.path(geo.rings(shape))}"/>'
            for code, shape in shapes.communes.items()
        ),
        f'<path class="territoire{"" if shapes.communes else " plein"}" d="{frame.path(drawn)}"/>',
        *_existing(opened, frame),
        *_sites(opened.siting.opened, frame),
        scale_bar(frame),
    ]
    title = f"Où ouvrir : {opened.territory.name}"
    box = f"0 0 {WIDTH:.0f} {frame.top + frame.height + FOOT:.0f}"
    return opening("carte-ouvertures", box, title, _description(opened)) + "".join(parts) + "</svg>"


def _description(opened: TerritorySiting) -> str:
    sites = " ; ".join(f"{rank} {one.name}" for rank, one in enumerate(opened.siting.chosen, 1))
    return f"Lieux à ouvrir : {sites}. Les chiffres sont dans le tableau voisin."


def states_of(opened: TerritorySiting) -> dict[str, str]:
    """Class of each commune: it gains, it stays out of the radius, or nothing changes for it."""
    siting = opened.siting
    radius = siting.question.radius_km
    if radius is None:
        gains = siting.after_km < siting.before_km
        left = np.zeros(len(gains), bool)
    else:
        left = ~within(siting.after_km, radius)
        gains = ~left & ~within(siting.before_km, radius)
    classes = np.select([gains, left], [GAINS, LEFT_OUT], SAME)
    return dict(zip(siting.question.demand.ids, (str(one) for one in classes), strict=True))


def _placed(places: Places, frame: geo.Frame) -> Iterator[tuple[int, float, float, str]]:
    """Rank from 1, place on paper and name of the places that lie on the map."""
    for rank, (lon, lat) in enumerate(zip(*places.positions.degrees(), strict=True)):
        x, y = frame.place((float(lon), float(lat)))
        if 0 <= x <= WIDTH and 0 <= y <= frame.top + frame.height + MARGIN:
            yield rank + 1, x, y, places.names[rank]


def _existing(opened: TerritorySiting, frame: geo.Frame) -> Iterator[str]:
    for _, x, y, name in _placed(opened.siting.question.existing, frame):
        yield (
            f'<path fill="#1d262c" d="M{x - SQUARE:.1f} {y - SQUARE:.1f}h{2 * SQUARE}v{2 * SQUARE}'
            f'h-{2 * SQUARE}Z"><title>{escape(name)}</title></path>'
        )


def _sites(sites: Places, frame: geo.Frame) -> Iterator[str]:
    for rank, x, y, name in _placed(sites, frame):
        yield (
            f'<circle fill="#b85c1e" stroke="white" cx="{x:.1f}" cy="{y:.1f}" r="{MARK}">'
            f"<title>{escape(name)}</title></circle>"
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" font-weight="bold" '
            f'fill="white">{rank}</text>'
            f'<text class="etiquette" x="{x:.1f}" y="{y - MARK - 4:.1f}">{escape(name)}</text>'
        )


def scale_bar(frame: geo.Frame) -> str:
    """The scale of a map, under it."""
    kilometres = geo.round_length(WIDTH / 5 / frame.scale)
    y = frame.top + frame.height + 18
    return (
        f'<path class="echelle" d="M{MARGIN} {y - 4:.1f}v8m0-4h{kilometres * frame.scale:.1f}m0-4v8"/>'
        f'<text class="echelle" x="{MARGIN + kilometres * frame.scale + 8:.1f}" y="{y + 4:.1f}">'
        f"{plain_number(kilometres)} km</text>"
    )
