"""The same work, written by hand with other tools: what a register must hold, and three days counted.

The work: read the four files, keep one row a SIRET with a sound key, judge each unit by its form and its mark,
write the establishments sorted by commune, then count those open on each day by département, verdict and
section with what they were that day. Each gives the same rows, which the bench compares.
"""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from ancrage.register.codes import SECTION_OF_DIVISION
from national.files import DAYS, verdict_table

Counted = dict[tuple[str, str, str, str], tuple[int, int]]
"""(day, département, verdict, section) to (establishments, employers)."""
LISTED = ", ".join(f"'{day}'" for day in DAYS)


def sections_table() -> pa.Table:
    """Section of each division of the activities (texts)."""
    return pa.table({"division": list(SECTION_OF_DIVISION), "section": list(SECTION_OF_DIVISION.values())})


def by_duckdb(files: dict[str, Path], folder: Path) -> Counted:
    """SQL by hand, one script."""
    import duckdb

    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    con.register("verdicts", verdict_table())
    con.register("sections", sections_table())
    pairs = " + ".join(f"pair_sum(n // {100**rank} % 100)" for rank in range(7))
    con.execute(
        "CREATE MACRO pair_sum(p) AS p % 10 + p // 10 * 2 - (CASE WHEN p // 10 > 4 THEN 9 ELSE 0 END)"
    )
    con.execute(f"CREATE MACRO has_key(n) AS ({pairs}) % 10 = 0")
    con.execute(f"""
        CREATE TABLE owner AS SELECT siren, coalesce(categorieJuridiqueUniteLegale, '') AS form,
            coalesce(economieSocialeSolidaireUniteLegale, '') AS flag FROM '{files["unites"]}';
        CREATE TABLE known AS SELECT siret, siren, codeCommuneEtablissement AS commune,
            CASE WHEN commune[:2] = '97' THEN commune[:3] ELSE commune[:2] END AS departement,
            dateCreationEtablissement AS created, dateDebut AS since, etatAdministratifEtablissement AS state,
            activitePrincipaleEtablissement AS naf, caractereEmployeurEtablissement AS mark,
            trancheEffectifsEtablissement AS band
        FROM '{files["etablissements"]}' WHERE has_key(siret::BIGINT)
        QUALIFY row_number() OVER (PARTITION BY siret ORDER BY dateCreationEtablissement DESC) = 1;
        COPY (SELECT known.*, v.ess, v.family FROM known LEFT JOIN owner USING (siren)
            JOIN verdicts v ON v.category = coalesce(form, '') AND v.flag = coalesce(owner.flag, '')
            ORDER BY commune, siret) TO '{folder}/register.parquet' (FORMAT parquet, COMPRESSION zstd);
        CREATE TABLE formed AS SELECT siren, coalesce(categorieJuridiqueUniteLegale, '') AS form,
            coalesce(economieSocialeSolidaireUniteLegale, '') AS flag,
            CASE WHEN lag(dateDebut) OVER past IS NULL THEN DATE '0001-01-01' ELSE dateDebut END AS begins,
            coalesce(lead(dateDebut) OVER past, DATE '9999-12-31') AS ends
        FROM '{files["periodes-unites"]}' WINDOW past AS (PARTITION BY siren ORDER BY dateDebut);
    """)
    rows = con.execute(f"""
        SELECT day::VARCHAR, departement, v.ess, coalesce(s.section, '') AS section, count(*),
            count(*) FILTER (WHERE p.caractereEmployeurEtablissement = 'O')
        FROM (SELECT unnest([{LISTED}])::DATE AS day) days
        JOIN '{files["periodes-etablissements"]}' p
            ON p.dateDebut <= day AND (p.dateFin IS NULL OR p.dateFin >= day)
        JOIN known ON known.siret = p.siret
        LEFT JOIN formed f ON f.siren = known.siren AND f.begins <= day AND f.ends > day
        JOIN verdicts v ON v.category = coalesce(f.form, '') AND v.flag = coalesce(f.flag, '')
        LEFT JOIN sections s ON s.division = p.activitePrincipaleEtablissement[:2]
            AND p.nomenclatureActivitePrincipaleEtablissement = 'NAFRev2'
        WHERE p.etatAdministratifEtablissement = 'A' GROUP BY ALL
    """).fetchall()
    return {(row[0], row[1] or "", row[2], row[3]): (row[4], row[5]) for row in rows}


def by_polars(files: dict[str, Path], folder: Path) -> Counted:
    """Lazy frames, streamed."""
    import polars as pl

    verdicts = pl.DataFrame(verdict_table()).lazy()
    sections = pl.DataFrame(sections_table()).lazy()
    number = pl.col("siret").cast(pl.Int64)
    total = sum(
        (number // 100**rank % 10) + _doubled(number // 10 ** (2 * rank + 1) % 10, pl) for rank in range(7)
    )
    commune = pl.col("codeCommuneEtablissement")
    known = (
        pl.scan_parquet(files["etablissements"])
        .filter(total % 10 == 0)
        .select(
            "siret", "siren", commune.alias("commune"),
            pl.when(commune.str.starts_with("97")).then(commune.str.head(3)).otherwise(commune.str.head(2)).alias("departement"),
            pl.col("dateCreationEtablissement").alias("created"), pl.col("dateDebut").alias("since"),
            pl.col("etatAdministratifEtablissement").alias("state"), pl.col("activitePrincipaleEtablissement").alias("naf"),
            pl.col("caractereEmployeurEtablissement").alias("mark"), pl.col("trancheEffectifsEtablissement").alias("band"),
        )
        .sort("created").unique("siret", keep="last")
    )  # fmt: skip
    form = pl.col("categorieJuridiqueUniteLegale").fill_null("").alias("category")
    flag = pl.col("economieSocialeSolidaireUniteLegale").fill_null("").alias("flag")
    owner = pl.scan_parquet(files["unites"]).select("siren", form, flag)
    judged = known.join(owner, on="siren", how="left").with_columns(pl.col("category", "flag").fill_null(""))
    path = folder / "register.parquet"
    judged.join(verdicts, on=["category", "flag"]).sort("commune", "siret").collect(
        engine="streaming"
    ).write_parquet(path)
    periods = pl.scan_parquet(files["periodes-etablissements"])
    formed = pl.scan_parquet(files["periodes-unites"]).sort("siren", "dateDebut").select(
        "siren", form, flag,
        pl.when(pl.col("dateDebut").shift(1).over("siren").is_null()).then(pl.date(1, 1, 1)).otherwise("dateDebut").alias("begins"),
        pl.col("dateDebut").shift(-1).over("siren").fill_null(pl.date(9999, 12, 31)).alias("ends"),
    )  # fmt: skip
    told: Counted = {}
    for day in DAYS:
        lived = periods.filter(
            (pl.col("dateDebut") <= day) & (pl.col("dateFin").is_null() | (pl.col("dateFin") >= day))
            & (pl.col("etatAdministratifEtablissement") == "A")
        )  # fmt: skip
        then = formed.filter((pl.col("begins") <= day) & (pl.col("ends") > day)).drop("begins", "ends")
        division = pl.when(pl.col("nomenclatureActivitePrincipaleEtablissement") == "NAFRev2").then(
            pl.col("activitePrincipaleEtablissement").str.head(2)
        )
        counted = (
            lived.drop("siren").join(known.select("siret", "siren", "departement"), on="siret")
            .join(then, on="siren", how="left").with_columns(pl.col("category", "flag").fill_null(""))
            .join(verdicts, on=["category", "flag"]).with_columns(division.alias("division"))
            .join(sections, on="division", how="left")
            .group_by("departement", "ess", pl.col("section").fill_null(""))
            .agg(pl.len().alias("n"), (pl.col("caractereEmployeurEtablissement") == "O").sum().alias("employers"))
            .collect(engine="streaming")
        )  # fmt: skip
        for row in counted.iter_rows(named=True):
            told[str(day), row["departement"] or "", row["ess"], row["section"]] = (
                row["n"],
                row["employers"],
            )
    return told


def _doubled(digit: "object", pl: "object") -> "object":
    return digit * 2 - (digit > 4).cast(pl.Int64) * 9  # type: ignore[operator,attr-defined]


def by_pandas(files: dict[str, Path], folder: Path) -> Counted:
    """Whole frames in memory, as people write it."""
    import numpy as np
    import pandas as pd

    verdicts = verdict_table().to_pandas()
    sections = dict(zip(*(column.to_pylist() for column in sections_table().columns), strict=True))
    known = pd.read_parquet(files["etablissements"], columns=[
        "siret", "siren", "codeCommuneEtablissement", "dateCreationEtablissement", "dateDebut",
        "etatAdministratifEtablissement", "activitePrincipaleEtablissement", "caractereEmployeurEtablissement",
        "trancheEffectifsEtablissement"])  # fmt: skip
    digits = known.siret.astype("int64").to_numpy()
    total = np.zeros(len(known), int)
    for rank in range(14):
        digit = digits // 10**rank % 10
        total += digit if rank % 2 == 0 else digit * 2 - (digit > 4) * 9
    known = (
        known[total % 10 == 0].sort_values("dateCreationEtablissement").drop_duplicates("siret", keep="last")
    )
    commune = known.codeCommuneEtablissement
    known["departement"] = np.where(commune.str.startswith("97") == True, commune.str[:3], commune.str[:2])  # noqa: E712
    owner = pd.read_parquet(
        files["unites"],
        columns=["siren", "categorieJuridiqueUniteLegale", "economieSocialeSolidaireUniteLegale"],
    )
    owner.columns = ["siren", "category", "flag"]
    judged = known.merge(owner, on="siren", how="left").fillna({"category": "", "flag": ""})
    judged = judged.merge(verdicts, on=["category", "flag"]).sort_values(
        ["codeCommuneEtablissement", "siret"]
    )
    judged.to_parquet(folder / "register.parquet")
    formed = pd.read_parquet(files["periodes-unites"], columns=[
        "siren", "dateDebut", "categorieJuridiqueUniteLegale", "economieSocialeSolidaireUniteLegale"])  # fmt: skip
    formed.columns = ["siren", "begins", "category", "flag"]
    formed = formed.sort_values(["siren", "begins"])
    formed["ends"] = formed.groupby("siren").begins.shift(-1).fillna(date(9999, 12, 31))
    formed.loc[formed.groupby("siren").begins.shift(1).isna(), "begins"] = date(1, 1, 1)
    periods = pd.read_parquet(files["periodes-etablissements"])
    told: Counted = {}
    for day in DAYS:
        lived = periods[(periods.dateDebut <= day) & (periods.dateFin.isna() | (periods.dateFin.fillna(day + timedelta(1)) >= day))
                        & (periods.etatAdministratifEtablissement == "A")]  # fmt: skip
        then = formed[(formed.begins <= day) & (formed.ends > day)]
        every = lived.drop(columns="siren").merge(known[["siret", "siren", "departement"]], on="siret")
        every = every.merge(then[["siren", "category", "flag"]], on="siren", how="left")
        every = every.fillna({"category": "", "flag": "", "departement": ""}).merge(
            verdicts, on=["category", "flag"]
        )
        naf = every.activitePrincipaleEtablissement.where(
            every.nomenclatureActivitePrincipaleEtablissement == "NAFRev2"
        )
        every["section"] = naf.str[:2].map(sections).fillna("")
        every["hired"] = every.caractereEmployeurEtablissement == "O"
        for key, rows in every.groupby(["departement", "ess", "section"]).hired:
            told[(str(day), *key)] = (len(rows), int(rows.sum()))
    return told


def by_limit(files: dict[str, Path], folder: Path) -> Counted:
    """Nothing but the columns read, and as many written: no tool can take less."""
    import duckdb

    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    for name in ("unites", "periodes-unites", "periodes-etablissements"):
        con.execute(f"SELECT max(hash(COLUMNS(*))) FROM '{files[name]}'").fetchall()
    con.execute(f"""COPY (SELECT siret, siren, codeCommuneEtablissement, dateCreationEtablissement, dateDebut,
        etatAdministratifEtablissement, activitePrincipaleEtablissement, caractereEmployeurEtablissement,
        trancheEffectifsEtablissement FROM '{files["etablissements"]}')
        TO '{folder}/register.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    return {}
