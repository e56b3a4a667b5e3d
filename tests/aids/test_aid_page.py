"""The sheet of an aid: how to ask, an example worked out, its history, the official texts first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ancrage.aids.catalogue import get_aid, load_aids
from ancrage.aids.declaration import Aid
from ancrage.aids.examples import amounts_over_time, example_of
from ancrage.aids.texts import host_of, readings
from ancrage.edition.opened import Opened
from ancrage.questions.aids import AidQuestion
from ancrage.questions.question import Asking
from ancrage.reports.sheet import Grid, Items, Outline, Paragraph, Section
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas

DAY = date(2026, 11, 23)
Tell = Callable[[str], Telling]


@pytest.fixture
def tell(embedded_atlas: Atlas, tmp_path: Path) -> Tell:
    """The sheet of an aid, on the embedded edition."""

    def told(aid: str) -> Telling:
        opened = Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path)
        return Telling(AidQuestion(aid=aid).answer(Asking(opened, DAY, paged=True)))

    return told


def section(telling: Telling, name: str) -> Section:
    """A section of a sheet."""
    return next(one for one in telling.sheet.sections if one.id == name)


def words(told: Section) -> str:
    """Its paragraphs and lists."""
    said: list[str] = []
    for block in told.blocks:
        match block:
            case Paragraph():
                said.append(block.text)
            case Items():
                said += block.lines
    return "\n".join(said)


def test_the_example_is_worked_out_by_the_engine(tell: Tell) -> None:
    told = section(tell("urgencess"), "exemple")
    assert "Effectif salarié : 4 salariés" in words(told)
    assert "8\u202f000\u00a0€" in words(told)
    example = tell("urgencess").document["example"]
    assert (example["amount"]["low"], example["amount"]["high"]) == (8000, 8000)


def test_the_example_follows_the_numbers_of_the_law() -> None:
    aid = get_aid("siae_post")
    example = example_of(aid, aid.versions[-1])
    assert example is not None
    given = [answer.amount for answer in amounts_over_time(aid, example)]
    assert given[-1] is not None
    assert given[-1] == example.amount
    assert len({amount.low for amount in given if amount}) > 1


def test_an_aid_none_of_whose_cases_gives_an_amount_has_no_example() -> None:
    aid = get_aid("urgencess")
    assert example_of(without_cases(aid), aid.versions[0]) is None


def without_cases(aid: Aid) -> Aid:
    """The same aid without its cases."""
    return aid.model_copy(update={"cases": ()})


def test_what_no_text_says_of_the_asking_is_said_so(tell: Tell) -> None:
    assert "demandez-les au guichet" in words(section(tell("dla"), "demande"))
    told = words(section(tell("urgencess"), "demande"))
    assert "Délai de réponse : une quinzaine de jours." in told
    assert "Un extrait Kbis" in words(section(tell("region_guadeloupe_arsess"), "demande"))


def test_the_history_is_a_timeline_of_every_version(tell: Tell) -> None:
    told = section(tell("siae_post"), "histoire")
    grid, *others = told.blocks
    assert isinstance(grid, Grid)
    assert len(grid.rows) == len(get_aid("siae_post").versions)
    assert grid.highlighted == {len(grid.rows) - 1}
    assert all(isinstance(one, Outline) for one in others)


def test_an_aid_of_one_version_has_no_history(tell: Tell) -> None:
    assert "histoire" not in {one.id for one in tell("urgencess").sheet.sections}


@pytest.mark.parametrize("aid", load_aids().values(), ids=lambda aid: aid.id)
def test_official_texts_come_before_what_was_also_read(aid: Aid) -> None:
    found = readings(aid)
    assert found.official or found.others
    hosts = [host_of(text.href) for text in found.official]
    law = [host.endswith("legifrance.gouv.fr") for host in hosts]
    assert law == sorted(law, reverse=True)
    assert not any(host_of(text.href).endswith(".gouv.fr") for text in found.others)


def test_each_text_is_cited_once() -> None:
    for aid in load_aids().values():
        found = readings(aid)
        cited = [(text.title, text.href) for text in (*found.official, *found.others)]
        assert len(cited) == len(set(cited))


def test_the_cases_are_told_in_words_and_never_by_names_of_facts(tell: Tell) -> None:
    (grid,) = section(tell("urgencess"), "cas").blocks
    assert isinstance(grid, Grid)
    assert not any("_" in str(row[2]) or "=" in str(row[2]) for row in grid.rows)
