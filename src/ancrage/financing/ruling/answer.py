"""What a rule says of a plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from ancrage.declarations.texts import Text
from ancrage.financing.texts import RuleVersion
from ancrage.reasoning import Verdict


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """A verdict, its reasons in French, the text that founds it and what to change to fit.

    ``resources``: identifiers of the lines it is about.
    """

    id: str
    verdict: Verdict
    label: str
    text: Text
    reasons: tuple[str, ...]
    change: str = ""
    resources: tuple[str, ...] = ()


def held(version: RuleVersion, fits: bool | None) -> Verdict:
    """The verdict of a test; a wording still to be read never decides."""
    if fits is None or not version.certain:
        return Verdict.A_VERIFIER
    return Verdict.OUI if fits else Verdict.NON


def worst(answers: Iterable[RuleAnswer]) -> Verdict:
    """No as soon as one is no, to be checked as soon as one is."""
    seen = {one.verdict for one in answers}
    for verdict in (Verdict.NON, Verdict.A_VERIFIER, Verdict.PARTIEL):
        if verdict in seen:
            return verdict
    return Verdict.OUI
