"""Declarations are strict, complete, and true to the real files."""

from pathlib import Path

import pytest

from ancrage.errors import CatalogueError, UnknownSourceError
from ancrage.sources.catalogue import FOLDER, get_source, load_catalogue
from ancrage.sources.declaration import Format, Resource
from ancrage.sources.mirror import find_in_mirror
from ancrage.sources.reading import check_header

PROMISED = [
    "adresses-nationales",
    "codes-par-jour",
    "mouvements-communes",
    "communes-2019",
    "zrr-2017",
    "frr-2025",
    "programmes-anct-2023",
    "massifs-2025",
    "densite-2025",
    "ruralite-2025",
    "qpv-2024-communes",
    "qpv-2024-polygones",
    "qpv-2024-contours",
    "esat",
    "geiq",
    "qpv-2015-occitanie",
    "pvd-2024",
    "acv-2024",
    "territoires-industrie-2024",
    "epci-2025-centres",
    "contours-communes",
    "contours-departements-2025",
    "contours-regions-2025",
    "france-services",
    "sirene-unites-legales",
    "sirene-etablissements",
    "sirene-ess-numerique",
    "liste-ess",
    "siae",
    "recherche-entreprises",
    "nomenclatures",
]

VALID = """\
id: essai
title: Un essai
producer: INSEE
licence: Licence Ouverte 2.0
licence_url: https://www.etalab.gouv.fr/licence-ouverte-open-licence/
home: https://www.insee.fr/
frequency: annuelle
vintage: '2024'
description: Rien.
resources:
  - id: table
    format: csv
    addresses: [https://www.insee.fr/table.csv]
    mirror: essai/table.csv
"""

MIRRORED = [
    pytest.param(source.id, resource, id=f"{source.id}/{resource.id}")
    for source in load_catalogue().values()
    for resource in source.resources
    if resource.mirror
    and not resource.mirror.optional
    and resource.format not in (Format.API, Format.SERVICE, Format.RECORDS)
]


def declared(folder: Path, text: str) -> Path:
    (folder / "essai.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("source_id", PROMISED)
def test_every_promised_source_is_declared(source_id: str) -> None:
    assert get_source(source_id).id == source_id


def test_an_address_or_a_note_says_where_each_resource_comes_from() -> None:
    silent = [
        (source.id, resource.id)
        for source in load_catalogue().values()
        for resource in source.resources
        if not resource.addresses and not resource.note
    ]
    assert silent == []


def test_sirene_is_offered_as_parquet_and_as_zipped_csv() -> None:
    for source_id in ("sirene-unites-legales", "sirene-etablissements"):
        (stock,) = get_source(source_id).resources
        assert stock.format is Format.PARQUET
        assert {address.format for address in stock.addresses} == {None, Format.CSV}
        assert stock.mirror is not None
        assert stock.mirror.sample
        assert stock.mirror.note


def test_an_unknown_source_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownSourceError) as caught:
        get_source("zrr")
    assert "zrr-2017" in caught.value.hint


def test_a_valid_declaration_is_read_with_short_forms(tmp_path: Path) -> None:
    (table,) = load_catalogue(declared(tmp_path, VALID))["essai"].resources
    assert table.addresses[0].url == "https://www.insee.fr/table.csv"
    assert table.mirror is not None
    assert table.mirror.paths == ("essai/table.csv",)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("title: Un essai", "titre: Un essai", "title"),
        ("vintage: '2024'", "vintage: '2024'\nmillesime: x", "clé inconnue « millesime »"),
        ("    format: csv", "    format: xls", "resources.0.format"),
        ("    format: csv", "    format: csv\n    colonnes: [a]", "clé inconnue « resources.0.colonnes »"),
        ("https://www.insee.fr/table.csv", "ftp://www.insee.fr/table.csv", "resources.0.addresses.0.url"),
        ("essai/table.csv", "../table.csv", "resources.0.mirror.paths.0"),
        ("mirror: essai/table.csv", "mirror: {paths: [a.csv], sample: true}", "échantillon"),
        ("id: essai", "id: autre", "id"),
        ("resources:", "resources: [", "YAML"),
    ],
)
def test_a_fault_in_a_declaration_names_the_file_and_the_key(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(declared(tmp_path, VALID.replace(before, after, 1)))
    assert "essai.yaml" in caught.value.message
    assert told in caught.value.message


def test_each_declaration_file_holds_one_source() -> None:
    assert [path.stem for path in sorted(FOLDER.glob("*.yaml"))] == list(load_catalogue())


@pytest.mark.mirror
@pytest.mark.parametrize(("source_id", "resource"), MIRRORED)
def test_the_expected_columns_are_those_of_the_real_files(
    mirror: Path, source_id: str, resource: Resource
) -> None:
    assert resource.mirror is not None
    for path in find_in_mirror(mirror, resource.mirror):
        assert set(resource.columns) <= set(check_header(path, resource)), source_id


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("source_id", "header"),
    [
        ("sirene-etablissements", "sirene/entetes-officiels/sirene/sireneTestData.csv"),
        ("sirene-unites-legales", "sirene/entetes-officiels/sirene_ul/sireneULTestData.csv"),
    ],
)
def test_the_official_headers_of_sirene_have_the_expected_columns(
    mirror: Path, source_id: str, header: str
) -> None:
    (stock,) = get_source(source_id).resources
    assert set(stock.columns) <= set(check_header(mirror / header, stock))
