"""Every territory of a vintage with each of its names, read from the warehouse."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from sys import intern

from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.gazetteer.place import Place
from ancrage.territories.gazetteer.usual import usual
from ancrage.territories.gazetteer.wording import unlinked
from ancrage.territories.naming import normalise
from ancrage.warehouse.reading import Row

_COMMUNES = """
WITH posted AS (
    SELECT commune, list(postcode ORDER BY postcode) AS postcodes FROM postcode
    WHERE vintage = $vintage GROUP BY 1
)
SELECT 'commune' AS kind, c.code, c.name, c.population, [c.departement] AS departements, NULL AS category,
    p.postcodes, NULL AS towns
FROM commune c LEFT JOIN posted p ON p.commune = c.code WHERE c.vintage = $vintage
UNION ALL
SELECT 'arrondissement_municipal', m.code, m.name, m.population, [c.departement], NULL, p.postcodes, NULL
FROM municipal_arrondissement m JOIN commune c ON c.vintage = m.vintage AND c.code = m.commune
LEFT JOIN posted p ON p.commune = m.code WHERE m.vintage = $vintage
"""
_UNITS = """
WITH here AS (SELECT * FROM commune WHERE vintage = $vintage), held AS (
    SELECT 'epci' AS kind, epci AS code, departement, count(*) AS n FROM here
    WHERE epci IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'ept', ept, departement, count(*) FROM here WHERE ept IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'arrondissement', arrondissement, departement, count(*) FROM here
    WHERE arrondissement IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'region', region, departement, count(*) FROM here GROUP BY ALL
    UNION ALL
    SELECT m.kind, m.code, c.departement, count(*) FROM unit_member m
    JOIN here c ON c.code = m.commune WHERE m.vintage = $vintage GROUP BY ALL
), within AS (
    SELECT kind, code, list(departement ORDER BY n DESC, departement) AS departements FROM held GROUP BY ALL
),
town AS (
    SELECT m.code, list(c.name ORDER BY c.code) AS towns FROM unit_member m
    JOIN here c ON c.code = m.commune WHERE m.vintage = $vintage AND m.kind = 'qpv' GROUP BY 1
)
SELECT u.kind, u.code, u.name, f.population, u.category,
    CASE WHEN u.kind = 'departement' THEN [u.code] ELSE w.departements END AS departements, NULL AS postcodes,
    q.towns
FROM unit u LEFT JOIN within w USING (kind, code) LEFT JOIN town q ON u.kind = 'qpv' AND q.code = u.code
LEFT JOIN territory_feature f ON f.vintage = u.vintage AND f.kind = u.kind AND f.code = u.code
WHERE u.vintage = $vintage
"""
KINDS = {kind.value: kind for kind in Kind}
SPECIAL = "collectivité à statut particulier"
FRANCE = Place(Kind.FRANCE, "fr", "France", None, None, frozenset(), "tout le pays")


def places(atlas: Atlas, vintage: int) -> Iterator[Place]:
    """Every territory of a vintage, France and the collectivities of special status included."""
    yield FRANCE
    rows = list(
        chain.from_iterable(atlas.warehouse.rows(sql, {"vintage": vintage}) for sql in (_UNITS, _COMMUNES))
    )
    names = {row["code"]: row["name"] for row in rows if row["kind"] == "departement"}
    twins = _twins(rows)
    for row in rows:
        yield _place(row, names, twins)
    for one in usual().collectivites:
        within = frozenset(code.removeprefix("dep:") for code in one.made_of)
        yield Place(Kind.ENSEMBLE, one.code, one.name, SPECIAL, None, within, one.where)


def departement_words(found: list[Place]) -> dict[str, frozenset[str]]:
    """Départements by code in lower case, by folded name with or without article, and by their région's."""
    told: dict[str, frozenset[str]] = {}
    for kind in (Kind.REGION, Kind.DEPARTEMENT):  # « La Réunion » is first a département
        for place in found:
            if place.kind is kind:
                words = normalise(place.name)
                told[words] = told[unlinked(words)] = place.departements
    codes = {code for place in found for code in place.departements}
    return told | {code.lower(): frozenset({code}) for code in codes}


def _place(row: Row, names: Mapping[str, str], twins: Mapping[str, TerritoryCode]) -> Place:
    return Place(
        kind=KINDS[row["kind"]],
        bare_code=row["code"],
        name=intern(row["name"]),
        category=row["category"],
        population=row["population"],
        departements=_shared(*(row["departements"] or ())),
        where=intern(_where(row, names)),
        postcodes=_posted(*(row["postcodes"] or ())),
        towns=tuple(row["towns"] or ()),
        twin=twins.get(f"{row['kind']} {row['code']}"),
    )


@cache
def _shared(*departements: str) -> frozenset[str]:
    """The same set for all those of a département: forty thousand sets would be as many objects."""
    return frozenset(departements)


@cache
def _posted(*postcodes: str) -> tuple[str, ...]:
    """The same codes for every commune and every vintage that has them."""
    return postcodes


def _where(row: Row, names: Mapping[str, str]) -> str:
    """The département that holds most of it, after the town of a quarter."""
    if row["kind"] in ("departement", "region") or not row["departements"]:
        return ""
    code = row["departements"][0]
    return ", ".join((*(row["towns"] or ()), f"{names[code]} ({code})" if code in names else code))


def _twins(rows: list[Row]) -> dict[str, TerritoryCode]:
    """Régions and départements shown as the département, or as the commune, they are nothing more than."""
    communes: dict[str, list[Row]] = {}
    for row in rows:
        if row["kind"] == "commune":
            communes.setdefault(row["departements"][0], []).append(row)
    found = {}
    for row in rows:
        within: list[str] = row["departements"] or []
        if row["kind"] in ("region", "departement") and len(within) == 1:
            only = communes.get(within[0], [])
            if len(only) == 1 and only[0]["name"] == row["name"]:
                found[f"{row['kind']} {row['code']}"] = TerritoryCode(Kind.COMMUNE, only[0]["code"])
            elif row["kind"] == "region":
                found[f"region {row['code']}"] = TerritoryCode(Kind.DEPARTEMENT, within[0])
    return found
