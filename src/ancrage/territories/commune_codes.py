"""Codes of communes as lists write them, carried to a vintage: told when they are not read as written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.cells.codes import repair_commune_code
from ancrage.cells.told import Told
from ancrage.declarations.faults import shown
from ancrage.language.days import day
from ancrage.language.phrases import listed
from ancrage.territories.gazetteer.former import Query, heirs_by_code

TODAY_CODE = "Écrivez le code d'aujourd'hui."
NAME_IT = "Écrivez son code INSEE, ou son nom avec son code postal."


@dataclass(frozen=True, slots=True)
class CommuneCodes:
    """Names of the communes of a vintage; the commune of each municipal arrondissement; what others became.

    ``heirs``: for each code gone since 1943, its communes of the vintage, with the day it became so.
    """

    names: Mapping[str, str]
    municipal: Mapping[str, str]
    heirs: Mapping[str, Mapping[str, date]]

    def read(self, written: str) -> Told[str]:
        """The commune of the vintage that a code designates; none for no code, and for several heirs."""
        code = repair_commune_code(written)
        if code is None:
            return _misread(written)
        found = self.of(code)
        if not found:
            return Told(None, f"aucune commune n'a le code {code}", NAME_IT)
        if len(found) > 1:
            into = listed([self.name_of(one) for one in found])
            return Told(None, f"la commune {code} s'est partagée entre {into}", TODAY_CODE)
        return Told(found[0], self._remark(written, code, found[0]))

    def of(self, code: str) -> tuple[str, ...]:
        """The communes of the vintage that a code designates, itself first."""
        if code in self.names:
            return (code,)
        whole = self.municipal.get(code)
        return (whole,) if whole else tuple(sorted(self.heirs.get(code, {})))

    def name_of(self, commune: str) -> str:
        """« Faux-la-Montagne (23077) »."""
        return f"{self.names[commune]} ({commune})"

    def _remark(self, written: str, code: str, commune: str) -> str:
        if code != commune and code not in self.municipal:
            became = day(self.heirs[code][commune])
            return f"la commune {code} est devenue {self.name_of(commune)} le {became}"
        restored = "".join(written.split()).upper().removesuffix(".0") != code
        return f"« {written} » est lu {code}" if restored else ""


def _misread(written: str) -> Told[str]:
    if not written:
        return Told()
    return Told(None, f"« {shown(written, 40)} » n'est pas un code commune", NAME_IT)


def commune_codes(rows: Query, vintage: int) -> CommuneCodes:
    """The codes of a vintage, and those that lead to it."""
    communes = rows("SELECT code, name FROM commune WHERE vintage = ?", (vintage,))
    municipal = rows("SELECT DISTINCT code, commune FROM municipal_arrondissement", ())
    return CommuneCodes(
        {row["code"]: row["name"] for row in communes},
        {row["code"]: row["commune"] for row in municipal},
        heirs_by_code(rows, vintage),
    )
