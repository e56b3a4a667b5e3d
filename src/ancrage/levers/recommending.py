"""Which tools an authority should pull first here, which it may, which are not its own, and always why.

Nothing is weighed in secret: a tool is *prioritaire* when the authority may use it and at least one of its
declared needs is true here without being true of most of the territories that resemble this one; *possible*
when it may and none is; *à vérifier* when the texts leave its competence open; *hors compétence* when they
refuse it. Unknown facts never make a need true; with nobody to compare with, any need that is true counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ancrage.facts.legislation import Matter
from ancrage.facts.situation import Known, Situation, values
from ancrage.language.days import short_day
from ancrage.language.typography import capitalised
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import LeverCatalogue, need_key, read_levers
from ancrage.levers.declaration import Competence, Lever, LeverText, Need, Tool
from ancrage.levers.figures import Figure, figure_of
from ancrage.levers.peers import NOBODY, Peers, Sharing
from ancrage.levers.powers import NONE, Powers, named
from ancrage.reasoning import Verdict
from ancrage.rules.python_engine import Outputs, interpret
from ancrage.rules.residual import Residual

PRECONDITION = "partenariat_long_terme"
VERDICTS = {True: Verdict.OUI, False: Verdict.NON, None: Verdict.A_VERIFIER}


class Status(StrEnum):
    """What is advised of a tool, most pressing first."""

    PRIORITAIRE = "prioritaire"
    POSSIBLE = "possible"
    A_VERIFIER = "a_verifier"
    HORS_COMPETENCE = "hors_competence"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return {"a_verifier": "à vérifier", "hors_competence": "hors compétence"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """A need judged on the territory; ``facts`` is what is known of each fact its rule reads.

    ``sharing``: how many of the territories alike have it too; ``figure``: what it rests on when it holds.
    """

    need: Need
    verdict: Verdict
    facts: dict[str, Known | None]
    missing: tuple[str, ...]
    sharing: Sharing
    figure: Figure | None = None

    @property
    def sets_first(self) -> bool:
        """Whether it holds here, and not of most of the territories alike."""
        return self.verdict is Verdict.OUI and self.sharing.distinguishes


@dataclass(frozen=True, slots=True)
class CompetenceAnswer:
    """Whether an authority may use a tool on the day, why, and under which texts."""

    authority: Authority
    verdict: Verdict
    reason: str
    texts: tuple[LeverText, ...]

    @property
    def since(self) -> date | None:
        """First day the competence is known to hold: the latest of its texts; ``None`` when not read."""
        known = [text.since for text in self.texts if text.since]
        return max(known) if known else None


@dataclass(frozen=True, slots=True)
class Advice:
    """A tool, what is advised of it for an authority, and why."""

    tool: Tool
    lever: Lever
    status: Status
    competence: CompetenceAnswer
    needs: tuple[NeedAnswer, ...]
    others: tuple[Authority, ...]
    held_back: bool = False
    open_aids: tuple[str, ...] = ()

    @property
    def first(self) -> tuple[NeedAnswer, ...]:
        """The needs that set the tool first, the rarest among the territories alike first."""
        if self.status is not Status.PRIORITAIRE:
            return ()
        return tuple(answer for answer in self._true if answer.sets_first)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What these needs rest on."""
        return tuple(answer.figure for answer in self.first if answer.figure is not None)

    @property
    def reasons(self) -> tuple[str, ...]:
        """French sentences, most decisive first."""
        if self.status is Status.HORS_COMPETENCE or self.status is Status.A_VERIFIER:
            return (self.competence.reason,)
        true = tuple(_reason(answer) for answer in self._true)
        if self.held_back:
            return (
                "Sans volonté de co-construire un partenariat de long terme, il perd en pertinence",
                *true,
            )
        if true:
            return true
        if unknown := self.missing:
            return (f"Ce qui le mettrait en avant n'est pas connu : {' ; '.join(unknown)}",)
        return ("Rien de ce que dit le diagnostic ne le met en avant",)

    @property
    def _true(self) -> list[NeedAnswer]:
        """Needs that hold: those that set first, the rarest first, then those that most others have too."""
        true = [answer for answer in self.needs if answer.verdict is Verdict.OUI]
        return sorted(true, key=lambda one: (not one.sets_first, -one.sharing.rarity))

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts, in French, that could still put the tool first."""
        if self.status not in (Status.POSSIBLE, Status.PRIORITAIRE):
            return ()
        return tuple(dict.fromkeys(fact for answer in self.needs for fact in answer.missing))


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Every tool for an authority on a day, most pressing first, and the precondition of them all."""

    authority: Authority
    on: date
    precondition: Verdict
    advices: tuple[Advice, ...]
    powers: Powers = NONE
    peers: Peers = NOBODY

    def of(self, status: Status) -> tuple[Advice, ...]:
        """The tools of a status."""
        return tuple(advice for advice in self.advices if advice.status is status)


def recommend(
    situation: Situation,
    authority: Authority,
    *,
    on: date,
    catalogue: LeverCatalogue | None = None,
    powers: Powers = NONE,
    peers: Peers = NOBODY,
    aids: Mapping[int, tuple[str, ...]] | None = None,
) -> Recommendation:
    """Advise an authority on the nineteen tools, given what is known of the territory.

    ``situation`` holds facts of the territory (zonings) and of its diagnosis, and the precondition
    ``partenariat_long_terme``: refused, it puts no tool first; unknown, it is said and left to be checked.
    ``powers``: what this very authority exercises. ``peers``: the territories alike. ``aids``: by number of
    a tool, the aids that can be asked for here today.
    """
    source = catalogue or read_levers()
    known = situation.get(PRECONDITION)
    precondition = VERDICTS[known.value if known and isinstance(known.value, bool) else None]
    judge = _Judge(source, situation, on, powers, peers)
    advices = [judge.advise(tool, authority, precondition) for tool in source.tools.values()]
    if aids is not None:
        advices = [replace(one, open_aids=aids.get(one.tool.number, ())) for one in advices]
    return Recommendation(authority, on, precondition, tuple(sorted(advices, key=_rank)), powers, peers)


def _rank(advice: Advice) -> tuple[float, ...]:
    """The rarest reason first, then how many there are, then the aids that can be asked for."""
    rarest = max((answer.sharing.rarity for answer in advice.first), default=0.0)
    known = (-rarest, -len(advice.first), -len(advice.open_aids), advice.tool.number)
    return (list(Status).index(advice.status), *known)


def _reason(answer: NeedAnswer) -> str:
    """The need in words; of one that sets nothing first, how many others have it too."""
    if answer.sets_first or not answer.sharing.told:
        return answer.need.label
    return (
        f"{answer.need.label} (comme {answer.sharing.true} des {answer.sharing.known} territoires semblables)"
    )


class _Judge:
    """Answers needs and competences for one territory on one day."""

    def __init__(
        self, catalogue: LeverCatalogue, situation: Situation, on: date, powers: Powers, peers: Peers
    ) -> None:
        self.catalogue = catalogue
        self.powers = powers
        self.peers = peers
        self.situation = situation
        self.on = on
        self.values = values(situation)
        self.needs = catalogue.needs
        run = interpret(self.needs.program)
        self.outputs: Outputs = run(self.values)
        self.of_peers: list[Outputs] = [run(values(one)) for one in peers.situations]
        self.residual = Residual(self.needs.program, self.values)

    def advise(self, tool: Tool, authority: Authority, precondition: Verdict) -> Advice:
        competence = self.competence(tool, authority)
        needs = tuple(self.need(tool, need) for need in tool.needs)
        others = [one for one in Authority if one is not authority]
        able = tuple(one for one in others if self.competence(tool, one).verdict is Verdict.OUI)
        wanted = any(answer.sets_first for answer in needs)
        held_back = wanted and competence.verdict is Verdict.OUI and precondition is Verdict.NON
        status = _status(competence.verdict, wanted=wanted and not held_back)
        return Advice(tool, self.catalogue.lever_of(tool), status, competence, needs, able, held_back)

    def need(self, tool: Tool, need: Need) -> NeedAnswer:
        key = need_key(tool, need)
        verdict = VERDICTS[self.outputs.truth(key)]
        open_ = self.residual.unresolved(key) if verdict is Verdict.A_VERIFIER else ()
        facts = {fact: self.situation.get(fact) for fact in self.needs.facts[key]}
        sharing = self._sharing(key)
        figure = figure_of(facts, sharing, self.peers) if verdict is Verdict.OUI else None
        missing = tuple(self.needs.labels[fact] for fact in open_)
        return NeedAnswer(need, verdict, facts, missing, sharing, figure)

    def _sharing(self, key: str) -> Sharing:
        truths = [outputs.truth(key) for outputs in self.of_peers]
        return Sharing(truths.count(True), len(truths) - truths.count(None))

    def competence(self, tool: Tool, authority: Authority) -> CompetenceAnswer:
        """That of the authority; of a collectivity that a law gives several, the most favourable of them."""
        status = self.powers.status
        if status is None or authority not in status.authorities:
            return self._of_kind(tool, authority)
        found = [(self._of_kind(tool, one), one) for one in (authority, *status.authorities)]
        best, kind = min(found, key=lambda each: FAVOURABLE.index(each[0].verdict))
        if kind is authority:
            return best
        reason = f"{capitalised(status.name)} exerce aussi cette compétence ({kind.value} ; {status.text})"
        return replace(best, authority=authority, reason=f"{reason} : {best.reason}")

    def _of_kind(self, tool: Tool, authority: Authority) -> CompetenceAnswer:
        told = tool.competence[authority]
        texts = tuple(self.catalogue.texts[name] for name in told.texts)
        early = [text for text in texts if not text.holds_on(self.on)]
        if early and told.verdict is not Verdict.A_VERIFIER:
            return CompetenceAnswer(authority, Verdict.A_VERIFIER, _out_of_days(early), texts)
        law = self.situation.get(Matter.GENERAL.fact)
        if law is not None and law.value is not True and told.verdict is Verdict.OUI:
            # The texts of the levers are those of the codes, which may not hold here.
            return CompetenceAnswer(authority, Verdict.A_VERIFIER, law.note, texts)
        if authority is Authority.EPCI and told.banatic and self.powers.grouping:
            verdict, reason = _exercised(told, self.powers)
            return CompetenceAnswer(authority, verdict, reason, texts)
        return CompetenceAnswer(authority, told.verdict, told.note or _founded(texts, told.verdict), texts)


FAVOURABLE = (Verdict.OUI, Verdict.A_VERIFIER, Verdict.NON)


def _exercised(told: Competence, powers: Powers) -> tuple[Verdict, str]:
    """What the list of competences says of this very intercommunalité; one it does not name is unknown."""
    source = f"BANATIC, relevé de {powers.vintage}"
    if powers.held is None:
        return Verdict.A_VERIFIER, (
            f"{powers.grouping} n'est pas dans la liste lue des compétences exercées ({source}) : "
            f"ses statuts disent si elle exerce {named(told.banatic)}"
        )
    exercised = [code for code in told.banatic if code in powers.held]
    if not exercised:
        return Verdict.NON, f"{powers.grouping} n'exerce pas : {named(told.banatic)} ({source})"
    note = f"{told.note.rstrip('.')} ; " if told.note and told.verdict is Verdict.OUI else ""
    return Verdict.OUI, f"{note}{powers.grouping} exerce : {named(exercised)} ({source})"


def _status(competence: Verdict, *, wanted: bool) -> Status:
    if competence is Verdict.NON:
        return Status.HORS_COMPETENCE
    if competence is Verdict.A_VERIFIER:
        return Status.A_VERIFIER
    return Status.PRIORITAIRE if wanted else Status.POSSIBLE


def _out_of_days(texts: Iterable[LeverText]) -> str:
    text = next(iter(texts))
    since = f" depuis le {short_day(text.since)}" if text.since else ""
    until = f" jusqu'au {short_day(text.until)}" if text.until else ""
    return f"Le texte lu ({text.title}) ne vaut que{since}{until} ; ce qui valait ce jour-là n'a pas été relu"


def _founded(texts: tuple[LeverText, ...], verdict: Verdict) -> str:
    titles = " ; ".join(text.title for text in texts)
    return f"Les textes ne lui donnent pas cet outil ({titles})" if verdict is Verdict.NON else titles
