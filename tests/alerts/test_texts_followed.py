"""A cited text followed: told when the wording of an article changes, with what went and what came."""

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from ancrage.alerts.following import changed, followed
from ancrage.alerts.noticing import document
from ancrage.alerts.texts import texts_label, texts_noted
from ancrage.alerts.wording import event_lines
from ancrage.changes.noting import Standing
from ancrage.errors import AncrageError, InvalidQuestionError, UnknownAidError
from ancrage.statutes.citations import Citation, citations
from ancrage.statutes.gathering import cited_texts

NO_EDITION: Any = None
STATES = {
    "2026-01-01": "La demande est écrite. Elle est faite en mairie. Le maire répond sous deux mois.",
    "2026-03-02": "La demande est écrite. Elle est faite en ligne. Le maire répond sous deux mois.",
}


def an_article() -> tuple[str, Citation]:
    """An aid of the catalogue, and an article of a code that one of its texts names."""
    return next(
        (one.where.removeprefix("aide "), found)
        for one in cited_texts()
        if one.where.startswith("aide ") and not one.where.endswith(", demande")
        for found in citations(one.text.title)
        if found.code.startswith("Code")
    )


def git(folder: Path, *arguments: str, day: str) -> None:
    moment = f"{day}T00:00:00+00:00"
    told = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "HOME": str(folder)}
    who = ("-c", "user.name=Copie", "-c", "user.email=copie@exemple.fr")
    subprocess.run(("git", *who, *arguments), cwd=folder, env=told, check=True, capture_output=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a code made by the real git, where an article changes on a day."""
    _, article = an_article()
    git(tmp_path, "init", "--quiet", day="2026-01-01")
    for day, words in STATES.items():
        told = f'---\ntitle: "{article.code}"\n---\n\n###### Article {article.article}\n\n{words}\n'
        (tmp_path / "code.md").write_text(told, "utf-8")
        git(tmp_path, "add", "-A", day=day)
        git(tmp_path, "commit", "--quiet", "-m", day, day=day)
    return tmp_path


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [(date(2026, 3, 1), date(2026, 3, 2), 1), (date(2026, 3, 2), date(2026, 3, 3), 0)],
)
def test_the_day_an_article_is_worded_otherwise_what_went_and_what_came_are_told(
    copy: Path, since: date, on: date, told: int
) -> None:
    aid, article = an_article()
    question = followed(f"textes_cites?aide={aid}")
    with override_settings(LAW_COPIES=(str(copy),)):
        found = changed(question, NO_EDITION, since=since, on=on)
    assert len(found) == told
    for change in found:
        lines = event_lines(document(change))
        assert lines[0].replace("\xa0", " ") == f"* {article} : sa rédaction change le 2 mars 2026."
        assert "  Avant, rédaction : Elle est faite en mairie." in lines
        assert "  Maintenant, rédaction : Elle est faite en ligne." in lines


def test_without_a_copy_of_the_law_how_an_article_is_worded_is_unknown_never_unchanged() -> None:
    aid, article = an_article()
    question = followed(f"textes_cites?aide={aid}")
    reading = texts_noted(question, NO_EDITION, date(2026, 3, 2), date(2026, 3, 2))
    assert reading[f"article:{article}"].standing is Standing.INCONNU
    assert [one for one in reading.values() if one.standing is Standing.OUI], "texts are cited all the same"
    assert texts_label(question, "").startswith("Textes de l’aide : ")


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("textes_cites", InvalidQuestionError),
        ("textes_cites?aide=x&outil=4", InvalidQuestionError),
        ("textes_cites?aide=inconnue", UnknownAidError),
        ("textes_cites?outil=99", AncrageError),
    ],
)
def test_texts_of_nothing_of_several_things_or_of_what_does_not_exist_are_refused(
    address: str, error: type[AncrageError]
) -> None:
    with pytest.raises(error):
        texts_noted(followed(address), NO_EDITION, date(2026, 3, 2), date(2026, 3, 2))
