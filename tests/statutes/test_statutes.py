"""The articles cited, and what a copy of the codes by day tells became of them."""

import json
import os
import subprocess
from datetime import date

import pytest

from ancrage.declarations.texts import Basis, Text
from ancrage.errors import LawCopyError
from ancrage.statutes.checking import Fate, check
from ancrage.statutes.citations import citations
from ancrage.statutes.gathering import CitedText, cited_texts
from ancrage.statutes.law_copy import LawCopy

CODE = "Code de la commande publique"
TODAY = date(2026, 11, 28)
STATES = {
    "2019-04-01": {"R2122-8": "25 000 euros", "L2113-10": "Par lots."},
    "2020-01-01": {"R2122-8": "40 000 euros", "L2113-10": "Par lots."},
    "2026-08-22": {"R2122-8": "40 000 euros", "L2113-10": "Par lots.", "L2112-2": "L'environnement."},
    "2027-01-01": {
        "R2122-8": "40 000 euros",
        "L2113-10": "Par lots, toujours.",
        "L2112-2": "L'environnement.",
    },
}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Code du travail, article L. 5132-2", ["Code du travail, article L5132-2"]),
        (
            "Code de la commande publique, articles L. 2113-12 à L. 2113-16, R. 2113-7 et R. 2113-8",
            [f"{CODE}, article {one}" for one in ("L2113-12", "L2113-16", "R2113-7", "R2113-8")],
        ),
        (
            "Code de la sécurité sociale, article L. 241-19 (rédaction du 1er janvier 2026)",
            ["Code de la sécurité sociale, article L241-19"],
        ),
        (
            "Code du travail, article L. 5141-1 ; code de la sécurité sociale, article L. 131-6-4, I",
            ["Code du travail, article L5141-1", "Code de la sécurité sociale, article L131-6-4"],
        ),
        (
            "PLF : article 44 quindecies A du code général des impôts (ARCOLIB)",
            ["Code général des impôts, article 44 quindecies A"],
        ),
        ("Loi n° 2014-856 du 31 juillet 2014, article 9", ["Loi n° 2014-856, article 9"]),
        ("Compte rendu du webinaire du 31 mars 2021", []),
    ],
)
def test_the_articles_of_a_title_are_read_as_a_copy_of_the_code_writes_them(title, expected):
    assert list(map(str, citations(title))) == expected


def git(folder, *arguments, day="2019-04-01"):
    moment = f"{day}T00:00:00+00:00"
    told = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "HOME": str(folder)}
    who = ("-c", "user.name=Copie", "-c", "user.email=copie@exemple.fr")
    subprocess.run(("git", *who, *arguments), cwd=folder, env=told, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path):
    """A copy made by the real git: headings without marks first, with marks since."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "fr").mkdir()
    for day, articles in STATES.items():
        mark = "##### " if day > "2026" else ""
        body = "\n\n".join(f"{mark}Article {name}\n\n{told}" for name, told in articles.items())
        head = f'---\ntitle: "{CODE}"\n---\n# {CODE}\n\n{mark}Section 1 : Des marchés\n\n'
        (tmp_path / "fr" / "code.md").write_text(head + body + "\n", "utf-8")
        git(tmp_path, "add", "-A", day=day)
        git(tmp_path, "commit", "--quiet", "-m", day, day=day)
    return tmp_path


def cited(articles, *, checked="2026-11-24", since="2026-04-01", until=None):
    text = Text(title=f"{CODE}, {articles}", checked_on=date.fromisoformat(checked), basis=Basis.TEXTE_LU)
    return CitedText("essai", text, date.fromisoformat(since), until)


@pytest.mark.parametrize(
    ("text", "fate", "changed", "changes"),
    [
        (cited("article R. 2122-8", since="2020-01-01"), Fate.SAME, None, None),
        (cited("article R. 2122-8", since="2019-12-31"), Fate.REWORDED, date(2020, 1, 1), None),
        (
            cited("article R. 2122-8", checked="2019-12-31", since="2019-04-01"),
            Fate.CHANGED, date(2020, 1, 1), None,
        ),
        (cited("article L. 2113-10"), Fate.CHANGING, None, date(2027, 1, 1)),
        (cited("article L. 2112-2", since="2026-04-01"), Fate.REWORDED, date(2026, 8, 22), None),
        (cited("article L. 2112-2", since="2026-08-22"), Fate.SAME, None, None),
        (cited("article L. 9999-1"), Fate.ABSENT, None, None),
    ],
)  # fmt: skip
def test_an_article_changed_since_it_was_read_since_what_it_founds_or_tomorrow_is_told(
    folder, text, fate, changed, changes
):
    (found,) = check([LawCopy(folder)], [text], on=TODAY)
    assert (found.fate, found.changed_on, found.changes_on) == (fate, changed, changes)


def test_a_text_that_founds_nothing_any_more_is_not_compared(folder):
    past = cited("article R. 2122-8", since="2019-04-01", until=date(2019, 12, 31))
    assert check([LawCopy(folder)], [past], on=TODAY) == ()
    assert len(check([LawCopy(folder)], [past], on=date(2019, 12, 31))) == 1


def test_a_code_that_the_copy_does_not_hold_is_said_and_a_folder_that_is_no_copy_is_refused(folder, tmp_path):
    text = Text(title="Code du travail, article L. 1", checked_on=TODAY, basis=Basis.TEXTE_LU)
    (found,) = check([LawCopy(folder)], [CitedText("essai", text, None, None)], on=TODAY)
    assert found.fate is Fate.UNREAD
    empty = tmp_path.parent / f"{tmp_path.name}-vide"
    empty.mkdir()
    with pytest.raises(LawCopyError, match="copie du droit"):
        check([LawCopy(empty)], [cited("article L. 2113-10")], on=TODAY)


def test_the_article_of_the_direct_award_and_that_of_the_climate_law_are_found_among_what_is_cited(
    ancrage, folder
):
    assert any(citations(one.text.title) for one in cited_texts())
    done = ancrage(
        "textes", "verifier", "--copie", folder, "--on", "2026-11-28", "--format", "json", data=folder
    )
    told = {(one["article"], one["fate"]) for one in json.loads(done.stdout)["articles"]}
    assert ("R2122-8", Fate.REWORDED.value) in told
    assert ("L2112-2", Fate.SAME.value) in told
    shown = ancrage("textes", "verifier", "--copie", folder, "--on", "2026-08-01", data=folder).stdout
    assert "article L2112-2 ; change le 22/08/2026" in shown
    assert "article R2122-8 ; rédaction du 01/01/2020" in shown
