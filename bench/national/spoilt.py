"""Faults of single rows put in the made-up files: none of them may refuse a build, each is told or harmless.

Every fault is given to a few establishments, or units, that have several periods since 2021.

    PYTHONPATH=src:bench python -m national.spoilt FOLDER NEW_FOLDER
"""

import argparse
from pathlib import Path

import duckdb

from national.files import FILES

PERIOD_ROWS = {
    "twice": "{rows} UNION ALL {rows}",
    "same_day": "{rows} UNION ALL SELECT * REPLACE ({other}) FROM ({rows}) WHERE dateFin IS NULL",
    "backward": "SELECT * REPLACE (dateFin - 20000 AS dateFin) FROM ({rows})",
    "overlap": "SELECT * REPLACE (dateFin + 30 AS dateFin) FROM ({rows})",
    "gap": "SELECT * REPLACE (dateFin - 1 AS dateFin) FROM ({rows})",
    "endless": "SELECT * REPLACE (NULL::DATE AS dateFin) FROM ({rows})",
    "beginless": "SELECT * REPLACE (NULL::DATE AS dateDebut) FROM ({rows})",
    "infinite": "SELECT * REPLACE ('infinity'::DATE AS dateDebut) FROM ({rows})",
    "far": "SELECT * REPLACE (coalesce(dateFin, DATE '9999-12-31') AS dateFin) FROM ({rows})",
    "of_nobody": "SELECT * REPLACE ('9' || {key}[2:] AS {key}) FROM ({rows})",
}
"""What becomes of the periods of a key; the key that nobody bears is written in digits, as INSEE's are."""
OTHER = {
    "periodes-etablissements": "'01.11Z' AS activitePrincipaleEtablissement",
    "periodes-unites": "'9220' AS categorieJuridiqueUniteLegale",
}
STATES = ("NULL", "'X'")
STOCK_ROWS = {
    "etablissements": {
        "twice": "{rows} UNION ALL SELECT * REPLACE ('23077' AS codeCommuneEtablissement) FROM ({rows})",
        "infinite": "SELECT * REPLACE ('infinity'::DATE AS dateCreationEtablissement) FROM ({rows})",
        "first_day": "SELECT * REPLACE (DATE '0001-01-01' AS dateDebut) FROM ({rows})",
        "unborn": "SELECT * REPLACE (dateDebut + 400 AS dateCreationEtablissement) FROM ({rows})",
        "stateless": "SELECT * REPLACE ('X' AS etatAdministratifEtablissement) FROM ({rows})",
        "nowhere": "SELECT * REPLACE ('99ZZZ' AS codeCommuneEtablissement) FROM ({rows})",
        "absurd_point": "SELECT * REPLACE ('1e300' AS coordonneeLambertAbscisseEtablissement) FROM ({rows})",
        "no_number": "SELECT * REPLACE ('nan' AS coordonneeLambertOrdonneeEtablissement) FROM ({rows})",
        "absurd_activity": "SELECT * REPLACE ('éèàé' AS activitePrincipaleEtablissement) FROM ({rows})",
        "absurd_band": "SELECT * REPLACE ('-1' AS trancheEffectifsEtablissement) FROM ({rows})",
        "long": "SELECT * REPLACE (repeat('x', 100000) AS enseigne1Etablissement) FROM ({rows})",
        "of_another": "SELECT * REPLACE ('732829320' AS siren) FROM ({rows})",
    },
    "unites": {
        "twice": "{rows} UNION ALL SELECT * REPLACE ('9220' AS categorieJuridiqueUniteLegale) FROM ({rows})",
        "absurd_category": "SELECT * REPLACE ('99999' AS categorieJuridiqueUniteLegale) FROM ({rows})",
        "gone": "SELECT * FROM ({rows}) WHERE FALSE",
        "false_key": "SELECT * REPLACE ('123456789' AS siren) FROM ({rows})",
    },
}
KEYS = {
    "etablissements": "siret",
    "periodes-etablissements": "siret",
    "unites": "siren",
    "periodes-unites": "siren",
}
EACH = 3
"""Establishments, or units, given each fault."""


def spoiled(files: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Write the four files with every fault; return where each is."""
    folder.mkdir(parents=True, exist_ok=True)
    con, written = duckdb.connect(), {}
    for name in KEYS:
        written[name] = folder / f"{FILES[name]}.parquet"
        parts = _parts(con, name, files)
        con.execute(f"COPY ({' UNION ALL '.join(parts)}) TO '{written[name]}' (FORMAT parquet)")
    con.close()
    return files | written


def _parts(con: duckdb.DuckDBPyConnection, name: str, files: dict[str, Path]) -> list[str]:
    """The rows of the keys that nothing spoils, then those of each fault."""
    key, path = KEYS[name], files[name]
    faults = STOCK_ROWS.get(name) or PERIOD_ROWS | {
        f"state_{rank}": f"SELECT * REPLACE ({state} AS {_state(name)}) FROM ({{rows}})"
        for rank, state in enumerate(STATES)
    }
    periods = files["periodes-etablissements" if key == "siret" else "periodes-unites"]
    several = con.execute(
        f"SELECT {key} FROM '{periods}' WHERE coalesce(dateFin >= '2021-01-01', TRUE) GROUP BY 1 "
        f"HAVING count(*) > 1 ORDER BY hash({key}, '{name}') LIMIT {EACH * len(faults)}"
    ).fetchall()
    found, parts = [one for (one,) in several], []
    for rank, sql in enumerate(faults.values()):
        chosen = found[rank * EACH : (rank + 1) * EACH]
        rows = f"SELECT * FROM '{path}' WHERE {key} IN ({_listed(chosen)})"
        parts.append(f"({sql.format(rows=rows, key=key, other=OTHER.get(name))})")
    return [f"(SELECT * FROM '{path}' WHERE {key} NOT IN ({_listed(found)}))", *parts]


def _state(name: str) -> str:
    return f"etatAdministratif{'Etablissement' if 'etablissements' in name else 'UniteLegale'}"


def _listed(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys) or "''"


def main() -> None:
    asked = argparse.ArgumentParser(description="Fichiers SIRENE fictifs, des lignes abîmées.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("spoilt", type=Path)
    given = asked.parse_args()
    files = {name: given.folder / f"{stem}.parquet" for name, stem in FILES.items()}
    for path in spoiled(files, given.spoilt).values():
        print(f"{path} : {path.stat().st_size >> 20} Mo")


if __name__ == "__main__":
    main()
