"""What changed in real territories, on real lists, and what the edition before said otherwise."""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.imports.reading import read_file
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.imports.storing import keep
from ancrage.changes.comparing import Turn, compare
from ancrage.changes.noting import Sort
from ancrage.changes.reading import read
from ancrage.changes.sides import Side
from ancrage.edition.opened import Opened
from ancrage.edition.opening import open_edition
from ancrage.edition.publication import EMBEDDED
from ancrage.errors import CatalogueError, InvalidQuestionError
from ancrage.questions.news import NewsFacts, NewsQuestion
from ancrage.questions.question import Asking
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from told_again import tell_again

DAY = date(2026, 11, 23)
EARLIER, NOW = "20261101T000000000000Z", "20261120T000000000000Z"


def asked(
    edition: Path, data: Path, *, since: date, sorts: tuple[Sort, ...], on: date = DAY, code: str = "23077"
) -> NewsFacts:
    with open_edition(edition) as warehouse:
        opened = Opened(Atlas(warehouse, today=on), "essai", on, data / "cache")
        question = NewsQuestion(territory=code, since=since, on=on, sorts=sorts)
        facts: NewsFacts = question.answer(Asking(opened, on)).facts
    return facts


def told(facts: NewsFacts) -> dict[str, str]:
    return {one.subject or one.key: one.what for one in facts.changes}


def test_a_commune_leaves_the_zrr_and_enters_the_frr_on_the_day_of_the_law_and_not_on_its_eve(
    tmp_path: Path,
) -> None:
    eve, first = date(2024, 6, 30), date(2024, 7, 1)
    found = asked(EMBEDDED, tmp_path, since=eve, sorts=(Sort.ZONAGE,))
    assert told(found)["frr"] == "entre dans le zonage le 1er\xa0juillet\xa02024"
    assert told(found)["zrr"] == "sort du zonage le 1er\xa0juillet\xa02024"
    frr = next(one for one in found.changes if one.subject == "frr")
    assert "Arrêté du 19 juin 2024" in frr.title
    later = asked(EMBEDDED, tmp_path, since=first, sorts=(Sort.ZONAGE,))
    assert "zrr" not in told(later)
    assert told(later)["frr"] == "la réponse est maintenant connue"


def test_days_that_are_not_in_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestionError, match="depuis"):
        asked(EMBEDDED, tmp_path, since=DAY, on=DAY, sorts=(Sort.ZONAGE,))


def test_what_nobody_says_looks_back_no_further_than_what_is_known_and_what_one_says_is_refused(
    tmp_path: Path,
) -> None:
    with open_edition(EMBEDDED) as warehouse:
        on = date(2021, 3, 31)
        opened = Opened(Atlas(warehouse, today=DAY), "essai", DAY, tmp_path / "cache")
        question = NewsQuestion(territory="23077", on=on, sorts=(Sort.ZONAGE,))
        assert question.answer(Asking(opened, on)).facts.since == opened.atlas.first_day
        early = NewsQuestion(territory="23077", on=on, since=date(2020, 12, 31), sorts=(Sort.ZONAGE,))
        with pytest.raises(InvalidQuestionError, match="depuis"):
            early.answer(Asking(opened, on))


def test_a_folder_without_a_catalogue_is_refused_not_read_as_an_empty_one(tmp_path: Path) -> None:
    with open_edition(EMBEDDED) as warehouse:
        opened = Opened(Atlas(warehouse, today=DAY), "essai", DAY, tmp_path / "cache")
        question = NewsQuestion(territory="23077", sorts=(Sort.AIDE,), catalogue=str(tmp_path / "absent"))
        with pytest.raises(CatalogueError, match="catalogue"):
            question.answer(Asking(opened, DAY))


def edition(data: Path, name: str, without: str) -> Path:
    """The embedded edition as one built that day, without a structure."""
    folder = data / "entrepot" / "editions" / name
    shutil.copytree(EMBEDDED, folder)
    table = folder / "ess_establishment.parquet"
    pl.read_parquet(table).filter(pl.col("siret") != without).write_parquet(table)
    manifest = folder / "manifest.json"
    written = json.loads(manifest.read_text("utf-8"))
    day = f"{name[:4]}-{name[4:6]}-{name[6:8]}"
    manifest.write_text(json.dumps(written | {"built_at": f"{day}T00:00:00+00:00"}), "utf-8")
    tell_again(folder)
    return folder


def test_a_structure_that_only_one_edition_names_is_told_as_seen_not_as_born_or_closed(
    tmp_path: Path,
) -> None:
    first, second = structures_of_old()
    edition(tmp_path, EARLIER, without=first)
    now = edition(tmp_path, NOW, without=second)
    found = asked(now, tmp_path, since=date(2026, 11, 2), sorts=(Sort.STRUCTURE,), code="dep:23")
    assert found.compared.earlier == EARLIER
    assert not found.compared.late
    assert told(found)[first] == "nouvelle dans le registre"
    assert told(found)[second] == "n’est plus dans le registre"
    assert asked(
        now, tmp_path, since=date(2026, 10, 31), sorts=(Sort.STRUCTURE,), code="dep:23"
    ).compared.late


def test_only_the_structures_that_changed_are_read_and_past_a_number_the_older_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compared with every structure of the two days, read one by one."""
    since = date(2021, 1, 15)
    with open_edition(EMBEDDED) as warehouse:
        atlas = Atlas(warehouse, today=DAY)
        creuse = resolve(atlas, "dep:23", on=DAY)
        shelf = Shelf(warehouse, tmp_path)
        then, now = (
            read(Side(atlas, shelf, load_catalogue(), creuse, on, since), [Sort.STRUCTURE])
            for on in (since, DAY)
        )
    every = compare(then, now, since=since, on=DAY)
    assert {one.turn for one in every} >= {Turn.GAGNE, Turn.PERDU}
    found = asked(EMBEDDED, tmp_path, since=since, sorts=(Sort.STRUCTURE,), code="dep:23")
    assert found.changes == every
    assert not found.more
    monkeypatch.setattr("ancrage.questions.news.MOST_STRUCTURES", 3)
    some = asked(EMBEDDED, tmp_path, since=since, sorts=(Sort.STRUCTURE,), code="dep:23")
    assert [one.day for one in some.changes] == [one.day for one in every[:3]]
    assert some.total == len(every)


def structures_of_old() -> tuple[str, str]:
    """Two structures open long before."""
    rows = pl.read_parquet(EMBEDDED / "ess_establishment.parquet").filter(
        (pl.col("departement") == "23")
        & pl.col("active")
        & (pl.col("ess") == "oui")
        & (pl.col("created") < date(2020, 1, 1))
    )
    first, second = rows["siret"].sort().to_list()[:2]
    return first, second


@pytest.mark.mirror
def test_an_aid_of_two_lists_is_named_once_with_both_and_the_last_day_that_each_tells(
    tmp_path: Path, mirror: Path
) -> None:
    """« Baisse les Watts »: two lists publish it, and do not agree on its last day."""
    for name in ("aides/mission-transition-ecologique-2026-06.json.gz", "aides/format-dge-2026-06.csv.gz"):
        read = read_file(mirror / name, on=DAY).aids
        keep(tmp_path, read[0].source, [aid for aid in read if aid.name == "Baisse Les Watts"])
    found = asked(EMBEDDED, tmp_path, since=date(2025, 12, 1), sorts=(Sort.AIDE,))
    (one,) = [change for change in found.changes if change.label == "Baisse Les Watts"]
    assert one.what.replace("\xa0", " ") == (
        "n’est plus en vigueur le 2 mars 2026 (selon Mission Transition Écologique) ; "
        "n’est plus en vigueur le 6 janvier 2026 (selon Direction générale des entreprises)"
    )
    assert "Mission Transition Écologique, Direction générale des entreprises" in one.title
