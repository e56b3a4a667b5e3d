"""Words of a public page: those of its readers, never those of who keeps the server, nor of a program."""

import html
import re

import pytest

PUBLIC = (
    "/",
    "/recherche/?q=gueret",
    "/territoires/",
    "/territoires/23008/",
    "/territoires/dep:23/",
    "/territoires/dep:23/zonages/",
    "/territoires/dep:23/aides/",
    "/territoires/dep:23/evolution/",
    "/territoires/dep:23/sources/",
    "/territoires/dep:23/rapport/",
    "/territoires/comparer/?t=23077&t=23096",
    "/territoires/200044014/leviers/?pour=epci",
    "/territoires/dep:23/couverture/",
    "/territoires/dep:23/survie/",
    "/territoires/dep:23/dynamiques/",
    "/territoires/dep:23/simulation/?aide=urgencess&le=2021-03-31&parametre=urgence-ess.plafond&valeur=20",
    "/territoires/reg:75/simulation/",
    "/structures/?t=dep:23&famille=cooperative",
    "/structures/99900321300017/",
    "/aides/",
    "/aides/ptce_phase2/",
    "/mes-aides/",
    "/mes-aides/?f=effectif=4&f=forme=association&territoire=23096",
    "/leviers/",
    "/leviers/outils/8/",
    "/accompagnement/",
    "/aide-pres-de-chez-vous/",
    "/territoires/23008/accompagnement/",
    "/financement/?exemple=oui",
    "/grille/",
    "/grille/evaluation/?nom=Essai&commune=23077&n_tresorerie=2&role=structure",
    "/monographies/",
    "/monographies/ambiance_bois/",
    pytest.param("/cas/?territoire=23077", marks=pytest.mark.django_db),
    "/cas/ambiance_bois/",
    pytest.param("/cas/leviers/", marks=pytest.mark.django_db),
    "/sources/",
    "/travaux/",
)
"""Every kind of page a visitor meets, those for programs and for who keeps the server left out."""
OF_PROGRAMS = re.compile(
    r"\b(?:YAML|JSON|SQL|Markdown|CASE WHEN|code de sortie|Aucune commande)\b"
    r"|\bancrage (?:sources|entrepot|aides|serve|diagnostic)\b"
    r"|(?<=\s)--[a-z]{3,}"
)
WITHOUT_ITS_ARTICLE = re.compile(
    r"\b[Dd]e (?:[AEIOUÉÈÊÎÔ][a-zéèêîôâ-]+|Le [A-Z]\w+|Les [A-Z]\w+|Creuse\b|Corrèze\b)|\bet 1 autres\b"
    r"|\bà Les? [A-Z]\w+"
)
COUNTERS = re.compile(r"\boui : \d+, (?:non|à vérifier) : \d+")
"""« oui : 0, non : 3 » where a sentence is awaited."""
IDENTIFIERS = re.compile(r"\([a-z]+_[a-z_]+\)|\((?:dep|reg|epci|com|arr):[^)]*\)")
"""« Guyane (dep:973) », « Ambiance Bois (ambiance_bois) »: a name is enough, or its published code."""


def words(page: str) -> str:
    """What is read of a page: neither its data blocks nor its tags."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown))
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_speaks_the_language_of_its_readers(site, address) -> None:
    told = words(site.get(address, follow=True).content.decode())
    assert OF_PROGRAMS.findall(told) == []
    assert WITHOUT_ITS_ARTICLE.findall(told) == []
    assert COUNTERS.findall(told) == []
    assert IDENTIFIERS.findall(told) == []


def test_the_acronyms_of_a_page_are_explained_on_it(site) -> None:
    page = site.get("/leviers/outils/8/").content.decode()
    explained = re.search(r'class="mots".*?</details>', page, re.DOTALL)
    assert explained
    assert "/documentation/glossaire/#" in explained[0]
