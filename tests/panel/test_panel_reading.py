"""Long lists as people have them: encodings, separators, headers, addresses, lines that cannot be used."""

import json
from datetime import date

import pytest

from ancrage.cells.told import Told
from ancrage.errors import PanelFileError
from ancrage.panel.places import Address, place_book
from ancrage.panel.reading import read_long_list

ON = date(2026, 11, 23)
HEADER = "SIRET;Raison sociale;Code INSEE;Catégorie juridique;APE;Effectif;Type de structure"


@pytest.fixture(scope="module")
def places(embedded_atlas):
    return place_book(embedded_atlas, on=ON)


@pytest.fixture
def read(places, tmp_path):
    def reading(text, encoding="utf-8", name="liste.csv", **mapping):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_long_list(path, places, on=ON, mapping=mapping)

    return reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_list_is_read_in_any_encoding_and_separator(read, encoding, separator):
    line = "80746931700018;Régie de l'été;23077;9220.0;88.99B;12;Œuvre"
    listed = read(f"{HEADER}\n{line}\n".replace(";", separator), encoding)
    (one,) = listed.candidates
    assert (one.id, one.name, one.commune) == ("80746931700018", "Régie de l'été", "Faux-la-Montagne (23077)")
    words = {trait: listed.label(trait, value) for trait, value in one.values.items()}
    assert words["activite"] == "88 Action sociale sans hébergement"
    assert words["forme"].startswith("9220 ")
    assert words["taille"] == "10 à 19 salariés"
    assert words["categorie"] == "Œuvre"
    assert words["region"] == "Nouvelle-Aquitaine"
    assert (one.values["departement"], one.values["drom"]) == ("23", "non")


def test_json_lists_and_wrapped_ones_are_read_and_what_is_no_object_is_set_aside(read):
    rows = [{"nom": "A", "code_insee": "23077", "zrr": True}, "perdu", {"nom": "B", "taille": None}]
    for document in (rows, {"total": 2, "structures": rows}):
        listed = read(json.dumps(document), name="liste.json")
        assert [one.name for one in listed] == ["A", "B"]
        assert [(reject.line, reject.reason) for reject in listed.rejects] == [(2, "ce n'est pas un objet")]
        assert "taille" not in listed.candidates[1].values


def test_each_line_that_cannot_be_used_is_listed_with_its_number_and_the_reason(read):
    listed = read("id;nom\nun;A\n;\nun;B\ntrois;C;trop\nquatre;D\n")
    assert [one.id for one in listed] == ["quatre", "un"]
    assert [(one.line, one.reason) for one in listed.rejects] == [
        (3, "ni identifiant ni nom"),
        (4, "même identifiant (un) que la ligne 2"),
        (5, "3 cellules au lieu de 2"),
    ]


def remarks(listed):
    return [(one.line, one.what) for one in listed.remarks]


def test_two_structures_whose_siret_a_spreadsheet_rounded_are_two_and_it_is_told(read):
    rows = "3,05420E+13;Banque;23096\n3,05420E+13;Pays;23089\n3.0542e13;;23077\n"
    listed = read(f"siret;nom;code insee\n{rows}")
    assert [one.id for one in listed] == ["Banque · 23096", "Pays · 23089"]
    assert remarks(listed) == [
        (line, "« 3,05420E+13 » est un SIRET arrondi par un tableur") for line in (2, 3)
    ]
    assert all("format texte" in one.repair for one in listed.remarks)
    (reject,) = listed.rejects
    assert (reject.line, reject.reason[:12]) == (4, "« 3.0542e13 ")
    assert "arrondi par un tableur. Mettez la colonne au format texte" in reject.reason


def test_the_zeros_of_a_siret_are_given_back_when_its_keys_hold_and_only_then(read):
    listed = read("siret;nom\n5520176800011;A\n5520176800012;B\n05520176800011;C\n30542045700031;D\n")
    assert [(one.id, one.name) for one in listed] == [
        ("05520176800011", "A"),
        ("30542045700031", "D"),
        ("5520176800012", "B"),
    ]
    assert remarks(listed) == [
        (2, "« 5520176800011 » a perdu ses zéros : lu 05520176800011"),
        (3, "« 5520176800012 » n'a que 13 chiffres"),
    ]
    assert listed.rejects[0].reason == "même identifiant (05520176800011) que la ligne 2"


def test_a_siret_whose_key_is_wrong_stays_as_written_and_is_told(read):
    listed = read("siret;nom\n30542045700032;A\nS001;B\n")
    assert [one.id for one in listed] == ["30542045700032", "S001"]
    assert remarks(listed) == [(2, "la clé du SIRET 30542045700032 est fausse")]


def test_a_former_commune_is_carried_to_the_day_and_told(read):
    listed = read("nom;code insee\nA;74093\nB;1001\nC;99999\nD;23077\nE;75101\n")
    assert [one.commune.rpartition("(")[2] for one in listed] == ["74010)", "01001)", "", "23077)", "75056)"]
    assert [line for line, _ in remarks(listed)] == [2, 3, 4]
    assert (
        remarks(listed)[0][1] == "la commune 74093 est devenue Annecy (74010) le 1er\u00a0janvier\u00a02017"
    )
    assert remarks(listed)[1][1] == "« 1001 » est lu 01001"
    assert remarks(listed)[2][1] == "aucune commune n'a le code 99999"
    assert "code postal" in listed.remarks[2].repair


def test_an_answer_that_is_neither_yes_nor_no_is_told_with_its_column(read):
    listed = read("nom;drom;ville;code postal\nA;peut-être;Guéret;23000\nB;;Trifouillis;23000\n")
    assert remarks(listed) == [
        (2, "drom : « peut-être » n'est ni oui ni non"),
        (3, "la commune « Trifouillis » n'est pas reconnue"),
    ]


def test_a_word_for_the_unknown_is_unknown_and_never_a_value(read):
    listed = read("nom;taille;forme juridique\nA;Non renseigné;NC\nB;;n/a\nC;À vérifier;inconnue\n")
    assert listed.values_of("taille") == {}
    assert listed.unknown_of("forme") == (0, 1, 2)


def test_a_declared_column_may_be_a_trait_of_the_list_s_own(read):
    listed = read("nom;Approche\nA;Locale\nB;locale\nC;Nationale\n", approche="Approche")
    assert {value: len(ranks) for value, ranks in listed.values_of("approche").items()} == {
        "locale": 2,
        "nationale": 1,
    }
    assert listed.traits["approche"].diversity == 1


def test_what_the_list_says_comes_before_what_its_commune_says(read):
    listed = read("nom;code insee;drom\nA;23077;oui\nB;23077;\n")
    assert [one.values["drom"] for one in listed] == ["oui", "non"]


@pytest.mark.parametrize(
    ("code", "drom"),
    [("97105", "oui"), ("97209", "oui"), ("97302", "oui"), ("97411", "oui"), ("97608", "oui"),
     ("97502", "non"), ("97801", "non"), ("98818", "non"), ("2A004", "non"), ("75056", "non")],
)  # fmt: skip
def test_the_drom_are_971_to_974_and_976_and_no_other_place_overseas(places, code, drom):
    address = Address(commune=code)
    assert places.place(address) == Told(code)
    values = places.traits_at(code, address)
    assert values["drom"].key == drom


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        (Address(commune="75101"), "75056"),
        (Address(commune="2a004"), "2A004"),
        (Address(commune="1001"), "01001"),
        (Address(postcode="23340", town="FAUX LA MONTAGNE"), "23077"),
        (Address(postcode="69003", town="Lyon 3e"), "69123"),
        (Address(commune="Guéret", postcode="23000"), "23096"),
        (Address(departement="23", town="Guéret"), "23096"),
        (Address(commune="99999"), None),
        (Address(town="Guéret"), None),
        (Address(), None),
    ],
)
def test_a_commune_is_found_by_its_code_or_by_its_postcode_and_name(places, address, commune):
    assert places.place(address).value == commune


def test_a_commune_merged_since_is_carried_to_the_day_and_one_that_split_is_not_guessed(embedded_atlas):
    rows = [row for row in embedded_atlas.lineage if row["to_vintage"] == embedded_atlas.vintages[-1]]
    heirs = {}
    for row in rows:
        heirs.setdefault(row["before"], set()).add(row["after"])
    places = place_book(embedded_atlas, on=ON)
    for before, afters in heirs.items():
        found = places.place(Address(commune=before)).value
        assert found == before or (found in afters if len(afters) == 1 else found is None)


def test_a_departement_alone_gives_the_region_and_leaves_the_zonings_to_be_checked(read):
    listed = read("nom;departement\nA;974\nB;1\nC;ailleurs\n")
    first, second, third = (one.values for one in listed)
    assert (first["drom"], listed.label("region", first["region"])) == ("oui", "La Réunion")
    assert second["departement"] == "01"
    assert dict(third) == {}
    assert not any(one.commune for one in listed)


def test_a_commune_partly_classified_says_nothing_of_a_structure_but_holds_a_quarter(places):
    values = places.traits_at("23096", Address())
    assert "qpv" not in values
    assert values["commune_qpv"].key == "oui"
    elsewhere = places.traits_at("23077", Address())
    assert (elsewhere["qpv"].key, elsewhere["commune_qpv"].key) == ("non", "non")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "est vide"),
        ("nom\n", "aucune structure lisible"),
        ("couleur;forme\nrouge;ronde\n", "qui sont les structures"),
        ("id;nom\n;\n", "Aucune structure"),
        ('nom\n"jamais\nrefermé\n', "guillemet"),
        ("[1, 2", "s'arrête avant la fin"),
        ('{"a": 1}', "aucune structure lisible"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(read, text, said):
    with pytest.raises(PanelFileError, match=said) as refusal:
        read(text)
    assert refusal.value.exit_code == 52
    assert refusal.value.hint


def test_a_declared_column_that_is_not_there_is_told_with_the_nearest(read):
    with pytest.raises(PanelFileError, match="la plus proche est « Approche »"):
        read("nom;Approche\nA;x\n", approche="aproche")


def test_a_draw_depends_on_its_seed_only_and_refuses_more_than_the_list(read):
    lines = [f"s{rank};Structure {rank}" for rank in range(40)]
    listed = read("\n".join(["id;nom", *lines]))
    backwards = read("\n".join(["id;nom", *reversed(lines)]))
    ids = [one.id for one in listed.drawn(10, 1)]
    assert ids == [one.id for one in backwards.drawn(10, 1)]
    assert ids != [one.id for one in listed.drawn(10, 2)]
    assert (listed.drawn(10, 1).drawn_from, len(listed.drawn(40, 1))) == (40, 40)
    for size in (0, 41):
        with pytest.raises(PanelFileError, match="n'est pas possible"):
            listed.drawn(size, 1)
