"""Rules and situations drawn at random, as text that a person could have written."""

from datetime import date

from hypothesis import strategies as st

from ancrage.interval import Interval
from ancrage.rules.vocabulary import Kind, Row, Symbol, Table, Vocabulary

CHOICES = ("a", "A", "bé", "l'îlot")
VOCABULARY = Vocabulary(
    {
        "vrai_ou_faux": Symbol("vrai_ou_faux", Kind.BOOLEAN),
        "autre": Symbol("autre", Kind.BOOLEAN),
        "effectif": Symbol("effectif", Kind.NUMBER),
        "part": Symbol("part", Kind.NUMBER),
        "forme": Symbol("forme", Kind.TEXT, CHOICES),
        "lieu": Symbol("lieu", Kind.TEXT),
        "jour": Symbol("jour", Kind.DAY),
    },
    {
        "p.dix": 10.0,
        "p.zero": 0.0,
        "p.inconnu": None,
        "p.table": Table((Row((("forme", "a"),), 0.5), Row((("forme", "A"), ("lieu", "23")), 3.0))),
        "p.par_forme": Table((Row((("forme", "a"),), 2.0), Row((("forme", "A"),), 10.0))),
        "p.vide": Table(()),
    },
)
NUMBERS = ("0", "1", "3", "10", "10.5", "0.1", "1000000000000", '"p.dix"', '"p.zero"', '"p.inconnu"')
NUMBERS += ('"p.par_forme"', '"p.table"', '"p.vide"', "effectif", "part", "effectif", "part")
OPERATORS = ("=", "<>", "<", "<=", ">", ">=")


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def numbers(depth):
    """Texts of numeric expressions."""
    leaf = st.sampled_from(NUMBERS)
    if depth == 0:
        return leaf
    inner, condition = numbers(depth - 1), conditions(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("{}({}, {})".format, st.sampled_from(("LEAST", "GREATEST")), inner, inner),
        st.builds("CASE WHEN {} THEN {} ELSE {} END".format, condition, inner, inner),
        st.builds("CASE WHEN {} THEN {} WHEN {} THEN {} END".format, condition, inner, condition, inner),
    )


def conditions(depth):
    """Texts of conditions."""
    leaf = st.one_of(
        st.sampled_from(("vrai_ou_faux", "autre", "TRUE", "FALSE")),
        st.builds(
            "{} {} {}".format,
            st.just("forme"),
            st.sampled_from(("=", "<>")),
            st.sampled_from(CHOICES).map(quoted),
        ),
        st.builds(
            "lieu IN ({}, {})".format, st.sampled_from(("'23'", "'2A'")), st.sampled_from(("'75'", "'x'"))
        ),
        st.builds(
            "jour {} DATE '{}'".format,
            st.sampled_from(OPERATORS),
            st.dates(date(2020, 1, 1), date(2022, 1, 1)),
        ),
    )
    if depth == 0:
        return leaf
    inner, number = conditions(depth - 1), numbers(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({} {} {})".format, number, st.sampled_from(OPERATORS), number),
        st.builds("({} BETWEEN {} AND {})".format, number, number, number),
        st.builds("(NOT {})".format, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(("AND", "OR")), inner),
        st.builds("CASE WHEN {} THEN {} ELSE {} END".format, inner, inner, inner),
    )


BOUND = st.one_of(st.none(), st.sampled_from((0.0, 1.0, 3.0, 10.0, 10.5, 19.0, -4.0, 1e14)))


@st.composite
def intervals(draw):
    """A number: exact, a band, open, unknown, or what no register should hold."""
    low, high = draw(BOUND), draw(BOUND)
    if draw(st.integers(0, 9)) == 0:
        return Interval(float("nan"), float("inf"))
    if draw(st.booleans()):
        return None if low is None else Interval(low, low)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Interval(low, high)


SITUATIONS = st.fixed_dictionaries(
    {
        "vrai_ou_faux": st.none() | st.booleans(),
        "autre": st.none() | st.booleans(),
        "effectif": intervals(),
        "part": intervals(),
        "forme": st.none() | st.sampled_from(CHOICES),
        "lieu": st.none() | st.sampled_from(("23", "2A", "75", "x", "")),
        "jour": st.none() | st.dates(date(2019, 12, 1), date(2022, 2, 1)),
    }
)
