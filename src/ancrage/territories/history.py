"""What became of a commune: read from the events, and from the former communes of each vintage."""

from datetime import date

from ancrage.errors import CeasedTerritoryError
from ancrage.language.days import short_day
from ancrage.repairs import AskDay
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.warehouse.reading import Row


def ceased_or_to_come(atlas: Atlas, code: TerritoryCode, *, on: date) -> CeasedTerritoryError | None:
    """The error to raise for a code that exists on another day than the one asked; ``None`` if on none."""
    if code.kind is Kind.COMMUNE:
        return _commune_error(atlas, code.code, on)
    if code.kind is Kind.ARRONDISSEMENT_MUNICIPAL:
        return None
    return _unit_error(atlas, code, on)


def was_known(atlas: Atlas, code: TerritoryCode) -> bool:
    """Whether a commune has this code in at least one of the vintages known."""
    return code.kind is Kind.COMMUNE and bool(_vintages_of(atlas, KNOWN, code.code))


KNOWN = "SELECT DISTINCT vintage FROM commune WHERE code = ?"


def _commune_error(atlas: Atlas, code: str, on: date) -> CeasedTerritoryError | None:
    asked = atlas.vintage_on(on)
    known = _vintages_of(atlas, KNOWN, code)
    later = [vintage for vintage in known if vintage > asked]
    earlier = [vintage for vintage in known if vintage < asked]
    if earlier or not later:
        return _ceased(atlas, code, on, earlier)
    names = atlas.commune(code, later[0])
    return CeasedTerritoryError(
        f"La commune {code} ({names['name'] if names else code}) n'existe pas le {short_day(on)} : "
        f"elle apparaît le 01/01/{later[0]}.",
        "Demandez un jour à partir de cette date, "
        f"ou sa commune d'alors : {_joined(atlas, _former_heads(atlas, code, asked), asked)}.",
        AskDay(date(later[0], 1, 1)),
    )


def _ceased(atlas: Atlas, code: str, on: date, earlier: list[int]) -> CeasedTerritoryError | None:
    event = _last_departure(atlas, code, since=date.min, on=on)
    if event is None:
        return None
    heirs = _joined(atlas, _heirs(atlas, event, on), atlas.vintage_on(on))
    return CeasedTerritoryError(
        f"La commune {code} ({event['name_before'] or code}) n'existe plus "
        f"depuis le {short_day(event['effective_on'])} : elle est devenue, ou a rejoint, {heirs}.",
        "Demandez cette commune, ou un jour antérieur.",
        *([AskDay(date(max(earlier), 12, 31))] if earlier else []),
    )


def _last_departure(atlas: Atlas, code: str, *, since: date, on: date) -> Row | None:
    """The last event, from ``since`` to ``on``, by which a commune became another, with what it became."""
    return atlas.warehouse.row(
        "SELECT effective_on, name_before, list(DISTINCT code_after ORDER BY code_after) AS afters "
        "FROM commune_event "
        "WHERE code_before = ? AND kind_before = 'COM' AND kind_after = 'COM' "
        "AND effective_on BETWEEN ? AND ? "
        "AND code_after <> code_before GROUP BY ALL ORDER BY effective_on DESC LIMIT 1",
        (code, since, on),
    )


def _heirs(atlas: Atlas, event: Row, on: date) -> list[str]:
    """Communes of the day that come from an event, through those that ceased in between."""
    vintage, waiting = atlas.vintage_on(on), [(code, event["effective_on"]) for code in event["afters"]]
    reached: dict[str, None] = {}
    seen: set[str] = set()
    while waiting:
        code, since = waiting.pop(0)
        next_event = (
            None if atlas.commune(code, vintage) else _last_departure(atlas, code, since=since, on=on)
        )
        if next_event is None:
            reached[code] = None
        elif code not in seen:
            waiting += [(after, next_event["effective_on"]) for after in next_event["afters"]]
        seen.add(code)
    return list(reached)


def _joined(atlas: Atlas, codes: list[str], vintage: int) -> str:
    named = []
    for code in codes:
        row = atlas.commune(code, vintage)
        named.append(f"{row['name']} ({code})" if row else code)
    return ", ".join(named) or "inconnue"


def _former_heads(atlas: Atlas, code: str, vintage: int) -> list[str]:
    rows = atlas.warehouse.rows(
        "SELECT DISTINCT commune FROM former_commune WHERE vintage = ? AND code = ? ORDER BY commune",
        (vintage, code),
    )
    return [row["commune"] for row in rows]


def _unit_error(atlas: Atlas, code: TerritoryCode, on: date) -> CeasedTerritoryError | None:
    asked = atlas.vintage_on(on)
    known = _vintages_of(
        atlas,
        f"SELECT DISTINCT vintage FROM unit WHERE kind = '{code.kind.value}' AND code = ?",
        code.code,
    )
    if not known:
        return None
    nearest = min(known, key=lambda vintage: abs(vintage - asked))
    row = atlas.unit(code.kind, code.code, nearest)
    word = "n'existe plus" if nearest < asked else "n'existe pas encore"
    return CeasedTerritoryError(
        f"{row['name'] if row else code} ({code}) {word} le {short_day(on)}.",
        f"Ce code est connu au 1er janvier {nearest}.",
        AskDay(date(nearest, 1, 1)),
    )


def _vintages_of(atlas: Atlas, sql: str, code: str) -> list[int]:
    return sorted(row["vintage"] for row in atlas.warehouse.rows(sql, (code,)))
