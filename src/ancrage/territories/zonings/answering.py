"""What the zonings say of a territory on a day, and of every commune of that day."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Any

from ancrage.language.numbers import number
from ancrage.reasoning import Verdict, spread
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.at_hand import names_at_hand, patterns_at_hand
from ancrage.territories.zonings.declaration import Edition, Zoning, load_zonings
from ancrage.territories.zonings.judging import share_classified
from ancrage.territories.zonings.patterns import Pattern, parse_pattern
from ancrage.territories.zonings.reading import CLASSIFIED, Found, read_pattern, read_text, verdict_of
from ancrage.warehouse.reading import Row, Warehouse

Details = Mapping[str, tuple[str, ...]]
REASONS_TOLD = 4
PLACED = "zoning_detail_placed"
ITSELF = "Ce quartier est l’un de ceux de la liste."


@dataclass(frozen=True, slots=True)
class ZoningAnswer:
    """Verdict of a zoning for a whole territory, with where it comes from.

    ``share``: part of the population in communes wholly classified, 0 to 1, ``None`` when a commune is
    partial or to be checked. ``communes`` counts communes by verdict. ``edition`` is ``None`` when no list
    answers for this day. ``since`` and ``until``: days of the classification, when every commune classified
    has the same ones.
    """

    zoning: Zoning
    verdict: Verdict
    reason: str
    edition: Edition | None = None
    share: float | None = None
    communes: Counter[Verdict] = field(default_factory=Counter)
    details: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": self.zoning.id,
            "label": self.zoning.label,
            "verdict": self.verdict.value,
            "share": self.share,
            "communes": {verdict.value: self.communes.get(verdict, 0) for verdict in Verdict},
            "details": list(self.details),
            "reason": self.reason,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "source": self.edition.source if self.edition else None,
        }


@dataclass(frozen=True, slots=True)
class CommuneAnswer:
    """Verdict of a zoning for one commune."""

    commune: str
    name: str
    population: int | None
    verdict: Verdict
    reason: str
    details: tuple[str, ...]
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Communes that share a pattern: how many, their population (``None`` if one is unknown)."""

    pattern: Pattern
    communes: int
    population: int | None


def answer_all(atlas: Atlas, territory: Territory) -> tuple[ZoningAnswer, ...]:
    """Answers of every zoning that exists on the territory's day, in reading order."""
    return atlas.keeping(_answer_all)(territory)


def _answer_all(atlas: Atlas, territory: Territory) -> tuple[ZoningAnswer, ...]:
    groups, details = _groups(atlas, territory), _details(atlas, territory)
    return tuple(
        _answer(zoning, territory, groups, details)
        for zoning in load_zonings().values()
        if territory.on in zoning.period
    )


def answer_each(
    atlas: Atlas, zoning: Zoning, *, on: date, communes: Sequence[str] | None = None
) -> Iterator[CommuneAnswer]:
    """Verdict of a zoning for every commune of a day, by code; overseas collectivities included.

    ``communes``: only these.
    """
    answered = _answered((zoning,), _patterns(atlas, on, communes), _named(atlas, on, (zoning,)), on)
    return (answer for _, answer in answered)


def answer_few(atlas: Atlas, communes: Sequence[str], *, on: date) -> Iterator[tuple[Zoning, CommuneAnswer]]:
    """What every zoning of a day says of a few communes, zoning by zoning."""
    zonings = [zoning for zoning in load_zonings().values() if on in zoning.period]
    vintage = atlas.vintage_on(on)
    contracts = _contracts(atlas, vintage)
    named = {
        about: tuple(contracts.get(detail, detail) for detail in details)
        for about, details in names_at_hand(atlas, vintage, communes).items()
    }
    return _answered(zonings, patterns_at_hand(atlas, vintage, communes), named, on)


def _answered(
    zonings: Sequence[Zoning],
    communes: Sequence[Row],
    named: Mapping[tuple[str, str], tuple[str, ...]],
    on: date,
) -> Iterator[tuple[Zoning, CommuneAnswer]]:
    for zoning in zonings:
        known: dict[str | None, Found] = {}
        for row in communes:
            if row["text"] not in known:
                known[row["text"]] = read_text(zoning, row["text"], on=on)
            found = known[row["text"]]
            edition = found.edition.id if found.edition else ""
            yield (
                zoning,
                CommuneAnswer(
                    commune=row["code"],
                    name=row["name"],
                    population=row["population"],
                    verdict=found.verdict,
                    reason=found.reason,
                    details=named.get((edition, row["code"]), ()),
                    edition=found.edition,
                ),
            )


def _patterns(atlas: Atlas, on: date, communes: Sequence[str] | None) -> list[Row]:
    few = "" if communes is None else "AND code IN (SELECT unnest($communes)) "
    asked: dict[str, object] = {} if communes is None else {"communes": list(communes)}
    return atlas.warehouse.rows(
        "SELECT code, name, population, text FROM commune c "
        "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
        f"LEFT JOIN zoning_pattern USING (pattern) WHERE c.vintage = $vintage {few}ORDER BY code",
        {"vintage": atlas.vintage_on(on), **asked},
    )


def _named(atlas: Atlas, on: date, zonings: Sequence[Zoning]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names that each list gives to each commune."""
    editions = [edition.id for zoning in zonings for edition in zoning.editions]
    rows = atlas.warehouse.rows(
        "SELECT edition, commune, details FROM zoning_detail "
        "WHERE vintage = $vintage AND edition IN (SELECT unnest($editions))",
        {"vintage": atlas.vintage_on(on), "editions": editions},
    )
    return {(row["edition"], row["commune"]): tuple(row["details"]) for row in rows}


def verdicts_by_commune(atlas: Atlas, territory: Territory) -> dict[str, dict[str, Verdict]]:
    """Verdicts of the zonings of the day, by zoning, for each commune of the territory and each of its
    arrondissements municipaux.
    """
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT code, text FROM commune c "
        "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
        f"LEFT JOIN zoning_pattern USING (pattern) WHERE {where}",
        parameters,
    )
    zonings = [zoning for zoning in load_zonings().values() if territory.on in zoning.period]
    known: dict[str | None, dict[str, Verdict]] = {}
    for text in {row["text"] for row in rows}:
        known[text] = {zoning.id: verdict_of(zoning, text, on=territory.on) for zoning in zonings}
    found = {row["code"]: known[row["text"]] for row in rows}
    for commune in found.keys() & atlas.municipal_of.keys():
        parts = {zoning.id: verdict_of_a_part(zoning, found[commune][zoning.id]) for zoning in zonings}
        found |= dict.fromkeys(atlas.municipal_of[commune], parts)
    return found


def verdict_of_a_part(zoning: Zoning, verdict: Verdict) -> Verdict:
    """What the verdict of a commune says of one of its arrondissements or quarters.

    What a whole commune is, its parts are; what lies somewhere in it may lie in another part.
    """
    doubtful = verdict is Verdict.PARTIEL or (verdict is Verdict.OUI and zoning.nature == "infracommunal")
    return Verdict.A_VERIFIER if doubtful else verdict


def _groups(atlas: Atlas, territory: Territory) -> list[_Group]:
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT text, communes, population, unknown FROM ("
        "SELECT pattern, count(*) AS communes, sum(population) AS population, "
        "count(*) - count(population) AS unknown FROM commune c "
        "LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code "
        f"WHERE {where} GROUP BY pattern) LEFT JOIN zoning_pattern USING (pattern)",
        parameters,
    )
    return [
        _Group(parse_pattern(row["text"]), row["communes"], None if row["unknown"] else row["population"])
        for row in rows
    ]


def open_placed(warehouse: Warehouse) -> None:
    """Make known to an edition what lists name, sorted by commune: a large one holds it beside its tables."""
    warehouse.derive(PLACED, "SELECT * FROM zoning_detail ORDER BY vintage, commune, edition")


def _details(atlas: Atlas, territory: Territory) -> Details:
    """Names a list gives inside the territory; for the whole country they would be the list itself."""
    if territory.kind is Kind.FRANCE:
        return {}
    open_placed(atlas.warehouse)
    table = PLACED if atlas.warehouse.has_written(PLACED) else "zoning_detail"
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        f"SELECT edition, list_sort(list_distinct(flatten(list(details)))) AS details FROM {table} d "
        f"JOIN commune c ON c.vintage = d.vintage AND c.code = d.commune WHERE {where} GROUP BY edition",
        parameters,
    )
    names = _contracts(atlas, territory.vintage) if any(map(_names_contracts, rows)) else {}
    return {row["edition"]: tuple(names.get(detail, detail) for detail in row["details"]) for row in rows}


def _contracts(atlas: Atlas, vintage: int) -> Mapping[str, str]:
    """Names of the contracts of a vintage, of which nearly every territory has one."""
    return atlas.holding(Atlas.contract_names, answers=len(atlas.vintages))(vintage)


def _names_contracts(row: Row) -> bool:
    """Whether a list gives bare codes of contracts, whose names are ours (see ``edition/zonings.py``)."""
    return bool(row["details"]) and str(row["details"][0]).startswith("crte-")


def _answer(zoning: Zoning, territory: Territory, groups: list[_Group], details: Details) -> ZoningAnswer:
    """Put together the communes of which this zoning's lists say the same, then read each case once."""
    alike: dict[tuple[str | None, ...], list[_Group]] = {}
    patterns = [group.pattern for group in groups]
    told = [[pattern.get(edition.id) for pattern in patterns] for edition in zoning.editions]
    for said, group in zip(zip(*told, strict=True) if told else repeat(()), groups, strict=False):
        alike.setdefault(said, []).append(group)
    found = [
        (_together(cases), read_pattern(zoning, cases[0].pattern, on=territory.on))
        for cases in alike.values()
    ]
    return _whole(zoning, territory, found, details)


def _together(groups: list[_Group]) -> _Group:
    populations = [group.population for group in groups]
    known = None if None in populations else sum(filter(None, populations))
    return _Group(groups[0].pattern, sum(group.communes for group in groups), known)


def _whole(
    zoning: Zoning, territory: Territory, found: list[tuple[_Group, Found]], details: Details
) -> ZoningAnswer:
    counts: Counter[Verdict] = Counter()
    for group, answer in found:
        counts[answer.verdict] += group.communes
    edition = next((answer.edition for _, answer in found if answer.edition), None)
    members = {
        answer.edition.id: None
        for _, answer in found
        if answer.edition and answer.verdict in (Verdict.OUI, Verdict.PARTIEL)
    }
    named = tuple(dict.fromkeys(detail for member in members for detail in details.get(member, ())))
    verdict = _verdict(zoning, territory, spread(counts), named)
    itself = territory.kind is Kind.QPV and zoning.id == "qpv" and verdict is Verdict.OUI
    populations = ((answer.verdict, group.population) for group, answer in found)
    days = {(answer.since, answer.until) for _, answer in found if answer.verdict in CLASSIFIED}
    since, until = next(iter(days)) if len(days) == 1 else (None, None)
    return ZoningAnswer(
        zoning=zoning,
        verdict=verdict,
        reason=ITSELF if itself else _reason(found),
        edition=edition,
        share=None if _is_a_part(territory) else share_classified(populations),
        communes=counts,
        details=tuple(one for one in named if _is_named(territory, one)) if itself else named,
        since=since,
        until=until,
    )


def _is_a_part(territory: Territory) -> bool:
    """An arrondissement municipal or a quarter is a part of its commune: *partial* says nothing of it."""
    return territory.municipal is not None or territory.kind is Kind.QPV


def _verdict(zoning: Zoning, territory: Territory, verdict: Verdict, named: tuple[str, ...]) -> Verdict:
    if not _is_a_part(territory):
        return verdict
    if zoning.id == "qpv" and any(_is_named(territory, detail) for detail in named):
        return Verdict.OUI
    return verdict_of_a_part(zoning, verdict)


def _is_named(territory: Territory, detail: str) -> bool:
    """Whether a detail of the list of quarters is this one."""
    code = territory.code.code
    return f"({code})" in detail or detail == code


def _reason(found: list[tuple[_Group, Found]]) -> str:
    """What the lists say, with how many communes each, most frequent first."""
    reasons: Counter[str] = Counter()
    for group, answer in found:
        reasons[answer.reason] += group.communes
    if len(reasons) == 1:
        return next(iter(reasons))
    told = [f"{reason.rstrip('.')} : {number(count)}" for reason, count in reasons.most_common(REASONS_TOLD)]
    others = reasons.total() - sum(count for _, count in reasons.most_common(REASONS_TOLD))
    return " ; ".join([*told, f"autres cas : {number(others)}"] if others else told) + "."
