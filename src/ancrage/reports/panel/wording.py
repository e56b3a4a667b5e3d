"""Words that the parts of a panel's sheet share."""

from ancrage.language.numbers import number
from ancrage.language.phrases import plural
from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.result import Panel
from ancrage.panel.traits import YES

UNKNOWN = "à vérifier"
NOTHING = "aucun"


def points(value: float) -> str:
    """« 54,23 points »."""
    return f"{number(value, 2)} {plural(value, 'point')}"


def label_of(listed: LongList, one: Candidate, trait: str) -> str:
    """Words of a trait of a candidate."""
    return listed.label(trait, one.values[trait]) if trait in one.values else UNKNOWN


def zonings_of(panel: Panel, one: Candidate) -> str:
    """Traits answered by oui of a candidate, among those counted or bounded; then those to be checked."""
    asked = [*panel.terms.weights, *(quota.trait for quota in panel.terms.quotas)]
    traits = [panel.long_list.traits[trait] for trait in dict.fromkeys(asked)]
    answers = [trait for trait in traits if trait.answers]
    yes = [trait.id.replace("_", " ") for trait in answers if one.values.get(trait.id) == YES]
    unknown = [trait.id.replace("_", " ") for trait in answers if trait.id not in one.values]
    told = ", ".join(yes) or (NOTHING if answers else "")
    return f"{told} ; {UNKNOWN} : {', '.join(unknown)}" if unknown else told
