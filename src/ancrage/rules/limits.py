"""The words and signs a rule is written with, checked before any parser reads it.

A rule comes from a file anyone may write: nothing but these tokens, in reasonable number, goes further.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.errors import RuleError

LONGEST = 4_000
MOST_TOKENS = 400
DEEPEST = 20
LARGEST_NUMBER = 1e15

KEYWORDS = frozenset(
    {"AND", "OR", "NOT", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END", "TRUE", "FALSE"}
    | {"DATE", "LEAST", "GREATEST"}
)
SUGGESTIONS = {
    "COALESCE": "l'inconnu ne se remplace pas : retirez COALESCE, la réponse sera « à vérifier »",
    "IFNULL": "l'inconnu ne se remplace pas : retirez IFNULL, la réponse sera « à vérifier »",
    "NVL": "l'inconnu ne se remplace pas : retirez NVL, la réponse sera « à vérifier »",
    "NULLIF": "l'inconnu ne se fabrique pas : retirez NULLIF",
    "IF": "écrivez CASE WHEN … THEN … END",
    "IIF": "écrivez CASE WHEN … THEN … END",
    "IS": "une règle ne teste pas l'inconnu : retirez IS NULL, l'inconnu mène seul à « à vérifier »",
    "NULL": "l'inconnu ne s'écrit pas : retirez NULL, ou laissez le CASE sans ELSE",
    "LIKE": "écrivez l'égalité avec un code déclaré",
    "ILIKE": "écrivez l'égalité avec un code déclaré",
    "SELECT": "une règle est une expression, sans sous-requête",
    "EXISTS": "une règle est une expression, sans sous-requête",
    "CAST": "les types sont ceux des faits : retirez CAST",
    "MIN": "écrivez LEAST",
    "MAX": "écrivez GREATEST",
}
ALLOWED = (
    "comparaisons, BETWEEN, IN, AND, OR, NOT, CASE WHEN … THEN … ELSE … END, + - * /, LEAST, GREATEST, "
    "nombres, 'textes', TRUE, FALSE et DATE 'AAAA-MM-JJ'"
)
TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<comment>--|/\*|\*/|\#)"
    r"|(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<name>\"[^\"\n]*\")|(?P<text>'(?:[^'\n]|'')*')|(?P<sign><>|<=|>=|!=|[=<>+\-*/(),])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign or literal, and where it begins in the text."""

    kind: str
    written: str
    start: int


def refused(text: str, start: int, why: str, suggestion: str = "") -> RuleError:
    """The error that names the line and column of a rule's text, counted from 1."""
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    excerpt = text[start : start + 30].split("\n")[0]
    return RuleError(
        why, line=line, column=column, excerpt=excerpt, suggestion=suggestion or f"permis : {ALLOWED}"
    )


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a rule. Raises :class:`RuleError` at the first that is not allowed."""
    if len(text) > LONGEST:
        raise refused(
            text, 0, f"la règle a {len(text)} caractères, plus que {LONGEST}", "découpez-la en conditions"
        )
    if not text.strip():
        raise refused(text, 0, "la règle est vide", "écrivez une expression, par exemple : effectif <= 10")
    found = tuple(_scan(text))
    if len(found) > MOST_TOKENS:
        raise refused(
            text,
            found[MOST_TOKENS].start,
            f"la règle a plus de {MOST_TOKENS} mots",
            "découpez-la en conditions",
        )
    _check_depth(text, found)
    return found


def _scan(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise refused(text, position, f"le signe {text[position]!r} n'a pas de place dans une règle")
        kind, written = str(match.lastgroup), match.group()
        if kind != "space":
            _check(text, Token(kind, written, position))
            yield Token(kind, written, position)
        position = match.end()


def _check(text: str, token: Token) -> None:
    upper = token.written.upper()
    if token.kind == "comment":
        raise refused(text, token.start, "une règle n'a pas de commentaire", "mettez-le dans « note »")
    if token.kind == "number" and float(token.written) > LARGEST_NUMBER:
        raise refused(text, token.start, "le nombre est trop grand", "au plus 10 puissance 15")
    if token.kind == "word" and upper in SUGGESTIONS:
        raise refused(text, token.start, f"« {token.written} » n'est pas permis", SUGGESTIONS[upper])


def _check_depth(text: str, found: tuple[Token, ...]) -> None:
    depth = cases = negations = 0
    for index, token in enumerate(found):
        word = token.written.upper()
        following = found[index + 1].written if index + 1 < len(found) else ""
        if following == "(" and token.kind == "word" and word not in KEYWORDS:
            raise refused(text, token.start, f"la fonction « {token.written} » n'est pas permise")
        depth += (word == "(") - (word == ")")
        cases += (word == "CASE") - (word == "END")
        negations = negations + 1 if word in ("NOT", "-") else 0
        if depth + 2 * cases > DEEPEST or negations > 3:
            raise refused(text, token.start, "la règle est trop emboîtée", "découpez-la en conditions")
