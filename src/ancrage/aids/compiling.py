"""From the declared catalogue to a day's: the versions in force, their rules in one program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.aids.catalogue import Catalogue, load_catalogue
from ancrage.aids.declaration import Aid, Coverage, Version
from ancrage.aids.entries import AidEntry, AmountEntry, ConditionEntry, DayEntries
from ancrage.aids.imports.duplicates import Duplicate, card_of, card_of_catalogue, duplicates
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.published import published
from ancrage.aids.standing import Existence, State, last_of
from ancrage.aids.written import Told, of_catalogue, of_imports
from ancrage.dating import Period
from ancrage.declarations.dated_parameters import Parameter, ParameterValue
from ancrage.declarations.texts import Basis, Status, Text
from ancrage.errors import CatalogueError, RuleError, UnknownParameterError
from ancrage.facts.legislation import collectivities
from ancrage.facts.values import labels_of, symbols
from ancrage.language.days import short_day
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import Rule, parse_rule
from ancrage.rules.vocabulary import Kind, Row, Table, Vocabulary
from ancrage.rules.vocabulary import ParameterValue as Number

LAW_HOLDS = "Être là où son texte s'applique"
PLACES = {"reg": "region", "dep": "departement", "epci": "epci", "com": "commune"}
REACH = {"fr": 0, "reg": 1, "dep": 2, "epci": 3, "com": 4}
"""How local a coverage is; a list of several kinds is as wide as its widest."""

Day = tuple[tuple[AidEntry, ...], Mapping[str, Rule], Vocabulary]


def compile_day(
    on: date,
    *,
    overrides: Mapping[str, float] | None = None,
    catalogue: Catalogue | None = None,
    imported: Sequence[ImportedAid] = (),
    pairs: Sequence[Duplicate] | None = None,
) -> DayEntries:
    """Every aid on a day, ready to answer. ``overrides`` replace parameters by identifier (what if…).

    ``imported`` are those that others publish, each told once; one that the catalogue tells is left to it.
    ``pairs``: what :func:`same_as_others` found of them.

    Raises :class:`CatalogueError` for a rule that cannot be read, with its file and line, and
    :class:`UnknownParameterError` for an override of nothing.
    """
    asked, source = overrides or catalogue, catalogue or load_catalogue()
    entries, rules, vocabulary = read_day(on, overrides=overrides, catalogue=source) if asked else _day(on)
    others, other_rules = _imported(imported, entries, vocabulary, source, on, pairs)
    entries, rules = (*entries, *others), {**rules, **other_rules}
    certain = {
        entry.key: [condition.key for condition in entry.conditions if condition.certain] for entry in entries
    }
    # What one supposes has any number of values: only what is declared is kept for other days.
    woven = lower if asked else of_catalogue(source).loom.program
    program = woven(rules, vocabulary, also_all_of=certain)
    return DayEntries(on.isoformat(), entries, program, labels_of(program))


def _imported(
    aids: Sequence[ImportedAid],
    entries: Sequence[AidEntry],
    vocabulary: Vocabulary,
    catalogue: Catalogue,
    on: date,
    pairs: Sequence[Duplicate] | None,
) -> tuple[tuple[AidEntry, ...], Mapping[str, Rule]]:
    if not aids:
        return (), {}
    known, written = of_catalogue(catalogue), of_imports(aids)
    told = [known.card(entry.id) for entry in entries if entry.in_force]
    found: list[AidEntry] = []
    rules: dict[str, Rule] = {}
    for each in published(aids, told, on=on, pairs=pairs):
        entry, mine = written.entry(each, vocabulary)
        found.append(entry)
        rules |= mine
    return tuple(found), rules


def same_as_others(imported: Sequence[ImportedAid]) -> tuple[Duplicate, ...]:
    """Pairs of aids that are probably the same, among them and with the catalogue, whatever the day."""
    known = [card_of_catalogue(aid) for aid in load_catalogue().aids.values()]
    return duplicates([card_of(aid) for aid in imported], known)


def _day(on: date) -> Day:
    """The catalogue of a day, from what was written of it for other days."""
    source = load_catalogue()
    known = of_catalogue(source)
    vocabulary, doubtful = known.words(on, lambda: day_vocabulary(on, {}, source.parameters))

    def write(aid: Aid) -> Told:
        writer = _DayWriter(on, vocabulary, doubtful, source)
        return writer.entry(aid), writer.rules

    told = [known.entry(aid, on, write) for aid in source.aids.values()]
    rules = {key: rule for _, mine in told for key, rule in mine.items()}
    return tuple([entry for entry, _ in told]), rules, vocabulary


def read_day(
    on: date, *, overrides: Mapping[str, float] | None = None, catalogue: Catalogue | None = None
) -> Day:
    """The entries of a day, their rules by key, and what these may name. Raises as :func:`compile_day`."""
    source = catalogue or load_catalogue()
    vocabulary, doubtful = day_vocabulary(on, overrides or {}, source.parameters)
    writer = _DayWriter(on, vocabulary, doubtful, source)
    entries = tuple(writer.entry(aid) for aid in source.aids.values())
    return entries, writer.rules, vocabulary


def day_vocabulary(
    on: date, overrides: Mapping[str, float], parameters: Mapping[str, Parameter]
) -> tuple[Vocabulary, frozenset[str]]:
    """Facts and parameters as they are on a day, and the parameters whose value is still to be checked."""
    if unknown := set(overrides) - set(parameters):
        raise unknown_parameter(min(unknown), parameters)
    numbers: dict[str, Number] = {}
    doubtful = set()
    for parameter in parameters.values():
        valid = [value for value in parameter.values if on in Period(value.since, value.until)]
        if parameter.id in overrides:
            numbers[parameter.id] = overrides[parameter.id]
        elif parameter.by:
            numbers[parameter.id] = Table(tuple(_rows(valid)))
        else:
            numbers[parameter.id] = valid[0].value if valid else None
            if valid and valid[0].status is Status.A_VERIFIER:
                doubtful.add(parameter.id)
    return Vocabulary(symbols(), numbers), frozenset(doubtful)


def _rows(values: list[ParameterValue]) -> Iterator[Row]:
    """Rows of a table; those still to be checked are left out, so that they stay unknown."""
    for value in values:
        if value.status is Status.ETABLI:
            yield Row(tuple(sorted(value.of.items())), value.value)


def unknown_parameter(identifier: str, parameters: Mapping[str, Parameter]) -> UnknownParameterError:
    """The refusal of a parameter that does not exist, with the nearest ones."""
    from rapidfuzz import process

    near = [name for name, *_ in process.extract(identifier, list(parameters), limit=3, score_cutoff=50)]
    hint = f"Vouliez-vous dire : {', '.join(near)} ?" if near else "Voyez docs/reference/parametres.md."
    return UnknownParameterError(f"Le paramètre « {identifier} » n'existe pas.", hint)


@dataclass(slots=True)
class _Standing:
    """Where an aid stands on a day: its version in force, or the nearest one and why it is not."""

    version: Version
    in_force: bool
    known: bool
    reason: str


class _DayWriter:
    """Collects the rules of a day by key while entries are made."""

    def __init__(
        self, on: date, vocabulary: Vocabulary, doubtful: frozenset[str], catalogue: Catalogue
    ) -> None:
        self.on = on
        self.vocabulary = vocabulary
        self.doubtful = doubtful
        self.catalogue = catalogue
        self.rules: dict[str, Rule] = {}

    def entry(self, aid: Aid) -> AidEntry:
        standing = _standing(aid, self.on)
        version = standing.version
        conditions = (*self._implicit(aid, standing), *self._declared(aid, standing))
        return AidEntry(
            id=aid.id,
            name=aid.name,
            summary=aid.summary,
            funder=aid.funder,
            family=aid.family,
            reach=min(REACH[code.split(":")[0]] for code in aid.territory.includes),
            desk=aid.desk.told,
            nature=aid.nature.value,
            audience=tuple(aid.audience),
            themes=tuple(aid.themes),
            levers=aid.levers,
            coverage=aid.territory.includes,
            in_force=standing.in_force,
            status=version.status.value,
            since=version.since.isoformat(),
            until=version.until.isoformat() if version.until else None,
            text=_text(version.text),
            note=version.note,
            deadlines=tuple(deadline.model_dump(mode="json") for deadline in version.deadlines),
            cumulation=aid.cumulation.model_dump(mode="json") if aid.cumulation else None,
            grant=aid.grant,
            existence=_existence(standing, self.on),
            key=aid.id,
            conditions=conditions,
            amount=self._amount(aid, standing),
            doubts=tuple(self._doubts(standing)),
        )

    def _implicit(self, aid: Aid, standing: _Standing) -> Iterator[ConditionEntry]:
        text = _text(standing.version.text)
        open_ = "TRUE" if standing.in_force or not standing.known else "FALSE"
        yield self._condition(
            aid, "periode", "Être en vigueur ce jour-là", open_, text, standing.reason, certain=standing.known
        )
        if not standing.in_force:
            return
        who = f"demandeur IN ({_listed(aid.audience)})"
        yield self._condition(aid, "public", "Faire partie de ceux qu'elle sert", who, text)
        if "fr" in aid.territory.includes:
            yield self._condition(aid, "droit", LAW_HOLDS, law_rule(aid.territory), text)
        if where := coverage_rule(aid.territory):
            yield self._condition(aid, "territoire", "Être dans le territoire qu'elle couvre", where, text)

    def _declared(self, aid: Aid, standing: _Standing) -> Iterator[ConditionEntry]:
        if not standing.in_force:
            return
        number = aid.versions.index(standing.version)
        for index, condition in enumerate(standing.version.conditions):
            yield self._condition(
                aid,
                condition.id,
                condition.label,
                condition.rule,
                _text(condition.text or standing.version.text),
                condition.note,
                certain=condition.status is Status.ETABLI,
                path=("versions", number, "conditions", index, "rule"),
            )

    def _condition(
        self,
        aid: Aid,
        identifier: str,
        label: str,
        written: str,
        text: Mapping[str, Any],
        note: str = "",
        *,
        certain: bool = True,
        path: tuple[str | int, ...] = (),
    ) -> ConditionEntry:
        key = f"{aid.id}.{identifier}"
        rule = self._rule(aid, key, written, path, Kind.BOOLEAN)
        certain = certain and self.doubtful.isdisjoint(rule.parameters)
        return ConditionEntry(identifier, label, key, rule.facts, certain, text, note)

    def _amount(self, aid: Aid, standing: _Standing) -> AmountEntry | None:
        amount = standing.version.amount
        if amount is None or not standing.in_force:
            return None
        number = aid.versions.index(standing.version)
        key = f"{aid.id}#montant"
        rule = self._rule(aid, key, amount.rule, ("versions", number, "amount", "rule"), Kind.NUMBER)
        certain = amount.status is Status.ETABLI and self.doubtful.isdisjoint(rule.parameters)
        text = _text(amount.text or standing.version.text)
        return AmountEntry(key, amount.unit.value, amount.label, amount.ceiling, amount.period, certain, text)

    def _rule(self, aid: Aid, key: str, written: str, path: tuple[str | int, ...], kind: Kind) -> Rule:
        try:
            rule = parse_rule(written, self.vocabulary, expects=kind)
        except RuleError as error:
            where = self.catalogue.where(aid.id, *path)
            raise CatalogueError(
                f"{where} : règle refusée. {error.message}", error.hint, *error.repairs
            ) from error
        self.rules[key] = rule
        return rule

    def _doubts(self, standing: _Standing) -> Iterator[str]:
        version = standing.version
        if not standing.known:
            yield standing.reason
        if version.status is Status.DESCRIPTIF:
            yield "ses règles n'ont pas pu être établies : elle est seulement décrite"
        elif version.status is Status.A_VERIFIER:
            yield "sa règle reste à vérifier"
        if version.attested_until and self.on > version.attested_until:
            yield f"dernière preuve qu'elle existe : {short_day(version.attested_until)}"


def coverage_rule(coverage: Coverage) -> str:
    """The rule of a coverage; empty for the whole of France."""
    inside = "" if "fr" in coverage.includes else _among(coverage.includes)
    outside = f"NOT ({_among(coverage.excludes)})" if coverage.excludes else ""
    return " AND ".join(part for part in (f"({inside})" if inside else "", outside) if part)


def law_rule(coverage: Coverage) -> str:
    """The rule of « fr »: where the codes hold in its matter, and the collectivities named beside it."""
    named = tuple(code for code in coverage.includes if code.partition(":")[2][:3] in collectivities())
    holds = coverage.matter.fact
    return f"{holds} OR {_among(named)}" if named else holds


def _among(codes: tuple[str, ...]) -> str:
    by_fact: dict[str, list[str]] = {}
    for code in codes:
        kind, _, number = code.partition(":")
        by_fact.setdefault(PLACES[kind], []).append(number)
    return " OR ".join(f"{fact} IN ({_listed(numbers)})" for fact, numbers in by_fact.items())


def _listed(texts: Any) -> str:
    return ", ".join(f"'{text}'" for text in texts)


def _standing(aid: Aid, on: date) -> _Standing:
    version = aid.version_on(on)
    if version is not None:
        end = f" au {short_day(version.until)}" if version.until else ""
        return _Standing(version, True, True, f"en vigueur du {short_day(version.since)}{end}")
    past = [(each, each.until) for each in aid.versions if each.since <= on and each.until]
    if not past:
        first = aid.versions[0]
        if aid.history == "partial":
            return _Standing(
                first, False, False, f"son histoire avant le {short_day(first.since)} n'est pas connue"
            )
        return _Standing(first, False, True, f"elle n'existait pas avant le {short_day(first.since)}")
    last, until = past[-1]
    if aid.history == "partial" and last is not aid.versions[-1]:
        return _Standing(last, False, False, f"son histoire après le {short_day(until)} n'est pas connue")
    return _Standing(last, False, True, f"elle est fermée depuis le {short_day(until)}")


def _existence(standing: _Standing, on: date) -> Existence:
    version = standing.version
    closing = [each.day for each in version.deadlines if each.kind == "cloture" and each.day >= on]
    proof = last_of((_shown(version), version.attested_until, version.text.published_on), on)
    return Existence(
        _state(standing, on, closes=bool(closing)),
        version.since.isoformat(),
        version.until.isoformat() if version.until else None,
        proof.isoformat() if proof else None,
        min(closing).isoformat() if closing and standing.in_force else None,
    )


def _shown(version: Version) -> date | None:
    """The last day the version is shown; a text is of the day it was read, unless its copy was older."""
    read = version.text.checked_on if version.text.basis is Basis.TEXTE_LU else None
    return version.last_proof or read


def _state(standing: _Standing, on: date, *, closes: bool) -> State:
    version = standing.version
    if not standing.known:
        return State.INCONNUE
    if not standing.in_force:
        published = version.text.published_on
        told = published is not None and published <= on < version.since
        return State.ANNONCEE if told else State.FERMEE
    if version.attested_until and on > version.attested_until:
        return State.A_CONFIRMER
    return State.OUVERTE if closes else State.EN_VIGUEUR


def _text(text: Text) -> dict[str, Any]:
    return {
        "title": text.title,
        "href": text.href,
        "published_on": text.published_on.isoformat() if text.published_on else None,
        "checked_on": text.checked_on.isoformat(),
        "basis": text.basis.value,
        "note": text.note,
    }
