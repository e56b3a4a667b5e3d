"""Files of monographs: what is read, and everything that is refused, at once."""

from datetime import date
from pathlib import Path

import pytest

from ancrage.errors import MonographError
from ancrage.monographs.catalogue import gather, read_monographs
from ancrage.monographs.declaration import Category
from ancrage.monographs.template import template

CASE = template(on=date(2026, 11, 23))


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_cases_of_the_report_are_there_and_say_what_is_not_known() -> None:
    cases = read_monographs().cases
    assert {case.id for case in cases} == {
        *("ambiance_bois", "amis_pierre_masgot", "ronalpia", "comptoir_de_campagne", "okemed"),
        *("cooperative_jeunesse_services", "cooperative_jeunes_majeurs", "railcoop"),
    }
    assert {case.header.commune for case in cases} == {"23077", "23086", "42046", "46102", None}
    assert all(case.header.category is None for case in cases)  # no text that was read states it
    assert all(one.source in case.header.sources for case in cases for one in case.header.statements)
    assert not any(case.header.fictitious for case in cases)


def test_the_file_to_fill_is_one_that_can_be_read(tmp_path: Path) -> None:
    file = written(tmp_path, "cas.md", CASE)
    case = gather([file]).get("a_remplacer")
    assert list(case.parts) == ["Récit", "Modèle économique", "Enseignements"]
    assert case.header.category is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema: ancrage-monographie/1", "schema: ancrage-monographie/9", "ancrage-monographie/9"),
        ("id: a_remplacer ", "id: À remplacer ", "n'a pas la forme attendue"),
        ("grid: {} ", "grid: {tresorerie: 6} ", "le niveau 6 n'est pas entre 1 et 5"),
        ("grid: {} ", "grid: {humeur: 3} ", "le critère « humeur » n'existe pas"),
        ("category: null ", "category: tourisme ", "ligne 9 : « tourisme » n'est pas une valeur possible"),
        ("siret: null ", 'siret: "12345678901234" ', "SIRET"),
        ("naf: null ", 'naf: {value: "12", source: entretien, status: lu} ', "NAF"),
        ("activity: null", "activity: {value: x, source: rumeur, status: lu}", "rumeur"),
        ("resources: [] ", "humeur: bonne\nresources: [] ", "la clé « humeur » n'existe pas"),
        ("## Récit", "## Histoire", "la partie « ## Récit » manque"),
        (
            "contributions: [] ",
            "contributions: [{tool: 20, authority: null, what: x, source: entretien, status: lu}] ",
            "ligne 20 : « 20 » est trop grand",
        ),
    ],
)
def test_a_fault_is_told_with_its_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CASE
    file = written(tmp_path, "cas.md", CASE.replace(old, new))
    with pytest.raises(MonographError) as refused:
        gather([file])
    assert "cas.md" in refused.value.message
    assert told in refused.value.message


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    files = [
        written(tmp_path, "un.md", "sans en-tête"),
        written(tmp_path, "deux.md", CASE.replace("## Récit", "## Histoire")),
        written(tmp_path, "trois.md", "---\n: [\n---\n"),
    ]
    (tmp_path / "quatre.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MonographError) as refused:
        gather([*files, tmp_path / "quatre.md", tmp_path / "absent.md"])
    for name in ("un.md", "deux.md", "trois.md", "quatre.md", "absent.md"):
        assert name in refused.value.message


def test_an_identifier_cannot_serve_twice(tmp_path: Path) -> None:
    files = [written(tmp_path, "un.md", CASE), written(tmp_path, "deux.md", CASE)]
    with pytest.raises(MonographError, match=r"a_remplacer.*un\.md"):
        gather(files)


def test_a_folder_of_ones_own_joins_the_cases_of_the_project(tmp_path: Path) -> None:
    category = f"category: {Category.INCLUSION.value} "
    written(tmp_path, "cas.md", CASE.replace("category: null ", category))
    cases = read_monographs(tmp_path)
    assert len(cases.cases) == len(read_monographs().cases) + 1
    assert cases.get("a_remplacer").header.category is Category.INCLUSION


def test_a_folder_without_a_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(MonographError, match="aucun fichier"):
        read_monographs(tmp_path)
    with pytest.raises(MonographError, match="n'existe pas"):
        read_monographs(tmp_path / "rien")
