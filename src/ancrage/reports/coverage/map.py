"""Map of a kind of support as SVG: communes by their state, in tints and patterns, and the places."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from ancrage.coverage.judging import State
from ancrage.coverage.places import SupportPlace
from ancrage.reports import cartography as geo
from ancrage.reports.drawing import opening
from ancrage.reports.maps import HEIGHT, MARGIN, PATTERNS, WIDTH
from ancrage.reports.siting.map import scale_bar
from ancrage.siting.shapes import TerritoryShapes

CLASSES = {
    State.COUVERT: "reponse-oui",
    State.ELOIGNE: "reponse-partiel",
    State.DLA_SEUL: "reponse-partiel",
    State.NON_COUVERT: "blanche",
    State.INCONNU: "reponse-a-verifier",
}
FOOT = 34.0
SQUARE = 3.0


def coverage_map(
    shapes: TerritoryShapes | None, states: Mapping[str, State], places: Sequence[SupportPlace], title: str
) -> str | None:
    """The map, or ``None`` without outlines of communes; the largest part of a scattered territory."""
    rings = geo.by_area(geo.rings(shapes.whole)) if shapes else {}
    if shapes is None or not rings or not shapes.communes:
        return None
    drawn = max(rings.values(), key=len)
    frame = geo.fit(drawn, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT)
    parts = [
        PATTERNS,
        *(
            f'<path class="commune {CLASSES[states.get(code, State.INCONNU)]}" fill-rule="evenodd" '
            f'd="{frame.path(geo.rings(shape))}"/>'
            for code, shape in shapes.communes.items()
        ),
        f'<path class="territoire" d="{frame.path(drawn)}"/>',
        *_places(places, frame),
        scale_bar(frame),
    ]
    box = f"0 0 {WIDTH:.0f} {frame.top + frame.height + FOOT:.0f}"
    description = "Communes selon leur état, et lieux. Les mêmes informations sont dans les tableaux."
    return opening("carte-couverture", box, title, description) + "".join(parts) + "</svg>"


def _places(places: Sequence[SupportPlace], frame: geo.Frame) -> Iterator[str]:
    for place in places:
        if place.longitude is None or place.latitude is None:
            continue
        x, y = frame.place((place.longitude, place.latitude))
        if 0 <= x <= WIDTH and 0 <= y <= frame.top + frame.height + MARGIN:
            yield (
                f'<path fill="#1d262c" d="M{x - SQUARE:.1f} {y - SQUARE:.1f}h{2 * SQUARE}v{2 * SQUARE}'
                f'h-{2 * SQUARE}Z"><title>{escape(place.name)}</title></path>'
            )
