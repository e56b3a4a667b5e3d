"""What becomes of each line: a contract, another holder of it, a version replaced. None is lost.

Two lines are of the same contract when they have the same buyer, number, day of notification and object (a
number comes back from lot to lot, and from year to year). Of several publications of a contract the one
published last is kept, then the one with the most amendments, then the last read. A table writes a line for
each holder of a contract; where the same contract is also in a file of the regulatory format, the table gives
way.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.warehouse.writing import quoted

if TYPE_CHECKING:
    import duckdb

KEPT, HOLDER, REPLACED = "contrat", "titulaire", "remplacee"
NEWER = "une version plus récente du même contrat a été lue"
OFFICIAL = "le même contrat est dans un fichier du format réglementaire"
PASSED = "sa source la dit dépassée"
SAME = "un autre titulaire d’un contrat déjà compté"

_SAME_AS_KEPT = "nature, buyer, number, notified_on, variant"

FATES = f"""
CREATE TABLE fates AS
WITH narrow AS (
    SELECT seq, source, file, nature, buyer, number, notified_on, published_on, changed, tabular, current,
        CASE WHEN object <> '' THEN lower(object)
             ELSE concat_ws('|', amount, cpv, procedure) END AS variant
    FROM lines
), official AS (
    SELECT DISTINCT nature, buyer, number, notified_on FROM narrow WHERE NOT tabular
), ranked AS (
    SELECT n.*, o.buyer IS NOT NULL AS doubled,
        first_value(n.file) OVER latest AS last_file, first_value(n.seq) OVER latest AS head
    FROM narrow n
    LEFT JOIN official o
        ON n.tabular AND o.nature = n.nature AND o.buyer = n.buyer AND o.number = n.number
        AND o.notified_on IS NOT DISTINCT FROM n.notified_on
    WINDOW latest AS (
        PARTITION BY n.nature, n.buyer, n.number, n.notified_on, n.variant
        ORDER BY o.buyer IS NOT NULL, n.current DESC, n.published_on DESC NULLS LAST, n.changed DESC,
            n.seq DESC
    )
), judged AS (
    SELECT *, CASE
        WHEN NOT current THEN '{REPLACED}' WHEN doubled THEN '{REPLACED}'
        WHEN seq = head THEN '{KEPT}'
        WHEN tabular AND file = last_file THEN '{HOLDER}' ELSE '{REPLACED}' END AS fate
    FROM ranked
), numbered AS (
    SELECT seq, row_number() OVER again AS rank, count(*) OVER (PARTITION BY nature, buyer, number) AS times
    FROM judged WHERE fate = '{KEPT}'
    WINDOW again AS (PARTITION BY nature, buyer, number ORDER BY notified_on NULLS LAST, seq)
)
SELECT j.seq, j.source, j.file, j.fate, j.head, j.buyer,
    CASE WHEN j.fate = '{HOLDER}' THEN '{SAME}' WHEN j.fate = '{KEPT}' THEN ''
         WHEN NOT j.current THEN '{PASSED}' WHEN j.doubled THEN '{OFFICIAL}' ELSE '{NEWER}' END AS reason,
    j.buyer || '-' || j.number || CASE WHEN n.rank > 1 THEN '-' || n.rank ELSE '' END
        || CASE WHEN j.nature = 'concession' THEN '-C' ELSE '' END AS key,
    coalesce(n.times > 1, false) AS repeated
FROM judged j LEFT JOIN numbered n ON n.seq = j.head
"""


def sort_out(engine: "duckdb.DuckDBPyConnection", lines: Path) -> None:
    """Create the table ``fates`` of an engine, from a file of lines."""
    engine.execute(f"CREATE VIEW lines AS SELECT * FROM read_parquet('{quoted(lines)}')")
    engine.execute(FATES)
