"""A day gone by is told as it was: state, activity, employer mark, form, day by day from the histories."""

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.edition.register.counted import write_counted
from ancrage.register.build import RegisterInputs, build_register
from ancrage.register.codes import SECTION_OF_DIVISION
from ancrage.register.fabric import Places, RegisterReader
from ancrage.register.past import Histories, Past
from ancrage.register.placement import without_list
from ancrage.register.rejects import Account
from ancrage.register.siae import Whereabouts
from ancrage.register.sirene import ESTABLISHMENTS, UNITS, SireneStock
from ancrage.register.stock import connect
from ancrage.warehouse.reading import Warehouse
from national import ours
from national.files import DAYS, FILES, Size, made_files

NOWHERE = Whereabouts(lambda *_: None, lambda longitude, _: [None] * len(longitude))
SIREN, SIRET = "732829320", "73282932000074"
LYON = "sirene/periodes-etablissements-lyon-4e-69384-2026-11.parquet"


def edition(folder: Path, stock: dict[str, list[str]], owners: dict[str, list[str]], **files: Path) -> Path:
    """Build the register alone, and make it readable as an edition."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in (("stock", stock), ("units", owners)):
        pq.write_table(pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()}),
                       folder / f"{name}.pq")  # fmt: skip
    register = build_register(
        RegisterInputs(
            (SireneStock(folder / "stock.pq", folder / "units.pq", vintage="essai"),),
            folder / "scratch",
            place=without_list,
            where=NOWHERE,
            histories=Histories(**files),
        )
    )
    write_counted(register, folder, folder / "scratch", on=date(2026, 11, 1))
    ours.as_edition(folder)
    return folder


def establishment(**told: str) -> dict[str, list[str]]:
    return {name: [told.get(name, "")] for name in ESTABLISHMENTS.columns}


def unit(**told: str) -> dict[str, list[str]]:
    return {name: [told.get(name, "")] for name in UNITS.columns}


STOCK = establishment(
    siret=SIRET,
    statutDiffusionEtablissement="O",
    dateCreationEtablissement="2015-01-01",
    codeCommuneEtablissement="23077",
    etatAdministratifEtablissement="F",
    activitePrincipaleEtablissement="94.99Z",
    caractereEmployeurEtablissement="N",
    trancheEffectifsEtablissement="02",
    dateDebut="2024-05-02",
)
UNIT = unit(siren=SIREN, statutDiffusionUniteLegale="O", categorieJuridiqueUniteLegale="5499")


def periods(path: Path, header: str, *lines: str) -> Path:
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return path


def histories(folder: Path) -> dict[str, Path]:
    """Employer with another activity until 15 March 2023, association until 1 June 2022, closed in 2024."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "establishments": periods(
            folder / "e.csv",
            "siret,dateFin,dateDebut,etatAdministratifEtablissement,activitePrincipaleEtablissement,"
            "nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement",
            f"{SIRET},,2024-05-02,F,94.99Z,NAFRev2,N",
            f"{SIRET},2024-05-01,2023-03-15,A,94.99Z,NAFRev2,N",
            f"{SIRET},2023-03-14,2015-01-01,A,88.99B,NAFRev2,O",
        ),
        "units": periods(
            folder / "u.csv",
            "siren,dateFin,dateDebut,etatAdministratifUniteLegale,categorieJuridiqueUniteLegale,"
            "economieSocialeSolidaireUniteLegale",
            f"{SIREN},,2022-06-01,A,5499,",
            f"{SIREN},2022-05-31,2015-01-01,A,9220,",
        ),
    }


HEADER = (
    "siret,dateDebut,dateFin,etatAdministratifEtablissement,activitePrincipaleEtablissement,"
    "nomenclatureActivitePrincipaleEtablissement"
)
FOLLOWING = ("2015-01-01,2022-12-31,A,88.99B,NAFRev2", "2023-01-01,,F,94.99Z,NAFRev2")


def counted(folder: Path, on: date, places: Places | None = None) -> list[tuple[str, str, int, int]]:
    with Warehouse(folder) as warehouse:
        rows = RegisterReader(warehouse).counted(places or Places(codes=("23077",)), on=on)
    return sorted((row["ess"], row["section"], row["establishments"], row["employers"]) for row in rows)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("past")
    return edition(folder / "edition", STOCK, UNIT, **histories(folder))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 1, 1), [("oui", "Q", 1, 1)]),
        (date(2022, 5, 31), [("oui", "Q", 1, 1)]),
        (date(2022, 6, 1), [("non", "Q", 1, 1)]),
        (date(2023, 3, 14), [("non", "Q", 1, 1)]),
        (date(2023, 3, 15), [("non", "S", 1, 0)]),
        (date(2024, 5, 1), [("non", "S", 1, 0)]),
        (date(2024, 5, 2), []),
    ],
)
@pytest.mark.parametrize("scale", ["commune", "departement"])
def test_each_change_holds_from_its_very_day(
    told: Path, on: date, expected: list[tuple[str, str, int, int]], scale: str
) -> None:
    places = Places(codes=("23077",)) if scale == "commune" else Places(departements=("23",))
    assert counted(told, on, places) == expected


def test_without_history_the_past_is_told_from_the_row_of_today(tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", STOCK, UNIT)
    assert counted(folder, date(2021, 1, 1)) == [("non", "S", 1, 1)]
    assert counted(folder, date(2024, 5, 2)) == []


def test_the_day_of_the_build_and_its_eve_count_alike_what_closes_on_a_day_to_come(tmp_path: Path) -> None:
    told = {"dateDebut": ["2099-06-01"], "nomenclatureActivitePrincipaleEtablissement": ["NAFRev2"]}
    folder = edition(tmp_path / "e", STOCK | told, UNIT)
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2))
    assert [counted(folder, on) for on in days] == [[("non", "S", 1, 1)]] * 3


def test_an_establishment_older_than_the_periods_of_its_unit_does_not_vanish(tmp_path: Path) -> None:
    given = histories(tmp_path)
    given["units"].write_text(
        given["units"].read_text().replace("2015-01-01", "2022-01-01"), encoding="utf-8"
    )
    folder = edition(tmp_path / "e", STOCK, UNIT, **given)
    assert counted(folder, date(2021, 6, 1)) == [("oui", "Q", 1, 1)]


def test_an_establishment_closed_then_opened_again_is_absent_in_between(tmp_path: Path) -> None:
    again = STOCK | {"etatAdministratifEtablissement": ["A"], "dateDebut": ["2023-01-01"]}
    header = "siret,dateFin,dateDebut,etatAdministratifEtablissement"
    lines = (f"{SIRET},,2023-01-01,A", f"{SIRET},2022-12-31,2022-01-01,F", f"{SIRET},2021-12-31,1900-01-01,A")
    given = {"establishments": periods(tmp_path / "e.csv", header, *lines)}
    folder = edition(tmp_path / "e", again, UNIT, **given)
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1))
    assert [len(counted(folder, on)) for on in days] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            (
                "2015-01-01,2022-12-31,A,88.99B,NAFRev2",
                "2015-01-01,2022-12-31,A,01.11Z,NAFRev2",
                FOLLOWING[1],
            ),
            {"deux périodes commencent le même jour": 3},
        ),
        (("2015-01-01,2023-01-01,A,88.99B,NAFRev2", FOLLOWING[1]), {"deux périodes se chevauchent": 2}),
        (("2015-01-01,,A,88.99B,NAFRev2", FOLLOWING[1]), {"deux périodes se chevauchent": 2}),
        (
            ("2015-01-01,2022-12-30,A,88.99B,NAFRev2", FOLLOWING[1]),
            {"aucune période ne dit certains jours": 2},
        ),
        (
            ("2015-01-01,2014-12-30,A,88.99B,NAFRev2", FOLLOWING[1]),
            {"une période finit avant de commencer": 2},
        ),
        (
            ("2015-01-01,31/12/22,A,88.99B,NAFRev2", FOLLOWING[1]),
            {"un jour de l'historique est illisible": 2},
        ),
        (
            ("2015-13-01,2022-12-31,A,88.99B,NAFRev2", FOLLOWING[1]),
            {"un jour de l'historique est illisible": 2},
        ),
    ],
)
def test_periods_that_contradict_each_other_are_told_and_none_is_believed(
    tmp_path: Path, lines: tuple[str, ...], told: dict[str, int]
) -> None:
    """The past is then that of today's row: open until 2 May 2024, in section S."""
    history = periods(tmp_path / "h.csv", HEADER, *(f"{SIRET},{line}" for line in lines))
    folder = edition(tmp_path / "e", STOCK, UNIT, establishments=history)
    assert counted(folder, date(2021, 6, 1)) == counted(folder, date(2024, 5, 1)) == [("non", "S", 1, 1)]
    account, rejects = set_aside(tmp_path, history)
    because = {f"{why} : historique laissé, passé d'après l'état actuel": rows for why, rows in told.items()}
    assert (account.rejected, account.read, account.balanced) == (because, len(lines), True)
    assert {(row["key"], row["reason"]) for row in rejects} == {(SIRET, why) for why in because}


def test_a_period_twice_is_one_and_one_of_nobody_is_told(tmp_path: Path) -> None:
    lines = [f"{SIRET},{line}" for line in (FOLLOWING[0], *FOLLOWING)]
    history = periods(tmp_path / "h.csv", HEADER, *lines, f"inconnu,{FOLLOWING[0]}")
    folder = edition(tmp_path / "e", STOCK, UNIT, establishments=history)
    assert (counted(folder, date(2022, 12, 31)), counted(folder, date(2023, 1, 1))) == (
        [("non", "Q", 1, 1)],
        [],
    )
    account, rejects = set_aside(tmp_path, history)
    assert account.rejected == {
        "période en double : une seule est gardée": 1,
        "SIRET d'une période absent ou illisible": 1,
    }
    assert sorted((row["key"], row["values"]) for row in rejects) == [
        (SIRET, "2015-01-01"),
        ("inconnu", "2015-01-01"),
    ]


def set_aside(folder: Path, history: Path) -> tuple[Account, list[dict[str, str]]]:
    """What became of the rows of a history."""
    (folder / "again").mkdir()
    con = connect(folder / "again")
    (told,) = Past(con, folder / "again", date(2021, 1, 1), Histories(history)).successions
    return told.account, told.rejects.to_pylist()


def test_made_up_files_give_what_is_known_of_them_in_both_shapes(tmp_path: Path) -> None:
    import json

    answers = {}
    for shape in ("parquet", "csv"):
        files = made_files(tmp_path / shape, Size(4_000), csv=shape == "csv")
        assert set(files) == set(FILES)
        ours.built(files, tmp_path / f"edition-{shape}")
        ours.as_edition(tmp_path / f"edition-{shape}")
        answers[shape] = json.loads((tmp_path / shape / "answers.json").read_text("utf-8"))
    known = answers["parquet"]
    for departement in sorted({str(row["departement"]) for row in known if row["departement"]}):
        for on in DAYS:
            expected = ours.expected(known, departement, on)
            for shape in answers:
                assert ours.told(tmp_path / f"edition-{shape}", departement, on) == expected, (
                    departement,
                    on,
                )


@pytest.mark.mirror
def test_every_past_day_of_lyon_4e_is_what_its_real_periods_tell(mirror: Path, tmp_path: Path) -> None:
    """58,228 real periods; recounted by a query that knows nothing of how the register is built.

    The few whose period of the day has no state are neither open nor closed for sure.
    """
    source = mirror / LYON
    con = duckdb.connect()
    last = con.execute(
        "SELECT siret, 'O', min(dateDebut) OVER (PARTITION BY siret)::VARCHAR, code_tranche, code_commune, "
        f"etat, code_ape, '', dateDebut::VARCHAR FROM '{source}' QUALIFY row_number() OVER "
        "(PARTITION BY siret ORDER BY dateDebut DESC) = 1"
    ).fetchall()
    columns = dict(zip(ESTABLISHMENTS.required, map(list, zip(*last, strict=True)), strict=True))
    history = tmp_path / "h.parquet"
    con.execute(
        "COPY (SELECT siret, dateFin, dateDebut, etat AS etatAdministratifEtablissement, code_ape AS "
        "activitePrincipaleEtablissement, CASE WHEN "
        "regexp_full_match(code_ape, '[0-9]{2}\\.[0-9]{2}[A-Z]') "
        f"THEN 'NAFRev2' ELSE 'NAP' END AS nomenclatureActivitePrincipaleEtablissement FROM '{source}') "
        f"TO '{history}' (FORMAT parquet)"
    )
    folder = edition(tmp_path / "e", columns, unit(siren=SIREN), establishments=history)
    for on in (
        date(2021, 1, 1),
        date(2021, 3, 31),
        date(2023, 2, 28),
        date(2024, 12, 31),
        date(2026, 10, 31),
    ):
        rows = con.execute(
            "SELECT code_ape[:2], count(*) FILTER (WHERE etat = 'A'), count(*) FILTER (WHERE etat IS NULL) "
            f"FROM '{source}' WHERE dateDebut <= ? "
            "AND (dateFin IS NULL OR dateFin >= ?) GROUP BY 1",
            (on, on),
        ).fetchall()
        sure, unknown = Counter[str](), Counter[str]()
        for division, count, doubtful in rows:
            section = SECTION_OF_DIVISION.get(division or "", "")
            sure[section] += count
            unknown[section] += doubtful
        found = Counter[str]()
        for _, section, count, _ in counted(folder, on, Places(codes=("69384",))):
            found[section] += count
        assert sum(unknown.values()) < 20, "so many periods have no state"
        assert all(sure[one] <= found[one] <= sure[one] + unknown[one] for one in sure | found), on
