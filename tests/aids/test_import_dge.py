"""The exchange format of the DGE: the real file read whole, its traps, Corsica and quarters."""

import csv
import gzip
import io
from datetime import date

import pytest

from ancrage.aids.imports.dge import read_dge
from ancrage.aids.imports.texts import read_given
from ancrage.errors import ImportFileError
from ancrage.facts.values import symbols
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import parse_rule
from ancrage.rules.python_engine import compile_python
from ancrage.rules.vocabulary import Vocabulary

FILE = "format-dge-2026-06.csv.gz"
TODAY = date(2026, 11, 24)
ROW = {
    "id": "34e43d1b-7eee-4f48-a20f-532a8df271db",
    "titre": "Un essai",
    "promesse": "Essayez",
    "description": "Une aide pour essayer.",
    "eligibilite": "- Être patient",
    "types_aides": "prêt|étude",
    "porteurs": '[{"nom":"A","siren":"","roles":["diffuseur"]},{"nom":"B","siren":"","roles":["financeur"]}]',
    "programmes_parents": "",
    "url_source": "https://example.org/essai",
    "cibles": "professionnels|secteur public",
    "eligibilite_geographique": "PAYS-99100",
    "eligibilite_geographique_exclusions": "",
    "date_ouverture": "",
    "date_cloture": "",
    "date_mise_a_jour": "2025-10-06T13:54:53.602Z",
}


def written(*rows, columns=tuple(ROW)):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_ALL, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(*rows):
    return read_dge(written(*rows), "essai.csv", licence="Licence Ouverte 2.0", on=TODAY)


def one(**changes):
    reading = read(ROW | changes)
    assert reading.rejects == ()
    return reading.aids[0]


def truth(aid, identifier, **facts):
    rules = {each.id: parse_rule(each.rule, Vocabulary(symbols())) for each in aid.conditions}
    return compile_python(lower(rules, Vocabulary(symbols())))(facts).truth(identifier)


@pytest.fixture(scope="module")
def reading(mirror):
    return read_dge(read_given(mirror / "aides" / FILE), FILE, licence="Licence Ouverte 2.0", on=TODAY)


@pytest.mark.mirror
def test_the_hundred_and_ninety_aids_are_imported_with_their_line(reading, mirror):
    assert (len(reading.aids), reading.rejects, reading.remarks) == (190, (), ())
    text = gzip.decompress((mirror / "aides" / FILE).read_bytes()).decode().split("\n")
    for aid in reading.aids[::30]:
        line = int(aid.provenance.place.removeprefix("ligne "))
        assert text[line - 1].startswith(f'"{aid.id.removeprefix("dge:")}"')


@pytest.mark.mirror
def test_every_rule_is_one_of_our_language_and_every_place_is_kept(reading):
    vocabulary = Vocabulary(symbols())
    for aid in reading.aids:
        assert {each.id for each in aid.conditions} <= {
            *("public", "entreprise", "activite", "hors_microentreprise", "territoire", "anciennete")
        }
        for condition in aid.conditions:
            parse_rule(condition.rule, vocabulary)
        assert len(aid.coverage) == len(aid.raw["eligibilite_geographique"].split("|"))


@pytest.mark.mirror
def test_collectivities_overseas_are_regions_whatever_they_are_told_as(reading):
    told = {code for aid in reading.aids for code in aid.coverage}
    assert {"reg:987", "reg:988", "reg:975", "reg:977", "reg:978", "dep:13", "reg:94", "fr"} <= told
    assert not any(code.startswith("com:") for code in told)


@pytest.mark.mirror
def test_sections_mainly_concerned_never_decide(reading):
    sections = [each for aid in reading.aids for each in aid.conditions if each.id == "activite"]
    assert len(sections) == 141
    assert not any(each.certain for each in sections)


def test_a_moment_in_utc_is_the_day_of_paris():
    aid = one(date_ouverture="2022-12-31T23:00:00.000Z", date_cloture="2024-07-10T22:00:00.000Z")
    assert (aid.opens, aid.closes) == (date(2023, 1, 1), date(2024, 7, 11))
    assert aid.conditions_on(date(2022, 12, 31))[0].rule == "FALSE"
    assert aid.conditions_on(date(2024, 7, 11))[0].rule == "TRUE"


def test_the_funder_is_the_carrier_who_funds():
    assert one().funder == "B"
    assert one(porteurs='[{"nom":"A","siren":"","roles":["instructeur","diffuseur"]}]').funder == "A"


def test_corsica_and_quarters_are_read_although_the_published_pattern_refuses_them():
    reading = read(ROW | {"eligibilite_geographique": "DEP-2A|COM-2B033|QPV-QN02301M|REG-75"})
    (aid,) = reading.aids
    assert aid.coverage == ("dep:2A", "com:2B033", "qpv:QN02301M", "reg:75")
    (remark,) = reading.remarks
    assert "DEP-2A, COM-2B033, QPV-QN02301M" in remark
    assert "REG-75" not in remark
    elsewhere = {"region": "11", "departement": "75", "commune": "75056", "qpv": "QN07501M"}
    assert truth(aid, "territoire", **elsewhere) is False
    assert truth(aid, "territoire", **elsewhere | {"departement": "2A"}) is True
    assert truth(aid, "territoire", **elsewhere | {"qpv": "QN02301M"}) is True
    assert truth(aid, "territoire", **elsewhere | {"qpv": None}) is None


def test_an_exclusion_wins_over_what_holds_it():
    aid = one(eligibilite_geographique="REG-94", eligibilite_geographique_exclusions="DEP-2A")
    assert truth(aid, "territoire", region="94", departement="2B") is True
    assert truth(aid, "territoire", region="94", departement="2A") is False


def test_a_workforce_told_in_columns_is_a_rule():
    columns = (*ROW, "eligibilite_effectif_minimal", "eligibilite_effectif_maximal")
    row = ROW | {"eligibilite_effectif_minimal": "10", "eligibilite_effectif_maximal": ""}
    (aid,) = read_dge(written(row, columns=columns), "essai.csv", licence="", on=TODAY).aids
    assert [each.rule for each in aid.conditions if each.id == "effectif"] == ["effectif >= 10"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"eligibilite_geographique": "DEP-2C"}, "code géographique inconnu : « DEP-2C »"),
        ({"eligibilite_geographique": "PAYS-99132"}, "code géographique inconnu"),
        ({"eligibilite_geographique": ""}, "il manque « eligibilite_geographique »"),
        ({"porteurs": "ADEME"}, "n'est pas une liste JSON lisible"),
        ({"porteurs": "[]"}, "la liste est vide"),
        ({"date_cloture": "un jour"}, "date_cloture : « un jour » n'est pas un jour"),
        ({"date_ouverture": "2024-02-01", "date_cloture": "2024-01-31"}, "avant l'ouverture"),
        ({"titre": ""}, "il manque « titre »"),
        ({"url_source": "htp:/ademe"}, "url_source : « htp:/ademe » n'est pas une adresse"),
        ({"url_source": "voir le site"}, "n'est pas une adresse"),
        ({"eligibilite": "Secteurs principalement concernés par le dispositif : A|Z"}, "« Z »"),
        ({"id": ROW["id"]}, "déjà pris, ligne 2"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_line_and_the_others_kept(changes, reason):
    reading = read(ROW, ROW | {"id": "autre"} | changes)
    assert [aid.name for aid in reading.aids] == ["Un essai"]
    (reject,) = reading.rejects
    assert reject.line == 3
    assert reason in reject.reason


def test_a_row_with_too_many_cells_is_rejected():
    reading = read_dge(written(ROW) + '"a","b"\n', "essai.csv", licence="", on=TODAY)
    assert [(reject.line, reject.reason) for reject in reading.rejects] == [(3, "2 cellules au lieu de 15")]


def cut_in_a_cell(text):
    return text[: text.index("pour essayer")]


def cut_between_cells(text):
    return text[: text.index(',"https://example.org/essai"')]


@pytest.mark.parametrize("cut", [cut_in_a_cell, cut_between_cells])
def test_a_truncated_file_is_refused_whole_naming_the_line(cut):
    text = written(ROW | {"id": "avant", "description": "x", "url_source": ""}, ROW)
    with pytest.raises(ImportFileError, match=r"« essai.csv », ligne 3") as caught:
        read_dge(cut(text), "essai.csv", licence="", on=TODAY)
    assert "tronqué" in caught.value.hint


def test_a_missing_column_is_named_with_the_nearest_one():
    text = written(ROW).replace('"eligibilite_geographique"', '"éligibilite geographique"', 1)
    with pytest.raises(ImportFileError, match="ligne 1 : il manque la colonne « eligibilite_geographique »"):
        read_dge(text, "essai.csv", licence="", on=TODAY)
