"""A question as SQL: what every structure must meet, and what each field asks of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ancrage.language.folding import plain_words
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.table import TABLE
from ancrage.register.directory.zoned import Zoned
from ancrage.register.fabric import ALIVE
from ancrage.register.quarters import QUARTER_THEN

Zonings = Callable[[str], Zoned]

VALUES = {
    "membership": "s.ess",
    "family": "coalesce(s.family, '')",
    "section": "coalesce(s.section, '')",
    "employer": "CASE WHEN s.employer THEN 'oui' WHEN NOT s.employer THEN 'non' ELSE 'inconnu' END",
    "band": "coalesce(s.band, '')",
    "quarter": QUARTER_THEN.replace("commune", "s.commune").replace("qpv", "s.qpv"),
}
"""What each facet counts, as SQL. ``kind`` is apart: a structure may have several, or none."""


@dataclass(slots=True)
class Asked:
    """SQL of a question: its source, what all must meet, the condition of each facet that is asked.

    ``sells``: whether a structure is known to sell what is asked.
    """

    source: str
    always: list[str]
    fields: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    sells: str = "true"


def asked(query: DirectoryQuery, zonings: Zonings, classes: Sequence[str] = ()) -> Asked:
    """The question, without its place.

    ``zonings`` gives the verdicts of a zoning on its day; ``classes``: those that sell what is asked.
    """
    found = Asked(f"{TABLE} s", [ALIVE], values=dict(VALUES), parameters={"on": query.territory.on})
    _among(found, "membership", [verdict.value for verdict in query.memberships])
    _among(found, "family", list(query.families))
    _among(found, "employer", [one.value for one in query.employers])
    _among(found, "band", list(query.bands))
    _among(found, "quarter", [verdict.value for verdict in query.quarters])
    _activities(found, query)
    if query.kinds:
        found.fields["kind"] = "list_has_any(s.kinds, $kinds::VARCHAR[])"
        found.parameters["kinds"] = list(query.kinds)
    _zonings(found, query, zonings)
    _selling(found, query, classes)
    _text(found, query)
    return found


def _among(found: Asked, name: str, wanted: list[str]) -> None:
    if wanted:
        found.fields[name] = f"{found.values[name]} IN (SELECT unnest(${name}::VARCHAR[]))"
        found.parameters[name] = wanted


def _activities(found: Asked, query: DirectoryQuery) -> None:
    if query.activities:
        found.fields["section"] = (
            "(s.section IN (SELECT unnest($activities::VARCHAR[])) "
            "OR s.naf[:2] IN (SELECT unnest($activities::VARCHAR[])) "
            "OR s.naf IN (SELECT unnest($activities::VARCHAR[])))"
        )
        found.parameters["activities"] = list(query.activities)


def _zonings(found: Asked, query: DirectoryQuery, zonings: Zonings) -> None:
    """Join the verdict of the commune; several verdicts of one zoning widen."""
    wanted: dict[str, list[str]] = {}
    for one in query.zonings:
        wanted.setdefault(one.zoning, []).append(one.verdict.value)
    for rank, (identifier, verdicts) in enumerate(wanted.items()):
        name = f"zoning{rank}"
        sql, parameters = zonings(identifier).relation(name)
        found.source += f" LEFT JOIN ({sql}) {name} ON {name}.zoned_commune = s.commune"
        found.parameters |= parameters
        found.values[f"zoning:{identifier}"] = f"coalesce({name}.verdict, 'a_verifier')"
        found.fields[f"zoning:{identifier}"] = (
            f"coalesce({name}.verdict, 'a_verifier') IN (SELECT unnest(${name}_wanted::VARCHAR[]))"
        )
        found.parameters[f"{name}_wanted"] = verdicts


def _selling(found: Asked, query: DirectoryQuery, classes: Sequence[str]) -> None:
    """Those that are known to sell it, and those of which nobody published what they do."""
    if not query.selling.strip():
        return
    words = plain_words(query.selling)
    named = " AND ".join(f"contains(s.searched, $sold{rank})" for rank in range(len(words))) or "false"
    found.sells = f"coalesce(list_contains($classes::VARCHAR[], s.naf), false) OR coalesce({named}, false)"
    found.always.append(f"(s.naf IS NULL OR {found.sells})")
    found.parameters |= {f"sold{rank}": f" {word}" for rank, word in enumerate(words)}
    found.parameters["classes"] = list(classes)


def _text(found: Asked, query: DirectoryQuery) -> None:
    """A hidden name is NULL here and never matches; a text without a word finds nothing."""
    if query.digits:
        found.always.append(f"s.{'siren' if len(query.digits) == 9 else 'siret'} = $digits")
        found.parameters["digits"] = query.digits
        return
    if query.rna:
        found.always.append("s.rna = $rna")
        found.parameters["rna"] = query.rna
        return
    if not query.text.strip():
        return
    if not query.words:
        found.always.append("false")
    for rank, word in enumerate(query.words):
        found.always.append(f"contains(s.searched, $word{rank})")
        found.parameters[f"word{rank}"] = f" {word}"
