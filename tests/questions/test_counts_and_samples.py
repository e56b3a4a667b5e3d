"""A sample is never a count and what is not known is never zero: told by the answer, on every face."""

import json
from datetime import date

import pytest

from ancrage.edition.opened import Opened
from ancrage.questions.question import Asking
from ancrage.questions.simulation import SimulationQuestion
from ancrage.questions.structures import StructuresQuestion
from ancrage.register.reach import CAVEATS, Reach
from ancrage.reports.topic import Telling

ON = date(2026, 11, 23)
CREUSE, HAUTE_VIENNE, FRANCE = "dep:23", "dep:87", "fr"


@pytest.fixture
def embedded_told(embedded_atlas, tmp_path):
    return teller(embedded_atlas, tmp_path)


@pytest.fixture
def real_told(real_atlas, tmp_path):
    return teller(real_atlas, tmp_path)


def teller(atlas, folder):
    def tell(question):
        return Telling(question.answer(Asking(Opened(atlas, "essai", ON, folder), ON)))

    return tell


@pytest.mark.parametrize(
    ("place", "reach"), [(HAUTE_VIENNE, Reach.NONE), (FRANCE, Reach.PART), (CREUSE, Reach.WHOLE)]
)
@pytest.mark.parametrize("asked", [StructuresQuestion, SimulationQuestion])
def test_what_the_register_does_not_cover_is_said_in_the_sheet_and_in_the_document(
    embedded_told, asked, place, reach
):
    told = embedded_told(asked(territory=place))
    caveats = [CAVEATS[reach]] if reach in CAVEATS else []
    for warnings in (told.whole.warnings, told.document["warnings"]):
        assert [one for one in warnings if one in CAVEATS.values()] == caveats


def test_no_structure_known_is_not_zero_structure(embedded_told):
    told = embedded_told(SimulationQuestion(territory=HAUTE_VIENNE))
    assert (told.document["structures"], told.document["aids"], told.table.rows) == (None, [], ())
    assert told.whole.lead.startswith("Un nombre inconnu de structures de l’ESS")
    assert embedded_told(SimulationQuestion(territory=CREUSE)).document["structures"] > 0


def test_the_structures_found_where_no_register_reaches_are_those_known(embedded_told):
    told = embedded_told(StructuresQuestion(territory=FRANCE))
    (total,) = told.whole.figures
    assert total.label == "Structures connues"
    assert "pas un compte" in total.note
    (whole,) = embedded_told(StructuresQuestion(territory=CREUSE)).whole.figures
    assert whole.label == "Structures"


@pytest.mark.mirror
def test_a_sample_is_told_with_the_structures_it_finds(real_told):
    told = real_told(StructuresQuestion(territory=FRANCE))
    assert CAVEATS[Reach.SAMPLE] in told.document["warnings"]
    assert told.whole.figures[0].label == "Structures connues"


@pytest.mark.mirror
def test_the_fabric_of_france_is_unknown_when_the_register_is_a_sample(ancrage, real_data):
    told = ancrage("diagnostic", "fr", "--on", ON, data=real_data).stdout
    assert "6 lus" in told
    assert "Établissements de l’ESS  inconnu" in told
    assert "39" not in told.split("Le territoire")[0]


@pytest.mark.mirror
def test_too_few_establishments_in_a_sample_is_an_answer(ancrage, real_data):
    answer = ancrage("survie", "fr", "--on", ON, "--format", "json", data=real_data)
    assert answer.returncode == 0
    document = json.loads(answer.stdout)
    assert "Moins de 11 établissements" in document["unknown"]
    assert CAVEATS[Reach.SAMPLE] in document["warnings"]
