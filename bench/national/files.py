"""SIRENE files of any size, drawn from a seed: stock and history of both tables, official names and types.

They say nothing of real structures. Every SIREN begins with a number nobody bears here on purpose: the names
say « fictif ». The latent life of each establishment (``latent``) is a formula of its rank: the files are
written from it, and so are the known answers (``answers``), by other queries than those of the product.

    PYTHONPATH=src:bench python -m national.files FOLDER --establishments 1000000 [--csv]
"""

import argparse
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from ancrage.edition.publication import EMBEDDED
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import legal_categories
from ancrage.register.codes import SECTION_OF_DIVISION
from ancrage.register.perimeter import UnitSigns, decide
from ancrage.warehouse.reading import Warehouse

SEED = 2021
STOCK_DAY = date(2026, 10, 31)
DAYS = (date(2021, 3, 31), date(2023, 6, 15), STOCK_DAY)
UNITS_FOR_ESTABLISHMENTS = 0.67
"""29 million units for 43 million establishments."""
SLOTS = 200_000

CATEGORIES = (
    *(["1000"] * 54 + ["5499"] * 16 + ["5710"] * 9 + ["6540"] * 8 + ["9220"] * 7),
    *("9220", "9230", "5558", "6533", "7210", "9300"),
)
"""Legal categories, one for each hundredth of the units: sole traders, companies, associations…"""
BECOMES = {"9220": "9230", "5499": "5558", "5710": "5499", "1000": "5499"}
"""What a unit of this category becomes when it changes."""

FILES = {
    "etablissements": "StockEtablissement_utf8",
    "unites": "StockUniteLegale_utf8",
    "periodes-etablissements": "StockEtablissementHistorique_utf8",
    "periodes-unites": "StockUniteLegaleHistorique_utf8",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many establishments; units follow."""

    establishments: int

    @property
    def units(self) -> int:
        return max(1, round(self.establishments * UNITS_FOR_ESTABLISHMENTS))


def made_files(folder: Path, size: Size, *, csv: bool = False, seed: int = SEED) -> dict[str, Path]:
    """Write the four files and ``answers.json``; return where each file is."""
    folder.mkdir(parents=True, exist_ok=True)
    con = opened(size, seed, folder)
    written = {}
    for name, sql in SELECTED.items():
        path = folder / f"{FILES[name]}.parquet"
        con.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION snappy)")
        written[name] = zipped(con, path) if csv else path
    (folder / "answers.json").write_text(json.dumps(answers(con), default=str), "utf-8")
    con.close()
    return written


def zipped(con: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """The same rows as INSEE's other shape: a CSV alone in a zip."""
    text, archive = path.with_suffix(".csv"), path.with_suffix(".zip")
    con.execute(f"COPY (FROM '{path}') TO '{text}' (FORMAT csv, HEADER)")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.write(text, text.name)
    text.unlink()
    path.unlink()
    return archive


def opened(size: Size, seed: int, folder: Path) -> duckdb.DuckDBPyConnection:
    """An engine with the tables of places, activities and categories, and the views of what is latent."""
    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    given = {
        "slots": _slots(),
        "activities": _activities(),
        "categories": _categories(),
        "verdicts": verdict_table(),
    }
    for name, table in given.items():
        con.register(f"{name}_given", table)
        con.execute(f"CREATE TABLE {name} AS FROM {name}_given")
    define_numbers(con, seed)
    for name, sql in VIEWS.items():
        con.execute(
            f"CREATE VIEW {name} AS {sql.format(n=size.establishments, u=size.units, slots=SLOTS, day=STOCK_DAY)}"
        )
    return con


def define_numbers(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Give an engine ``draw(rank, salt)``, from 0 to 1, and ``key_of(number)``, the Luhn key of a number."""
    con.execute(
        f"CREATE MACRO draw(rank, salt) AS (hash(rank, salt, {seed}) >> 11)::DOUBLE / 9007199254740992"
    )
    pairs = " + ".join(f"pair_sum(n // {100**rank} % 100)" for rank in range(7))
    con.execute("CREATE MACRO pair_sum(p) AS p // 10 + p % 10 * 2 - (CASE WHEN p % 10 > 4 THEN 9 ELSE 0 END)")
    con.execute(f"CREATE MACRO key_of(n) AS (10 - ({pairs}) % 10) % 10")


def _slots() -> pa.Table:
    """Communes as SIRENE writes them, each as often as it has inhabitants, once at least."""
    with Warehouse(EMBEDDED) as warehouse:
        rows = warehouse.rows(
            "SELECT c.code, c.departement, coalesce(c.population, 0) AS people, list(m.code ORDER BY m.code) "
            "FILTER (WHERE m.code IS NOT NULL) AS parts FROM commune c LEFT JOIN municipal_arrondissement m "
            "ON m.commune = c.code AND m.vintage = c.vintage WHERE c.vintage = 2026 AND c.zone <> 'com' "
            "GROUP BY ALL ORDER BY c.code"
        )
    total = sum(row["people"] for row in rows)
    codes = [
        part
        for row in rows
        for part in (row["parts"] or [row["code"]])
        for _ in range(1 + round(row["people"] / len(row["parts"] or [1]) / total * SLOTS))
    ]
    return pa.table({"slot": pa.array(range(len(codes)), pa.int64()), "commune": codes})


def _activities() -> pa.Table:
    divisions = sorted(SECTION_OF_DIVISION)
    return pa.table(
        {
            "rank": pa.array(range(len(divisions)), pa.int64()),
            "naf": [f"{one}.10Z" for one in divisions],
            "old": [f"{one}.1Z" for one in divisions],
            "section": [SECTION_OF_DIVISION[one] for one in divisions],
        }
    )


def _categories() -> pa.Table:
    return pa.table(
        {
            "hundredth": pa.array(range(len(CATEGORIES)), pa.int64()),
            "category": list(CATEGORIES),
            "other": [BECOMES.get(one) for one in CATEGORIES],
        }
    )


def verdict_table() -> pa.Table:
    """What the law says of each form with each flag, as :func:`decide` tells one unit."""
    rows = []
    for category in sorted({*CATEGORIES, *BECOMES.values(), ""}):
        for flag in ("O", "N", ""):
            told = decide(UnitSigns(category or None, flag=flag or None), legal_categories())  # type: ignore[arg-type]
            rows.append(
                {"category": category, "flag": flag, "ess": str(Verdict(told.verdict)), "family": told.family}
            )
    return pa.Table.from_pylist(rows)


VIEWS = {
    # Rank e of an establishment; its unit u is itself (a head office) or one of the others, once each.
    "lived": """
        SELECT e, CASE WHEN e < {u} THEN e ELSE ((e - {u}) * 7919) % {u} END AS u, e < {u} AS seat,
            CASE WHEN e % 4999 = 11 THEN DATE '1900-01-01' WHEN e % 70001 = 12 THEN DATE '2099-01-01'
                ELSE DATE '1975-01-01' + (18900 * sqrt(draw(e, 1)))::INT END AS created,
            draw(e, 2) < 0.62 AS closes, (1 + pow(draw(e, 3), 2) * 9000)::INT AS lasted,
            draw(e, 4) < 0.01 AS again, (30 + draw(e, 5) * 700)::INT AS rested,
            draw(e, 6) AS changes, draw(e, 7) AS when_changed, draw(e, 8) AS hires, draw(e, 9) AS hiring,
            draw(e, 13) AS when_hired
        FROM (SELECT range AS e FROM range({n}))
    """,
    "bounded": """
        SELECT *, CASE WHEN closes AND created + lasted <= DATE '{day}' THEN created + lasted END AS closed,
            greatest(2, least(lasted, DATE '{day}' - created)) AS span
        FROM lived
    """,
    "latent": """
        SELECT b.e, b.u, seat, created, closed,
            CASE WHEN again AND closed + rested <= DATE '{day}' THEN closed + rested END AS reopened,
            CASE WHEN changes < 0.08 AND span > 3 AND year(created) < 2099
                THEN created + (1 + when_changed * (span - 2))::INT END AS changed,
            hires < 0.12 AS hires,
            CASE WHEN hires < 0.12 AND hiring < 0.5 AND span > 3 AND year(created) < 2099
                THEN created + (1 + when_hired * (span - 2))::INT END AS turned, hiring < 0.4 AS hires_late,
            CASE WHEN e % 3001 = 17 THEN NULL ELSE s.commune END AS commune,
            a.naf, a.old, a.section, o.naf AS naf_before, o.old AS old_before, o.section AS section_before,
            CASE WHEN hires < 0.12 AND (hiring < 0.4 OR hiring >= 0.5) THEN ['01', '02', '03', '11', '12', 'NN'][1 + (draw(e, 14) * 5.99)::INT] END AS band,
            draw(e, 15) < 0.15 AS hidden, draw(e, 16) AS east, draw(e, 17) AS north
        FROM bounded b
        LEFT JOIN slots s ON s.slot = (draw(e, 10) * (SELECT count(*) FROM slots))::BIGINT % (SELECT count(*) FROM slots)
        JOIN activities a ON a.rank = (hash(e, 11) % 88)::BIGINT % (SELECT count(*) FROM activities)
        JOIN activities o ON o.rank = (hash(e, 12) % 88)::BIGINT % (SELECT count(*) FROM activities)
    """,
    "numbered": """
        SELECT *, ((10000000 + u) * 10 + key_of(10000000 + u)) AS unit_number,
            unit_number * 10000 + (CASE WHEN seat THEN 1 ELSE 2 END) AS head
        FROM latent
    """,
    "establishment": "SELECT *, unit_number::VARCHAR AS siren, (head * 10 + key_of(head))::VARCHAR AS siret FROM numbered",
    "unit": """
        SELECT u, ((10000000 + u) * 10 + key_of(10000000 + u))::VARCHAR AS siren,
            c.category, CASE WHEN draw(u, 31) < 0.05 AND c.other IS NOT NULL AND year(created) < 2026
                THEN c.other END AS other,
            created, created + (1 + draw(u, 32) * greatest(1, DATE '{day}' - created - 2))::INT AS became,
            CASE WHEN c.category LIKE '9%' AND draw(u, 33) < 0.3 THEN 'O' WHEN draw(u, 33) < 0.002 THEN 'O'
                WHEN draw(u, 33) < 0.5 THEN 'N' ELSE '' END AS flag,
            draw(u, 34) < 0.15 AS hidden, u % 997 = 5 AS purged, u % 50021 = 3 AS absent
        FROM (SELECT e AS u, created FROM lived WHERE e < {u}) JOIN categories c ON c.hundredth = (hash(u, 30) % 100)::BIGINT
    """,
    "unit_period": """
        SELECT * EXCLUDE (category, other), category AS form, created AS begins,
            CASE WHEN other IS NOT NULL AND became > created THEN became - 1 END AS ends
        FROM unit
        UNION ALL SELECT * EXCLUDE (category, other), other AS form, became AS begins, NULL AS ends
        FROM unit WHERE other IS NOT NULL AND became > created
    """,
    "period": """
        SELECT *, CASE WHEN closed <= begins AND NOT coalesce(reopened <= begins, FALSE) THEN 'F' ELSE 'A' END AS state,
            CASE WHEN changed > begins THEN naf_before ELSE naf END AS naf_then,
            CASE WHEN changed > begins THEN old_before ELSE old END AS old_then,
            CASE WHEN turned IS NULL THEN hires WHEN turned > begins THEN NOT hires_late ELSE hires_late END AS employs
        FROM (SELECT *, unnest(starts) AS begins, unnest(starts[2:] || [NULL::DATE]) - 1 AS ends FROM (
            SELECT *, list_sort(list_distinct(list_filter([created, closed, reopened, changed, turned,
                CASE WHEN created < DATE '2008-01-01' AND (closed IS NULL OR closed > DATE '2008-01-01' OR reopened < DATE '2008-01-01')
                    THEN DATE '2008-01-01' END], lambda one: one IS NOT NULL))) AS starts FROM establishment))
    """,
}

ACTIVITY_THEN = """
    CASE WHEN begins < DATE '2008-01-01' THEN old_then ELSE naf_then END AS activitePrincipaleEtablissement,
    CASE WHEN begins < DATE '2008-01-01' THEN 'NAFRev1' ELSE 'NAFRev2' END AS nomenclatureActivitePrincipaleEtablissement
"""
SEEN = "CASE WHEN hidden THEN '[ND]' ELSE {} END"
STOCK_ROW = f"""
    SELECT siren, siret[10:] AS nic, siret, CASE WHEN hidden THEN 'P' ELSE 'O' END AS statutDiffusionEtablissement,
        created AS dateCreationEtablissement, coalesce(band, 'NN') AS trancheEffectifsEtablissement,
        CASE WHEN band <> 'NN' THEN 2023 END AS anneeEffectifsEtablissement,
        NULL::VARCHAR AS activitePrincipaleRegistreMetiersEtablissement,
        TIMESTAMP '2026-10-30 04:05:06' AS dateDernierTraitementEtablissement, seat AS etablissementSiege,
        length(starts) AS nombrePeriodesEtablissement,
        {SEEN.format("'1'")} AS numeroVoieEtablissement, {SEEN.format("'DE LA PAIX'")} AS libelleVoieEtablissement,
        {SEEN.format("commune")} AS codePostalEtablissement, 'COMMUNE' AS libelleCommuneEtablissement,
        commune AS codeCommuneEtablissement,
        {SEEN.format("(400000 + 500000 * east)::VARCHAR")} AS coordonneeLambertAbscisseEtablissement,
        {SEEN.format("(6200000 + 700000 * north)::VARCHAR")} AS coordonneeLambertOrdonneeEtablissement,
        begins AS dateDebut, state AS etatAdministratifEtablissement,
        {SEEN.format("'FICTIF ' || e")} AS enseigne1Etablissement, NULL::VARCHAR AS denominationUsuelleEtablissement,
        {ACTIVITY_THEN}, naf_then[:2] || '.11A' AS activitePrincipaleNAF25Etablissement,
        CASE WHEN employs THEN 'O' ELSE 'N' END AS caractereEmployeurEtablissement
    FROM period WHERE ends IS NULL
"""
UNIT_PERIOD = """
    SELECT siren, begins AS "dateDebut", ends AS "dateFin", NULLIF(form, '') AS "categorieJuridiqueUniteLegale",
        NULLIF(flag, '') AS "economieSocialeSolidaireUniteLegale", 'A' AS "etatAdministratifUniteLegale"
    FROM unit_period WHERE NOT purged AND NOT absent
"""
SELECTED = {
    # Beside the true rows: one in a hundred thousand twice (older), one in two hundred thousand with a wrong key.
    "etablissements": f"""
        {STOCK_ROW}
        UNION ALL SELECT * REPLACE (dateCreationEtablissement - 1 AS dateCreationEtablissement)
            FROM ({STOCK_ROW} AND e % 100003 = 7)
        UNION ALL SELECT * REPLACE (siret[:13] || (siret[14:]::INT + 1) % 10 AS siret) FROM ({STOCK_ROW} AND e % 200003 = 9)
    """,
    "periodes-etablissements": f"""
        SELECT siren, siret[10:] AS nic, siret, ends AS dateFin, begins AS dateDebut,
            state AS etatAdministratifEtablissement, FALSE AS changementEtatAdministratifEtablissement,
            {ACTIVITY_THEN}, FALSE AS changementActivitePrincipaleEtablissement,
            CASE WHEN employs THEN 'O' ELSE 'N' END AS caractereEmployeurEtablissement,
            FALSE AS changementCaractereEmployeurEtablissement
        FROM period
    """,
    "unites": """
        SELECT siren, CASE WHEN hidden THEN 'P' ELSE 'O' END AS statutDiffusionUniteLegale,
            purged AS unitePurgeeUniteLegale, created AS dateCreationUniteLegale, NULL::VARCHAR AS sigleUniteLegale,
            CASE WHEN form LIKE '9%' AND NOT purged THEN 'W231' || lpad((u % 1000000)::VARCHAR, 6, '0') END
                AS identifiantAssociationUniteLegale,
            TIMESTAMP '2026-10-30 04:05:06' AS dateDernierTraitementUniteLegale, begins AS dateDebut,
            'A' AS etatAdministratifUniteLegale,
            CASE WHEN purged THEN NULL WHEN hidden THEN '[ND]' ELSE 'FICTIF ' || u END AS denominationUniteLegale,
            CASE WHEN NOT purged THEN NULLIF(form, '') END AS categorieJuridiqueUniteLegale,
            CASE WHEN NOT purged THEN NULLIF(flag, '') END AS economieSocialeSolidaireUniteLegale
        FROM unit_period WHERE ends IS NULL AND NOT absent
    """,
    "periodes-unites": UNIT_PERIOD,
}

COUNTED = """
    SELECT DATE '{day}' AS day, CASE WHEN commune[:2] = '97' THEN commune[:3] ELSE commune[:2] END AS departement,
        v.ess, coalesce(v.family, '') AS family, CASE WHEN changed > DATE '{day}' THEN section_before ELSE section END
            AS section,
        count(*) AS establishments,
        count(*) FILTER (CASE WHEN turned IS NULL THEN hires WHEN turned > DATE '{day}' THEN NOT hires_late
            ELSE hires_late END) AS employers
    FROM establishment JOIN unit USING (u) JOIN verdicts v ON
        v.category = CASE WHEN purged OR absent THEN '' WHEN became > DATE '{day}' OR other IS NULL THEN unit.category
            ELSE other END
        AND v.flag = CASE WHEN purged OR absent THEN '' ELSE unit.flag END
    WHERE establishment.created <= DATE '{day}'
        AND (closed IS NULL OR closed > DATE '{day}' OR reopened <= DATE '{day}')
    GROUP BY ALL
"""


def answers(con: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """Open establishments by day, département, verdict, family and section, from what is latent alone."""
    rows = con.sql(" UNION ALL ".join(COUNTED.format(day=day) for day in DAYS)).to_arrow_table()
    told: list[dict[str, object]] = rows.to_pylist()
    return told


def main() -> None:
    asked = argparse.ArgumentParser(
        description="Fichiers SIRENE fictifs, de forme officielle, de toute taille."
    )
    asked.add_argument("folder", type=Path)
    asked.add_argument("--establishments", type=int, default=1_000_000)
    asked.add_argument("--csv", action="store_true", help="CSV dans un zip au lieu de Parquet")
    given = asked.parse_args()
    for path in made_files(given.folder, Size(given.establishments), csv=given.csv).values():
        print(f"{path} : {path.stat().st_size >> 20} Mo")


if __name__ == "__main__":
    main()
