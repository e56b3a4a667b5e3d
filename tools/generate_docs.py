"""Write the reference pages of docs/ from the code, or check (``--check``) that they are current.

Run from anywhere: ``python tools/generate_docs.py [--check]``.
Leaves with 1 when ``--check`` finds a stale page.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reference.aids import aids_page, facts_page, parameters_page, personas_page
from reference.commands import commands_page
from reference.failures import errors_page
from reference.levers import levers_page
from reference.purchases import purchases_page
from reference.sources import sources_page
from reference.tables import tables_page
from reference.zonings import zonings_page

from ancrage.reports.diagnosis.schema import diagnosis_schema

DOCS = Path(__file__).resolve().parent.parent / "docs"


def schema_page() -> str:
    """The JSON Schema of a diagnosis, as ``ancrage diagnostic --schema`` gives it."""
    return json.dumps(diagnosis_schema(), ensure_ascii=False, indent=2) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/achats.md": purchases_page,
    "reference/aides.md": aids_page,
    "reference/commandes.md": commands_page,
    "reference/erreurs.md": errors_page,
    "reference/faits.md": facts_page,
    "reference/leviers.md": levers_page,
    "reference/parametres.md": parameters_page,
    "reference/personnages.md": personas_page,
    "reference/sources.md": sources_page,
    "reference/tables.md": tables_page,
    "reference/zonages.md": zonings_page,
    "schema/diagnostic-v1.json": schema_page,
}


def stale_pages(docs: Path = DOCS) -> list[str]:
    """Pages, relative to ``docs``, that differ from what the code says."""
    return [name for name, page in PAGES.items() if _read(docs / name) != page()]


def write_pages(docs: Path = DOCS) -> None:
    """Write every page under ``docs``."""
    for name, page in PAGES.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(page(), encoding="utf-8")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: list[str]) -> int:
    """Write the pages, or name the stale ones; returns the exit code."""
    if arguments == ["--check"]:
        stale = stale_pages()
        for name in stale:
            print(f"docs/{name} is stale: run python tools/generate_docs.py", file=sys.stderr)
        return 1 if stale else 0
    if arguments:
        print("Usage: generate_docs.py [--check]", file=sys.stderr)
        return 2
    write_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
