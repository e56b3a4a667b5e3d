"""Which question to ask next: the one whose answer settles the most aids, whatever it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.report import AidReport
from ancrage.aids.standing import STANDING, Class
from ancrage.declarations.texts import Status
from ancrage.facts.declaration import Fact, FactType, Origin, load_facts
from ancrage.facts.implying import implied, telling
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules import program as p
from ancrage.rules.residual import thresholds
from ancrage.rules.values import Value

CORE = (
    *("forme", "effectif", "type_siae", "agrement_esus", "stade", "objet_projet", "recrutement"),
    *("ressources_annuelles", "en_qpv", "projet_investissement", "cout_projet", "priorite_investissement"),
)
"""Facts asked at once, at the start, of a structure or of an authority."""
MOST_QUESTIONS = 6
"""Questions asked one by one after those: more are asked only of who wants to go on."""


def questions_asked(report: AidReport, passed: Collection[str]) -> tuple[str, ...]:
    """Facts told or passed over one by one, beyond those asked at once."""
    told = (fact for fact, known in report.situation.items() if known.origin is Origin.DECLARE)
    return tuple(fact for fact in dict.fromkeys((*told, *passed)) if fact not in CORE)


def next_question(report: AidReport, *, passed: Collection[str] = ()) -> Fact | None:
    """The fact whose value would settle the most aids, on average over the outcomes it may lead to.

    Aids to be had whose rules are established come first: a question about another is asked only when none
    of them waits for an answer.

    ``passed`` were asked and are not known. ``None`` when no answer would change anything.
    """
    asked = [one for one in report.answers if one.standing is Class.REPONSE_MANQUANTE]
    established = [one for one in asked if one.entry.ours and _established(one)]
    open_ = _awaiting(established, passed) or _awaiting(asked, passed)
    wanted = Counter(fact for one in open_ for fact in one.missing if fact not in LAW_FACTS.union(passed))
    if not wanted:
        return None
    names = {one.entry.id for one in open_}
    scores = {fact: (_settled(report, fact, names), count) for fact, count in wanted.items()}
    order = list(load_facts())
    best = max(scores, key=lambda fact: (*scores[fact], -order.index(fact)))
    return load_facts()[_telling_more(report, best, wanted, passed)]


def _telling_more(report: AidReport, fact: str, wanted: Collection[str], passed: Collection[str]) -> str:
    """The fact, or one that tells it with others that are waited for, when that one was not asked yet."""
    for source, given in telling(fact):
        asked = source in report.situation or source in passed
        if not asked and len(given & set(wanted)) > 1:
            return source
    return fact


def _established(answer: AidAnswer) -> bool:
    entry = answer.entry
    return entry.status == Status.ETABLI and entry.existence.state in STANDING


def _awaiting(answers: Iterable[AidAnswer], passed: Collection[str]) -> list[AidAnswer]:
    """Those that some answer not yet passed over would settle."""
    known = LAW_FACTS.union(passed)
    return [one for one in answers if not known.issuperset(one.missing)]


def _settled(report: AidReport, fact: str, names: Collection[str]) -> float:
    """Aids settled by the answer, on average over the distinct outcomes of the values it may take.

    Outcomes, not values: ten kinds of SIAE that all lead to the same are one chance, not ten.
    """
    outcomes: set[frozenset[tuple[str, Verdict]]] = set()
    for value in possible_values(report.catalogue, load_facts()[fact], report.situation.get(fact)):
        told = {**report.situation, fact: Known(value, Origin.DECLARE)}
        told = {**implied(told), **told}
        answers = report.catalogue.answers(told, among=names)
        outcomes.add(frozenset((one.entry.id, one.verdict) for one in answers))
    settled = sum(verdict is not Verdict.A_VERIFIER for outcome in outcomes for _, verdict in outcome)
    return settled / len(outcomes) if outcomes else 0.0


def possible_values(catalogue: DayCatalogue, fact: Fact, known: Known | None) -> Iterator[Value]:
    """Values that stand for all those a fact may take: each side of every threshold the rules name."""
    match fact.type:
        case FactType.BOOLEEN:
            yield from (True, False)
        case FactType.CHOIX:
            yield from fact.choices
        case FactType.JOUR:
            yield from _days(catalogue, fact.id)
        case FactType.TEXTE:
            yield from sorted(_constants(catalogue, fact.id))
            yield ""
        case _:
            yield from _numbers(catalogue, fact, known)


def _numbers(catalogue: DayCatalogue, fact: Fact, known: Known | None) -> Iterator[Value]:
    value = known.value if known else None
    within = value if isinstance(value, Interval) else Interval(fact.low, fact.high)
    step = 1.0 if fact.type is FactType.ENTIER else 0.001
    points = {
        point
        for limit in thresholds(catalogue.program, fact.id)
        for point in (limit - step, limit, limit + step)
    }
    points |= {bound for bound in (within.low, within.high) if bound is not None}
    for point in sorted(points):
        if (within.low is None or point >= within.low) and (within.high is None or point <= within.high):
            yield Interval.exactly(point)


def _days(catalogue: DayCatalogue, fact: str) -> Iterator[Value]:
    known = sorted(day for day in _constants(catalogue, fact) if isinstance(day, date))
    for day in known or [date.fromisoformat(catalogue.on)]:
        yield from (day - timedelta(days=1), day)


def _constants(catalogue: DayCatalogue, fact: str) -> set[str | date]:
    """Texts or days a fact is compared with."""
    steps = catalogue.program.steps
    found: set[str | date] = set()
    for step in steps:
        if step.operation == p.COMPARE:
            sides = [steps[number] for number in step.inputs]
            if any(side.operation == p.FACT and side.parts[0] == fact for side in sides):
                found |= {side.parts[0] for side in sides if side.operation == p.CONSTANT}
    return found
