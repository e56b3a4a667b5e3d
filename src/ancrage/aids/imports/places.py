"""Places as files of aids write them: names, codes of the official geographic code, and ours."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ancrage.aids.imports.imported import RejectedEntryError
from ancrage.declarations.loading import read_yaml
from ancrage.language.folding import spaced

FACTS = {"reg": "region", "dep": "departement", "epci": "epci", "com": "commune", "qpv": "qpv"}
"""The fact that tells each kind of code."""
PUBLISHED_PATTERN = re.compile(r"[A-Z]+-\d+")
"""Pattern of a code in the published schema of the exchange format (v0.1.0): digits only."""
FRANCE = "PAYS-99100"
CODES = {
    "REG": r"\d{2}",
    "DEP": r"\d{2}|2[AB]|97[1-46]",
    "COM": r"(?:\d{2}|2[AB])\d{3}",
    "EPCI": r"\d{9}",
    "QPV": r"Q[NP][0-9A-Z]{6}",
}
COLLECTIVITY = re.compile(r"(?:COM|DEP|REG)-(97[578]|98[46789])")
WHOLE_FRANCE = frozenset({"france", "france entiere", "national", "france et territoires d'outre-mer"})


@cache
def places_by_name() -> Mapping[str, str]:
    """Our code (``reg:75``, ``dep:40``) by folded name; regions win over départements."""
    found: dict[str, str] = {}
    for kind in ("reg", "dep"):
        for code, name in place_names(kind).items():
            found.setdefault(spaced(name), f"{kind}:{code}")
    return found


@cache
def place_names(kind: str) -> Mapping[str, str]:
    """Names of the regions (``reg``) or of the départements (``dep``) by code."""
    told: Mapping[str, Mapping[str, str]] = read_yaml((files(__package__) / "places.yaml").read_text("utf-8"))
    return told[kind]


def place_named(name: str) -> str | None:
    """Code of a region, a collectivity or a département, ``fr`` for the nation; ``None`` when unknown."""
    written = spaced(name)
    return "fr" if written in WHOLE_FRANCE else places_by_name().get(written)


@cache
def _former_regions() -> Mapping[str, tuple[str, ...]]:
    """Départements, as our codes, of each region that was merged in 2016, by folded name."""
    told: Mapping[str, Mapping[str, str]] = read_yaml((files(__package__) / "places.yaml").read_text("utf-8"))
    return {
        spaced(name): tuple(f"dep:{code}" for code in codes.split()) for name, codes in told["former"].items()
    }


def former_region(name: str) -> tuple[str, ...]:
    """The départements of a region of before 2016; nothing for any other name."""
    return _former_regions().get(spaced(name), ())


def read_code(written: str) -> str:
    """Our code of one of the exchange format: ``REG-75`` is ``reg:75``, Corsica and quarters included.

    A collectivity overseas is told as COM, DEP or REG: it is a region for us. Raises
    :class:`RejectedEntryError` for a code that cannot be one.
    """
    code = written.strip()
    if code == FRANCE:
        return "fr"
    if found := COLLECTIVITY.fullmatch(code):
        return f"reg:{found[1]}"
    if re.fullmatch(CODES["QPV"], code):
        return f"qpv:{code}"
    kind, _, number = code.partition("-")
    if kind not in CODES or not re.fullmatch(CODES[kind], number):
        raise RejectedEntryError(f"code géographique inconnu : « {code} »")
    return f"{kind.lower()}:{number}"


def outside_pattern(written: Iterable[str]) -> tuple[str, ...]:
    """Codes that the published pattern refuses: Corsica, quarters."""
    return tuple(dict.fromkeys(code for code in written if not PUBLISHED_PATTERN.fullmatch(code)))


def place_rule(coverage: Iterable[str], excluded: Iterable[str] = ()) -> str:
    """The rule of a coverage; empty for the whole of France or when it is not told."""
    codes = tuple(coverage)
    inside = "" if "fr" in codes or not codes else f"({_among(codes)})"
    outside = tuple(excluded)
    return " AND ".join(part for part in (inside, f"NOT ({_among(outside)})" if outside else "") if part)


def _among(codes: Iterable[str]) -> str:
    by_fact: dict[str, list[str]] = {}
    for code in codes:
        kind, _, number = code.partition(":")
        by_fact.setdefault(FACTS[kind], []).append(f"'{number}'")
    return " OR ".join(f"{fact} IN ({', '.join(numbers)})" for fact, numbers in by_fact.items())
