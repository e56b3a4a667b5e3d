"""Badly written catalogue files: file, line and repair, in one French sentence."""

import gzip
import re

import pytest

from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.linting import inspect
from ancrage.errors import CatalogueError

GOOD = """\
id: essai
name: Aide d'essai
summary: Une aide pour les tests.
funder: Personne
desk: {name: Aucun}
nature: subvention
audience: [structure]
themes: [emploi]
versions:
  - from: 2021-01-01
    to: 2021-12-31
    text: {title: "Un texte", checked_on: 2026-11-23, basis: texte_lu}
    conditions:
      - id: taille
        label: Employer au plus dix salariés
        rule: effectif <= "essai.plafond"
    amount: {rule: "100 * effectif", unit: EUR}
cases:
  - {title: Dix, day: 2021-06-01, facts: {effectif: 10}, verdict: oui, amount: 1000}
  - {title: Onze, day: 2021-06-01, facts: {effectif: 11}, verdict: non}
"""
PARAMETERS = """\
parameters:
  - id: essai.plafond
    label: Plafond
    unit: salariés
    values:
      - {from: 2021-01-01, value: 10, text: {title: "Un texte", checked_on: 2026-11-23, basis: texte_lu}}
"""


def folder(tmp_path, aid=GOOD, parameters=PARAMETERS):
    for name, text in (("catalogue/essai.yaml", aid), ("parameters/essai.yaml", parameters)):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def line_of(part, text=GOOD):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_sound_folder_has_no_remark(tmp_path):
    assert [remark for remark in inspect(folder(tmp_path)).remarks if remark.serious] == []


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ("funder:", "funders:", "« funder »", None),
        ("        rule: effectif", "        rulee: effectif", "rule", None),
        ("    text: {title", "    texte: {title", "text", None),
        (", unit: EUR", "", "« unit »", "amount:"),
        ("unit: EUR", "unit: francs", "francs", "amount:"),
        ("from: 2021-01-01", "from: demain", "demain", "from:"),
        ("    to: 2021-12-31", "    to: 2020-12-31", "précède", "from:"),
        ("nature: subvention", "nature: cadeau", "cadeau", "nature:"),
        ("audience: [structure]", "audience: []", "vide", "audience:"),
        ("id: essai\n", "id: Essai\n", "Essai", "id: "),
        ("verdict: oui,", "verdict: peut-être,", "peut-être", "Dix"),
    ],
)
def test_a_badly_written_aid_is_refused_naming_file_line_and_repair(tmp_path, old, new, told, line):
    written = GOOD.replace(old, new)
    assert written != GOOD
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder(tmp_path, written))
    assert "essai.yaml, ligne " in refused.value.message
    assert told in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.hint
    if line is not None:
        assert f"ligne {line_of(line)} " in refused.value.message


def test_overlapping_versions_are_refused(tmp_path):
    twice = GOOD.replace(
        "cases:",
        "  - {from: 2021-06-01, text: {title: T, checked_on: 2026-11-23, basis: texte_lu}}\ncases:",
    )
    with pytest.raises(CatalogueError, match="se chevauchent"):
        load_catalogue(folder(tmp_path, twice))


def test_an_anchor_that_holds_itself_is_refused_as_not_finished(tmp_path):
    with pytest.raises(CatalogueError, match=r"« essai\.yaml », ligne \d+ : le renvoi « \*a » ne désigne"):
        load_catalogue(folder(tmp_path, GOOD + "note: &a [*a]\n"))


BOMB = "\n".join(f"n{n}: &n{n} [{', '.join([f'*n{n - 1}'] * 9)}]" for n in range(1, 12))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("  : [", "YAML lisible"),
        (f"n0: &n0 [x]\n{BOMB}\n", "plus de 40000 valeurs"),
        (f"note: {'[' * 100_000}", "imbriqué trop profondément"),
        ("note: 2021-02-31\n", "« 2021-02-31 » n'est ni un jour ni un nombre possible"),
        (f"note: {'9' * 5_000}\n", "démesuré"),
        (f"note: 0x{'f' * 5_000}\n", "démesuré"),
        ("note: !!python/name:os.system x\n", "les types (!) ne sont pas lus"),
    ],
)
def test_what_no_catalogue_holds_is_refused_with_file_and_line(tmp_path, more, told):
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder(tmp_path, GOOD + more))
    assert told in refused.value.message
    assert re.match(r"« .*essai\.yaml », ligne \d+ : ", refused.value.message)


def test_a_catalogue_is_read_in_utf8_and_in_the_utf16_that_says_so_and_no_other(tmp_path):
    root = folder(tmp_path)
    file = root / "catalogue" / "essai.yaml"
    file.write_bytes(GOOD.replace("Employer", "Préférer").encode("utf-16"))
    (condition,) = load_catalogue(root).aids["essai"].versions[0].conditions
    assert condition.label.startswith("Préférer")
    file.write_bytes(GOOD.replace("Employer", "Préférer").encode("latin-1"))
    load_catalogue.cache_clear()
    with pytest.raises(CatalogueError, match=r"« essai\.yaml », ligne \d+ : ce n'est pas de l'UTF-8"):
        load_catalogue(root)


def test_a_file_that_changed_since_it_was_read_is_refused_when_its_lines_are_looked_for(tmp_path):
    root = folder(tmp_path)
    found = load_catalogue(root)
    (root / "catalogue" / "essai.yaml").write_bytes(b'{"a":' * 100_000)
    with pytest.raises(CatalogueError, match="imbriqué trop profondément"):
        found.where("essai", "versions")


def test_a_swelling_archive_in_a_catalogue_is_refused(tmp_path):
    root = folder(tmp_path)
    (root / "catalogue" / "essai.yaml").write_bytes(gzip.compress(b" " * (8 << 20)))
    with pytest.raises(CatalogueError, match="dépasse 2 Mo une fois décompressé"):
        load_catalogue(root)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("COALESCE(effectif, 0) <= 10", "COALESCE"),
        ("efectif <= 10", "effectif"),
        ("effectif <= 'dix'", "nombre"),
        ('effectif <= "essai.plafon"', "essai.plafond"),
    ],
)
def test_a_bad_expression_is_told_with_file_and_line(tmp_path, rule, told):
    written = GOOD.replace('rule: effectif <= "essai.plafond"', f"rule: {rule}")
    (remark,) = [one for one in inspect(folder(tmp_path, written)).remarks if one.serious]
    assert f"essai.yaml, ligne {line_of('rule: effectif')}" in remark.what
    assert told in f"{remark.what} {remark.repair}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("facts: {effectif: 10}, verdict: oui", "facts: {effectif: 10}, verdict: non", "attendu non"),
        ("amount: 1000", "amount: 999", "attendu 999"),
        (
            'title: "Un texte", checked',
            'title: "Un texte", published_on: 2022-01-01, checked',
            "après son effet",
        ),
        ("desk: {name: Aucun}", "desk: {name: Aucun, href: https://exemple.local/a}", "lien vivant"),
    ],
)
def test_the_inspection_tells_what_does_not_hold(tmp_path, old, new, told):
    written = GOOD.replace(old, new)
    assert written != GOOD
    remarks = [remark for remark in inspect(folder(tmp_path, written)).remarks if remark.serious]
    assert any(told in remark.what for remark in remarks), remarks


def test_overlapping_values_of_a_parameter_are_told(tmp_path):
    twice = PARAMETERS + PARAMETERS.splitlines()[-1].replace("2021-01-01", "2021-06-01") + "\n"
    remarks = inspect(folder(tmp_path, parameters=twice)).remarks
    assert any("se chevauchent" in remark.what for remark in remarks)


def test_an_aid_without_any_case_is_a_fault(tmp_path):
    remarks = inspect(folder(tmp_path, GOOD[: GOOD.index("cases:")])).remarks
    assert any(remark.serious and "aucun cas" in remark.what for remark in remarks)
