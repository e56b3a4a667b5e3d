"""Laws and decrees outside the codes, compared with a copy that has a folder a text and a file an article."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ancrage.declarations.texts import Basis, Text
from ancrage.errors import LawCopyError
from ancrage.statutes.checking import Fate, check
from ancrage.statutes.citations import citations
from ancrage.statutes.copies import opened_copy
from ancrage.statutes.gathering import CitedText
from ancrage.statutes.law_copy import LawCopy
from ancrage.statutes.statute_copy import StatuteCopy

TODAY = date(2026, 11, 29)
LAW = "loi/2014/loi-n-2014-856-du-31-juillet-2014-efix1315311l/titre-ier"
OLD = "loi/1947/loi-n47-1775-du-10-septembre-1947"
DECREE = "decret/2015/decret-n-2015-431-du-15-avril-2015-einc1500001d"
STATES = {
    "2014-08-02": {f"{LAW}/article-9.md": "Les pôles.", f"{LAW}/article-7.md": "Le schéma.",
                   f"{OLD}/article-19-septies.md": "Cinquante pour cent."},
    "2015-04-17": {f"{DECREE}/article-1.md": "Dix ans.", f"{DECREE}/README.md": "Décret"},
    "2020-01-01": {f"{LAW}/article-9.md": "Les pôles, autrement."},
    "2027-01-01": {f"{LAW}/article-7.md": "Le schéma de demain."},
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Loi n° 2014-856 du 31 juillet 2014, article 8, II", ["Loi n° 2014-856, article 8"]),
        (
            "Sénat : article 19 septies de la loi n° 47-1775 du 10 septembre 1947, créé en 2001",
            ["Loi n° 47-1775, article 19 septies"],
        ),
        (
            "Loi n° 2021-875 du 1er juillet 2021 visant à améliorer la trésorerie, articles 1er à 3",
            ["Loi n° 2021-875, article 1", "Loi n° 2021-875, article 3"],
        ),
        ("Décret n° 2015-431 du 15 avril 2015", ["Décret n° 2015-431"]),
        (
            "Loi n° 2000-321 du 12 avril 2000, article 10, et décret n° 2001-495 du 6 juin 2001",
            ["Loi n° 2000-321, article 10", "Décret n° 2001-495"],
        ),
        (
            "Décret n° 2024-598 du 25 juin 2024 et loi de finances pour 2024, article 49",
            ["Décret n° 2024-598"],
        ),
        ("Décret 2015-1670, article D. 1611-32-9 du CGCT", ["Décret n° 2015-1670"]),
        ("Arrêté du 6 mars 2014 fixant un montant", []),
        ("Loi de finances pour 2026", []),
    ],
)
def test_a_law_is_named_by_its_number_with_its_articles_or_whole(title: str, expected: list[str]) -> None:
    assert list(map(str, citations(title))) == expected


def git(folder: Path, *arguments: str, day: str = "2014-08-02") -> None:
    """Git, on a day."""
    moment = f"{day}T00:00:00+00:00"
    told = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "HOME": str(folder)}
    who = ("-c", "user.name=Copie", "-c", "user.email=copie@exemple.fr")
    subprocess.run(("git", *who, *arguments), cwd=folder, env=told, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy made by the real git, laid out as Etalab's."""
    git(tmp_path, "init", "--quiet")
    for day, files in STATES.items():
        for name, words in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(f"# Article\n\n{words}\n", "utf-8")
        git(tmp_path, "add", "-A", day=day)
        git(tmp_path, "commit", "--quiet", "-m", day, day=day)
    return tmp_path


def cited(title: str, *, checked: str = "2026-11-24", since: str = "2026-04-01") -> CitedText:
    """A text read on a day, that founds something from another."""
    text = Text(title=title, checked_on=date.fromisoformat(checked), basis=Basis.TEXTE_LU)
    return CitedText("essai", text, date.fromisoformat(since), None)


@pytest.mark.parametrize(
    ("text", "fate", "changed", "changes"),
    [
        (cited("Loi n° 2014-856, article 9", since="2020-01-01"), Fate.SAME, None, None),
        (cited("Loi n° 2014-856, article 9", since="2019-12-31"), Fate.REWORDED, date(2020, 1, 1), None),
        (
            cited("Loi n° 2014-856, article 9", checked="2019-12-31", since="2014-08-02"),
            Fate.CHANGED, date(2020, 1, 1), None,
        ),
        (cited("Loi n° 2014-856 du 31 juillet 2014, article 7"), Fate.CHANGING, None, date(2027, 1, 1)),
        (cited("Loi n° 2014-856, article 99"), Fate.ABSENT, None, None),
        (cited("Loi n° 47-1775, article 19 septies"), Fate.SAME, None, None),
        (cited("Décret n° 2015-431 du 15 avril 2015"), Fate.SAME, None, None),
        (cited("Loi n° 2021-875, article 1er"), Fate.UNREAD, None, None),
    ],
)  # fmt: skip
def test_an_article_of_a_law_is_compared_by_day_like_one_of_a_code(
    folder: Path, text: CitedText, fate: Fate, changed: date | None, changes: date | None
) -> None:
    (found,) = check([opened_copy(folder)], [text], on=TODAY)
    assert (found.fate, found.changed_on, found.changes_on) == (fate, changed, changes)


def test_a_copy_that_stops_before_a_text_was_read_says_so_and_not_that_it_never_changed(folder: Path) -> None:
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")
    (found,) = check([opened_copy(folder)], [cited("Loi n° 47-1775, article 19 septies")], on=TODAY)
    assert found.fate is Fate.STOPPED
    (read,) = check(
        [opened_copy(folder)], [cited("Loi n° 47-1775, article 19 septies", checked="2020-01-01")], on=TODAY
    )
    assert read.fate is Fate.SAME


def test_a_folder_says_itself_which_copy_it_is(folder: Path, tmp_path: Path) -> None:
    assert isinstance(opened_copy(folder), StatuteCopy)
    other = tmp_path.parent / f"{tmp_path.name}-codes"
    other.mkdir()
    git(other, "init", "--quiet")
    (other / "code.md").write_text('---\ntitle: "Code du travail"\n---\n', "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "--quiet", "-m", "x")
    assert isinstance(opened_copy(other), LawCopy)
    with pytest.raises(LawCopyError, match="git n'y lit rien"):
        opened_copy(tmp_path.parent / "rien")


def test_the_command_takes_several_copies_and_finds_the_laws_that_are_cited(
    ancrage: Callable[..., Any], folder: Path
) -> None:
    asked = ("--copie", folder, "--on", "2026-11-29", "--format", "json")
    done = ancrage("textes", "verifier", *asked, data=folder)
    told = {(one["code"], one["article"], one["fate"]) for one in json.loads(done.stdout)["articles"]}
    assert ("Loi n° 47-1775", "19 septies", Fate.SAME.value) in told
    assert any(code == "Loi n° 2014-856" and article == "9" for code, article, _ in told)
    assert ("Loi n° 2021-875", "3", Fate.UNREAD.value) in told
