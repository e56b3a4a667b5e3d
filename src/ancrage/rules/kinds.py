"""What kind of value each part of a rule gives, and what may be compared with what."""

from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz import process

from ancrage.errors import RuleError
from ancrage.rules import tree
from ancrage.rules.limits import refused
from ancrage.rules.vocabulary import Kind, Vocabulary

ORDERED = (Kind.NUMBER, Kind.DAY)


class Checker:
    """Checks one rule against a vocabulary."""

    def __init__(self, text: str, vocabulary: Vocabulary, places: Mapping[int, int]) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.places = places

    def kind(self, node: tree.Node) -> Kind:
        """Kind of a node, its parts checked first. Raises :class:`RuleError`."""
        match node:
            case tree.Constant(value):
                return _kind_of(value)
            case tree.FactRef(name):
                return self._fact(node, name)
            case tree.ParameterRef(name):
                return self._parameter(node, name)
            case tree.Not(operand):
                return self._booleans((operand,))
            case tree.And(operands) | tree.Or(operands):
                return self._booleans(operands)
            case tree.Compare():
                return self._comparison(node)
            case tree.Arithmetic(_, left, right):
                return self._numbers((left, right))
            case tree.Extreme(_, operands):
                return self._numbers(operands)
            case tree.Case():
                return self._case(node)

    def _fact(self, node: tree.Node, name: str) -> Kind:
        symbol = self.vocabulary.symbols.get(name)
        if symbol is None:
            raise self._refused(
                node, f"le fait « {name} » n'est pas déclaré", _nearest(name, self.vocabulary.symbols)
            )
        return symbol.kind

    def _parameter(self, node: tree.Node, name: str) -> Kind:
        known = self.vocabulary.parameters
        if name not in known:
            raise self._refused(node, f"le paramètre « {name} » n'est pas déclaré", _nearest(name, known))
        return Kind.NUMBER

    def _booleans(self, operands: Sequence[tree.Node]) -> Kind:
        for operand in operands:
            if (kind := self.kind(operand)) is not Kind.BOOLEAN:
                raise self._refused(
                    operand, f"AND, OR et NOT veulent des conditions, pas un {kind.value}", "comparez-le"
                )
        return Kind.BOOLEAN

    def _numbers(self, operands: Sequence[tree.Node]) -> Kind:
        for operand in operands:
            if (kind := self.kind(operand)) is not Kind.NUMBER:
                raise self._refused(
                    operand, f"un calcul veut des nombres, pas un {kind.value}", "voyez le type du fait"
                )
        return Kind.NUMBER

    def _comparison(self, node: tree.Compare) -> Kind:
        left, right = self.kind(node.left), self.kind(node.right)
        if left is Kind.BOOLEAN or right is Kind.BOOLEAN:
            raise self._refused(
                node, "une condition ne se compare pas", "écrivez simplement le fait, ou NOT devant lui"
            )
        if left is not right:
            raise self._refused(
                node, f"un {left.value} ne se compare pas à un {right.value}", "voyez le type du fait"
            )
        if node.operator != "=" and left not in ORDERED:
            raise self._refused(node, f"un {left.value} n'a pas d'ordre", "comparez avec =, <> ou IN")
        if left is Kind.TEXT:
            self._check_choice(node)
        return Kind.BOOLEAN

    def _check_choice(self, node: tree.Compare) -> None:
        for fact, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(fact, tree.FactRef) and isinstance(other, tree.Constant):
                choices = self.vocabulary.symbols[fact.name].choices
                if choices is not None and other.value not in choices:
                    why = f"« {other.value} » n'est pas une valeur de {fact.name}"
                    raise self._refused(node, why, _nearest(str(other.value), choices))

    def _case(self, node: tree.Case) -> Kind:
        self._booleans([condition for condition, _ in node.branches])
        results = [result for _, result in node.branches]
        results += [] if node.otherwise is None else [node.otherwise]
        kinds = {self.kind(result) for result in results}
        if len(kinds) > 1:
            raise self._refused(
                node,
                "les branches d'un CASE donnent des valeurs de types différents",
                "une seule sorte de valeur",
            )
        return kinds.pop()

    def _refused(self, node: tree.Node, why: str, suggestion: str) -> RuleError:
        return refused(self.text, self.places.get(id(node), 0), why, suggestion)


def _kind_of(value: object) -> Kind:
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, float):
        return Kind.NUMBER
    return Kind.DAY if isinstance(value, date) else Kind.TEXT


def _nearest(name: str, known: Sequence[str] | Mapping[str, object]) -> str:
    found = process.extract(name, list(known), limit=3, score_cutoff=60)
    if found:
        return "vouliez-vous dire : " + ", ".join(match for match, *_ in found) + " ?"
    return "connus : " + ", ".join(list(known)[:20]) if known else "aucun n'est déclaré"
