"""Write the competences held in the package from a copy of BANATIC's, in the mirror.

    .venv/bin/python tools/hold_competences.py ../shared/data

The producer publishes them in another shape; the copy is a dump of pairs (SIREN, code). Those of the EPCI and
EPT of the vintages are kept. The index of the facts held tells the file and its print: change it there when
the copy changes.
"""

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from ancrage.edition.held import tables
from ancrage.edition.kept import EMBEDDED

DUMP = "collectivites/banatic-competences-par-groupement.sql.gz"
TABLE = "banatic-competences.groupements.tsv"
PAIR = re.compile(r"\('(\d{9})', (\d{4})\)", re.ASCII)


def held(mirror: Path) -> str:
    """The text of the table: a line a grouping, its codes in order."""
    codes: dict[str, set[str]] = defaultdict(set)
    with gzip.open(mirror / DUMP, "rt", encoding="utf-8") as dump:
        for siren, code in PAIR.findall(dump.read()):
            codes[siren].add(code)
    unit = pq.read_table(EMBEDDED / "unit.parquet", columns=["kind", "code"])
    known = set(unit.filter(pc.field("kind").isin(["epci", "ept"]))["code"].to_pylist())
    return "".join(f"{siren}\t{' '.join(sorted(codes[siren]))}\n" for siren in sorted(known & codes.keys()))


if __name__ == "__main__":
    (Path(tables.__file__).parent / TABLE).write_text(held(Path(sys.argv[1])), encoding="utf-8")
