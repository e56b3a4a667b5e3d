"""Quotas as a person writes them, and every fault told at once."""

import json

import pytest
from panel_factory import long_list

from ancrage.errors import PanelFileError
from ancrage.panel.quota_text import WrittenQuota, parse_short, read_terms
from ancrage.panel.terms import terms_on

LISTED = long_list(
    {"categorie": "a", "region": "n", "drom": "non"}, {"categorie": "b", "region": "s", "drom": "non"}, {}
)


@pytest.mark.parametrize(
    ("written", "trait", "values", "least", "most"),
    [
        ("drom>=2", "drom", (), 2, None),
        (" drom <= 0 ", "drom", (), None, 0),
        ("categorie=a==1", "categorie", ("a",), 1, 1),
        ("categorie=a|b>=3", "categorie", ("a", "b"), 3, None),
        ("région = Île-de-France <= 4", "région", ("Île-de-France",), None, 4),
        ("region=*<=2", "region", ("*",), None, 2),
    ],
)
def test_a_short_quota_says_a_trait_its_values_and_a_bound(written, trait, values, least, most):
    read = parse_short(written)
    assert (read.trait, read.valeurs, read.min, read.max) == (trait, values, least, most)


def test_two_quotas_of_one_name_are_refused_with_their_lines_and_the_same_one_twice_is_one(tmp_path):
    first, other = "  - {id: q, trait: drom, min: 1}\n", "  - {id: q, trait: region, min: 1}\n"
    file = tmp_path / "q.yaml"
    file.write_text(f"taille: 2\nquotas:\n{first}{other}", encoding="utf-8")
    with pytest.raises(PanelFileError, match=r"« q\.yaml », ligne 4 : deux quotas s'appellent « q »"):
        read_terms(file)
    file.write_text(f"taille: 2\nquotas:\n{first}{first}", encoding="utf-8")
    assert len(terms_on(LISTED, 2, read_terms(file).quotas).quotas) == 1


@pytest.mark.parametrize(
    "written", ["drom", "drom>2", "drom>=", ">=2", "drom>=-1", "drom>=1.5", "", "a=b=c>=1"]
)
def test_what_is_no_quota_is_refused_with_how_to_write_one(written):
    with pytest.raises(PanelFileError, match="n'est pas lisible") as refusal:
        parse_short(written)
    assert "drom>=2" in refusal.value.hint


YAML = """
taille: 16
diversite: {categorie: 2, region: 1}
quotas:
  - id: outre-mer
    label: Au moins deux dans les DROM
    trait: drom
    valeur: true
    min: 2
  - {id: ile-de-france, trait: region, valeurs: [11, 84], max: 4, poids: 2}
  - drom<=5
"""


def test_a_file_of_quotas_is_read_in_yaml_and_in_json_alike(tmp_path):
    import yaml

    (tmp_path / "quotas.yaml").write_text(YAML, "utf-8")
    (tmp_path / "quotas.json").write_text(json.dumps(yaml.safe_load(YAML)), "utf-8")
    terms = read_terms(tmp_path / "quotas.yaml")
    assert terms == read_terms(tmp_path / "quotas.json")
    assert (terms.taille, dict(terms.diversite)) == (16, {"categorie": 2, "region": 1})
    assert [quota.valeurs for quota in terms.quotas] == [("oui",), ("11", "84"), ()]
    assert [quota.poids for quota in terms.quotas] == [1, 2, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quotas: [", "ligne 2 : ce n'est pas du YAML lisible"),
        ("- drom", "ne déclare pas"),
        ("quotas: [{trait: drom, mini: 2}]", "ligne 1, la clé « mini » n'existe pas"),
        ("quotas: [{min: -1}]", "il manque « trait ».*« -1 » est trop petit"),
        ("taille: seize", "« seize » n'est pas un nombre entier"),
        ("quotas: 3", "une liste était attendue"),
        ("diversite: {region: beaucoup}", "« beaucoup » n'est pas un nombre"),
    ],
)
def test_a_wrong_file_of_quotas_lists_its_faults(tmp_path, text, said):
    path = tmp_path / "quotas.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PanelFileError, match=said) as refusal:
        read_terms(path)
    assert refusal.value.hint.startswith(("Exemple", "Vérifiez"))


def test_a_file_of_quotas_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PanelFileError, match=r"absent\.yaml"):
        read_terms(tmp_path / "absent.yaml")


def test_values_are_known_by_their_code_or_their_words_whatever_the_case():
    for written in ("n", "N"):
        (quota,) = terms_on(LISTED, 2, [WrittenQuota(trait="Région", valeurs=(written,), min=1)]).quotas
        assert (quota.trait, quota.values) == ("region", ("n",))


def test_a_quota_without_words_of_its_own_gets_some():
    quotas = ["drom>=1", "categorie=a==1", "region=*<=2"]
    labels = [quota.label for quota in terms_on(LISTED, 2, list(map(parse_short, quotas))).quotas]
    assert labels == [
        "DROM : au moins 1",
        "Catégorie « A » : exactement 1",
        "Région : au plus 2 de chaque valeur",
    ]


def test_every_fault_is_told_at_once_with_suggestions():
    faulty = [
        WrittenQuota(trait="drm", min=1),
        WrittenQuota(trait="categorie", valeurs=("zzz",), min=1),
        WrittenQuota(trait="categorie", min=1),
        WrittenQuota(id="rien", trait="drom"),
        WrittenQuota(id="inverse", trait="drom", min=2, max=1),
        WrittenQuota(id="double", trait="drom", min=1, exact=1),
        WrittenQuota(id="deux", trait="drom", min=1),
        WrittenQuota(id="deux", trait="drom", max=1),
    ]
    with pytest.raises(PanelFileError) as refusal:
        terms_on(LISTED, 9, faulty, {"couleur": 1, "region": -1})
    for said in (
        "panel de 9",
        "vouliez-vous dire « drom » ?",
        "aucune structure de la liste n'a « zzz »",
        "quelle valeur de « Catégorie » ?",
        "aucune borne",
        "le minimum (2) dépasse le maximum (1)",
        "« exact » ne va ni",
        "deux quotas s'appellent « deux »",
        "« couleur » n'est pas connu",
        "le poids de « region » (-1)",
    ):
        assert said in refusal.value.message


def test_a_trait_with_one_known_value_does_not_count_in_the_diversity():
    listed = long_list({"categorie": "a", "region": "n"}, {"region": "s"})
    assert terms_on(listed, 1, []).weights == {"region": 1}
