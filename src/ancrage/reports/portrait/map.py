"""Where the territory is, and those of its structures that agreed to be named; the others are not shown."""

from ancrage.language.numbers import count
from ancrage.questions.portrait import PortraitFacts
from ancrage.reports.positions import Mark, draw_positions
from ancrage.reports.sheet import Chart

CAPTION = "Chaque rond est une mairie, les traits sont les limites des départements"


def portrait_map(facts: PortraitFacts) -> Chart | None:
    """The drawing; ``None`` where no town hall is placed, and for a face that draws nothing."""
    if facts.positions is None:
        return None
    marks = [
        Mark(one.longitude, one.latitude, one.name)
        for one in facts.consent.shown
        if one.longitude is not None and one.latitude is not None
    ]
    told = f" ; {count(len(marks), 'losange')} : une structure qui a choisi de paraître" if marks else ""
    svg = draw_positions(facts.positions, marks)
    return Chart("carte", facts.territory.name, f"{CAPTION}{told}.", svg=svg, wide=True)
