from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from ancrage.declarations.loading import read_yaml
from ancrage.errors import CatalogueError
from ancrage.grid import criteria as grid_criteria
from ancrage.grid.criteria import Actor, Criterion, Origin, criteria
from ancrage.grid.template import yaml_template
from ancrage.levers.catalogue import read_levers
from ancrage.levers.declaration import TOOLS

NAMED = {
    "Articulation entre les solutions apportées et les besoins du territoire",
    "Hybridation des ressources",
    "Capacité d'investissement",
}


def test_there_are_fifteen_criteria_numbered_in_order():
    assert [one.number for one in criteria()] == list(range(1, 16))
    assert len({one.id for one in criteria()}) == len({one.label for one in criteria()}) == 15
    assert len({one.short for one in criteria()}) == 15


def test_only_the_three_criteria_the_report_names_are_given_to_it():
    assert {one.label for one in criteria() if one.is_named_by_report} == NAMED
    others = [one for one in criteria() if one.label not in NAMED]
    assert {one.source.kind.label for one in others} == {"proposition d'Ancrage"}
    assert len(others) == 12


def test_the_five_levels_of_every_criterion_are_distinct_sentences():
    levels = [level for one in criteria() for level in one.levels]
    assert len(set(levels)) == 15 * 5
    assert all(level.endswith(".") and len(level) > 30 for level in levels)


def test_every_tool_of_the_report_acts_on_some_criterion_and_has_a_name_of_its_own():
    assert {tool for one in criteria() for tool in one.tools} == set(range(1, TOOLS + 1))
    assert len({read_levers().tools[number].name for number in range(1, TOOLS + 1)}) == 19
    assert all(tuple(sorted(set(one.tools))) == one.tools for one in criteria())


def test_the_structure_may_act_on_every_criterion_and_some_authority_too():
    assert all(Actor.STRUCTURE in one.actors and len(one.actors) > 1 for one in criteria())


def test_a_level_is_described_by_its_own_sentence():
    one = criteria()[0]
    assert [one.described(level) for level in range(1, 6)] == list(one.levels)


def test_a_criterion_cannot_be_changed():
    with pytest.raises((FrozenInstanceError, ValidationError)):
        criteria()[0].number = 2


@pytest.mark.parametrize(
    "change",
    [
        {"levels": ["a", "b", "c", "d"]},
        {"levels": ["a", "b", "c", "d", "e", "f"]},
        {"tools": []},
        {"tools": [20]},
        {"tools": [0]},
        {"number": 16},
        {"number": 0},
        {"actors": ["etat"]},
        {"source": {"kind": "anct", "passage": "x"}},
        {"source": {"kind": "proposition", "passage": ""}},
        {"unforeseen": 1},
        {"question": ""},
    ],
    ids=str,
)
def test_a_criterion_declared_wrong_is_refused(change):
    with pytest.raises(ValidationError):
        Criterion.model_validate(criteria()[0].model_dump(mode="json") | change)


def fifteen(change):
    return [change(one.model_dump(mode="json") | {"id": one.id}) for one in criteria()]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Criteria read from a folder of the test's own."""
    (tmp_path / "catalogue").mkdir()
    monkeypatch.setattr(grid_criteria, "files", lambda _: tmp_path)

    def read(documents):
        for rank, document in enumerate(documents):
            text = document if isinstance(document, str) else yaml.safe_dump(document)
            (tmp_path / "catalogue" / f"{rank:02}.yaml").write_text(text, encoding="utf-8")
        return grid_criteria.criteria.__wrapped__()

    return read


def test_criteria_with_a_hole_or_a_number_given_twice_are_refused(elsewhere):
    with pytest.raises(CatalogueError, match="15 critères"):
        elsewhere(fifteen(lambda one: one | {"number": max(1, one["number"] - 1)}))


def test_a_criterion_file_that_is_no_yaml_is_named(elsewhere):
    with pytest.raises(CatalogueError, match=r"00\.yaml"):
        elsewhere(["levels: ["])


def test_the_template_shows_each_criterion_with_its_origin_and_levels():
    text = yaml_template()
    assert text.count("proposition d'Ancrage)") == 12
    assert set(read_yaml(text)["assessments"][0]["levels"]) == {one.id for one in criteria()}
    assert Origin.PROPOSITION.label in text


def test_the_page_of_the_grid_tells_each_criterion_its_origin_and_its_tools():
    page = (Path(__file__).resolve().parents[2] / "docs" / "grille.md").read_text(encoding="utf-8")
    for one in criteria():
        origin = "compte rendu" if one.is_named_by_report else one.source.kind.label
        assert f"| {one.number} | {one.label} | {origin} | {', '.join(map(str, one.tools))} |" in page
