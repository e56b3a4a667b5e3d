"""The tables a query reads, told from its text: cut by DuckDB's own lexer, then read by place.

DuckDB's parser tells them too, for more than a millisecond a query, and a diagnosis asks some forty. The
tests hold every query they run to what that parser answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import duckdb

_OPENING = frozenset(("SELECT", "FROM", "WITH"))
"""What a query in brackets begins with; elsewhere FROM is a word of a function, as in ``extract``."""

_CLOSING = frozenset(("SELECT", "VALUES", "WHERE", "GROUP", "ORDER", "HAVING", "WINDOW", "QUALIFY"))
_CLOSING |= {"LIMIT", "UNION", "INTERSECT", "EXCEPT"}
"""Words after which a comma no longer brings a name."""

_PASSED = frozenset(("RECURSIVE", "LATERAL"))


@dataclass(slots=True)
class _Level:
    """Inside one pair of brackets: the names a comma brings another of, and whether one is due now."""

    query: bool
    names: set[str] | None = None
    due: bool = False


@lru_cache(maxsize=1024)
def tables_named(sql: str) -> frozenset[str]:
    """Names of the tables that a query reads, in lower case; those it gives itself (WITH) are left out."""
    read: set[str] = set()
    given: set[str] = set()
    words = [*_words(sql), ""]
    levels = [_Level(query=True)]
    for before, word, after in zip(["", *words], words, words[1:], strict=False):
        level, upper = levels[-1], word.upper()
        if word == "(":
            levels.append(_Level(after.upper() in _OPENING, level.names if level.due else None, level.due))
            level.due = False
        elif word == ")":
            levels.pop()
        elif word == ",":
            level.due = level.names is not None
        elif upper == "WITH":
            level.names, level.due = given, True
        elif upper == "JOIN" or (upper == "FROM" and level.query and before.upper() != "DISTINCT"):
            level.names, level.due = read, True
        elif upper in _CLOSING:
            level.names, level.due = None, False
        elif level.due and level.names is not None and upper not in _PASSED:
            level.due = False
            if not word.startswith("'") and (after != "(" or level.names is given):
                level.names.add(word.strip('"').lower())
    return frozenset(read - given)


def _words(sql: str) -> Iterator[str]:
    """Words and signs of a query, comments left out."""
    text = sql.encode()  # the lexer counts bytes
    tokens = duckdb.tokenize(sql)
    ends = [*(start for start, _ in tokens[1:]), len(text)]
    for (start, kind), end in zip(tokens, ends, strict=True):
        if kind != duckdb.token_type.comment:
            yield text[start:end].decode().strip()
