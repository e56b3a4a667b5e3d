"""Programmes of Mission Transition Écologique: a JSON array, with machine-readable ``eligibilityData``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.days import day_of, in_order
from ancrage.aids.imports.imported import (
    ImportedAid,
    ImportedCondition,
    Provenance,
    Reading,
    RejectedEntryError,
    sorted_out,
)
from ancrage.aids.imports.mte_words import ages, notes
from ancrage.aids.imports.places import place_named
from ancrage.aids.imports.texts import entry_lines, plain, read_json, web_address
from ancrage.aids.imports.wording import OBJECTIVES, natures_of
from ancrage.aids.vocabulary import Theme
from ancrage.errors import ImportFileError
from ancrage.facts.situation import Audience

SOURCE = "aides-transition-ecologique"
PAGE = "https://mission-transition-ecologique.beta.gouv.fr/aides-entreprise/"
"""Pages of the programmes, as the exchange format of the same site gives them."""
AMOUNTS = (
    "montant du financement",
    "montant du prêt",
    "montant de l'avantage fiscal",
    "coût de l'accompagnement",
)


def read_mte(text: str, file: str, *, licence: str, on: date) -> Reading:
    """Every programme of a file, or why it is not one. Raises :class:`ImportFileError`."""
    entries = read_json(text, file)
    if not isinstance(entries, list):
        raise ImportFileError(
            f"« {file} », ligne 1 : un tableau de programmes était attendu.",
            "Donnez l'export JSON de Mission Transition Écologique, entier.",
        )
    origin = Provenance(SOURCE, file, "", licence, imported_on=on.isoformat())
    aids, rejects = sorted_out(
        zip(entry_lines(text), entries, strict=True),
        lambda line, entry: _aid(entry, replace(origin, place=f"ligne {line}")),
        _name,
    )
    return Reading(SOURCE, file, aids, rejects)


def _name(entry: Any) -> str:
    return str(entry.get("titre") or entry.get("id") or "") if isinstance(entry, Mapping) else ""


def _aid(entry: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(entry, Mapping):
        raise RejectedEntryError("ce n'est pas un objet JSON")
    company = _company(entry)
    coverage = _coverage(company)
    audiences = _audiences(company)
    opens, closes = _days(entry)
    return ImportedAid(
        id=f"mte:{_text(entry, 'id')}",
        name=_text(entry, "titre"),
        summary=plain(entry.get("promesse")),
        description=plain(entry.get("description")),
        funder=str(entry.get("opérateur de contact") or ""),
        desk=web_address(entry.get("url"), "url"),
        natures=natures_of([str(entry.get("nature de l'aide") or "")]),
        audiences=audiences,
        themes=_themes(entry),
        coverage=coverage,
        excluded=(),
        opens=opens,
        closes=closes,
        amount=" ; ".join(str(entry[key]) for key in AMOUNTS if entry.get(key)),
        conditions=(
            *eligibility.applicants(audiences),
            eligibility.enterprise(),
            *_conditions(company, coverage),
            *ages(entry),
        ),
        notes=tuple(notes(entry)),
        links=tuple(link for link in (str(entry.get("url") or "").strip(), PAGE + str(entry["id"])) if link),
        provenance=origin,
        raw=dict(entry),
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    written = entry.get(key)
    if not isinstance(written, str) or not written.strip():
        raise RejectedEntryError(f"il manque « {key} »")
    return written.strip()


def _company(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    data = entry.get("eligibilityData")
    company = data.get("company") if isinstance(data, Mapping) else None
    if not isinstance(company, Mapping):
        raise RejectedEntryError("il manque « eligibilityData.company »")
    return company


def _conditions(company: Mapping[str, Any], coverage: Sequence[str]) -> Iterator[ImportedCondition]:
    yield from eligibility.sections(_list(company, "allowedNafSections"))
    yield from eligibility.workforce(
        eligibility.whole_number(company.get("minEmployees"), "minEmployees"),
        eligibility.whole_number(company.get("maxEmployees"), "maxEmployees"),
    )
    if company.get("excludeMicroentrepreneur") is True:
        yield eligibility.no_microentrepreneur()
    yield from eligibility.place(coverage)


def _list(fields: Mapping[str, Any], key: str) -> list[str]:
    written = fields.get(key, [])
    if not isinstance(written, list) or not all(isinstance(each, str) for each in written):
        raise RejectedEntryError(f"« {key} » n'est pas une liste de textes")
    return written


def _coverage(company: Mapping[str, Any]) -> tuple[str, ...]:
    """Regions, collectivities and départements named; the whole of France when no list is given."""
    if "allowedRegion" not in company:
        return ("fr",)
    codes = []
    for name in _list(company, "allowedRegion"):
        code = place_named(name)
        if code is None:
            raise RejectedEntryError(f"territoire inconnu : « {name} »")
        codes.append(code)
    if not codes:
        raise RejectedEntryError("« allowedRegion » est vide : elle ne serait ouverte nulle part")
    return tuple(dict.fromkeys(codes))


def _audiences(company: Mapping[str, Any]) -> tuple[str, ...]:
    public = company.get("openToPublicAdministration") is True
    return (Audience.STRUCTURE.value, *((Audience.COLLECTIVITE.value,) if public else ()))


def _themes(entry: Mapping[str, Any]) -> tuple[str, ...]:
    objectives = _list(entry["eligibilityData"], "priorityObjectives")
    more = (theme.value for each in objectives for theme in OBJECTIVES.get(each, ()))
    return tuple(dict.fromkeys((Theme.TRANSITION_ECOLOGIQUE.value, *more)))


def _days(entry: Mapping[str, Any]) -> tuple[date | None, date | None]:
    validity = entry["eligibilityData"].get("validity", {})
    if not isinstance(validity, Mapping):
        raise RejectedEntryError("« validity » n'est pas un objet JSON")
    opens, closes = (day_of(validity.get(key), f"validity.{key}") for key in ("start", "end"))
    return in_order(opens, closes)
