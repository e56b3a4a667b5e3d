"""Is this legal unit of the social and solidarity economy? The answer, and which source says what.

Article 1 of the law of 31 July 2014 names forms: an association, a cooperative, a mutual or a foundation is
of the ESS by its form (II, 1°); a commercial company is when it applies the principles and says so in the
register of companies (II, 2°), which the SIRENE mark reports. Hence, in this order:

1. a form of article 1 is *oui* by the law, whatever the SIRENE mark says. A mark N on such a form does not
   take it out (no text lets a register overrule the form), but the two disagree, and that is said;
2. a mark O, or a line on the list of ESS France, is *oui*: so shows II, 2° for a commercial company;
   for a form the law does not name, it is the producer's word, given as such;
3. a form the catalogue leaves to be checked, without any mark, is *à vérifier*;
4. an inclusion enterprise (SIAE) without any other sign is *à vérifier*: the agreement does not depend on
   article 1, and a SIAE may be an ordinary company or a commune;
5. a unit whose form is unknown is *à vérifier*; otherwise *non*, and the reason says what was looked at.

A list that was not synchronised is ``None``: it never counts as an absence. Absence from the list of ESS
France is stated but is no contradiction: the list gathers what regional chambers know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ancrage.reasoning import Verdict
from ancrage.register.catalogue import CategoryRule, siae_kind_label

COMMERCIAL_FAMILY = "societe_commerciale_ess"

Flag = Literal["O", "N"]


@dataclass(frozen=True, slots=True)
class UnitSigns:
    """What the sources say of one legal unit; ``None`` is always « not known », never « no ».

    ``siae_kinds`` are the kinds under which its establishments are on the SIAE list (empty: on none).
    ``in_directory`` is ``est_ess`` of the Recherche d'entreprises API, true when the SIRENE mark is O or the
    unit is on the list of ESS France, without saying which.
    """

    legal_category: str | None
    flag: Flag | None = None
    in_ess_list: bool | None = None
    siae_kinds: tuple[str, ...] | None = None
    in_directory: bool | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, the ESS family where it is known, the reasons (French, one a source, decisive first)."""

    verdict: Verdict
    family: str | None
    reasons: tuple[str, ...]
    sources_disagree: bool


def decide(signs: UnitSigns, categories: Mapping[str, CategoryRule]) -> Decision:
    """Apply the rules above; ``categories`` maps each legal category of the catalogue to its rule."""
    rule = categories.get(signs.legal_category or "")
    verdict = _verdict(signs, rule)
    return Decision(
        verdict=verdict,
        family=_family(signs, rule) if verdict is not Verdict.NON else None,
        reasons=tuple(_reasons(signs, rule)),
        sources_disagree=_disagree(signs, rule),
    )


def _by_form(signs: UnitSigns, rule: CategoryRule | None) -> Verdict:
    """What the form alone says: a known form that the catalogue does not hold is not named by the law."""
    if signs.legal_category is None:
        return Verdict.A_VERIFIER
    return rule.verdict if rule else Verdict.NON


def _is_commercial(legal_category: str | None) -> bool:
    """Commercial companies are the legal categories that begin with 5 (INSEE, first level)."""
    return legal_category is not None and legal_category.startswith("5")


def _verdict(signs: UnitSigns, rule: CategoryRule | None) -> Verdict:
    form = _by_form(signs, rule)
    if form is Verdict.OUI or signs.flag == "O" or signs.in_ess_list or signs.in_directory:
        return Verdict.OUI
    if signs.legal_category is None or signs.siae_kinds:
        return Verdict.A_VERIFIER
    undecided = form is Verdict.A_VERIFIER and signs.flag is None
    return Verdict.A_VERIFIER if undecided else Verdict.NON


def _disagree(signs: UnitSigns, rule: CategoryRule | None) -> bool:
    """Whether a source says yes and another no.

    A commercial form says neither: article 1 lets it be of the ESS or not. The SIAE list does not speak of
    article 1, but a mark N on a listed enterprise deserves a look.
    """
    form = _by_form(signs, rule)
    says_yes = form is Verdict.OUI or signs.flag == "O" or bool(signs.in_ess_list or signs.in_directory)
    form_says_no = form is Verdict.NON and not _is_commercial(signs.legal_category)
    return (says_yes and (signs.flag == "N" or form_says_no)) or (
        bool(signs.siae_kinds) and signs.flag == "N"
    )


def _family(signs: UnitSigns, rule: CategoryRule | None) -> str | None:
    if rule is not None and rule.verdict is not Verdict.NON:
        return rule.family
    is_company = _is_commercial(signs.legal_category) and _verdict(signs, rule) is Verdict.OUI
    return COMMERCIAL_FAMILY if is_company else None


def _reasons(signs: UnitSigns, rule: CategoryRule | None) -> Iterator[str]:
    sentences = [
        (_by_form(signs, rule) is Verdict.OUI, _form_sentence(signs, rule)),
        (signs.flag == "O", _flag_sentence(signs.flag)),
        (bool(signs.in_ess_list), _list_sentence(signs.in_ess_list)),
        (bool(signs.in_directory), _directory_sentence(signs.in_directory)),
        (bool(signs.siae_kinds), _siae_sentence(signs.siae_kinds)),
    ]
    for decisive in (True, False):
        yield from (sentence for says_yes, sentence in sentences if sentence and says_yes is decisive)


def _form_sentence(signs: UnitSigns, rule: CategoryRule | None) -> str:
    if signs.legal_category is None:
        return "Catégorie juridique : inconnue"
    if rule is None:
        code = signs.legal_category
        return f"Catégorie juridique {code} : l'article 1er, II, 1° ne nomme pas cette forme"
    return f"Catégorie juridique {rule.code}, {rule.label}. {rule.reason}"


def _flag_sentence(flag: Flag | None) -> str:
    return (
        f"SIRENE : champ économie sociale et solidaire = {flag}"
        if flag
        else ("SIRENE : champ économie sociale et solidaire non renseigné")
    )


def _list_sentence(present: bool | None) -> str:
    if present is None:
        return "Liste ESS France : non synchronisée en entier"
    return "Liste ESS France : présente" if present else "Liste ESS France : absente"


def _directory_sentence(present: bool | None) -> str:
    if present is None:
        return ""
    answer = "vrai" if present else "faux"
    return f"Recherche d'entreprises : est_ess = {answer} (champ SIRENE à O, ou liste ESS France)"


def _siae_sentence(kinds: tuple[str, ...] | None) -> str:
    if kinds is None:
        return "Liste des structures d'insertion : non synchronisée en entier"
    if not kinds:
        return ""
    return "Liste des structures d'insertion : " + ", ".join(siae_kind_label(kind) for kind in kinds)
