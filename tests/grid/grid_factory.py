"""Files of assessments made for tests, and what generates any of them."""

from datetime import date

from hypothesis import strategies as st

from ancrage.cells.keys import luhn_key
from ancrage.grid.assessment import Assessment, GridFile, Judgement, Role, Structure
from ancrage.grid.checking import _PERSON
from ancrage.grid.criteria import criteria
from ancrage.register.codes import Siren, Siret

IDS = tuple(one.id for one in criteria())
SIREN = "10000000" + luhn_key("10000000")
SIRET = f"{SIREN}0001" + luhn_key(f"{SIREN}0001")
TODAY = date(2026, 11, 23)
LEVELS = st.none() | st.integers(1, 5)
ANY_TEXT = st.text(max_size=30)
WRITTEN = st.text(min_size=1, max_size=30).filter(str.strip)
NOTE = st.just("") | WRITTEN


def assessed(day, role, levels=3, signed_by="présidence"):
    """An assessment whose levels are one for all, or by criterion (the others 3)."""
    told = levels if isinstance(levels, dict) else dict.fromkeys(IDS, levels)
    judged = {one: Judgement(told.get(one, 3)) for one in IDS}
    return Assessment(date.fromisoformat(day), Role(role), signed_by, judged)


judgements = st.builds(Judgement, LEVELS, NOTE, NOTE)
assessments = st.builds(
    Assessment,
    st.dates(date(2000, 1, 1), TODAY),
    st.sampled_from(Role),
    WRITTEN.filter(lambda text: not _PERSON.search(text)),
    st.fixed_dictionaries(dict.fromkeys(IDS, judgements)),
)
histories = st.lists(assessments, min_size=1, max_size=5, unique_by=lambda one: (one.date, one.role))
structures = st.builds(
    Structure,
    WRITTEN,
    st.sampled_from(["23077", "01004", "2A004", "97411"]),
    st.sampled_from([None, Siren(SIREN)]),
    st.sampled_from([None, Siret(SIRET)]),
    st.booleans(),
)
grid_files = st.builds(
    lambda structure, history: GridFile(
        structure, tuple(sorted(history, key=lambda one: (one.date, one.role)))
    ),
    structures,
    histories,
)
