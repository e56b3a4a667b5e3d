import json
from contextlib import suppress
from datetime import date

import pytest
from grid_factory import IDS, SIREN, SIRET, TODAY, grid_files
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.errors import GridFileError
from ancrage.grid.assessment import Judgement, Role
from ancrage.grid.files import Syntax, read_grid_file, read_grid_text, write_grid_text
from ancrage.grid.template import json_template, yaml_template


def levels(**changes):
    told = dict.fromkeys(IDS, 3) | changes
    return {one: level for one, level in told.items() if level != "absent"}


def assessment(**changes):
    told = {"date": "2026-01-15", "role": "structure", "signed_by": "présidence", "levels": levels()}
    return told | changes


def document(*assessments, **changes):
    told = {
        "schema": "ancrage-grille/1",
        "structure": {"name": "Essai", "commune": "23077"},
        "assessments": list(assessments) or [assessment()],
    }
    return {key: value for key, value in (told | changes).items() if value != "absent"}


def read(told):
    return read_grid_text(told if isinstance(told, str) else json.dumps(told, indent=1), today=TODAY)


def refused(told):
    with pytest.raises(GridFileError) as caught:
        read(told)
    assert caught.value.exit_code == 50
    return f"{caught.value.message} {caught.value.hint}"


@given(grid_files, st.sampled_from([Syntax.YAML, Syntax.JSON]))
@settings(max_examples=60)
def test_what_is_written_is_read_back_the_same(file, syntax):
    assert read_grid_text(write_grid_text(file, syntax), today=TODAY) == file


def test_unknown_is_kept_apart_from_every_level():
    file = read(document(assessment(levels=levels(tresorerie=None))))
    assert file.assessments[0].level("tresorerie") is None
    assert file.assessments[0].level("cooperations") == 3


def test_a_level_may_come_with_its_reasons():
    told = {"level": 2, "comment": "En attente.", "evidence": "Relevé."}
    file = read(document(assessment(levels=levels(tresorerie=told))))
    assert file.assessments[0].levels["tresorerie"] == Judgement(2, "En attente.", "Relevé.")


def test_assessments_are_put_in_the_order_of_days():
    late, early = assessment(date="2026-02-01"), assessment(date="31/01/2026")
    assert [one.date for one in read(document(late, early)).assessments] == [
        date(2026, 1, 31),
        date(2026, 2, 1),
    ]


def test_yaml_keeps_the_zeros_of_a_code_and_the_days_as_typed():
    text = write_grid_text(read(document())).replace("'23077'", "01004")
    assert "commune: 01004" in text
    file = read(text.replace("'2026-01-15'", "2026-01-15"))
    assert (file.structure.commune, file.assessments[0].date) == ("01004", date(2026, 1, 15))


def test_json_may_be_indented_with_tabs_and_begin_with_a_mark():
    assert read("\ufeff" + json.dumps(document(), indent="\t")) == read(document())


@pytest.mark.parametrize("level", [0, 6, -1, 3.0, 3.5, "3", "fort", True, [3]])
def test_what_is_no_level_from_1_to_5_is_refused(level):
    told = refused(document(assessment(levels=levels(tresorerie=level))))
    assert "assessments[1].levels.tresorerie : un niveau de 1 à 5 (ou null : ne sait pas)" in told


@pytest.mark.parametrize("level", [1, 5])
def test_the_ends_of_the_scale_are_levels(level):
    assert (
        read(document(assessment(levels=levels(tresorerie=level)))).assessments[0].level("tresorerie")
        == level
    )


def test_a_criterion_left_out_is_said_missing_and_null_is_offered():
    told = refused(document(assessment(levels=levels(tresorerie="absent"))))
    assert "1 faute." in told
    assert "il manque « tresorerie » (écrivez null si vous ne savez pas)" in told


def test_a_level_left_out_of_its_reasons_is_missing_too():
    assert "il manque « level »" in refused(document(assessment(levels=levels(tresorerie={"comment": "x"}))))


def test_an_unknown_criterion_is_refused_with_the_nearest_one():
    told = refused(document(assessment(levels=levels(tresorery=3, tresorerie="absent"))))
    assert "levels.tresorery : ce critère n'existe pas (vouliez-vous dire « tresorerie » ?)" in told


@pytest.mark.parametrize("version", ["ancrage-grille/2", "ancrage-grille", None, 1, "absent", ["x"]])
def test_another_version_of_the_schema_is_refused(version):
    assert "schema : la version lue est « ancrage-grille/1 »" in refused(document(schema=version))


def test_one_role_cannot_judge_twice_the_same_day():
    told = refused(document(assessment(), assessment(levels=levels(tresorerie=1))))
    assert "assessments[2] : deux évaluations du 15/01/2026 pour le rôle « structure »" in told


def test_two_roles_may_judge_the_same_day_and_one_role_two_days():
    three = document(assessment(), assessment(role="usagers"), assessment(date="2026-01-16"))
    assert len(read(three).assessments) == 3


@pytest.mark.parametrize("day", ["2026-02-30", "hier", "", None, 20261315, "2026", ["2026-01-15"]])
def test_what_is_no_day_is_refused(day):
    assert "assessments[1].date : " in refused(document(assessment(date=day)))


def test_a_day_to_come_is_refused_and_today_is_not():
    told = refused(document(assessment(date="2026-11-24")))
    assert "le 24/11/2026 est à venir (nous sommes le 23/11/2026)" in told
    assert read(document(assessment(date="2026-11-23"))).assessments[0].date == TODAY


@pytest.mark.parametrize("role", ["Structure", "maire", None, 3, [], {}])
def test_an_unknown_role_is_refused_with_those_that_exist(role):
    told = refused(document(assessment(role=role)))
    assert "n'est pas un rôle (structure, collectivite, accompagnateur, financeur, usagers, autre)" in told


@pytest.mark.parametrize("role", Role)
def test_every_role_may_judge(role):
    assert read(document(assessment(role=role.value))).assessments[0].role is role


@pytest.mark.parametrize("signed_by", ["M. Untel", "Mme Unetelle", "madame le maire Unetelle", "a@b.fr"])
def test_a_person_is_not_a_signature(signed_by):
    assert "écrivez une fonction" in refused(document(assessment(signed_by=signed_by)))


@pytest.mark.parametrize("signed_by", ["", "  ", None, 3, "absent"])
def test_an_assessment_is_signed(signed_by):
    told = {key: value for key, value in assessment(signed_by=signed_by).items() if value != "absent"}
    assert "assessments[1].signed_by : un texte est attendu" in refused(document(told))


@pytest.mark.parametrize("signed_by", ["maire", "mairie", "médiatrice", "monitorat", "direction"])
def test_functions_are_not_taken_for_persons(signed_by):
    assert read(document(assessment(signed_by=signed_by))).assessments[0].signed_by == signed_by


@pytest.mark.parametrize(
    ("structure", "said"),
    [
        ({"commune": "23077"}, "structure.name : un texte est attendu"),
        ({"name": "  ", "commune": "23077"}, "structure.name : un texte est attendu"),
        ({"name": "Essai"}, "structure.commune : "),
        ({"name": "Essai", "commune": "2307"}, "« 2307 » n'est pas un code de commune valide"),
        ({"name": "Essai", "commune": 1004}, "« 1004 » n'est pas un code de commune valide"),
        (
            {"name": "Essai", "commune": "23077", "siren": "123456789"},
            "« 123456789 » n'est pas un code SIREN",
        ),
        ({"name": "Essai", "commune": "23077", "siret": "1"}, "« 1 » n'est pas un code SIRET"),
        ({"name": "Essai", "commune": "23077", "siren": "732829320", "siret": SIRET}, "une autre unité"),
        ({"name": "Essai", "commune": "23077", "fictitious": "oui"}, "true ou false est attendu"),
        ({"name": "Essai", "commune": "23077", "sirene": SIREN}, "vouliez-vous dire « siren » ?"),
        ({"name": "\ud800", "commune": "23077"}, "un caractère qui n'existe pas"),
        ({}, "structure.commune"),
        (None, "structure : des clés et des valeurs étaient attendues, pas rien"),
        ("Essai", "structure : des clés et des valeurs étaient attendues, pas « Essai »"),
    ],
)
def test_a_structure_told_wrong_is_refused(structure, said):
    assert said in refused(document(structure=structure))


def test_codes_of_a_structure_are_read_with_or_without_spaces():
    told = {
        "name": "Essai",
        "commune": "23077",
        "siren": f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]}",
        "siret": SIRET,
    }
    structure = read(document(structure=told)).structure
    assert (str(structure.siren), str(structure.siret)) == (SIREN, SIRET)


@pytest.mark.parametrize("assessments", [None, [], "absent", {}, "x"])
def test_a_file_without_assessment_is_refused(assessments):
    assert "une liste d'au moins une évaluation" in refused(document(assessments=assessments))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (assessment(levels=None), "les quinze critères et leurs niveaux étaient attendus"),
        (assessment(levels=[3] * 15), "les quinze critères et leurs niveaux étaient attendus"),
        ({}, "assessments[1].levels : les quinze"),
        (3, "assessments[1] : des clés et des valeurs étaient attendues"),
        (assessment(niveau=3), "assessments[1].niveau : cette clé n'existe pas"),
    ],
)
def test_an_assessment_told_wrong_is_refused(told, said):
    assert said in refused(document(told))


def test_every_fault_is_listed_at_once_with_its_line():
    text = (
        "schema: ancrage-grille/9\n"
        "structure:\n"
        "  name: Essai\n"
        "  commune: 9\n"
        "assessments:\n"
        "  - date: 2026-02-30\n"
        "    role: structur\n"
        "    signed_by: Mme Unetelle\n"
        "    levels:\n"
    )
    text += "".join(
        f"      {one}: {9 if one == 'tresorerie' else 3}\n" for one in IDS if one != "cooperations"
    )
    text += "      tresorerie: 2\n"
    told = refused(text)
    at = 10 + IDS.index("tresorerie")
    expected = [
        "ligne 1 – schema : ",
        "ligne 4 – structure.commune : ",
        "ligne 6 – assessments[1].date : ",
        "ligne 7 – assessments[1].role : ",
        "ligne 8 – assessments[1].signed_by : ",
        "ligne 9 – assessments[1].levels : il manque « cooperations »",
        "ligne 24 – assessments[1].levels.tresorerie : écrit deux fois",
    ]
    assert [part for part in expected if part not in told] == []
    # YAML keeps the last of two: the first, out of range, is told by the repetition.
    assert "7 fautes." in told
    assert at < 24


def test_lines_of_json_are_told_too():
    told = refused(
        json.dumps(document(assessment(levels=levels(tresorerie=9))), indent=1, ensure_ascii=False)
    )
    text = json.dumps(document(assessment(levels=levels(tresorerie=9))), indent=1, ensure_ascii=False)
    at = next(rank for rank, line in enumerate(text.splitlines(), 1) if '"tresorerie"' in line)
    assert f"ligne {at} – assessments[1].levels.tresorerie" in told


def test_json_may_escape_any_character():
    told = document(structure={"name": 'Café 😀 "\\u', "commune": "23077"})
    assert read(json.dumps(told, ensure_ascii=True)).structure.name == 'Café 😀 "\\u'


def test_a_key_written_twice_in_json_is_told():
    assert "schema : écrit deux fois" in refused('{"schema": "x", "schema": "ancrage-grille/1"}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "pas rien"),
        ("bonjour", "pas « bonjour »"),
        ("[1, 2]", "des clés et des valeurs étaient attendues"),
        ("{}", "la version lue est"),
        ("a: [", "Ligne 2 : ce n'est pas du YAML lisible"),
        ("a: b: c", "Ligne 1 : ce n'est pas du YAML lisible"),
        ("? [a]\n: 1", "une clé doit être un texte"),
        ("a\x00: 1", "YAML lisible"),
        ('{"a": }', "Ligne 1 : ce n'est pas du JSON lisible, près de"),
        ('{"a": ' + "9" * 5000 + "}", "démesuré"),
        ("a: &x [*x]", "ancres et renvois"),
        ("a: &x 1\nb: *x", "ancres et renvois"),
        ("a: !!float x", "les types (!)"),
        ("a: !!python/object:os.system x", "les types (!)"),
        ("a: " + "[" * 60 + "]" * 60, "imbriqué trop profondément"),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", "imbriqué trop profondément"),
        ('{"a": ' + "[" * 200_000 + "]" * 200_000 + "}", "imbriqué trop profondément"),
        ("#" * (2 << 20) + "#", "dépasse 2 Mo"),
    ],
    ids=lambda value: value[:20],
)
def test_a_text_that_is_no_file_of_assessments_is_refused(text, said):
    assert said in refused(text)


@given(st.text(max_size=60) | st.from_regex(r"\A[\[\]{}:,&*!?|>\-#\"' \na1]{0,40}\Z"))
@settings(max_examples=150)
def test_no_text_fails_otherwise_than_by_a_refusal(text):
    with pytest.raises(GridFileError):
        read_grid_text(text, today=TODAY)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    JSON_VALUES,
    st.sampled_from(["schema", "structure", "assessments", "date", "role", "signed_by", "levels"]),
)
@settings(max_examples=150)
def test_any_value_in_the_place_of_another_is_read_or_refused(value, key):
    told = (
        document(assessment(**{key: value}))
        if key not in ("schema", "structure", "assessments")
        else document(**{key: value})
    )
    with suppress(GridFileError):
        read(told)


def test_a_file_that_cannot_be_opened_or_decoded_is_named(tmp_path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: é".encode("latin-1"))
    for path, said in (
        (tmp_path / "absent", "introuvable"),
        (tmp_path, "illisible"),
        (latin, "ligne 1 : ce n'est pas de l'UTF-8"),
    ):
        with pytest.raises(GridFileError, match=said) as caught:
            read_grid_file(path, today=TODAY)
        assert path.name in caught.value.message


def test_the_template_is_refused_empty_and_accepted_once_filled():
    told = refused(yaml_template())
    for part in ("structure.name", "structure.commune", "assessments[1].date", "role", "signed_by"):
        assert part in told
    filled = yaml_template()
    for key, value in {
        "name:": "name: Essai",
        "commune: ": "commune: 23077 ",
        "- date: ": "- date: 2026-01-15 ",
        "role: ": "role: structure ",
        "signed_by: ": "signed_by: présidence ",
        "tresorerie: null": "tresorerie: 4",
    }.items():
        assert filled.count(key) == 1
        filled = filled.replace(key, value)
    file = read(filled)
    assert file.assessments[0].levels == {one: Judgement(4 if one == "tresorerie" else None) for one in IDS}


def test_the_json_template_is_the_same_file():
    told = json.loads(json_template())
    told["structure"] |= {"name": "Essai", "commune": "23077"}
    told["assessments"][0] |= {"date": "2026-01-15", "role": "structure", "signed_by": "présidence"}
    assert {one.level for one in read(told).assessments[0].levels.values()} == {None}
