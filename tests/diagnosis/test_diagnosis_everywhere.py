"""Sixty territories of every kind, on the day of the webinar and today, with and without the real data."""

import json
from datetime import date

import jsonschema
import pytest

from ancrage.diagnosis.assemble import diagnose
from ancrage.reports.diagnosis.schema import diagnosis_schema, render_json
from ancrage.territories.resolving import resolve

WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)
OVERSEAS = "97105 97209 97302 97411 97611 dep:971 dep:972 dep:973 dep:974 dep:976 reg:01 reg:04 reg:06"
COLLECTIVITIES = "97502 97701 97801 98735 98818"
TOWNS = "23077 23096 22016 29155 75056 69123 13055 31555 50592 2A004 63113 93066"
PARTS = "75101 75107 69388 13202"
GROUPS = (
    "200044014 200034825 200046977 200040624 247600588 248200016 200054781 200057867 arr:231 arr:232 "
    "dep:23 dep:75 dep:69 dep:2A dep:93 reg:75 reg:11 reg:76 reg:94 fr crte-75-23-8 crte-75-23-4"
)
SETS = "23077+23096 dep:23+200044014"
CODES = " ".join((OVERSEAS, COLLECTIVITIES, TOWNS, PARTS, GROUPS, SETS)).split()
TERRITORY_KEYS = {"kind", "code", "name", "on", "vintage", "population", "parents"}
ZONING_KEYS = {"id", "label", "verdict", "share", "since", "until", "text", "source"}
SHARES = ("share_of_employers", "share_of_jobs", "location_quotient")


@pytest.fixture(scope="module")
def embedded_diagnoses(embedded_atlas):
    return all_diagnoses(embedded_atlas, {WEBINAR: [], TODAY: ["qpv:QN02301M"]})


@pytest.fixture(scope="module")
def real_diagnoses(real_atlas):
    return all_diagnoses(
        real_atlas,
        {WEBINAR: ["qpv:QP031008", "crte-75-19-4"], TODAY: ["qpv:QN02301M", "qpv:QN97101M", "12218"]},
    )


@pytest.fixture(
    scope="module", params=["embedded", pytest.param("real", marks=pytest.mark.mirror)], name="diagnoses"
)
def either(request):
    return request.getfixturevalue(f"{request.param}_diagnoses")


def all_diagnoses(atlas, more):
    return {
        (code, on): diagnose(atlas, resolve(atlas, code, on=on))
        for on, others in more.items()
        for code in (*CODES, *others)
    }


def test_each_diagnosis_is_valid_against_the_published_schema(diagnoses):
    schema = diagnosis_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for diagnosis in diagnoses.values():
        validator.validate(json.loads(render_json(diagnosis)))
    assert len(diagnoses) > 115


def test_each_diagnosis_tells_its_territory_and_its_day(diagnoses):
    for (_, on), diagnosis in diagnoses.items():
        territory = diagnosis.territory
        assert territory.on == on
        assert territory.vintage == on.year
        assert territory.kind == "france" or territory.parents[-1].code == "fr"
        assert territory.code not in {parent.code for parent in territory.parents}
        assert territory.commune_count >= 1


def test_the_ess_is_absent_never_zero_where_the_register_does_not_cover(embedded_diagnoses):
    outside = 0
    for (code, _), diagnosis in embedded_diagnoses.items():
        wholly_in_creuse = code in CREUSE
        assert (diagnosis.ess is not None) == wholly_in_creuse, code
        if not wholly_in_creuse:
            outside += 1
            absent = {piece.subject for piece in diagnosis.missing}
            assert absent & {"Tissu de l'ESS", "Périmètre du quartier"}, code
    assert outside > 80


CREUSE = (
    *("23077", "23096", "200044014", "200034825", "arr:231", "arr:232", "dep:23"),
    *("crte-75-23-8", "crte-75-23-4", "23077+23096", "dep:23+200044014"),
)


def test_a_comparison_that_is_not_covered_holds_no_figure(diagnoses):
    rows = [row for diagnosis in diagnoses.values() for row in diagnosis.comparisons]
    for row in rows:
        figures = (row.establishments, row.employers, row.jobs, row.establishments_per_1000)
        if row.covered:
            assert None not in figures[:3]
        else:
            assert figures == (None,) * 4
            assert all(getattr(row, share) is None for share in SHARES)
            assert row.note
    assert any(not row.covered for row in rows)


@pytest.mark.mirror
def test_a_sample_gives_no_share_and_says_that_it_is_no_total(real_diagnoses):
    sampled = [diagnosis for diagnosis in real_diagnoses.values() if diagnosis.ess]
    assert sampled
    for diagnosis in sampled:
        assert "échantillon" in diagnosis.ess.note
        assert diagnosis.ess.note in diagnosis.warnings
        assert all(getattr(diagnosis.ess, share) is None for share in SHARES)
        assert "Tissu de l'ESS" in {piece.subject for piece in diagnosis.missing}
        assert all(not row.covered for row in diagnosis.comparisons)


def test_every_answer_to_be_checked_is_among_what_is_missing_with_its_reason(diagnoses):
    explained = 0
    for diagnosis in diagnoses.values():
        pieces = {piece.subject: piece for piece in diagnosis.missing}
        for answer in diagnosis.zonings:
            if answer.verdict == "a_verifier":
                assert pieces[answer.label].why
                explained += 1
    assert explained > 500


def test_a_command_that_brings_what_is_missing_names_sources_that_are_absent(diagnoses, request):
    absent = {
        "embedded_diagnoses": "embedded_atlas",
        "real_diagnoses": "real_atlas",
    }
    for name, atlas in absent.items():
        if diagnoses is request.getfixturevalue(name):
            manifest = request.getfixturevalue(atlas).warehouse.manifest
            missing, only_mirrored = set(manifest["missing_sources"]), set(manifest["only_mirrored"])
            break
    for diagnosis in diagnoses.values():
        for piece in diagnosis.missing:
            if piece.command and piece.subject != "Tissu de l'ESS":
                command, mirrored, folder = piece.command.partition(" --mirror ")
                program, group, verb, *sources = command.split()
                assert (program, group, verb) == ("ancrage", "sources", "sync")
                assert set(sources) <= missing
                assert bool(mirrored) is bool(set(sources) & only_mirrored)
                assert folder in ("", "DOSSIER")


def test_each_zoning_tells_its_text_and_where_the_answer_comes_from(diagnoses):
    for diagnosis in diagnoses.values():
        known = {source.id for source in diagnosis.sources}
        assert diagnosis.zonings
        for answer in diagnosis.zonings:
            counts = answer.communes
            assert counts.oui + counts.non + counts.partiel + counts.a_verifier == (
                diagnosis.territory.commune_count
            )
            assert answer.text is not None
            assert answer.reason.endswith(".")
            if answer.source:
                assert answer.source in known
                assert answer.vintage
            else:
                assert answer.verdict == "a_verifier"
            assert answer.share is None or 0 <= answer.share <= 1


def test_similar_territories_are_others_of_the_same_kind_nearest_first(diagnoses):
    for diagnosis in diagnoses.values():
        territory = diagnosis.territory
        if territory.kind in ("france", "qpv", "ensemble"):
            assert diagnosis.similar == ()
            assert diagnosis.similar_method.startswith("Aucune comparaison")
            continue
        if diagnosis.similar_method.startswith("Aucun critère"):
            # A collectivity overseas, in a year whose legal populations are those of the EPCI alone.
            assert (territory.population, territory.on.year, diagnosis.similar) == (None, 2021, ())
            continue
        assert len(diagnosis.similar) >= 3
        assert "distance est euclidienne" in diagnosis.similar_method
        distances = [similar.distance for similar in diagnosis.similar]
        assert distances == sorted(distances)
        for similar in diagnosis.similar:
            assert similar.territory.kind == territory.kind
            assert similar.territory.code.rpartition(":")[2] != territory.code
            assert all(label in diagnosis.similar_method for label in similar.features)


def test_a_gap_with_a_published_figure_is_said_and_an_agreement_is_not_invented(diagnoses):
    figures = [figure for diagnosis in diagnoses.values() for figure in diagnosis.published]
    assert figures
    for figure in figures:
        assert (figure.agrees is None) == (figure.computed is None)
        if figure.agrees is False:
            assert "Écart de" in figure.warning
        assert figure.source_title


@pytest.mark.mirror
def test_the_counts_of_frr_plus_and_of_contracts_are_set_beside_the_published_ones(real_diagnoses):
    published = {figure.id: figure for figure in real_diagnoses["fr", TODAY].published}
    contracts = [
        figure for name, figure in published.items() if name.startswith("crte-20") and figure.computed
    ]
    assert {figure.computed for figure in contracts} == {853}
    plus = [figure for figure in published.values() if figure.computed == 4_456]
    assert any(figure.published == 4_467 and figure.agrees for figure in plus)


def test_fictitious_figures_are_never_set_beside_published_ones(embedded_diagnoses):
    for (code, _), diagnosis in embedded_diagnoses.items():
        if code in CREUSE:
            assert diagnosis.ess.fictitious
            counted = ("etablissements", "establishments", "jobs", "emplois")
            for figure in diagnosis.published:
                assert figure.computed is None or not any(word in figure.id for word in counted)


@pytest.mark.mirror
def test_fictitious_data_is_said_wherever_it_is_used_and_nowhere_else(embedded_diagnoses, real_diagnoses):
    for (code, _), diagnosis in embedded_diagnoses.items():
        if code in CREUSE:
            assert "Données de démonstration, fictives" in diagnosis.warnings[0]
            assert all(employer.fictitious for employer in diagnosis.ess.largest_employers)
            assert any(source.fictitious for source in diagnosis.sources)
    for diagnosis in real_diagnoses.values():
        assert "fictives" not in "".join(diagnosis.warnings)
        assert not any(source.fictitious for source in diagnosis.sources)
        assert not (diagnosis.ess and diagnosis.ess.fictitious)


def test_a_unit_that_is_not_diffusible_is_counted_but_neither_named_nor_placed(embedded_atlas):
    rows = embedded_atlas.warehouse.rows("FROM ess_establishment WHERE NOT diffusible")
    assert len(rows) > 10
    shown = 0
    for commune in sorted({row["commune"] for row in rows} | {"dep:23", "fr"}):
        diagnosis = diagnose(embedded_atlas, resolve(embedded_atlas, commune, on=TODAY))
        text = render_json(diagnosis)
        assert "[ND]" not in text
        assert "NON-DIFFUSIBLE" not in text
        for row in rows:
            assert row["name"] is None
            assert row["siret"] not in text
            assert row["siren"] not in text
        hidden = [one for one in diagnosis.ess.largest_employers if one.name is None] if diagnosis.ess else []
        assert all((one.siret, one.commune, one.commune_code) == (None,) * 3 for one in hidden)
        shown += len(hidden)
    assert shown


@pytest.mark.mirror
def test_the_real_unit_that_is_not_diffusible_appears_nowhere(real_atlas):
    for code in ("35238", "dep:35", "fr"):
        text = render_json(diagnose(real_atlas, resolve(real_atlas, code, on=TODAY)))
        assert "300025764" not in text
        assert "ANONYMISE" not in text


def test_the_keys_other_tools_rely_on_are_there(diagnoses):
    content = json.loads(render_json(diagnoses["dep:23", TODAY]))
    assert content["territory"].keys() >= {
        *["kind", "code", "name", "on", "vintage", "population", "parents"]
    }
    assert content["zonings"][0].keys() >= {
        *["id", "label", "verdict", "share", "since", "until", "text", "source"]
    }
    assert content["sources"][0].keys() >= {"id", "vintage", "licence", "fictitious"}
    assert content.keys() >= {"ess", "comparisons", "similar", "published", "missing"}
    assert {answer["verdict"] for answer in content["zonings"]} <= {"oui", "non", "partiel", "a_verifier"}


def test_the_keys_of_the_ess_are_there(embedded_diagnoses):
    ess = json.loads(render_json(embedded_diagnoses["dep:23", TODAY]))["ess"]
    assert ess.keys() >= {
        *("establishments", "employers", "jobs", "families", "activities", "share_of_employers"),
        *("location_quotient", "births", "closures"),
    }
    assert ess["jobs"].keys() >= {"low", "central", "high"}
    assert ess["jobs"]["low"] <= ess["jobs"]["central"] <= ess["jobs"]["high"]


@pytest.mark.mirror
def test_faux_la_montagne_answers_what_the_study_expects(real_diagnoses):
    then = {answer.id: answer for answer in real_diagnoses["23077", WEBINAR].zonings}
    now = {answer.id: answer for answer in real_diagnoses["23077", TODAY].zonings}
    assert (then["zrr"].verdict, then["qpv"].verdict) == ("oui", "a_verifier")
    assert (now["frr_plus"].verdict, now["qpv"].verdict) == ("oui", "non")
    assert "200044014" in {parent.code for parent in real_diagnoses["23077", WEBINAR].territory.parents}
    assert "zrr" not in now
