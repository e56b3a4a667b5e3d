import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from diagnosis_factory import (
    EXAMPLES,
    empty_handed,
    fictitious,
    france,
    full,
    long_names,
    with_map,
    written,
)

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.audience import Audience

VOID = {"meta", "br", "link", "img", "input", "hr"}
CHARTS = ("familles", "emplois", "activites", "annees", "comparaison")
pages: dict[str, str] = {}


def page(example: str) -> str:
    """A page is drawn once for all the tests that read it."""
    if example not in pages:
        pages[example] = written(EXAMPLES[example](), "html")
    return pages[example]


class Reader(HTMLParser):
    """Reads a page, holds its tags, and refuses an element closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_page_is_well_formed(example: str) -> None:
    assert Reader(page(example)).open == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_page_asks_nothing_of_the_network(example: str) -> None:
    text, reader = page(example), Reader(page(example))
    loading = [
        (tag, attrs) for tag, attrs in reader.tags if "src" in attrs or ("href" in attrs and tag != "a")
    ]
    assert loading == []
    assert not {"script", "iframe", "object", "embed"} & {tag for tag, _ in reader.tags}
    assert "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#carte-hachures", "#carte-semis"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_identifiers_are_unique_and_every_reference_finds_its_own(example: str) -> None:
    reader = Reader(page(example))
    identifiers = Counter(reader.values("id"))
    asked = [name for value in reader.values("aria-labelledby") for name in value.split()]
    asked += [href[1:] for href in reader.values("href") if href.startswith("#")]
    assert [name for name, times in identifiers.items() if times > 1] == []
    assert set(asked) <= set(identifiers)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_page_can_be_read_without_eyes(example: str) -> None:
    text, reader = page(example), Reader(page(example))
    assert ("html", {"lang": "fr"}) in reader.tags
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in reader.tags}
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attrs for tag, attrs in reader.tags if tag == "th")
    for tag, attrs in reader.tags:
        assert tag != "svg" or attrs.get("role") == "img" or attrs.get("aria-hidden") == "true"
    assert text.count("<title") >= 1 + text.count('role="img"')
    assert text.index('class="evitement"') < text.index("<header")


@pytest.mark.parametrize("section", ["zonages", "ess", "comparaison", "publies", "manques", "sources"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_section_is_there_even_with_nothing_to_put_in_it(example: str, section: str) -> None:
    assert f'<section id="{section}"' in page(example)


@pytest.mark.parametrize("example", ["with_map", "empty_handed"])
def test_the_map_or_its_absence_has_its_section(example: str) -> None:
    assert '<section id="carte-section"' in page(example)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_there_with_its_description(chart: str) -> None:
    assert f'<desc id="graphique-{chart}-desc">' in page("full")


def test_a_territory_of_several_communes_shows_the_share_of_its_population_in_zonings() -> None:
    assert "graphique-zonages" in page("france")
    assert "graphique-zonages" not in page("full")


@pytest.mark.parametrize("example", ["long_names", "with_map"])
def test_a_hostile_name_stays_a_name(example: str) -> None:
    text = page(example)
    assert "<script" not in text
    assert "&lt;script&gt;alert" in text


def test_only_addresses_of_the_web_become_links() -> None:
    assert "javascript:" not in page("long_names")
    assert 'href="https://www.insee.fr/"' in page("full")


def test_fictitious_data_is_said_on_the_screen_in_the_title_and_on_every_printed_page() -> None:
    text = page("fictitious")
    assert 'class="fictif" role="note"' in text
    assert 'class="filigrane"' in text
    assert '@top-center { content: "données de démonstration, fictives"' in text
    assert "fictives</title>" in text
    assert "(fictif)" in text


@pytest.mark.parametrize("example", ["full", "france", "empty_handed"])
def test_real_data_is_not_called_fictitious(example: str) -> None:
    body = page(example).partition("</style>")[2]
    assert "fictives" not in body
    assert "filigrane" not in body


def test_what_is_unknown_is_said_with_the_command_that_brings_it() -> None:
    text = written(empty_handed(), "html", Audience.OPERATOR)
    assert "rien ne peut être dit de l’ESS ici" in text
    assert "<code>ancrage sources sync sirene-etablissements</code>" in text
    assert "<code>ancrage sources sync contours-communes</code>" in text
    assert "graphique-" not in text


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_page_for_readers_names_no_command(example: str) -> None:
    assert "<code>ancrage" in written(EXAMPLES["empty_handed"](), "html", Audience.OPERATOR)
    assert "<code>" not in page(example)


def test_a_territory_that_is_not_covered_shows_unknown_and_not_zero() -> None:
    row = page("full").partition('id="comparaison"')[2].partition(">France<")[2].partition("</tr>")[0]
    assert row.count("inconnu") == 7
    assert 'class="n">0<' not in row


def test_an_open_interval_is_not_closed() -> None:
    assert "1\u202f950\u202f112 ou plus" in page("france")
    assert "Valeur centrale : 2\u202f600\u202f418." in page("france")


def test_the_name_of_a_unit_that_is_not_diffusible_is_not_shown() -> None:
    assert "nom non diffusible" in page("full")


def test_the_map_has_its_communes_scale_and_legend() -> None:
    text = page("with_map")
    assert text.count('class="commune ') >= 4
    assert 'class="quartier"' in text
    assert 'class="echelle"' in text
    assert "établissement : Coopératives" in text


def test_a_page_is_the_same_each_time() -> None:
    assert written(with_map(), "html") == page("with_map")


@pytest.mark.parametrize("diagnosis", [full(), empty_handed(), fictitious(), france(), long_names()])
def test_the_title_names_the_territory_and_the_day(diagnosis: Diagnosis) -> None:
    title = written(diagnosis, "html").partition("<title>")[2].partition("</title>")[0]
    assert diagnosis.territory.code in title
    assert "31\u00a0mars\u00a02021" in title
