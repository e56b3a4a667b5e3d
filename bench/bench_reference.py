"""Build of the reference edition from the six npm packages."""

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from ancrage.edition.build import build_embedded

LIMIT = 30.0


def main() -> None:
    packages = Path(__file__).resolve().parents[1] / "node_modules"
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        build_embedded(packages, Path(folder), at=datetime.now(UTC))
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder).glob("*.parquet")) / 1e6
    print(json.dumps({"bench": "construction de l'édition embarquée", "value": round(seconds, 1), "unit": "s",
                      "threshold": f"< {LIMIT}", "ok": seconds < LIMIT}))  # fmt: skip
    print(json.dumps({"bench": "taille de l'édition embarquée", "value": round(size, 1), "unit": "Mo",
                      "threshold": "aucun", "ok": None}))  # fmt: skip


if __name__ == "__main__":
    main()
