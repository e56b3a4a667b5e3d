"""Papers that people hand over: they hold on their pages, say their day, and lead back to the site."""

import io
import zipfile
from typing import Any

import pypdf
import pytest
from pptx import Presentation

from ancrage.errors import SetDefinitionError
from ancrage.questions.question import Asking
from ancrage.questions.reading import read
from ancrage.questions.registry import question_named
from ancrage.reports.cells import Ref
from ancrage.reports.formats import FORMATS
from ancrage.reports.formats.printing.seal import seal
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas

EIGHT = ("23077", "23096", "200044014", "dep:23", "reg:75", "97611", "13055", "fr")
"""A village, a prefecture, an intercommunalité, a département, a region, overseas, a city, the country."""
ORIGIN = "https://ancrage.example.org"


@pytest.fixture(scope="module")
def asking(embedded_atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Asking:
    from ancrage.edition.opened import Opened

    today = embedded_atlas.today
    now = Opened(embedded_atlas, "essai", today, tmp_path_factory.mktemp("cache") / "cache")
    return Asking(now, today, drawn=True, paged=True)


def telling(asking: Asking, name: str, code: str, annexes: tuple[str, ...] = ()) -> Telling:
    words = {"territoire": [code], **({"annexe": annexes} if annexes else {})}
    answer = read(question_named(name), words).answer(asking)
    return Telling(answer, _page, origin=ORIGIN)


def _page(ref: Ref) -> str:
    return f"/{ref.subject.value}/{ref.code}/"


def pages_of(asking: Asking, name: str, code: str, annexes: tuple[str, ...] = ()) -> list[str]:
    written: Any = FORMATS["pdf"].write(telling(asking, name, code, annexes))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages]


@pytest.mark.parametrize("code", EIGHT)
def test_the_zonings_print_on_one_page_the_synthesis_on_two(asking: Asking, code: str) -> None:
    assert len(pages_of(asking, "attestation", code)) == 1
    assert len(pages_of(asking, "synthese", code)) <= 2


@pytest.mark.parametrize("code", ["23077", "crte-75-23-8", "reg:75"])
def test_the_note_for_a_committee_prints_on_one_page(asking: Asking, code: str) -> None:
    (page,) = pages_of(asking, "note", code)
    assert "Décisions du comité" in page


@pytest.mark.parametrize(("name", "own"), [("synthese", 2), ("note", 1)])
def test_annexes_follow_a_paper_from_a_new_page_in_the_order_of_the_report(
    asking: Asking, name: str, own: int
) -> None:
    pages = pages_of(asking, name, "23077", ("comparaison", "zonages"))
    first = next(rank for rank, page in enumerate(pages) if "Annexe : " in page)
    assert first <= own
    assert "Annexe : Zonages" in pages[first][:160], "nothing of the paper stands before it on its page"
    told = " ".join(pages)
    assert told.index("Annexe : Zonages") < told.index("Annexe : Comparaison")


def test_slides_leave_annexes_out_and_an_annex_that_does_not_exist_is_refused(asking: Asking) -> None:
    written: Any = FORMATS["pptx"].write(telling(asking, "synthese", "23077", ("zonages",)))
    plain: Any = FORMATS["pptx"].write(telling(asking, "synthese", "23077"))
    assert len(Presentation(io.BytesIO(written)).slides) == len(Presentation(io.BytesIO(plain)).slides)
    with pytest.raises(SetDefinitionError, match="pas une annexe"):
        telling(asking, "note", "23077", ("tout",))


def test_no_slide_holds_a_single_sentence(asking: Asking) -> None:
    written: Any = FORMATS["pptx"].write(telling(asking, "synthese", "dep:23"))
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(written)).slides]
    assert titles.count("Zonages et programmes") == 1


def test_the_attestation_says_its_day_its_texts_and_where_it_is_on_the_site(asking: Asking) -> None:
    (page,) = pages_of(asking, "attestation", "23077")
    told = " ".join(page.split())
    assert "au 23 novembre 2026" in told
    assert "Loi n° 85-30 du 9 janvier 1985" in told
    assert f"{ORIGIN}/zonages/23077/?le=2026-11-23" in told
    assert "n’engage pas" in told


def test_a_paper_of_no_known_address_has_no_code(asking: Asking) -> None:
    answer = read(question_named("attestation"), {"territoire": ["23077"]}).answer(asking)
    assert Telling(answer).address == ""
    assert Telling(answer, _page).address == ""


def test_a_code_is_an_svg_that_stands_alone() -> None:
    drawn = seal(f"{ORIGIN}/territoires/23077/")
    assert drawn.startswith("<svg")
    assert "<path" in drawn
    assert seal(ORIGIN) != seal(f"{ORIGIN}/autre")


def test_the_slides_open_with_the_four_figures_and_are_the_same_twice(asking: Asking) -> None:
    written: Any = FORMATS["pptx"].write(telling(asking, "synthese", "23077"))
    assert written == FORMATS["pptx"].write(telling(asking, "synthese", "23077"))
    assert zipfile.ZipFile(io.BytesIO(written)).testzip() is None
    slides = list(Presentation(io.BytesIO(written)).slides)
    opening = " ".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    assert "Faux-la-Montagne" in opening
    assert "Structures de l’ESS" in opening
    titles = [slide.shapes.title.text_frame.text for slide in slides[1:]]
    assert "Zonages et programmes" in titles
    assert all(titles)


def test_the_note_is_a_document_to_fill(asking: Asking) -> None:
    written: Any = FORMATS["docx"].write(telling(asking, "note", "200044014"))
    text = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    assert "Point ESS" in text
    assert "Pour quand" in text
