"""What people read of tools and aids: French words, no identifier, nothing of the text of a rule."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from ancrage.aids.catalogue import load_aids
from ancrage.edition.opened import Opened
from ancrage.levers.catalogue import read_levers
from ancrage.levers.telling import told_rule
from ancrage.questions.aids import AidListQuestion, AidQuestion, AidSearchQuestion
from ancrage.questions.eligibility import EligibilityQuestion
from ancrage.questions.levers import LeverListQuestion, LeversQuestion, ToolHereQuestion, ToolQuestion
from ancrage.questions.question import Asking, Question
from ancrage.reports.formats import FORMATS
from ancrage.reports.sheet import Sheet
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas

DAY = date(2026, 11, 23)
ADDRESS = re.compile(r"https?://\S+")
CODED = re.compile(
    r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bCASE\b|\bWHEN\b|\b(?:NOT )?IN \(|\bIS (?:NOT )?NULL\b| AND | OR |\bTRUE\b"
)
"""An identifier of several words, or SQL."""
ASIDE = ("id", "page", "method", "repairs")
"""Parts of a sheet that nobody reads: anchors, what leads elsewhere, what is typed."""
TOOLS = tuple(str(number) for number in range(1, 20))
PLACES = ("23096", "59295", "dep:23")


@pytest.fixture
def asking(embedded_atlas: Atlas, tmp_path: Path) -> Asking:
    """The embedded edition, on the day."""
    return Asking(Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path), DAY, paged=True)


def texts(part: object) -> Iterator[str]:
    """Every text of a sheet that somebody reads, addresses of the web left out."""
    if isinstance(part, str) and not isinstance(part, Enum):
        yield ADDRESS.sub("", str(part))
    elif is_dataclass(part):
        for each in fields(part):
            if each.name not in ASIDE:
                yield from texts(getattr(part, each.name))
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)


def coded(sheet: Sheet) -> set[str]:
    """What is no French in a sheet."""
    return {found[0] for text in texts(sheet) for found in CODED.finditer(text)}


def questions() -> Iterator[Question]:
    """Every tool, everywhere and in some places; every aid; what some situations are answered."""
    yield from (LeverListQuestion(), AidListQuestion(), AidSearchQuestion(text="emploi"))
    yield from (ToolQuestion(tool=tool) for tool in TOOLS)
    yield from (AidQuestion(aid=aid) for aid in load_aids())
    for place in PLACES:
        yield LeversQuestion(territory=place)
        yield from (ToolHereQuestion(territory=place, tool=tool) for tool in TOOLS)
        yield EligibilityQuestion(territory=place, everything=True)
        yield EligibilityQuestion(territory=place, facts=("forme=association", "effectif=4"))


def test_no_sheet_of_a_tool_nor_of_an_aid_shows_an_identifier_or_the_text_of_a_rule(asking: Asking) -> None:
    found = {}
    for question in questions():
        if said := coded(Telling(question.answer(asking)).sheet):
            found[f"{question.name} {question.model_dump(exclude_defaults=True)}"] = said
    assert found == {}


def test_the_terminal_alone_tells_the_identifier_that_is_typed_there(asking: Asking) -> None:
    question = EligibilityQuestion(territory="23096", facts=("forme=association", "effectif=4"))
    telling = Telling(question.answer(asking))
    assert re.search(r"\b(?:[a-z]+_)+[a-z]+, ", str(FORMATS["terminal"].write(telling)))
    page = re.sub(r"(?s)<(style|script).*?</\1>", " ", str(FORMATS["html"].write(telling)))
    assert not CODED.search(ADDRESS.sub("", re.sub(r"<[^>]*>", " ", page)))
    written = FORMATS["docx"].write(telling)
    assert isinstance(written, bytes)
    document = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    paper = " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", document))
    assert "association" in paper.lower()
    assert not CODED.search(ADDRESS.sub("", paper))


def test_the_rule_of_every_need_is_told_in_sentences() -> None:
    needs = [need for lever in read_levers().levers for tool in lever.tools for need in tool.needs]
    assert needs
    for need in needs:
        told = told_rule(need.rule)
        assert told.endswith(".")
        assert not CODED.search(told)


def test_a_number_beside_another_is_told_with_a_verb() -> None:
    assert told_rule("fermetures_ess > creations_ess") == (
        "Les fermetures dans l’ESS l’an dernier dépassent les créations dans l’ESS l’an dernier."
    )
