"""The files of the month after: a seeded share of units changed, as SIRENE changes from one month to the next.

Births, closings, openings again, changes of activity, of employer mark, of commune, of legal category, of ESS
mark, units purged with their establishments, periods corrected alone, closings announced, rows twice or with a false key.

    PYTHONPATH=src:bench python -m national.next_month FOLDER NEW_FOLDER
"""

import argparse
from datetime import date
from pathlib import Path

import duckdb

from national.files import FILES, SEED, define_numbers

DAY = date(2026, 11, 15)
"""The day of every change; the stock is that of the end of the month."""
SHARE = 0.01
"""Part of the establishments that change in a month."""
BORN_FROM = 40_000_000
"""Past the units of a whole France (``national.files``), so that none is born with the number of another."""
KINDS = (
    "closed",
    "opened",
    "activity",
    "mark",
    "commune",
    "corrected",
    "closing",
    "twice",
    "false_key",
    "band",
)
"""What may happen to an establishment, each as often."""
UNIT_KINDS = ("category", "flag", "purged", "hidden", "renamed")


def made_next(
    files: dict[str, Path],
    folder: Path,
    *,
    share: float = SHARE,
    seed: int = SEED,
    day: date = DAY,
    born_from: int = BORN_FROM,
) -> dict[str, Path]:
    """Write the four files of the month after those given; return where each file is.

    ``born_from``: number of the first unit born; another one for each month made after another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"temp_directory": str(folder), "preserve_insertion_order": False})
    define_numbers(con, seed)
    for name, path in files.items():
        con.execute(f"CREATE VIEW {name.replace('-', '_')} AS FROM read_parquet('{path}')")
    for name, sql in VIEWS.items():
        con.execute(
            f"CREATE TABLE {name} AS {sql.format(share=share, day=day, born_from=born_from, **_drawn())}"
        )
    written = {}
    for name, sql in MONTH.items():
        path = folder / f"{FILES[name]}.parquet"
        con.execute(f"COPY ({sql.format(day=day)}) TO '{path}' (FORMAT parquet, COMPRESSION snappy)")
        written[name] = path
    con.close()
    return written


def _drawn() -> dict[str, str]:
    return {
        "kind": f"{list(KINDS)}[1 + (hash(siret, 1) % {len(KINDS)})::INT]",
        "unit_kind": f"{list(UNIT_KINDS)}[1 + (hash(siren, 2) % {len(UNIT_KINDS)})::INT]",
    }


VIEWS = {
    "moved": "SELECT siret, {kind} AS kind FROM (SELECT DISTINCT siret FROM etablissements) WHERE draw(siret, 51) < {share}",
    "turned": "SELECT siren, {unit_kind} AS kind FROM unites WHERE draw(siren, 52) < {share} / 5",
    # Units born: the establishments of some, given to new units.
    "born": """
        SELECT siret AS model, number, {born_from} + number AS named, (named * 10 + key_of(named))::VARCHAR AS siren,
            ((named * 10 + key_of(named)) * 10000 + 1) AS head,
            (head * 10 + key_of(head))::VARCHAR AS siret
        FROM (SELECT siret, row_number() OVER (ORDER BY siret) AS number FROM etablissements
            WHERE draw(siret, 53) < {share} / 4 AND etablissementSiege)
    """,
}
KEPT = "siren NOT IN (SELECT siren FROM turned WHERE kind = 'purged')"
MOVED = (
    """
    SELECT e.* REPLACE (
        CASE kind WHEN 'closed' THEN 'F' WHEN 'closing' THEN 'F' WHEN 'opened' THEN 'A'
            ELSE e.etatAdministratifEtablissement END AS etatAdministratifEtablissement,
        CASE WHEN kind = 'activity' THEN '88.99B' ELSE e.activitePrincipaleEtablissement END
            AS activitePrincipaleEtablissement,
        CASE WHEN kind = 'mark' THEN CASE e.caractereEmployeurEtablissement WHEN 'O' THEN 'N' ELSE 'O' END
            ELSE e.caractereEmployeurEtablissement END AS caractereEmployeurEtablissement,
        CASE WHEN kind = 'commune' THEN '23077' ELSE e.codeCommuneEtablissement END AS codeCommuneEtablissement,
        CASE WHEN kind = 'band' THEN '12' ELSE e.trancheEffectifsEtablissement END AS trancheEffectifsEtablissement,
        CASE WHEN kind IN ('closed', 'opened', 'activity', 'mark') THEN DATE '{day}'
            WHEN kind = 'closing' THEN DATE '{day}' + 60 ELSE e.dateDebut END AS dateDebut,
        CASE WHEN kind = 'false_key' THEN e.siret[:13] || (e.siret[14:]::INT + 1) % 10 ELSE e.siret END AS siret,
        CASE WHEN kind IS NULL THEN e.dateDernierTraitementEtablissement ELSE TIMESTAMP '{day} 04:00:00' END
            AS dateDernierTraitementEtablissement
    )
    FROM etablissements e LEFT JOIN moved USING (siret) WHERE e."""
    + KEPT
)
MONTH = {
    "etablissements": f"""
        {MOVED}
        UNION ALL {MOVED} AND kind = 'twice'
        UNION ALL SELECT e.* REPLACE (born.siren AS siren, born.siret AS siret, '00001' AS nic,
            DATE '{{day}}' AS dateCreationEtablissement, DATE '{{day}}' AS dateDebut, 'A' AS etatAdministratifEtablissement,
            TIMESTAMP '{{day}} 04:00:00' AS dateDernierTraitementEtablissement)
        FROM born JOIN etablissements e ON e.siret = born.model
    """,
    "periodes-etablissements": f"""
        SELECT p.* REPLACE (
            CASE WHEN kind IN ('closed', 'opened', 'activity', 'mark') AND dateFin IS NULL AND dateDebut < DATE '{{day}}'
                THEN DATE '{{day}}' - 1 ELSE dateFin END AS dateFin,
            CASE WHEN kind = 'corrected' THEN '70.22Z' ELSE activitePrincipaleEtablissement END
                AS activitePrincipaleEtablissement)
        FROM periodes_etablissements p LEFT JOIN moved USING (siret) WHERE p.{KEPT}
        UNION ALL SELECT p.* REPLACE (DATE '{{day}}' AS dateDebut, NULL AS dateFin,
            CASE kind WHEN 'closed' THEN 'F' WHEN 'opened' THEN 'A' ELSE etatAdministratifEtablissement END
                AS etatAdministratifEtablissement,
            CASE WHEN kind = 'activity' THEN '88.99B' ELSE activitePrincipaleEtablissement END
                AS activitePrincipaleEtablissement,
            CASE WHEN kind = 'mark' THEN CASE caractereEmployeurEtablissement WHEN 'O' THEN 'N' ELSE 'O' END
                ELSE caractereEmployeurEtablissement END AS caractereEmployeurEtablissement)
        FROM periodes_etablissements p JOIN moved USING (siret)
        WHERE kind IN ('closed', 'opened', 'activity', 'mark') AND dateFin IS NULL AND dateDebut < DATE '{{day}}'
            AND p.{KEPT}
        UNION ALL SELECT p.* REPLACE (born.siren AS siren, born.siret AS siret, '00001' AS nic,
            DATE '{{day}}' AS dateDebut, 'A' AS etatAdministratifEtablissement)
        FROM born JOIN periodes_etablissements p ON p.siret = born.model AND p.dateFin IS NULL
    """,
    "unites": """
        SELECT u.* REPLACE (
            coalesce(kind = 'purged', FALSE) OR unitePurgeeUniteLegale AS unitePurgeeUniteLegale,
            CASE kind WHEN 'purged' THEN NULL WHEN 'renamed' THEN 'FICTIF RENOMME ' || siren
                ELSE denominationUniteLegale END AS denominationUniteLegale,
            CASE kind WHEN 'purged' THEN NULL WHEN 'category' THEN '9220' ELSE categorieJuridiqueUniteLegale END
                AS categorieJuridiqueUniteLegale,
            CASE kind WHEN 'purged' THEN NULL
                WHEN 'flag' THEN CASE economieSocialeSolidaireUniteLegale WHEN 'O' THEN 'N' ELSE 'O' END
                ELSE economieSocialeSolidaireUniteLegale END AS economieSocialeSolidaireUniteLegale,
            CASE WHEN kind = 'hidden' THEN 'P' ELSE statutDiffusionUniteLegale END AS statutDiffusionUniteLegale,
            CASE WHEN kind IS NULL THEN dateDernierTraitementUniteLegale ELSE TIMESTAMP '{day} 04:00:00' END
                AS dateDernierTraitementUniteLegale)
        FROM unites u LEFT JOIN turned USING (siren)
        UNION ALL SELECT u.* REPLACE (born.siren AS siren, DATE '{day}' AS dateCreationUniteLegale,
            DATE '{day}' AS dateDebut)
        FROM born JOIN unites u ON u.siren = born.model[:9]
    """,
    "periodes-unites": """
        SELECT p.* REPLACE (CASE WHEN kind IN ('category', 'flag') AND "dateFin" IS NULL AND "dateDebut" < DATE '{day}'
            THEN DATE '{day}' - 1 ELSE "dateFin" END AS "dateFin")
        FROM periodes_unites p LEFT JOIN turned USING (siren) WHERE kind IS DISTINCT FROM 'purged'
        UNION ALL SELECT p.* REPLACE (DATE '{day}' AS "dateDebut", NULL AS "dateFin",
            CASE WHEN kind = 'category' THEN '9220' ELSE "categorieJuridiqueUniteLegale" END
                AS "categorieJuridiqueUniteLegale",
            CASE WHEN kind = 'flag' THEN CASE "economieSocialeSolidaireUniteLegale" WHEN 'O' THEN 'N' ELSE 'O' END
                ELSE "economieSocialeSolidaireUniteLegale" END AS "economieSocialeSolidaireUniteLegale")
        FROM periodes_unites p JOIN turned USING (siren)
        WHERE kind IN ('category', 'flag') AND "dateFin" IS NULL AND "dateDebut" < DATE '{day}'
        UNION ALL SELECT p.* REPLACE (born.siren AS siren, DATE '{day}' AS "dateDebut")
        FROM born JOIN periodes_unites p ON p.siren = born.model[:9] AND p."dateFin" IS NULL
    """,
}


def main() -> None:
    asked = argparse.ArgumentParser(description="Fichiers SIRENE fictifs du mois suivant.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("next", type=Path)
    given = asked.parse_args()
    files = {name: given.folder / f"{stem}.parquet" for name, stem in FILES.items()}
    for path in made_next(files, given.next).values():
        print(f"{path} : {path.stat().st_size >> 20} Mo")


if __name__ == "__main__":
    main()
