"""A buyer's code finds the structures that may answer it."""

import pytest

from ancrage.register.buying import activities_bought, bought, is_code
from ancrage.register.selling import classes_selling


@pytest.mark.parametrize(
    "typed",
    [
        *("77310000", "77310000-6", "CPV 77310000", "77311000", " 77314100-5 "),
        "Réalisation et entretien d'espaces verts",
    ],
)
def test_a_code_or_its_label_means_the_activities_that_answer_it(typed):
    assert activities_bought(typed) == ("81.30Z",)


@pytest.mark.parametrize("typed", ["7731", "773100001", "33000000", "Ancrage", "", "espaces"])
def test_what_is_no_code_known_means_no_activity(typed):
    assert activities_bought(typed) == ()


@pytest.mark.parametrize(("typed", "code"), [("77310000-6", True), ("7731", False), ("302474648", False)])
def test_a_code_has_eight_digits_and_sometimes_a_key(typed, code):
    assert is_code(typed) is code


def test_the_structures_of_the_activity_are_found(embedded_atlas):
    found = classes_selling(embedded_atlas, "ess_establishment", "77310000")
    assert found == ("81.30Z",)
    assert found == classes_selling(
        embedded_atlas, "ess_establishment", "Réalisation et entretien d'espaces verts"
    )


@pytest.mark.mirror
def test_the_labels_of_the_divisions_are_those_published(mirror):
    with (mirror / "siae" / "cpv-secteurs.csv").open(encoding="utf-8") as file:
        published = {
            line.split(";")[0]: line.rstrip("\n").split(";", 1)[1].rsplit(";", 1)[0] for line in file
        }
    divisions = {one.cpv: one.label for one in bought() if len(one.cpv) == 2}
    assert divisions == {code: published[f"{code}000000"] for code in divisions}
