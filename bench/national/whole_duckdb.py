"""All that ours writes (``national.whole``), hand-written in DuckDB SQL, with all the memory it asks for."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from ancrage.register.build import KEPT_SINCE
from ancrage.register.projecting import degrees
from ancrage.register.rejects import REJECT_SCHEMA, Account
from national import whole
from national.files import STOCK_DAY
from national.others import sections_table
from national.whole import MEASURES

PLACED = "commune, departement, ess, family, section"
BEFORE, SINCE = "DATE '2020-12-31'", f"DATE '{KEPT_SINCE}'"
ALWAYS, NEVER, UNTOLD = "DATE '0001-01-01'", "DATE '9999-12-31'", "DATE '1900-01-01'"
COMMUNE = "^([0-8][0-9]|9[0-8]|2A|2B)[0-9]{3}$"
GONE = "ess = 'non' AND coalesce(closed < {since}, false)"
PLAIN = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 50000, DICTIONARY_SIZE_LIMIT 2000)"


def by_duckdb_whole(files: dict[str, Path], folder: Path) -> None:
    """Write the tables, the accounts and the rejects in the folder, then check what is written."""
    import duckdb

    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    _give(con)
    for step in (_units(files), _periods(files), _known(files), _rejects(), _past(), _changes()):
        con.execute(step)
    _place(con)
    whole.write_account(_accounts(con, files), _listed(con), folder)
    for name, (query, order) in _written().items():
        con.execute(f"COPY ({query} ORDER BY {order}) TO '{folder}/{name}.parquet' {PLAIN}")
    if faulty := whole.broken(con, folder):
        raise SystemExit(f"tables refusées : {faulty}")


def _give(con: Any) -> None:
    given = {"verdicts": whole.judged_table(), "sections": sections_table(), "bands": whole.bands_table()}
    for name, rows in given.items():
        con.register(f"given_{name}", rows)
        con.execute(f"CREATE TABLE {name} AS FROM given_{name}")
    con.execute(f"CREATE MACRO key_14(n) AS ({_luhn(0, 14)}) % 10 = 0")
    con.execute(f"CREATE MACRO key_of_siren(n) AS ({_luhn(5, 14)}) % 10 = 0")
    con.execute(f"CREATE MACRO key_9(n) AS ({_luhn(0, 9)}) % 10 = 0")
    digits = " + ".join(f"n // {10**rank} % 10" for rank in range(14))
    con.execute(
        f"CREATE MACRO of_post(n) AS CASE WHEN n // 100000 = 356000000 THEN ({digits}) % 5 = 0 ELSE false END"
    )
    con.execute("CREATE MACRO seen(cell) AS nullif(nullif(cell, '[ND]'), '')")


def _luhn(first: int, width: int) -> str:
    """What ends as the Luhn sum does, of two digits at a time, by quotients of the number alone."""
    parts = [f"n // {10**first}" if first else "n"]
    for rank in range(first, width, 2):
        parts += [f"- n // {10**rank}"] if rank > first else []
        more = f"+ n // {10 ** (rank + 1)} * 2 + n // {5 * 10 ** (rank + 1)}"
        parts += [more] if rank + 1 < width else []
    return " ".join(parts)


def _units(files: dict[str, Path]) -> str:
    """Units with what the law says of them; names of the ESS alone."""
    told = "v.ess <> 'non' AND statutDiffusionUniteLegale = 'O'"
    return f"""
        CREATE TABLE owner AS SELECT siren, v.ess, v.family, v.disagree, nullif(v.flag, '') AS flag,
            nullif(category, '') AS legal_category, coalesce(statutDiffusionUniteLegale = 'O', false) AS diffusible,
            coalesce(unitePurgeeUniteLegale, false) AS purged,
            CASE WHEN {told} THEN coalesce(seen(denominationUniteLegale), seen(sigleUniteLegale)) END AS name,
            CASE WHEN {told} THEN identifiantAssociationUniteLegale END AS rna,
            CASE WHEN length(siren) <> 9 OR TRY_CAST(siren AS INTEGER) IS NULL THEN 'SIREN absent ou illisible'
                WHEN NOT key_9(TRY_CAST(siren AS INTEGER)) THEN 'clé du SIREN fausse' END AS fault
        FROM '{files["unites"]}' u JOIN verdicts v
            ON v.category = coalesce(categorieJuridiqueUniteLegale, '')
            AND v.flag = coalesce(economieSocialeSolidaireUniteLegale, '');
        CREATE TABLE unit_rejected AS SELECT siren AS key, fault AS reason FROM owner WHERE fault IS NOT NULL;
        INSERT INTO unit_rejected SELECT siren, 'SIREN en double : une seule ligne est gardée' FROM (
            SELECT siren, unnest(range(count(*) - 1)) FROM owner WHERE fault IS NULL GROUP BY siren
            HAVING count(*) > 1);
        DELETE FROM owner WHERE fault IS NOT NULL;
        CREATE TABLE lost AS SELECT ess, family, disagree FROM verdicts WHERE category = '' AND flag = '';
    """


def _periods(files: dict[str, Path]) -> str:
    """Periods of who has several since the first day; of each, what changed and whether they follow."""
    return f"""
        CREATE TABLE period AS
        WITH recent AS (SELECT siret, coalesce(nullif(dateDebut, {UNTOLD}), {ALWAYS}) AS begins,
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
        CREATE TABLE life AS SELECT siret, max(begins) FILTER (open) AS opened,
            min(begins) FILTER (NOT open) AS shut,
            min(coalesce(naf, '')) <> max(coalesce(naf, '')) OR bool_or(mark) <> bool_and(mark) AS moved,
            {_followed("begins - " + ALWAYS, "ends - " + ALWAYS)} AS followed
        FROM period GROUP BY siret;
        CREATE TABLE late AS SELECT siret, min(begins) AS shut FROM period JOIN (
            SELECT siret, opened FROM life WHERE shut IS NOT NULL) USING (siret)
        WHERE NOT open AND (opened IS NULL OR begins > opened) GROUP BY siret HAVING count(*) > 1;
        CREATE TABLE owned AS
        WITH recent AS (SELECT siren, coalesce(nullif(dateDebut, {UNTOLD}), {ALWAYS}) AS begins,
                coalesce(dateFin + 1, {NEVER})::DATE AS ends,
                coalesce(categorieJuridiqueUniteLegale, '') AS form,
                coalesce(economieSocialeSolidaireUniteLegale, '') AS flag
            FROM '{files["periodes-unites"]}' WHERE dateFin IS NULL OR dateFin >= {SINCE}),
        changed AS (SELECT siren::BIGINT AS n FROM recent GROUP BY n
            HAVING min(form) <> max(form) OR min(flag) <> max(flag))
        SELECT siren, nullif(form, '') AS legal_category, v.ess, v.family,
            CASE WHEN lag(begins) OVER spans IS NULL THEN {ALWAYS} ELSE begins END AS begins,
            coalesce(lead(begins) OVER spans, {NEVER}) AS ends,
            begins < r.ends AND r.ends <= coalesce(lead(begins) OVER spans, r.ends) AS followed
        FROM (SELECT * FROM recent SEMI JOIN changed ON siren::BIGINT = n) r
        JOIN verdicts v ON v.category = form AND v.flag = r.flag
        WINDOW spans AS (PARTITION BY siren ORDER BY begins);
        SELECT CASE WHEN (SELECT bool_and(followed) FROM life) AND (SELECT bool_and(followed) FROM owned)
            THEN 'se suivent' ELSE error('des périodes se contredisent') END;
    """


def _followed(begins: str, ends: str) -> str:
    """Whether periods follow one another: beginnings but the first are the ends but the last."""
    firsts, lasts = f"({begins})", f"({ends})"
    return f"""bool_and(begins < ends) AND sum({firsts}) - min({firsts}) = sum({lasts}) - max({lasts})
        AND sum({firsts} * {firsts}) - min({firsts}) ** 2 = sum({lasts} * {lasts}) - max({lasts}) ** 2"""


def _known(files: dict[str, Path]) -> str:
    """Establishments with what their unit is, in one pass; who left before the first day is left at once."""
    told = "coalesce(o.ess, lost.ess) <> 'non'"
    return f"""
        CREATE TABLE twice AS SELECT TRY_CAST(siret AS BIGINT) AS n FROM '{files["etablissements"]}'
            GROUP BY n HAVING count(*) > 1 AND n IS NOT NULL;
        CREATE TABLE known AS
        WITH read AS (SELECT *, TRY_CAST(siret AS BIGINT) AS n, nullif(dateDebut, {UNTOLD}) AS since,
                CASE WHEN regexp_matches(codeCommuneEtablissement, '{COMMUNE}')
                    THEN codeCommuneEtablissement END AS commune,
                coalesce(statutDiffusionEtablissement = 'O', false) AS diffusible,
                CASE WHEN nomenclatureActivitePrincipaleEtablissement = 'NAFRev2'
                    THEN activitePrincipaleEtablissement[:2] END AS division
            FROM '{files["etablissements"]}'),
        told AS (SELECT siret, e.siren, commune,
                CASE WHEN commune[:2] IN ('97', '98') THEN commune[:3] ELSE commune[:2] END AS departement,
                nullif(dateCreationEtablissement, {UNTOLD}) AS created,
                CASE WHEN etatAdministratifEtablissement <> 'A' THEN least(since, nullif(l.shut, {ALWAYS})) END
                    AS closed,
                etatAdministratifEtablissement = 'A' AS active,
                CASE WHEN s.section IS NOT NULL THEN activitePrincipaleEtablissement END AS naf, s.section,
                s.section IS NULL AND activitePrincipaleEtablissement IS NOT NULL AS old_naf,
                b.employer, nullif(trancheEffectifsEtablissement, '') AS band, b.jobs_low, b.jobs_central, b.jobs_high,
                CASE caractereEmployeurEtablissement WHEN 'O' THEN true WHEN 'N' THEN false END AS mark,
                CASE WHEN o.siren IS NULL THEN lost.ess ELSE o.ess END AS ess,
                CASE WHEN o.siren IS NULL THEN lost.family ELSE o.family END AS family,
                coalesce(o.disagree, lost.disagree) AS sources_disagree,
                o.legal_category, o.flag, o.siren IS NULL AS orphan, false AS fictitious, e.diffusible,
                e.diffusible AND coalesce(o.diffusible, true) AS shown,
                CASE WHEN {told} THEN coalesce(etablissementSiege, false) END AS head_office,
                CASE WHEN {told} AND shown THEN coalesce(o.name,
                    seen(denominationUsuelleEtablissement), seen(enseigne1Etablissement)) END AS name,
                CASE WHEN {told} AND shown THEN TRY_CAST(coordonneeLambertAbscisseEtablissement AS DOUBLE) END AS x,
                CASE WHEN {told} AND shown THEN TRY_CAST(coordonneeLambertOrdonneeEtablissement AS DOUBLE) END AS y,
                CASE WHEN n IS NULL OR length(siret) <> 14 THEN 'SIRET absent ou illisible'
                    WHEN NOT (key_14(n) OR of_post(n)) THEN 'clé du SIRET fausse'
                    WHEN NOT key_of_siren(n) THEN 'clé du SIREN fausse'
                    WHEN e.siren <> siret[:9] THEN 'le SIREN n''est pas le début du SIRET'
                    WHEN etatAdministratifEtablissement IN ('A', 'F') THEN NULL
                    ELSE 'état administratif absent ou inconnu' END AS fault,
                coalesce(n IN (SELECT n FROM twice), false) AS doubled
            FROM read e LEFT JOIN sections s USING (division)
            LEFT JOIN bands b ON b.band = coalesce(trancheEffectifsEtablissement, '')
                AND b.sign = coalesce(caractereEmployeurEtablissement, '')
            LEFT JOIN late l USING (siret) LEFT JOIN owner o ON o.siren = e.siren, lost)
        FROM told WHERE fault IS NOT NULL OR doubled OR NOT ({GONE.format(since=SINCE)});
    """


def _rejects() -> str:
    """Rows that cannot be used and older duplicates, set aside; then what left before the first day."""
    return f"""
        CREATE TABLE rejected AS SELECT coalesce(siret, '(vide)') AS key,
            coalesce(siret, '') || ' ; ' || coalesce(siren, '') AS values, fault AS reason
        FROM known WHERE fault IS NOT NULL;
        DELETE FROM known WHERE fault IS NOT NULL;
        CREATE TABLE older AS SELECT row, siret FROM (SELECT rowid AS row, siret, row_number() OVER
            (PARTITION BY siret ORDER BY active DESC NULLS LAST, created DESC NULLS LAST) AS rank
            FROM known WHERE doubled) WHERE rank > 1;
        INSERT INTO rejected SELECT siret, siret, 'SIRET en double : la ligne la plus récente est gardée'
        FROM older;
        DELETE FROM known WHERE rowid IN (SELECT row FROM older);
        DELETE FROM known WHERE {GONE.format(since=SINCE)};
    """


def _past() -> str:
    """What was otherwise: spans of establishments and of units, one crossed with the other."""
    names = "siret, siren, commune, departement, fictitious, band"
    return f"""
        CREATE TABLE worked AS SELECT siret, begins, ends, naf, section, mark
        FROM period SEMI JOIN (SELECT siret FROM life WHERE moved OR opened > shut) USING (siret)
        WHERE open;
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
        FROM cut LEFT JOIN bands b ON b.band = coalesce(cut.band, '')
            AND b.sign = CASE WHEN mark THEN 'O' WHEN NOT mark THEN 'N' ELSE '' END
        WHERE begins < ends AND ends > {SINCE};
    """


def _place(con: Any) -> None:
    """Degrees of the ESS, from the metres of the legal projection of each département (pyproj)."""
    placed = "SELECT siret, departement, x, y FROM known WHERE x IS NOT NULL AND y IS NOT NULL"
    rows = con.sql(placed).to_arrow_table()
    east, north = degrees(rows["x"].to_numpy(), rows["y"].to_numpy(), rows["departement"].to_pylist())
    columns = [pa.array(one, from_pandas=True) for one in (east, north)]
    con.register("place", pa.table([rows["siret"], *columns], names=["siret", "longitude", "latitude"]))


def _accounts(con: Any, files: dict[str, Path]) -> list[Account]:
    """What became of the rows of each file: nothing read disappears without being counted."""
    establishments = {
        "fermé sans commune": "NOT active AND commune IS NULL",
        "ouvert sans commune (souvent un siège à l'étranger)": "active AND commune IS NULL",
        "activité d'une autre nomenclature que la NAF rév. 2, ou illisible": "old_naf",
        "non diffusible": "NOT diffusible",
        "unité légale absente du fichier des unités": "orphan",
        "fermé sans date de fermeture": "NOT active AND closed IS NULL",
        "date de création inconnue : compté sur tous les jours passés": "created IS NULL",
        "date de création à venir : compté à partir de ce jour-là": f"created > DATE '{STOCK_DAY}'",
        "date de fermeture à venir : compté ouvert jusque-là": f"NOT active AND closed > DATE '{STOCK_DAY}'",
    }
    units = {
        "unité purgée": "purged",
        "non diffusible": "NOT diffusible",
        "catégorie juridique absente ou illisible": "legal_category IS NULL",
    }
    told = [
        _account(con, files["etablissements"], "known", "rejected", establishments),
        _account(con, files["unites"], "owner", "unit_rejected", units),
    ]
    for name in ("periodes-etablissements", "periodes-unites"):
        rows = con.execute(f"SELECT count(*) FROM '{files[name]}'").fetchall()[0][0]
        told.append(Account(files[name].name, rows, rows))
    return told


def _account(con: Any, path: Path, kept: str, rejected: str, remarks: dict[str, str]) -> Account:
    read = con.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in remarks.values())
    rows, *found = con.execute(f"SELECT count(*), {counts} FROM {kept}").fetchall()[0]
    reasons = dict(con.execute(f"SELECT reason, count(*) FROM {rejected} GROUP BY ALL").fetchall())
    gone = read - rows - sum(reasons.values())
    left_out = {"hors ESS et fermé avant le 01/01/2021": gone} if gone else {}
    noted = {reason: count for reason, count in zip(remarks, found, strict=True) if count}
    return Account(path.name, read, rows, reasons, left_out, noted)


def _listed(con: Any) -> pa.Table:
    """Rows set aside, in the columns of ``REJECT_SCHEMA``."""
    sql = """SELECT 'StockEtablissement_utf8.parquet' AS source, key, "values", reason FROM rejected
        UNION ALL SELECT 'StockUniteLegale_utf8.parquet', key, key, reason FROM unit_rejected"""
    return con.sql(sql).to_arrow_table().cast(REJECT_SCHEMA)


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
    alive = f"""(created IS NULL OR created <= DATE '{STOCK_DAY}')
        AND (active OR coalesce(closed > DATE '{STOCK_DAY}', false))"""
    return {
        "establishment": (
            """SELECT siret, siren, commune, departement, created, closed, active, naf, section, employer, band,
            jobs_low, jobs_central, jobs_high, ess, family, fictitious FROM known""",
            "commune, siret",
        ),
        "ess_establishment": (
            """SELECT siret, siren, name, shown AS diffusible, head_office, commune, departement, created, closed, active,
            naf, section, legal_category, employer, band, jobs_low, jobs_central, jobs_high, k.ess, k.family,
            v.reasons, k.flag, NULL::BOOLEAN AS in_ess_list, sources_disagree, NULL::VARCHAR[] AS siae_kinds,
            longitude, latitude, 'a_verifier' AS qpv, NULL::VARCHAR[] AS qpv_codes,
            CASE WHEN commune IS NULL THEN 'La commune n''est pas connue.'
                ELSE 'La liste des QPV de ce département n''est pas dans les données.' END AS qpv_reason, fictitious
            FROM (FROM known WHERE ess <> 'non') k LEFT JOIN place USING (siret) JOIN verdicts v
                ON v.category = coalesce(k.legal_category, '') AND v.flag = coalesce(k.flag, '')""",
            "commune, siret",
        ),
        "association": (
            "SELECT siren, rna FROM owner WHERE ess <> 'non' AND rna IS NOT NULL",
            "siren",
        ),
        "register_count": (
            f"""SELECT {PLACED}, {_sums()} FROM (SELECT {_keys()}, {_figures("coalesce(employer, false)")}
            FROM known WHERE {alive}) GROUP BY {PLACED}""",
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
