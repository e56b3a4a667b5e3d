"""What a zoning says of each commune as the register writes it: today's codes, arrondissements included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import verdict_of_a_part
from ancrage.territories.zonings.declaration import Zoning, get_zoning
from ancrage.territories.zonings.patterns import parse_pattern
from ancrage.territories.zonings.reading import read_pattern


@dataclass(frozen=True, slots=True)
class Zoned:
    """Verdicts by pattern for the communes of a vintage, and those of the codes that are not among them.

    A commune of today that gathers several of the day asked has their verdict when they agree; else it is
    to be checked, since the register no longer says which one a structure was in.
    """

    vintage: int
    by_pattern: Mapping[int, Verdict]
    without_pattern: Verdict
    exceptions: Mapping[str, Verdict]

    def relation(self, name: str) -> tuple[str, dict[str, object]]:
        """SQL of ``(zoned_commune, verdict)``, one row a code; its parameters begin with ``name``."""
        sql = f"""
            SELECT c.code AS zoned_commune, coalesce(v.verdict, ${name}_without) AS verdict FROM commune c
            LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code
            LEFT JOIN (SELECT unnest(${name}_patterns::BIGINT[]) AS pattern,
                              unnest(${name}_verdicts::VARCHAR[]) AS verdict) v USING (pattern)
            WHERE c.vintage = ${name}_vintage
              AND c.code NOT IN (SELECT unnest(${name}_codes::VARCHAR[]))
            UNION ALL
            SELECT unnest(${name}_codes::VARCHAR[]), unnest(${name}_said::VARCHAR[])"""
        values = {
            "without": self.without_pattern.value,
            "patterns": list(self.by_pattern),
            "verdicts": [verdict.value for verdict in self.by_pattern.values()],
            "vintage": self.vintage,
            "codes": list(self.exceptions),
            "said": [verdict.value for verdict in self.exceptions.values()],
        }
        return sql, {f"{name}_{key}": value for key, value in values.items()}


def zoned(atlas: Atlas, identifier: str, *, on: date) -> Zoned:
    """Verdicts of a zoning on a day. Raises :class:`UnknownZoningError`, :class:`DayOutOfRangeError`."""
    zoning, vintage = get_zoning(identifier), atlas.vintage_on(on)
    rows = atlas.warehouse.rows("SELECT pattern, text FROM zoning_pattern")
    by_pattern = {
        row["pattern"]: read_pattern(zoning, parse_pattern(row["text"]), on=on).verdict for row in rows
    }
    without = read_pattern(zoning, parse_pattern(None), on=on).verdict
    gathered = _gathered(atlas, vintage)
    wanted = {*atlas.municipal_of, *(code for codes in gathered.values() for code in codes)}
    found = _verdicts(atlas, wanted, vintage, by_pattern, without)
    merged = {after: _agreed([found.get(code) for code in codes]) for after, codes in gathered.items()}
    return Zoned(vintage, by_pattern, without, merged | _parts(atlas, zoning, found))


def _gathered(atlas: Atlas, vintage: int) -> dict[str, set[str]]:
    """Communes of the vintage that today's codes were made of, where that is not the code itself."""
    rows = [
        row
        for row in atlas.lineage
        if row["from_vintage"] == vintage and row["to_vintage"] == atlas.vintages[-1]
    ]
    gone = {row["before"] for row in rows}
    found: dict[str, set[str]] = {}
    for row in rows:
        itself = {row["after"]} - gone
        found.setdefault(row["after"], itself).add(row["before"])
    return found


def _verdicts(
    atlas: Atlas, codes: set[str], vintage: int, by_pattern: Mapping[int, Verdict], without: Verdict
) -> dict[str, Verdict]:
    rows = atlas.warehouse.rows(
        "SELECT code, pattern FROM commune c "
        "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
        "WHERE c.vintage = ? AND code IN (SELECT unnest(?))",
        (vintage, sorted(codes)),
    )
    return {row["code"]: by_pattern.get(row["pattern"], without) for row in rows}


def _agreed(verdicts: list[Verdict | None]) -> Verdict:
    known = {verdict for verdict in verdicts if verdict is not None}
    return known.pop() if len(known) == 1 else Verdict.A_VERIFIER


def _parts(atlas: Atlas, zoning: Zoning, found: Mapping[str, Verdict]) -> dict[str, Verdict]:
    return {
        part: verdict_of_a_part(zoning, found[commune])
        for commune, parts in atlas.municipal_of.items()
        if commune in found
        for part in parts
    }
