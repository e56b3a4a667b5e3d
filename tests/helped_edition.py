"""The embedded edition, where some supports have an address of courriel, and one closed."""

import shutil
from pathlib import Path

import duckdb

from told_again import tell_again

PLACE = "23096"
"""Guéret."""
EMAILS = {"cress": "cress", "france_active": "france-active", "opco": "uniformation"}
ADDRESSES = {kind: f"{name}@exemple.fr" for kind, name in EMAILS.items()}


def helped_edition(embedded: Path, folder: Path) -> Path:
    """A copy in ``folder``; the closed support bears the name of an association that the register closes."""
    folder.mkdir(parents=True)
    for path in embedded.iterdir():
        if path.stem not in ("contact", "manifest"):
            (folder / path.name).symlink_to(path)
    shutil.copy(embedded / "manifest.json", folder)
    with duckdb.connect() as here:
        here.execute(f"CREATE TABLE contact AS FROM '{embedded / 'contact.parquet'}'")
        for kind, email in ADDRESSES.items():
            here.execute("UPDATE contact SET email = ? WHERE kind = ?", (email, kind))
        here.execute(
            f"UPDATE contact SET email = 'fermee@exemple.fr', name = (SELECT min(name) FROM "
            f"'{embedded / 'ess_establishment.parquet'}' WHERE closed < '2026-01-01' "
            "AND departement = '23'), address = '1 rue Haute, 23000 Guéret' WHERE kind = 'ptce'"
        )
        here.execute(f"COPY contact TO '{folder / 'contact.parquet'}' (FORMAT parquet)")
    tell_again(folder)
    return folder
