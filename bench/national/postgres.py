"""PostgreSQL with PostGIS: a server for the time of the work, files loaded by COPY, the same work in SQL.

The server is a child of this process and is waited for: the CPU of its own children is counted with ours. It
listens on a socket of a temporary folder, and promises nothing of the disk (``fsync=off``), to its advantage.
Needs Debian's ``postgresql-15`` and ``postgresql-15-postgis-3``, and psycopg.
"""

import io
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from national.files import DAYS, verdict_table
from national.others import Counted, sections_table
from national.tools import Absent, needed

DEBIAN = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")
INSTALL = "apt install postgresql-15 postgresql-15-postgis-3"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
}
KINDS = {"int64": "bigint", "double": "double precision", "date32[day]": "date", "binary": "bytea"}


@contextmanager
def opened() -> Iterator[Any]:
    """A connection to a server of its own. Raises :class:`Absent` where PostgreSQL is not installed."""
    psycopg = needed("psycopg", "pip install 'psycopg[binary]'")
    folder = Path(tempfile.mkdtemp(prefix="ancrage-pg-"))
    server = _started(folder)
    try:
        with _connected(psycopg, folder, server) as connection:
            yield connection
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> "subprocess.Popen[bytes]":
    who = _somebody(folder)
    data = folder / "data"
    made = [_program("initdb"), "-D", data, "-U", "ancrage", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(made, cwd=folder, stdout=subprocess.DEVNULL, check=True, **who)
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [_program("postgres"), "-D", data, "-k", folder, *settings]
    journal = (folder / "journal").open("wb")
    return subprocess.Popen(command, cwd=folder, stdout=journal, stderr=journal, **who)


def _program(name: str) -> str:
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    path = shutil.which(name) or next(map(str, found), None)
    if path is None:
        raise Absent(f"absent : {INSTALL}")
    return path


def _somebody(folder: Path) -> dict[str, Any]:
    """Who runs the server, which refuses to be root: ``folder`` becomes theirs."""
    if os.geteuid() != 0:
        return {}
    name = next(one.pw_name for one in pwd.getpwall() if one.pw_name in UNPRIVILEGED)
    shutil.chown(folder, name)
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _connected(psycopg: Any, folder: Path, server: "subprocess.Popen[bytes]") -> Any:
    while server.poll() is None:
        try:
            return psycopg.connect(host=str(folder), user="ancrage", dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError((folder / "journal").read_text("utf-8", errors="replace"))


def copied(connection: Any, table: str, path: Path, columns: dict[str, str]) -> None:
    """Load columns of a Parquet file, renamed, as the CSV that INSEE also gives; then ANALYZE."""
    file = pq.ParquetFile(path)
    schema = file.schema_arrow
    kinds = [f"{new} {KINDS.get(str(schema.field(old).type), 'text')}" for old, new in columns.items()]
    connection.execute(f"CREATE UNLOGGED TABLE {table} ({', '.join(kinds)})")
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as stream:
        for batch in file.iter_batches(1 << 17, columns=list(columns)):
            text = io.BytesIO()
            pc.write_csv(_in_order(batch, columns), text, pc.WriteOptions(include_header=False))
            stream.write(text.getbuffer())
    connection.execute(f"ANALYZE {table}")


def _in_order(batch: pa.RecordBatch, columns: dict[str, str]) -> pa.RecordBatch:
    """Columns as asked; bytes written in hexadecimal, as PostgreSQL reads them."""
    found = [batch.column(name) for name in columns]
    plain = [
        pa.array([rb"\x".decode() + value.hex() for value in column.to_pylist()])
        if pa.types.is_binary(column.type)
        else column
        for column in found
    ]
    return pa.RecordBatch.from_arrays(plain, names=list(columns))


def _given(connection: Any, table: str, rows: pa.Table) -> None:
    """A small table, every column a text."""
    connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} text' for name in rows.column_names)})")
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as stream:
        for row in rows.to_pylist():
            stream.write_row(tuple(row.values()))
    connection.execute(f"ANALYZE {table}")


STOCK = {
    "siret": "siret",
    "siren": "siren",
    "codeCommuneEtablissement": "commune",
    "dateCreationEtablissement": "created",
    "dateDebut": "since",
    "etatAdministratifEtablissement": "state",
    "activitePrincipaleEtablissement": "naf",
    "caractereEmployeurEtablissement": "mark",
    "trancheEffectifsEtablissement": "band",
}
OWNER = {
    "siren": "siren",
    "categorieJuridiqueUniteLegale": "form",
    "economieSocialeSolidaireUniteLegale": "flag",
}
PERIODS = {
    "siret": "siret",
    "dateDebut": "begins",
    "dateFin": "ends",
    "etatAdministratifEtablissement": "state",
    "activitePrincipaleEtablissement": "naf",
    "nomenclatureActivitePrincipaleEtablissement": "list",
    "caractereEmployeurEtablissement": "mark",
}
FORMS = OWNER | {"dateDebut": "begins"}
PAIRS = " + ".join(f"pair_sum(n / {100**rank} % 100)" for rank in range(7))
DAYS_ROWS = ", ".join(f"(DATE '{day}')" for day in DAYS)
PREPARED = f"""
    CREATE FUNCTION pair_sum(p bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
        RETURN p % 10 + p / 10 * 2 - CASE WHEN p / 10 > 4 THEN 9 ELSE 0 END;
    CREATE FUNCTION has_key(n bigint) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN ({PAIRS}) % 10 = 0;
    CREATE UNLOGGED TABLE known AS SELECT DISTINCT ON (siret) siret, siren, commune,
        CASE WHEN left(commune, 2) = '97' THEN left(commune, 3) ELSE left(commune, 2) END AS departement,
        created, since, state, naf, mark, band
        FROM stock WHERE has_key(siret::bigint) ORDER BY siret, created DESC;
    CREATE UNLOGGED TABLE register AS SELECT known.*, v.ess, v.family
        FROM known LEFT JOIN owner USING (siren)
        JOIN verdicts v ON v.category = coalesce(form, '') AND v.flag = coalesce(owner.flag, '')
        ORDER BY commune, siret;
    CREATE UNLOGGED TABLE formed AS SELECT siren, coalesce(form, '') AS form, coalesce(flag, '') AS flag,
        CASE WHEN lag(begins) OVER past IS NULL THEN DATE '0001-01-01' ELSE begins END AS begins,
        coalesce(lead(begins) OVER past, DATE '9999-12-31') AS ends
        FROM forms WINDOW past AS (PARTITION BY siren ORDER BY begins);
    ANALYZE known;
    ANALYZE formed;
"""
COUNTED = f"""
    SELECT day::text, departement, v.ess, coalesce(s.section, ''), count(*),
        count(*) FILTER (WHERE p.mark = 'O')
    FROM (VALUES {DAYS_ROWS}) days (day)
    JOIN periods p ON p.begins <= day AND (p.ends IS NULL OR p.ends >= day)
    JOIN known ON known.siret = p.siret
    LEFT JOIN formed f ON f.siren = known.siren AND f.begins <= day AND f.ends > day
    JOIN verdicts v ON v.category = coalesce(f.form, '') AND v.flag = coalesce(f.flag, '')
    LEFT JOIN sections s ON s.division = left(p.naf, 2) AND p.list = 'NAFRev2'
    WHERE p.state = 'A' GROUP BY 1, 2, 3, 4
"""


def by_postgres(files: dict[str, Path], folder: Path) -> Counted:  # noqa: ARG001 - the result stays in the base
    """SQL by hand; the establishments written are a table of the base."""
    with opened() as connection:
        _given(connection, "verdicts", verdict_table())
        _given(connection, "sections", sections_table())
        copied(connection, "stock", files["etablissements"], STOCK)
        copied(connection, "owner", files["unites"], OWNER)
        copied(connection, "periods", files["periodes-etablissements"], PERIODS)
        copied(connection, "forms", files["periodes-unites"], FORMS)
        connection.execute(PREPARED)
        rows = connection.execute(COUNTED).fetchall()
    return {
        (day, place or "", ess, section): (n, employers) for day, place, ess, section, n, employers in rows
    }


JOINED = """
    SELECT siret, min(z.rank) AS rank
    FROM points p JOIN zones z ON ST_Intersects(z.shape, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326))
    WHERE longitude IS NOT NULL GROUP BY siret
"""


def placed_by_postgis(points: Path, zones: Path, out: Path) -> None:
    """Points loaded by COPY, zones indexed (GiST), one join, the result read back and written."""
    with opened() as connection:
        if not connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone():
            raise Absent(f"absent : {INSTALL}")
        connection.execute("CREATE EXTENSION postgis")
        copied(connection, "drawn", zones, {"rank": "rank", "wkb": "wkb"})
        copied(
            connection,
            "points",
            points,
            {"siret": "siret", "x_longitude": "longitude", "y_latitude": "latitude"},
        )
        connection.execute("CREATE TABLE zones AS SELECT rank, ST_GeomFromWKB(wkb, 4326) AS shape FROM drawn")
        connection.execute("CREATE INDEX ON zones USING gist (shape)")
        connection.execute("ANALYZE zones")
        text = io.BytesIO()
        with connection.cursor().copy(f"COPY ({JOINED}) TO STDOUT (FORMAT csv, HEADER)") as stream:
            for part in stream:
                text.write(part)
        text.seek(0)
        kinds = pc.ConvertOptions(column_types={"siret": pa.string(), "rank": pa.int64()})
        pq.write_table(pc.read_csv(text, convert_options=kinds), out)
