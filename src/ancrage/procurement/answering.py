"""What the rules answer a purchase: yes, no or to be checked, with the article and its wording that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancrage.facts.declaration import Origin, load_facts
from ancrage.facts.situation import Situation, values
from ancrage.interval import Interval
from ancrage.language.days import short_day
from ancrage.language.typography import unbroken_signs
from ancrage.procurement.catalogue import AMOUNT, DayRules, read_rules, rules_on
from ancrage.procurement.declaration import Group, PurchaseRule, Wording
from ancrage.reasoning import Verdict
from ancrage.rules.python_engine import Outputs, interpret
from ancrage.rules.residual import Residual

VERDICTS = {True: Verdict.OUI, False: Verdict.NON, None: Verdict.A_VERIFIER}


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What a rule says. ``wording`` is ``None`` on a day it did not exist; ``missing``: facts to learn."""

    rule: PurchaseRule
    wording: Wording | None
    verdict: Verdict
    reason: str
    missing: tuple[str, ...] = ()
    amount: Interval | None = None

    @property
    def label(self) -> str:
        """What holds when it is true; its name on a day without wording."""
        return self.wording.label if self.wording and self.wording.label else self.rule.name


@dataclass(frozen=True, slots=True)
class Settled:
    """The one of several that applies. ``possible``: all that may, when facts are missing."""

    answer: RuleAnswer
    verdict: Verdict
    possible: tuple[RuleAnswer, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything the rules say of a purchase on a day."""

    on: date
    answers: tuple[RuleAnswer, ...]

    def of(self, *groups: Group) -> tuple[RuleAnswer, ...]:
        """Those of some groups, in the order of the catalogue."""
        return tuple(one for one in self.answers if one.rule.group in groups)

    def named(self, identifier: str) -> RuleAnswer:
        """One of them."""
        return next(one for one in self.answers if one.rule.id == identifier)

    @property
    def procedure(self) -> Settled:
        """The procedure; the most demanding of those possible when facts are missing."""
        return settled(self.of(Group.PROCEDURE))

    @property
    def publicity(self) -> Settled:
        """The publicity due, in the same way."""
        return settled(self.of(Group.PUBLICITY))


def settled(answers: tuple[RuleAnswer, ...]) -> Settled:
    """The answer that holds; else the last, hence the most demanding, of those that may."""
    for one in answers:
        if one.verdict is Verdict.OUI:
            return Settled(one, Verdict.OUI, (one,))
    possible = tuple(one for one in answers if one.verdict is Verdict.A_VERIFIER)
    return Settled((possible or answers)[-1], Verdict.A_VERIFIER, possible or answers)


def answer_all(known: Situation, *, on: date) -> Answers:
    """Every rule of the day for a purchase. Raises :class:`DayOutOfRangeError`."""
    day = rules_on(on)
    given = values(known)
    outputs = interpret(day.program)(given)
    asked = _Asked(day, outputs, Residual(day.program, given), known)
    return Answers(on, tuple(asked.answer(rule) for rule in read_rules().values()))


@dataclass(frozen=True, slots=True)
class _Asked:
    day: DayRules
    outputs: Outputs
    residual: Residual
    known: Situation

    def answer(self, rule: PurchaseRule) -> RuleAnswer:
        wording = rule.on(self.day.on)
        if wording is None:
            return RuleAnswer(rule, None, Verdict.NON, _not_yet(rule, self.day.on))
        truth = self.outputs.truth(rule.id)
        verdict = _verdict(truth, wording, doubtful=rule.id in self.day.doubtful)
        missing = self.residual.unresolved(rule.id) if truth is None else ()
        return RuleAnswer(
            rule, wording, verdict, self._reason(wording, truth, missing), missing, self._amount(rule)
        )

    def _reason(self, wording: Wording, truth: bool | None, missing: Iterable[str]) -> str:
        if truth is not None:
            told = wording.label if truth else wording.refused
            return told or wording.label
        questions = [self._question(fact) for fact in missing]
        return (
            f"Reste à savoir : {' '.join(questions)}"
            if questions
            else "Le texte ou le nombre reste à vérifier"
        )

    def _question(self, fact: str) -> str:
        """What is asked of a fact; what is already counted of it follows."""
        asked, told = unbroken_signs(load_facts()[fact].question), self.known.get(fact)
        bounded = told and isinstance(told.value, Interval) and told.value.high is not None
        return f"{asked} ({told.note})" if told and bounded and told.origin is Origin.CALCULE else asked

    def _amount(self, rule: PurchaseRule) -> Interval | None:
        key = f"{rule.id}{AMOUNT}"
        if key not in self.day.program.outputs:
            return None
        found = self.outputs[key]
        return found if isinstance(found, Interval) else None


def _verdict(truth: bool | None, wording: Wording, *, doubtful: bool) -> Verdict:
    """Never yes when something is still to be checked; a false rule is what its wording says of it."""
    if truth is False:
        return wording.otherwise
    return Verdict.A_VERIFIER if doubtful else VERDICTS[truth]


def _not_yet(rule: PurchaseRule, on: date) -> str:
    first = rule.versions[0].since
    if on < first:
        return f"L'article {rule.article} ne valait pas encore : il vaut depuis le {short_day(first)}"
    return f"L'article {rule.article} ne vaut plus le {short_day(on)}"
