"""How one asks for an aid: what it says itself, what its procedure says, where each is read."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.declaration import Application
from ancrage.aids.imports.mte import read_mte
from ancrage.aids.imports.requesting import steps_of
from ancrage.aids.procedures import Request, load_procedures, request_of
from ancrage.declarations.texts import Basis
from ancrage.statutes.gathering import cited_texts


def told(aid: str, **changed: Any) -> Request:
    """The request of an aid of the catalogue, another application in place of its own."""
    found = get_aid(aid)
    return request_of(found.model_copy(update={"application": Application(**changed)}) if changed else found)


def test_what_an_aid_says_of_its_request_comes_before_what_its_procedure_says() -> None:
    shared = load_procedures()["formulaire_unique"]
    own = told("fdva1", procedure="formulaire_unique", documents=("Un projet",))
    assert own.documents.says == ("Un projet",)
    assert shared.delay is not None
    assert own.delay.says == shared.delay.says
    assert own.texts == (shared.delay.text,)


def test_an_aid_that_says_nothing_of_its_request_tells_nothing() -> None:
    silent = request_of(get_aid("fdva1").model_copy(update={"application": None}))
    assert not silent
    assert (silent.steps.says, silent.documents.says, silent.delay.says) == ((), (), ())


def test_short_time_work_is_granted_when_nothing_is_answered_in_fifteen_days() -> None:
    found = told("activite_partielle")
    assert "quinze jours" in found.delay.says[0]
    assert found.texts[0].title.startswith("Code du travail, articles R. 5122-2 à R. 5122-5")


def test_a_grant_of_an_administration_is_refused_when_nothing_is_answered_in_two_months() -> None:
    assert "deux mois" in told("region_hdf_invess").delay.says[0]
    assert any("L. 231-4" in text.title for text in told("region_hdf_invess").texts)


def test_every_procedure_named_is_declared_and_every_one_declared_is_named() -> None:
    named = {aid.application.procedure for aid in load_aids().values() if aid.application}
    assert named - {""} == set(load_procedures())


def test_the_texts_of_requests_are_compared_with_the_law_too() -> None:
    where = {cited.where for cited in cited_texts()}
    assert {"aide activite_partielle, demande", "procédure formulaire_unique"} <= where


def test_the_catalogue_counts_the_aids_that_say_how_they_are_asked(
    ancrage: Callable[..., Any], tmp_path: Path
) -> None:
    out = ancrage("aides", "verifier", data=tmp_path).stdout
    line = next(line for line in out.splitlines() if line.startswith("Comment demander"))
    requests = [request_of(aid) for aid in load_aids().values()]
    assert f"{sum(bool(one.documents) for one in requests)} aides disent les pièces" in line
    assert f"{sum(bool(one.delay) for one in requests)} le délai de réponse" in line
    assert f"Sur les {sum(not one for one in requests)} qui n'en disent rien" in line


def test_an_advantage_that_is_declared_asks_no_agreement_and_its_question_is_answered_in_three_months() -> (
    None
):
    found = told("scic_reserves")
    assert found.steps.says[0].startswith("Aucun accord à demander avant")
    assert "trois mois" in found.delay.says[0]
    assert all(text.basis is Basis.TEXTE_LU for text in found.texts)


PROGRAMME = """[{{"titre": "Une aide", "id": "une-aide", "promesse": "p", "description": "d",
"opérateur de contact": "ADEME", "nature de l'aide": "financement", "url": "https://example.org/",
"conditions d'éligibilité": {{}}, "eligibilityData": {{"company": {{}}}}, "objectifs": {steps}}}]"""


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        (
            '[{"description": "**Créez** un [compte](https://a.fr)", "liens": [{"lien": "https://b.fr"}]}]',
            (("Créez un compte", "https://b.fr"),),
        ),
        ('[{"description": "Déposez"}, {"description": ""}, "x", {}]', (("Déposez", None),)),
        ('"Déposez"', ()),
        ('[{"description": "Déposez", "liens": "https://b.fr"}]', (("Déposez", None),)),
    ],
)
def test_the_steps_of_a_published_aid_are_read_as_its_list_writes_them(
    written: str, steps: tuple[tuple[str, str | None], ...]
) -> None:
    text = PROGRAMME.format(steps=written)
    (aid,) = read_mte(text, "essai.json", licence="", on=date(2026, 11, 29)).aids
    assert steps_of(aid) == steps
