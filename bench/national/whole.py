"""The seven tables of the register that answers read, hand-written in DuckDB SQL: the very rows of ours.

``others.by_duckdb`` keeps what three days ask; here is the work an edition needs: establishments with their
workforce and their verdict, what each was since the first day told, and what changed each day and each month
in each commune. Left out, as who knows the files may: repairs of spoilt cells, listed rejects, checks of what
was written, reasons, names, places and quarters of the ESS.
"""

from itertools import product
from pathlib import Path

import pyarrow as pa

from ancrage.register.build import KEPT_SINCE
from ancrage.register.catalogue import workforce_bands
from ancrage.register.workforce import is_employer, workforce
from national.files import STOCK_DAY, verdict_table
from national.others import sections_table

TABLES = (
    "establishment",
    "association",
    "register_count",
    "register_past",
    "register_month",
    "register_month_wide",
    "register_day",
)
ESTABLISHMENT = """siret, siren, commune, departement, created, closed, active, naf, section, employer, band,
    jobs_low, jobs_central, jobs_high, ess, family, fictitious"""
PLACED = "commune, departement, ess, family, section"
MEASURES = ("establishments", "employers", "low", "central", "high", "unbounded", "unknown")
BEFORE, SINCE = "DATE '2020-12-31'", f"DATE '{KEPT_SINCE}'"
ALWAYS, NEVER = "DATE '0001-01-01'", "DATE '9999-12-31'"
COMMUNE = "^([0-8][0-9]|9[0-8]|2A|2B)[0-9]{3}$"


def bands_table() -> pa.Table:
    """What each band says of an establishment, by its employer mark (texts; empty: not told)."""
    rows = []
    for band, (sign, mark) in product(("", *workforce_bands()), (("O", True), ("N", False), ("", None))):
        jobs = workforce(band, mark)
        low, central, high = (jobs.low, jobs.central, jobs.high) if jobs else (None, None, None)
        rows.append(
            {"band": band, "sign": sign, "employer": is_employer(band or None, mark)}
            | {"jobs_low": low, "jobs_central": central, "jobs_high": high}
        )
    return pa.Table.from_pylist(rows)


def by_duckdb_whole(files: dict[str, Path], folder: Path) -> None:
    """Write ``TABLES`` in the folder, as Parquet files like ours."""
    import duckdb

    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    for name, rows in (
        ("verdicts", verdict_table()), ("sections", sections_table()), ("bands", bands_table())
    ):  # fmt: skip
        con.register(f"given_{name}", rows)
        con.execute(f"CREATE TABLE {name} AS FROM given_{name}")
    for rank, width in ((0, 14), (5, 9)):
        pairs = " + ".join(f"pair_sum(n // {10 ** (rank + at)} % 100)" for at in range(0, width, 2))
        con.execute(
            "CREATE OR REPLACE MACRO pair_sum(p) AS p - p // 10 * 8 - (CASE WHEN p > 49 THEN 9 ELSE 0 END)"
        )
        con.execute(f"CREATE MACRO key_{width}(n) AS ({pairs}) % 10 = 0")
    con.execute(_known(files))
    con.execute(_past(files))
    con.execute(_changes())
    for name, (query, order) in _written().items():
        con.execute(
            f"COPY ({query} ORDER BY {order}) TO '{folder}/{name}.parquet' "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 50000)"
        )


def _known(files: dict[str, Path]) -> str:
    """Establishments kept, with what their unit is."""
    naf = "CASE WHEN s.section IS NOT NULL THEN activitePrincipaleEtablissement END"
    return f"""
        CREATE TABLE owner AS SELECT siren, v.ess, v.family, nullif(category, '') AS legal_category,
            CASE WHEN statutDiffusionUniteLegale = 'O' THEN identifiantAssociationUniteLegale END AS rna
        FROM '{files["unites"]}' u JOIN verdicts v
            ON v.category = coalesce(categorieJuridiqueUniteLegale, '')
            AND v.flag = coalesce(economieSocialeSolidaireUniteLegale, '');
        CREATE TABLE lost AS SELECT ess, family FROM verdicts WHERE category = '' AND flag = '';
        CREATE TABLE period AS
        WITH recent AS (SELECT siret, coalesce(nullif(dateDebut, DATE '1900-01-01'), {ALWAYS}) AS begins,
                coalesce(dateFin + 1, {NEVER})::DATE AS ends, etatAdministratifEtablissement = 'A' AS open,
                activitePrincipaleEtablissement AS naf,
                nomenclatureActivitePrincipaleEtablissement AS nomenclature,
                caractereEmployeurEtablissement AS sign
            FROM '{files["periodes-etablissements"]}' WHERE dateFin IS NULL OR dateFin >= {SINCE}),
        several AS (SELECT siret::BIGINT AS n FROM recent GROUP BY n HAVING count(*) > 1)
        SELECT siret, begins, ends, open, CASE WHEN s.section IS NOT NULL THEN naf END AS naf, s.section,
            sign = 'O' AS mark
        FROM (SELECT * FROM recent SEMI JOIN several ON siret::BIGINT = n)
        LEFT JOIN sections s ON s.division = naf[:2] AND nomenclature = 'NAFRev2';
        CREATE TABLE late AS SELECT siret, min(begins) AS shut FROM period
        JOIN (SELECT siret, max(begins) FILTER (open) AS opened FROM period GROUP BY siret) USING (siret)
        WHERE NOT open AND (opened IS NULL OR begins > opened) GROUP BY siret HAVING count(*) > 1;
        CREATE TABLE read AS SELECT siret, e.siren,
            CASE WHEN regexp_matches(codeCommuneEtablissement, '{COMMUNE}')
                THEN codeCommuneEtablissement END AS commune,
            CASE WHEN commune[:2] IN ('97', '98') THEN commune[:3] ELSE commune[:2] END AS departement,
            nullif(dateCreationEtablissement, DATE '1900-01-01') AS created,
            CASE WHEN etatAdministratifEtablissement <> 'A' THEN least(nullif(dateDebut, DATE '1900-01-01'), nullif(l.shut, {ALWAYS}))
                END AS closed,
            etatAdministratifEtablissement = 'A' AS active, {naf} AS naf, s.section, b.employer,
            nullif(b.band, '') AS band, b.jobs_low, b.jobs_central, b.jobs_high,
            CASE b.sign WHEN 'O' THEN true WHEN 'N' THEN false END AS mark,
            CASE WHEN o.siren IS NULL THEN lost.ess ELSE o.ess END AS ess,
            CASE WHEN o.siren IS NULL THEN lost.family ELSE o.family END AS family,
            o.legal_category, false AS fictitious
        FROM '{files["etablissements"]}' e
        LEFT JOIN sections s ON s.division = activitePrincipaleEtablissement[:2]
            AND nomenclatureActivitePrincipaleEtablissement = 'NAFRev2'
        JOIN bands b ON b.band = coalesce(trancheEffectifsEtablissement, '')
            AND b.sign = coalesce(caractereEmployeurEtablissement, '')
        LEFT JOIN late l USING (siret) LEFT JOIN owner o ON o.siren = e.siren, lost
        WHERE key_14(siret::BIGINT) AND key_9(siret::BIGINT) AND etatAdministratifEtablissement IN ('A', 'F');
        CREATE TABLE twice AS SELECT any_value(siret) AS siret FROM read GROUP BY siret::BIGINT
            HAVING count(*) > 1;
        CREATE TABLE known AS FROM (
            SELECT * FROM read ANTI JOIN twice USING (siret) UNION ALL BY NAME
            SELECT * FROM read SEMI JOIN twice USING (siret) QUALIFY row_number() OVER
                (PARTITION BY siret ORDER BY active DESC NULLS LAST, created DESC NULLS LAST) = 1)
        WHERE NOT (ess = 'non' AND coalesce(closed < {SINCE}, false));
        DROP TABLE read;
    """


def _past(files: dict[str, Path]) -> str:
    """What was otherwise: spans of establishments and of units, then one crossed with the other."""
    names = "siret, siren, commune, departement, fictitious, band"
    return f"""
        CREATE TABLE worked AS SELECT siret, begins, ends, naf, section, mark
        FROM period SEMI JOIN (
            SELECT siret FROM period GROUP BY siret HAVING min(coalesce(naf, '')) <> max(coalesce(naf, ''))
                OR min(coalesce(mark::VARCHAR, '')) <> max(coalesce(mark::VARCHAR, ''))
                OR max(begins) FILTER (open) > min(begins) FILTER (NOT open)) USING (siret)
        WHERE open;
        CREATE TABLE owned AS
        WITH recent AS (SELECT siren, coalesce(nullif(dateDebut, DATE '1900-01-01'), {ALWAYS}) AS begins,
                categorieJuridiqueUniteLegale AS form, economieSocialeSolidaireUniteLegale AS flag
            FROM '{files["periodes-unites"]}' WHERE dateFin IS NULL OR dateFin >= {SINCE}),
        changed AS (SELECT siren::BIGINT AS n FROM recent GROUP BY n
            HAVING min(coalesce(form, '')) <> max(coalesce(form, ''))
                OR min(coalesce(flag, '')) <> max(coalesce(flag, '')))
        SELECT siren, form AS legal_category, v.ess, v.family,
            CASE WHEN lag(begins) OVER spans IS NULL THEN {ALWAYS} ELSE begins END AS begins,
            coalesce(lead(begins) OVER spans, {NEVER}) AS ends
        FROM (SELECT * FROM recent SEMI JOIN changed ON siren::BIGINT = n) r
        JOIN verdicts v ON v.category = coalesce(form, '') AND v.flag = coalesce(r.flag, '')
        WINDOW spans AS (PARTITION BY siren ORDER BY begins);
        CREATE TABLE past AS
        WITH concerned AS (SELECT *, CASE WHEN ess <> 'non' THEN legal_category END AS form
            FROM known WHERE siret IN (SELECT siret FROM worked) OR siren IN (SELECT siren FROM owned)),
        spans AS (
            SELECT {names}, ess, family, form, w.naf, w.section, w.mark, true AS dated, w.begins, w.ends
            FROM concerned c JOIN worked w USING (siret)
            UNION ALL
            SELECT {names}, ess, family, form, naf, section, mark, false, coalesce(created, {ALWAYS}),
                CASE WHEN active THEN {NEVER} ELSE coalesce(closed, {ALWAYS}) END
            FROM concerned ANTI JOIN worked USING (siret)),
        cut AS (
            SELECT {names}, o.ess, o.family, o.legal_category AS form, naf, section, mark, dated,
                greatest(s.begins, o.begins) AS begins, least(s.ends, o.ends) AS ends
            FROM spans s JOIN owned o USING (siren)
            UNION ALL SELECT {names}, ess, family, form, naf, section, mark, dated, begins, ends
            FROM spans ANTI JOIN owned USING (siren))
        SELECT siret, siren, commune, departement, nullif(begins, {ALWAYS}) AS begins,
            nullif(ends, {NEVER}) AS ends, naf, section, form AS legal_category,
            CASE WHEN dated AND mark IS NOT NULL THEN mark ELSE b.employer END AS employer,
            b.jobs_low, b.jobs_central, b.jobs_high, ess, family, fictitious
        FROM cut JOIN bands b ON b.band = coalesce(cut.band, '')
            AND b.sign = CASE WHEN mark THEN 'O' WHEN NOT mark THEN 'N' ELSE '' END
        WHERE begins < ends AND ends > {SINCE};
    """


def _figures(hired: str) -> str:
    return f"""{hired} AS hired, 1 AS establishments, hired::BIGINT AS employers,
        CASE WHEN hired THEN coalesce(jobs_low, 0) ELSE 0 END AS low,
        CASE WHEN hired THEN coalesce(jobs_central, 0) ELSE 0 END AS central,
        CASE WHEN hired THEN coalesce(jobs_high, 0) ELSE 0 END AS high,
        (hired AND jobs_low IS NOT NULL AND jobs_high IS NULL)::BIGINT AS unbounded,
        (hired AND jobs_low IS NULL)::BIGINT AS unknown"""


def _keys() -> str:
    return ", ".join(
        name if name == "ess" else f"coalesce({name}, '') AS {name}" for name in PLACED.split(", ")
    )


def _sums() -> str:
    return ", ".join(
        f"round(sum({name}), 6) + 0.0 AS {name}" if name == "central" else f"sum({name})::BIGINT AS {name}"
        for name in MEASURES
    )


def _any() -> str:
    return "HAVING " + " OR ".join(f"{name} <> 0" for name in MEASURES)


def _changes() -> str:
    """What changed each day: births, and deaths counted below nothing."""
    lived = "commune, departement, ess, family, section, employer, jobs_low, jobs_central, jobs_high"
    less = ", ".join(f"-{name}" for name in MEASURES)
    return f"""
        CREATE TABLE change AS
        WITH span AS (
            SELECT {lived}, created AS begins, CASE WHEN NOT active THEN closed END AS ends
            FROM known ANTI JOIN past USING (siret) WHERE active OR closed IS NOT NULL
            UNION ALL SELECT {lived}, begins, ends FROM past),
        figure AS (
            SELECT {_keys()}, {_figures("coalesce(employer, false)")}, ends,
                CASE WHEN begins IS NULL OR begins <= {SINCE} THEN {BEFORE} ELSE begins END AS day
            FROM span WHERE ends IS NULL OR (ends > {SINCE} AND ends > coalesce(begins, {BEFORE})))
        SELECT {PLACED}, day, {_sums()} FROM (
            SELECT {PLACED}, day, {", ".join(MEASURES)} FROM figure
            UNION ALL SELECT {PLACED}, ends, {less} FROM figure WHERE ends IS NOT NULL)
        GROUP BY {PLACED}, day {_any()};
    """


def _written() -> dict[str, tuple[str, str]]:
    """Query and order of each table."""
    month = "date_trunc('month', day)::DATE AS month"
    told = ", ".join(MEASURES)
    kind = "ess, family, section"
    return {
        "establishment": (f"SELECT {ESTABLISHMENT} FROM known", "commune, siret"),
        "association": (
            "SELECT siren, rna FROM owner WHERE ess <> 'non' AND rna IS NOT NULL",
            "siren",
        ),
        "register_count": (
            f"""SELECT {PLACED}, {_sums()} FROM (SELECT {_keys()}, {_figures("coalesce(employer, false)")}
            FROM known WHERE active AND (created IS NULL OR created <= DATE '{STOCK_DAY}')) GROUP BY {PLACED}""",
            PLACED,
        ),
        "register_past": ("FROM past", "commune, siret, begins"),
        "register_month": (
            f"SELECT commune, departement, {month}, {kind}, {_sums()} FROM change GROUP BY ALL {_any()}",
            f"commune, departement, month, {kind}",
        ),
        "register_month_wide": (
            f"SELECT departement, {month}, {kind}, {_sums()} FROM change GROUP BY ALL {_any()}",
            f"departement, month, {kind}",
        ),
        "register_day": (
            f"SELECT {month}, commune, departement, day, {kind}, {told} FROM change WHERE day > {BEFORE}",
            f"month, commune, departement, day, {kind}",
        ),
    }


def differing(ours: Path, by_hand: Path) -> int:
    """Rows of ``TABLES`` that are in one folder alone; those of a folder without our result are not told."""
    import duckdb

    rows, engine = 0, duckdb.connect()
    for name in TABLES:
        first, second = (f"(SELECT * FROM '{folder}/{name}.parquet')" for folder in (ours, by_hand))
        if (ours / f"{name}.parquet").exists():
            both = f"({first} EXCEPT ALL {second}) UNION ALL ({second} EXCEPT ALL {first})"
            rows += engine.sql(f"SELECT count(*) FROM ({both})").fetchall()[0][0]
    return rows
