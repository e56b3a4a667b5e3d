"""Programmes of Mission Transition Écologique: read whole, and translated without changing an answer.

The published ``eligibilityData`` is evaluated here by itself, from its own words, and compared with the
translated rules on every section of activity, workforce (values and bands) and region.
"""

import gzip
import json
from datetime import date, timedelta
from itertools import product

import polars as pl
import pytest

from ancrage.aids.imports.mte import read_mte
from ancrage.aids.imports.texts import read_given
from ancrage.errors import ImportFileError
from ancrage.facts.values import symbols
from ancrage.interval import Interval
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import parse_rule
from ancrage.rules.polars_engine import evaluate_frame
from ancrage.rules.python_engine import compile_python
from ancrage.rules.vocabulary import Vocabulary

FILE = "mission-transition-ecologique-2026-06.json.gz"
TODAY = date(2026, 11, 24)
ELIGIBILITY = ("activite", "effectif", "territoire")
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
PLACES = {
    # name of the region in the file: its code, and départements of it (code and name)
    "Guadeloupe": ("01", [("971", "Guadeloupe")]),
    "Martinique": ("02", [("972", "Martinique")]),
    "Guyane": ("03", [("973", "Guyane")]),
    "La Réunion": ("04", [("974", "La Réunion")]),
    "Mayotte": ("06", [("976", "Mayotte")]),
    "Île-de-France": ("11", [("75", "Paris")]),
    "Centre-Val de Loire": ("24", [("45", "Loiret")]),
    "Bourgogne-Franche-Comté": ("27", [("21", "Côte-d'Or")]),
    "Normandie": ("28", [("14", "Calvados")]),
    "Hauts-de-France": ("32", [("59", "Nord")]),
    "Grand Est": ("44", [("67", "Bas-Rhin")]),
    "Pays de la Loire": ("52", [("44", "Loire-Atlantique")]),
    "Bretagne": ("53", [("35", "Ille-et-Vilaine")]),
    "Nouvelle-Aquitaine": ("75", [("23", "Creuse"), ("40", "Landes")]),
    "Occitanie": ("76", [("31", "Haute-Garonne")]),
    "Auvergne-Rhône-Alpes": ("84", [("42", "Loire")]),
    "Provence-Alpes-Côte d'Azur": ("93", [("13", "Bouches-du-Rhône"), ("84", "Vaucluse")]),
    "Corse": ("94", [("2A", "Corse-du-Sud"), ("2B", "Haute-Corse")]),
    "Saint-Pierre-Et-Miquelon": ("975", [("975", "")]),
    "Saint-Barthélemy": ("977", [("977", "")]),
    "Saint-Martin": ("978", [("978", "")]),
    "Terres australes et antarctiques françaises": ("984", [("984", "")]),
    "Wallis et Futuna": ("986", [("986", "")]),
    "Polynésie française": ("987", [("987", "")]),
    "Nouvelle-Calédonie": ("988", [("988", "")]),
    "Ile de Clipperton": ("989", [("989", "")]),
}
BANDS = [
    *((0, 0), (1, 2), (3, 5), (6, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 249)),
    *((250, 499), (500, 999), (1000, 1999), (2000, 4999), (5000, 9999), (10000, None), (None, None)),
]
"""Bands of SIRENE, and a workforce nobody knows."""


@pytest.fixture(scope="module")
def published(mirror):
    return json.loads(gzip.decompress((mirror / "aides" / FILE).read_bytes()))


@pytest.fixture(scope="module")
def reading(mirror):
    return read_mte(read_given(mirror / "aides" / FILE), FILE, licence="Licence Ouverte 2.0", on=TODAY)


@pytest.fixture(scope="module")
def program(reading):
    vocabulary = Vocabulary(symbols())
    rules = {}
    together = {}
    for aid in reading.aids:
        for condition in aid.conditions:
            rules[f"{aid.id}.{condition.id}"] = parse_rule(condition.rule, vocabulary)
        kept = [one.id for one in aid.conditions if one.id in ELIGIBILITY]
        together[aid.id] = [f"{aid.id}.{identifier}" for identifier in kept]
    return lower(rules, vocabulary, also_all_of=together)


def workforces(published):
    """Every threshold of the file with its neighbours, then every band."""
    said = [programme["eligibilityData"]["company"] for programme in published]
    bounds = {int(one[key]) for one in said for key in ("minEmployees", "maxEmployees") if key in one}
    values = sorted({max(0, bound + step) for bound in bounds for step in (-1, 0, 1)} | {0, 1_000_000})
    return [(value, value) for value in values] + BANDS


def place_allowed(company, region, departement):
    allowed = company.get("allowedRegion")
    return allowed is None or region in allowed or departement in allowed


def workforce_allowed(company, low, high):
    """True when the whole band is allowed, False when none of it is, None when it depends."""
    least = int(company.get("minEmployees", 0))
    most = int(company.get("maxEmployees", 10**9))
    low, high = (0, 10**9) if (low, high) == (None, None) else (low, 10**9 if high is None else high)
    if least <= low and high <= most:
        return True
    return None if low <= most and least <= high else False


@pytest.mark.mirror
def test_the_translated_rules_agree_with_the_published_eligibility_everywhere(published, reading, program):
    places = [
        (region, code, *departement) for region, (code, inside) in PLACES.items() for departement in inside
    ]
    cases = list(product(places, SECTIONS, workforces(published)))
    frame = pl.DataFrame(
        {
            "region": [place[1] for place, _, _ in cases],
            "departement": [place[2] for place, _, _ in cases],
            "naf_section": [section for _, section, _ in cases],
            "effectif_low": [band[0] for _, _, band in cases],
            "effectif_high": [band[1] for _, _, band in cases],
        },
        schema_overrides={"effectif_low": pl.Float64, "effectif_high": pl.Float64},
    )
    ours = evaluate_frame(program, frame, outputs=[aid.id for aid in reading.aids])
    assert len(published) == len(reading.aids) == 260
    for programme, aid in zip(published, reading.aids, strict=True):
        company = programme["eligibilityData"]["company"]
        where = {place: place_allowed(company, place[0], place[3]) for place in places}
        size = {band: workforce_allowed(company, *band) for _, _, band in cases[: len(workforces(published))]}
        expected = []
        for place, section, band in cases:
            parts = (where[place], section in company["allowedNafSections"], size[band])
            expected.append(False if False in parts else None if None in parts else True)
        assert ours[aid.id].to_list() == expected, aid.id


@pytest.mark.mirror
def test_micro_enterprises_and_administrations_are_refused_as_published(published, program):
    evaluate = compile_python(program)
    for programme in published:
        company, key = programme["eligibilityData"]["company"], f"mte:{programme['id']}"
        micro = evaluate({"microentrepreneur": True, "demandeur": "collectivite"})
        if company.get("excludeMicroentrepreneur"):
            assert micro.truth(f"{key}.hors_microentreprise") is False
        else:
            assert f"{key}.hors_microentreprise" not in program.outputs
        assert micro.truth(f"{key}.public") is bool(company.get("openToPublicAdministration"))


@pytest.mark.mirror
def test_every_programme_is_open_on_its_published_days_only(published, reading):
    for programme, aid in zip(published, reading.aids, strict=True):
        validity = programme["eligibilityData"].get("validity", {})
        told = {key: "-".join(reversed(text.split("/"))) for key, text in validity.items()}
        assert (aid.opens.isoformat() if aid.opens else None) == told.get("start")
        assert (aid.closes.isoformat() if aid.closes else None) == told.get("end")
        if aid.closes:
            assert aid.conditions_on(aid.closes)[0].rule == "TRUE"
        if aid.closes and aid.closes < date(2099, 12, 31):
            assert aid.conditions_on(aid.closes + timedelta(days=1))[0].rule == "FALSE"
        if aid.opens:
            assert aid.conditions_on(aid.opens - timedelta(days=1))[0].rule == "FALSE"


@pytest.mark.mirror
def test_every_programme_keeps_its_provenance_and_its_raw_fields(published, reading):
    assert reading.rejects == ()
    assert [aid.raw for aid in reading.aids] == published
    first = reading.aids[0].provenance
    assert (first.source, first.file, first.place) == ("aides-transition-ecologique", FILE, "ligne 2")
    assert first.licence == "Licence Ouverte 2.0"


@pytest.mark.mirror
def test_what_no_rule_tells_stays_as_words(reading):
    (accelerator,) = [aid for aid in reading.aids if aid.id == "mte:accelerateur-decarbonation"]
    assert "La source la dit temporairement indisponible." in accelerator.notes
    assert any("Avoir réalisé un bilan carbone" in note for note in accelerator.notes)


@pytest.mark.mirror
def test_words_are_told_without_their_marks(reading):
    told = [text for aid in reading.aids for text in (aid.summary, aid.description, *aid.notes)]
    assert [text for text in told if "**" in text or "](" in text or "<" in text] == []
    (diagnosis,) = [aid for aid in reading.aids if aid.id == "mte:diag-ecoconception"]
    assert any(note.startswith("Si effectif ≥ 50 et effectif ≤ 249 : Montant") for note in diagnosis.notes)
    assert any(note.startswith("Si région = Corse : Montant du dispositif : ") for note in told)
    assert not any(note.startswith("Si  :") for note in told)


def programme(**changes):
    company = {"allowedNafSections": ["A", "C"], **changes.pop("company", {})}
    return {
        "id": "essai",
        "titre": "Un essai",
        "nature de l'aide": "prêt",
        "eligibilityData": {"company": company, **changes.pop("data", {})},
        **changes,
    }


def read(*entries):
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    return read_mte(text, "essai.json", licence="", on=TODAY)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"company": {"allowedNafSections": ["A", "Z"]}}, "section d'activité inconnue : « Z »"),
        ({"company": {"minEmployees": "dix"}}, "« dix » n'est pas un nombre entier de salariés"),
        ({"company": {"minEmployees": "50", "maxEmployees": "20"}}, "effectif minimal (50)"),
        ({"company": {"allowedRegion": ["Septimanie"]}}, "territoire inconnu : « Septimanie »"),
        ({"company": {"allowedRegion": []}}, "« allowedRegion » est vide"),
        ({"data": {"validity": {"start": "31/02/2024"}}}, "« 31/02/2024 » n'est pas un jour"),
        ({"data": {"validity": {"start": "02/01/2024", "end": "01/01/2024"}}}, "avant l'ouverture"),
        ({"eligibilityData": None}, "il manque « eligibilityData.company »"),
        ({"titre": " "}, "il manque « titre »"),
        ({"url": "lien mort"}, "url : « lien mort » n'est pas une adresse"),
    ],
)
def test_an_entry_that_cannot_be_read_is_rejected_with_its_line_and_the_others_kept(changes, reason):
    found = read(programme(id="avant"), {**programme(), **programme(**changes)})
    assert [aid.id for aid in found.aids] == ["mte:avant"]
    (reject,) = found.rejects
    assert reason in reject.reason
    assert reject.line == json.dumps([programme(id="avant")], indent=1, ensure_ascii=False).count("\n") + 1


def test_an_identifier_taken_twice_is_rejected_naming_the_first():
    found = read(programme(), programme(titre="Un autre"))
    assert [aid.name for aid in found.aids] == ["Un essai"]
    assert "déjà pris, ligne 2" in found.rejects[0].reason


def test_an_absent_workforce_leaves_the_answer_to_be_checked():
    (aid,) = read(programme(company={"maxEmployees": "249"})).aids
    rules = {one.id: parse_rule(one.rule, Vocabulary(symbols())) for one in aid.conditions}
    evaluate = compile_python(lower(rules, Vocabulary(symbols())))
    assert evaluate({}).truth("effectif") is None
    assert evaluate({"effectif": Interval(249.0, 249.0)}).truth("effectif") is True
    assert evaluate({"effectif": Interval(250.0, 250.0)}).truth("effectif") is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[\n {"id": "a",\n  "titre": }\n]', "ligne 3"),
        ('[\n {"id": "a",', "le fichier s'arrête avant la fin"),
        ('{"id": "a"}', "un tableau de programmes était attendu"),
    ],
)
def test_a_file_that_is_not_one_is_refused_naming_the_line(text, told):
    with pytest.raises(ImportFileError) as caught:
        read_mte(text, "essai.json", licence="", on=TODAY)
    assert "essai.json" in caught.value.message
    assert told in caught.value.message
    assert caught.value.hint
