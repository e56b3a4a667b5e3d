"""Communes as the register asks for them: the latest vintage, and what leads to it."""

from pathlib import Path

from ancrage.edition.geography import read_table
from ancrage.territories.codes import departement_of, is_code_of_overseas
from ancrage.territories.geometry.qpv_polygons import CodesByCommune
from ancrage.territories.tables import COMMUNE, MUNICIPAL_ARRONDISSEMENT, POSTCODE
from ancrage.territories.zonings.thread import Thread


class RegisterPlaces:
    """What the register asks of the territories, in the latest vintage."""

    def __init__(self, folder: Path, thread: Thread) -> None:
        self.folder, self.thread = folder, thread
        self.latest = thread.last
        self.communes = [
            row for row in read_table(folder, COMMUNE).to_pylist() if row["vintage"] == self.latest
        ]
        municipal = read_table(folder, MUNICIPAL_ARRONDISSEMENT).to_pylist()
        self.municipal = [row for row in municipal if row["vintage"] == self.latest]
        self.parents = {row["code"]: row["commune"] for row in self.municipal}

    def mainland_departements(self) -> frozenset[str]:
        """Départements where the list of quarters is known to be whole."""
        return frozenset(
            departement_of(row["code"]) for row in self.communes if not is_code_of_overseas(row["code"])
        )

    def carried(self, listed: CodesByCommune) -> CodesByCommune:
        """Quarters by commune of today's codes and of the codes of the list: a stock may hold both."""
        found = dict(listed)
        for origin in self.thread.origins((), 2024):
            if origin.vintage == self.latest and origin.origin in listed:
                known = dict(found.get(origin.commune, ()))
                found[origin.commune] = tuple({**known, **dict(listed[origin.origin])}.items())
        return found

    def postcodes(self) -> dict[str, str]:
        """A postcode of each commune, the first of its file."""
        rows = read_table(self.folder, POSTCODE).to_pylist()
        return {row["commune"]: row["postcode"] for row in reversed(rows) if row["vintage"] == self.latest}
