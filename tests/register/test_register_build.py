"""The register built from the real sample: every row accounted for, every trap of its lines met."""

import csv
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import box

from ancrage.errors import SourceContentError
from ancrage.register.build import RegisterInputs, build_register
from ancrage.register.lists import ListFile
from ancrage.register.placement import QpvList, without_list
from ancrage.register.siae import Whereabouts
from ancrage.register.sirene import ESTABLISHMENTS, UNITS, SireneStock
from ancrage.register.tables import ESS_ESTABLISHMENT, ESTABLISHMENT, LISTED_STRUCTURE, SIAE
from ancrage.territories.geometry.assignment import ZoneIndex
from ancrage.warehouse.writing import write

NOWHERE = Whereabouts(lambda *_: None, lambda longitude, _: [None] * len(longitude))


def built(tmp_path, *stocks, place=without_list, **lists):
    return build_register(
        RegisterInputs(tuple(stocks), tmp_path / "scratch", place=place, where=NOWHERE, **lists)
    )


def rows(register, table):
    return {row["siret"]: row for row in register.con.to_pyarrow(getattr(register, table)).to_pylist()}


@pytest.fixture(scope="module")
def sample(mirror, tmp_path_factory):
    """The register of the mirror: 100 establishments, 80 units, the SIAE list, one line of the ESS list."""
    folder = mirror / "sirene" / "echantillon-api"
    return built(
        tmp_path_factory.mktemp("sample"),
        SireneStock(
            folder / "etablissements.csv", folder / "unites_legales.csv", vintage="mai 2026", sample=True
        ),
        ess_list=ListFile(mirror / "api" / "autres" / "api-data-gouv-ess.json", complete=False),
        structure_lists=(ListFile(mirror / "siae" / "siae-2020-12.csv.gz"),),
    )


@pytest.fixture(scope="module")
def everyone(sample):
    return rows(sample, "establishment")


@pytest.fixture(scope="module")
def ess(sample):
    return rows(sample, "ess_establishment")


@pytest.mark.mirror
def test_every_row_read_is_kept_rejected_or_left_out(sample):
    accounts = {account.source: account for account in sample.accounts}
    assert all(account.balanced for account in accounts.values())
    assert accounts["etablissements.csv"].read == 100
    assert accounts["etablissements.csv"].left_out == {"hors ESS et fermé avant le 01/01/2021": 10}
    assert accounts["unites_legales.csv"].rejected == {"clé du SIREN fausse": 1}
    assert accounts["siae-2020-12.csv.gz"].read == 3853
    assert {reject["key"] for reject in sample.rejects.to_pylist()} > {"123456789", "12345678901234"}


@pytest.mark.mirror
def test_the_tables_pass_their_declared_checks(sample, tmp_path):
    for table, data in (
        (ESTABLISHMENT, sample.establishment),
        (ESS_ESTABLISHMENT, sample.ess_establishment),
        (SIAE, sample.lists.siae),
        (LISTED_STRUCTURE, sample.lists.structures),
    ):
        assert write(table, data, tmp_path).is_file()


@pytest.mark.mirror
def test_a_sample_is_never_said_complete(sample):
    assert sample.coverage
    assert not any(found.complete or found.fictitious for found in sample.coverage)


@pytest.mark.mirror
def test_a_unit_that_opposed_diffusion_is_counted_without_name_or_place(everyone, sample):
    assert everyone["30002576400048"]["commune"] == "35238"
    assert "name" not in ESTABLISHMENT.schema.names
    assert next(a for a in sample.accounts if a.source == "etablissements.csv").remarks["non diffusible"] == 1


@pytest.mark.mirror
def test_a_head_office_abroad_has_no_commune_and_is_counted_apart(everyone, sample):
    assert (everyone["38960098200018"]["commune"], everyone["38960098200018"]["active"]) == (None, True)
    account = next(a for a in sample.accounts if a.source == "etablissements.csv")
    assert account.remarks["ouvert sans commune (souvent un siège à l'étranger)"] == 2


@pytest.mark.mirror
def test_the_post_office_is_not_rejected(everyone):
    assert {"35600000024221", "35600000000048"} <= everyone.keys()


@pytest.mark.mirror
def test_an_arrondissement_stays_as_published_and_overseas_has_three_digits(everyone):
    assert (everyone["13002526500013"]["commune"], everyone["13002526500013"]["departement"]) == (
        "75107",
        "75",
    )
    assert {row["departement"] for row in everyone.values() if (row["commune"] or "").startswith("97")} <= {
        row["commune"][:3] for row in everyone.values() if (row["commune"] or "").startswith("97")
    }


@pytest.mark.mirror
def test_an_employer_marked_n_with_a_band_is_an_employer(everyone):
    dinum = everyone["13002526500013"]
    assert (dinum["band"], dinum["employer"], dinum["jobs_low"], dinum["jobs_high"]) == ("32", True, 250, 499)


@pytest.mark.mirror
def test_the_list_of_ess_france_joins_by_siren_and_its_sample_says_no_to_nobody(ess):
    assert ess["80032984900023"]["in_ess_list"] is True
    assert "Liste ESS France : présente" in ess["80032984900023"]["reasons"]
    assert {row["in_ess_list"] for siret, row in ess.items() if siret != "80032984900023"} == {None}


@pytest.mark.mirror
def test_an_inclusion_company_is_to_be_checked_and_says_its_kind(ess):
    assert (ess["53374499100035"]["ess"], ess["53374499100035"]["siae_kinds"]) == ("a_verifier", ["EI"])


@pytest.mark.mirror
def test_kinds_belong_to_the_establishment_listed_and_not_to_its_neighbours(ess):
    restaurants = ess["40046135600133"]
    assert restaurants["siae_kinds"] == []
    assert any("ACI" in reason for reason in restaurants["reasons"])


@pytest.mark.mirror
def test_commercial_companies_of_the_ess_have_their_own_family(ess):
    assert ess["88842799400056"]["family"] == "societe_commerciale_ess"


@pytest.mark.mirror
def test_closed_establishments_of_the_nap_are_kept_without_commune_or_activity(mirror, tmp_path):
    folder = mirror / "sirene"
    register = built(
        tmp_path,
        SireneStock(
            folder / "sirene_as_api_sample_etab.csv", folder / "sirene_as_api_sample_ul.csv", vintage="2018"
        ),
    )
    account = next(a for a in register.accounts if a.source == "sirene_as_api_sample_etab.csv")
    assert account.balanced
    # Their units are not in the file of units: nothing is known of them, so they are to be checked, not out.
    kept = rows(register, "establishment")
    old = kept["00588003400011"]
    assert (old["commune"], old["naf"], old["section"], old["ess"]) == (None, None, None, "a_verifier")
    assert (old["active"], old["closed"]) == (False, date(1984, 12, 25))
    assert account.remarks["fermé sans commune"] >= 1
    assert account.remarks["activité d'une autre nomenclature que la NAF rév. 2, ou illisible"] >= 1


def test_unknown_days_days_to_come_missing_units_and_naf_2025_are_kept_and_counted(tmp_path):
    """1900 is an unknown day, 2099 is taken at its word; NAF 2025 beside NAF rév. 2 changes nothing.

    A code of NAF 2025, or one that could be since nothing says of what it is, is never read as NAF rév. 2.
    """
    lines = [  # siret, created, state, first day of the last period, coordinate
        ("73282932000074", "1900-01-01", "A", "2008-01-01", "[ND]"),
        ("73282932000066", "2099-01-01", "A", "2099-01-01", "600000"),
        ("73282932000082", "2010-05-01", "F", "2099-06-01", ""),
        ("35600000000048", "2010-05-01", "A", "2010-05-01", "600000"),
        ("73282932000090", "2010-05-01", "A", "2026-12-31", "600000"),
        ("73282932000108", "2010-05-01", "A", "2027-01-01", "600000"),
    ]
    columns = {name: [""] * len(lines) for name in ESTABLISHMENTS.columns}
    told = ("siret", "dateCreationEtablissement", "etatAdministratifEtablissement", "dateDebut",
            "coordonneeLambertAbscisseEtablissement")  # fmt: skip
    columns |= dict(zip(told, map(list, zip(*lines, strict=True)), strict=True))
    columns |= {
        "statutDiffusionEtablissement": ["O"] * 6,
        "codeCommuneEtablissement": ["23077"] * 6,
        "activitePrincipaleEtablissement": ["94.99Z"] * 6,
        "nomenclatureActivitePrincipaleEtablissement": ["NAFRev2"] * 3 + ["NAF2025", "", None],
        "activitePrincipaleNAF25Etablissement": ["94.99H"] * 6,
    }
    units = {name: [""] for name in UNITS.columns} | {"siren": ["732829320"]}
    units |= {"statutDiffusionUniteLegale": ["O"], "categorieJuridiqueUniteLegale": ["9220"]}
    for name, table in (("e", columns), ("u", units)):
        pq.write_table(pa.table(table), tmp_path / f"{name}.parquet")
    stock = SireneStock(tmp_path / "e.parquet", tmp_path / "u.parquet", vintage="essai")
    register = built(tmp_path, stock, on=date(2026, 11, 30))
    assert register.accounts[0].kept == 6
    assert register.accounts[0].remarks == {
        "activité en NAF 2025, sans table de correspondance avec la NAF rév. 2 : inconnue": 1,
        "activité d'une autre nomenclature que la NAF rév. 2, ou illisible": 1,
        "unité légale absente du fichier des unités": 1,
        "date de création inconnue : compté sur tous les jours passés": 1,
        "date de création à venir : compté à partir de ce jour-là": 1,
        "date de fermeture à venir : compté ouvert jusque-là": 1,
    }
    kept = rows(register, "establishment")
    assert [kept[line[0]]["naf"] for line in lines] == ["94.99Z"] * 3 + [None, "94.99Z", None]
    assert kept["35600000000048"]["ess"] == "a_verifier"


@pytest.mark.mirror
def test_scrambled_siret_are_all_rejected_and_listed(mirror, tmp_path):
    folder = mirror / "sirene" / "entetes-officiels"
    register = built(
        tmp_path,
        SireneStock(
            folder / "sirene" / "sireneTestData.csv",
            folder / "sirene_ul" / "sireneULTestData.csv",
            vintage="brouillé",
        ),
    )
    account = next(a for a in register.accounts if a.source == "sireneTestData.csv")
    assert (account.read, account.kept, account.balanced) == (5, 0, True)
    assert sum(account.rejected.values()) == 5


OWNER = {
    "siren": "130025265",
    "statutDiffusionUniteLegale": "O",
    "categorieJuridiqueUniteLegale": "9220",
    "denominationUniteLegale": "ASSOCIATION D'ESSAI",
    "economieSocialeSolidaireUniteLegale": "O",
}
PLACE = {
    "siret": "13002526500013",
    "statutDiffusionEtablissement": "O",
    "dateCreationEtablissement": "31/03/2010",
    "trancheEffectifsEtablissement": "11",
    "codeCommuneEtablissement": "23096",
    "etatAdministratifEtablissement": "A",
    "activitePrincipaleEtablissement": "9499Z",
    "caractereEmployeurEtablissement": "O",
    "dateDebut": "2010-03-31",
    "enseigne1Etablissement": "ENSEIGNE",
    "longitude": "1.87",
    "latitude": "46.17",
}


def stock(folder, places, owners, **options):
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for layout, content in ((ESTABLISHMENTS, places), (UNITS, owners)):
        paths.append(folder / f"{layout.name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, layout.columns, restval="")
            writer.writeheader()
            writer.writerows(content)
    return SireneStock(paths[0], paths[1], vintage="essai", **options)


def gueret(quality):
    """A quarter of Guéret around the point of PLACE."""
    index = ZoneIndex.build([box(1.86, 46.16, 1.88, 46.18)], ["QN02301M"])
    return QpvList(index, {"23096": (("QN02301M", "L'Albatros"),)}, (), {"75101": "75056"})


def test_a_real_shaped_row_is_read_whole(tmp_path):
    register = built(tmp_path, stock(tmp_path, [PLACE], [OWNER]), place=gueret(None))
    row = rows(register, "ess_establishment")["13002526500013"]
    assert (row["name"], row["created"], row["naf"]) == ("ASSOCIATION D'ESSAI", date(2010, 3, 31), "94.99Z")
    assert (row["qpv"], row["qpv_codes"]) == ("oui", ["QN02301M"])
    assert (row["jobs_low"], row["jobs_central"], row["jobs_high"]) == (10, 13.8, 19)


@pytest.mark.parametrize("level", ["unit", "establishment"])
def test_p_at_either_level_hides_name_and_point_and_leaves_the_qpv_to_be_checked(tmp_path, level):
    owner = OWNER | ({"statutDiffusionUniteLegale": "P"} if level == "unit" else {})
    place = PLACE | ({"statutDiffusionEtablissement": "P"} if level == "establishment" else {})
    register = built(tmp_path, stock(tmp_path, [place], [owner]), place=gueret(None))
    row = rows(register, "ess_establishment")["13002526500013"]
    assert (row["diffusible"], row["name"], row["longitude"], row["latitude"]) == (False, None, None, None)
    assert row["qpv"] == "a_verifier"
    assert row["ess"] == "oui"


def test_a_status_that_is_not_published_hides_too(tmp_path):
    register = built(tmp_path, stock(tmp_path, [PLACE | {"statutDiffusionEtablissement": ""}], [OWNER]))
    assert rows(register, "ess_establishment")["13002526500013"]["name"] is None


def test_coordinates_drawn_at_random_in_the_commune_decide_nothing(tmp_path):
    points = tmp_path / "geo.csv"
    points.write_text("siret;x_longitude;y_latitude;qualite_xy\n13002526500013;1.87;46.17;33\n")
    register = built(tmp_path, stock(tmp_path, [PLACE], [OWNER], coordinates=points), place=gueret(33))
    row = rows(register, "ess_establishment")["13002526500013"]
    assert row["qpv"] == "a_verifier"
    assert "hasard" in row["qpv_reason"]


def test_the_second_of_two_lines_with_one_siret_is_rejected_and_the_open_one_stays(tmp_path):
    closed = PLACE | {"etatAdministratifEtablissement": "F", "dateDebut": "2022-01-01"}
    register = built(tmp_path, stock(tmp_path, [closed, PLACE], [OWNER]))
    assert rows(register, "establishment")["13002526500013"]["active"] is True
    account = register.accounts[0]
    assert (account.read, account.kept, account.balanced) == (2, 1, True)
    assert "double" in next(iter(account.rejected))
    assert register.rejects.num_rows == 1


def test_a_closed_company_leaves_the_denominators_only_before_2021(tmp_path):
    company = OWNER | {"categorieJuridiqueUniteLegale": "5710", "economieSocialeSolidaireUniteLegale": ""}
    second = PLACE | {
        "siret": "13002526500021",
        "etatAdministratifEtablissement": "F",
        "dateDebut": "2021-01-01",
    }
    first = PLACE | {"etatAdministratifEtablissement": "F", "dateDebut": "2020-12-31"}
    register = built(tmp_path, stock(tmp_path, [first, second], [company]))
    assert list(rows(register, "establishment")) == ["13002526500021"]
    assert register.accounts[0].left_out == {"hors ESS et fermé avant le 01/01/2021": 1}
    assert not rows(register, "ess_establishment")


def test_a_delivery_limited_to_a_departement_leaves_out_the_rest_and_says_so(tmp_path):
    elsewhere = PLACE | {"siret": "13002526500021", "codeCommuneEtablissement": "97407"}
    register = built(tmp_path, stock(tmp_path, [PLACE, elsewhere], [OWNER], departements=("23",)))
    assert list(rows(register, "establishment")) == ["13002526500013"]
    assert register.accounts[0].balanced
    assert [(found.departement, found.complete) for found in register.coverage] == [("23", True)]


def test_a_real_delivery_wins_over_the_demonstration(tmp_path):
    real = stock(tmp_path / "real", [PLACE], [OWNER])
    invented = stock(tmp_path / "invented", [PLACE], [OWNER], fictitious=True)
    register = built(tmp_path, real, invented)
    assert rows(register, "establishment")["13002526500013"]["fictitious"] is False


def test_an_establishment_without_its_unit_is_to_be_checked(tmp_path):
    register = built(tmp_path, stock(tmp_path, [PLACE], []))
    row = rows(register, "ess_establishment")["13002526500013"]
    assert (row["ess"], row["reasons"][0]) == ("a_verifier", "Catégorie juridique : inconnue")
    assert register.accounts[0].remarks["unité légale absente du fichier des unités"] == 1


def test_missing_columns_stop_the_build_and_are_named(tmp_path):
    bad = tmp_path / "StockUniteLegale.csv"
    found = stock(tmp_path, [PLACE], [OWNER])
    bad.write_text("siren;denominationUniteLegale\n1;x\n", encoding="utf-8")
    with pytest.raises(SourceContentError, match="categorieJuridiqueUniteLegale"):
        built(tmp_path, found)


def test_placing_receives_unknown_coordinates_as_nan(tmp_path):
    seen = []

    def spy(longitude, latitude, communes, qualities, errors_m):
        seen.append((longitude.copy(), communes))
        return without_list(longitude, latitude, communes, qualities, errors_m)

    built(tmp_path, stock(tmp_path, [PLACE | {"longitude": "NOT_VALID"}], [OWNER]), place=spy)
    assert np.isnan(seen[0][0]).all()
    assert seen[0][1] == ["23096"]


def test_rejects_repeat_identifiers_only(tmp_path):
    wrong = PLACE | {"siret": "13002526500014"}
    register = built(tmp_path, stock(tmp_path, [wrong], [OWNER]))
    reject = register.rejects.to_pylist()[0]
    assert reject["reason"] == "clé du SIRET fausse"
    assert "ENSEIGNE" not in str(reject)
    assert isinstance(register.rejects, pa.Table)
