"""What the language means, read from the tree of a rule: plain, slow, and independent of the engines.

A number is a pair of bounds, of which either may be unknown (None). A truth is True, False or None.
"""

import math

from ancrage.interval import Interval
from ancrage.rules import tree
from ancrage.rules.vocabulary import Table

UNKNOWN = (None, None)
FURTHEST = 1e300


def meaning(node, situation, vocabulary):
    """Value of a node: a truth, a text, a day, or a pair of bounds."""
    return Reference(situation, vocabulary).value(node)


class Reference:
    def __init__(self, situation, vocabulary):
        self.situation = situation
        self.vocabulary = vocabulary

    def value(self, node):
        return getattr(self, f"of_{type(node).__name__.lower()}")(node)

    def of_constant(self, node):
        return (node.value, node.value) if isinstance(node.value, float) else node.value

    def of_factref(self, node):
        value = self.situation.get(node.name)
        if self.vocabulary.symbols[node.name].kind.value != "nombre":
            return value
        if value is None:
            return UNKNOWN
        assert isinstance(value, Interval)
        return finite(value.low), finite(value.high)

    def of_parameterref(self, node):
        value = self.vocabulary.parameters[node.name]
        if value is None:
            return UNKNOWN
        if not isinstance(value, Table):
            return value, value
        possible, reached = [], True
        for row in value.rows:
            tests = [self.equal(self.situation.get(fact), text) for fact, text in row.of]
            met = False if False in tests else None if None in tests else True
            if met is not False and reached:
                possible.append((row.value, row.value))
            reached = reached and met is not True
        return hull(possible + ([UNKNOWN] if reached else []))

    @staticmethod
    def equal(left, right):
        return None if left is None or right is None else left == right

    def of_not(self, node):
        value = self.value(node.operand)
        return None if value is None else not value

    def of_and(self, node):
        values = [self.value(each) for each in node.operands]
        return False if False in values else None if None in values else True

    def of_or(self, node):
        values = [self.value(each) for each in node.operands]
        return True if True in values else None if None in values else False

    def of_compare(self, node):
        left, right = self.value(node.left), self.value(node.right)
        if not isinstance(left, tuple):
            return None if left is None or right is None else compared(node.operator, left, right)
        if node.operator in (">", ">="):
            left, right = right, left
        (low, high), (other_low, other_high) = left, right
        if node.operator == "=":
            if None not in (low, high, other_low, other_high) and low == high == other_low == other_high:
                return True
            apart = (high is not None and other_low is not None and high < other_low) or (
                low is not None and other_high is not None and low > other_high
            )
            return False if apart else None
        strict = node.operator in ("<", ">")
        if (
            high is not None
            and other_low is not None
            and (high < other_low or (high == other_low and not strict))
        ):
            return True
        if (
            low is not None
            and other_high is not None
            and (low > other_high or (low == other_high and strict))
        ):
            return False
        return None

    def of_arithmetic(self, node):
        left, right = self.value(node.left), self.value(node.right)
        if node.operator == "+":
            return added(left[0], right[0]), added(left[1], right[1])
        if node.operator == "-":
            return added(left[0], minus(right[1])), added(left[1], minus(right[0]))
        if node.operator == "*":
            return self.product(node, left, right)
        return self.quotient(node, left, right)

    def product(self, node, left, right):
        for factor, other, written in ((right, left, node.right), (left, right, node.left)):
            if self.fixed(written) and factor != UNKNOWN:
                return scaled(other, factor[0], lambda a, b: a * b)
        return corners(left, right, lambda a, b: a * b)

    def quotient(self, node, left, right):
        if self.fixed(node.right) and right != UNKNOWN:
            return UNKNOWN if right[0] == 0 else scaled(left, right[0], lambda a, b: a / b)
        low, high = right
        if not ((low is not None and low > 0) or (high is not None and high < 0)):
            return UNKNOWN
        return corners(left, right, lambda a, b: a / b)

    def fixed(self, node):
        """A number no fact can change."""
        if isinstance(node, tree.FactRef):
            return False
        if isinstance(node, tree.ParameterRef):
            value = self.vocabulary.parameters[node.name]
            return not isinstance(value, Table) or not value.rows
        return all(self.fixed(each) for each in tree.children(node))

    def of_extreme(self, node):
        values = [self.value(each) for each in node.operands]
        pick = min if node.least else max
        needed = [low if node.least else high for low, high in values]
        others = [high if node.least else low for low, high in values]
        first = None if None in needed else pick(needed)
        known = [bound for bound in others if bound is not None]
        second = None if UNKNOWN in values or not known else pick(known)
        return (first, second) if node.least else (second, first)

    def of_case(self, node):
        possible, reached = [], True
        for condition, result in node.branches:
            met = self.value(condition)
            if reached and met is not False:
                possible.append(self.value(result))
            reached = reached and met is not True
        number = isinstance(self.value(node.branches[0][1]), tuple)
        if reached:
            nothing = UNKNOWN if number else None
            possible.append(nothing if node.otherwise is None else self.value(node.otherwise))
        if number:
            return hull(possible)
        return possible[0] if all(each == possible[0] for each in possible) else None


def finite(bound):
    return None if bound is None or not math.isfinite(bound) else bound


def hull(possible):
    lows, highs = [low for low, _ in possible], [high for _, high in possible]
    return None if None in lows else min(lows), None if None in highs else max(highs)


def guarded(value):
    return value if -FURTHEST <= value <= FURTHEST else None


def added(left, right):
    return None if left is None or right is None else left + right


def minus(value):
    return None if value is None else -value


def scaled(number, factor, operation):
    low, high = number if factor >= 0 else number[::-1]
    return tuple(None if bound is None else guarded(operation(bound, factor)) for bound in (low, high))


def corners(left, right, operation):
    if None in left or None in right:
        return UNKNOWN
    if 0 in right and operation(1.0, 2.0) == 0.5:
        return UNKNOWN
    found = [guarded(operation(a, b)) for a in left for b in right]
    return UNKNOWN if None in found else (min(found), max(found))


def compared(operator, left, right):
    return {
        "=": left == right,
        "<": not isinstance(left, str) and left < right,
        "<=": not isinstance(left, str) and left <= right,
        ">": not isinstance(left, str) and left > right,
        ">=": not isinstance(left, str) and left >= right,
    }[operator]
