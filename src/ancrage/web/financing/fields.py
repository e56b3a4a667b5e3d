"""A plan as the fields of a form, and back: what a person typed is kept as it was typed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from ancrage.financing.plan import SCHEMA

Typed = Mapping[str, str]
Rows = dict[str, list[dict[str, str]]]
PARTS = ("depenses", "ressources", "aides_recues")
LEAST = {"depenses": 4, "ressources": 5, "aides_recues": 1}
MORE = 3
"""Empty lines that a part gains when more are asked."""
MOST = 200
ABOUT = ("nom", "debut", "tresorerie", "taux_relais")
TOLD = ("est_ess", "pret_bancaire", "recus_fiscaux", "agrement_esus")
"""Facts of the holder that the form asks by a choice; the others that a file tells go along unseen."""
HOLDER = ("nom", "forme", "commune", "chef_de_file", "taille", "zone_afr", "siret", "rna")
_FIELD = re.compile(r"(depenses|ressources|aides_recues)-(\d{1,3})-([a-z_]{1,20})")
_PAYMENT = re.compile(r"\s*(\S+?)\s*(?:->\s*(\S+?))?\s*:\s*(.+?)\s*")


def typed_of(document: Mapping[str, Any]) -> tuple[dict[str, str], Rows]:
    """The fields of a plan: those of the whole, and those of its lines."""
    holder = document.get("porteur") or {}
    whole = {name: _text(document.get(name)) for name in ABOUT}
    whole |= {f"porteur_{name}": _text(holder.get(name)) for name in HOLDER}
    whole["fictif"] = "oui" if document.get("fictif") else ""
    facts = {fact: _text(value) for fact, value in (holder.get("faits") or {}).items()}
    whole |= {f"fait_{fact}": facts.pop(fact, "") for fact in TOLD}
    whole["faits"] = " ; ".join(f"{fact}={value}" for fact, value in facts.items())
    rows: Rows = {part: [dict(_line(one)) for one in document.get(part) or ()] for part in PARTS}
    return whole, padded(rows)


def fields_of(document: object) -> tuple[dict[str, str], Rows]:
    """The fields of what was given, right or wrong; empty ones when it has not the shape of a plan."""
    return typed_of(document if _formable(document) else {})


def _formable(document: object) -> TypeGuard[Mapping[str, Any]]:
    if not isinstance(document, dict):
        return False
    holder, lines = document.get("porteur") or {}, [document.get(part) or [] for part in PARTS]
    return (
        isinstance(holder, dict)
        and isinstance(holder.get("faits") or {}, dict)
        and all(isinstance(part, list) and len(part) <= MOST for part in lines)
        and all(isinstance(row, dict) and _payable(row) for part in lines for row in part)
    )


def _payable(row: Mapping[str, Any]) -> bool:
    paid = row.get("paiements") or []
    return isinstance(paid, list) and all(isinstance(one, dict) for one in paid)


def padded(rows: Rows, more: str = "") -> Rows:
    """The lines, with empty ones after them."""
    return {
        part: [*rows.get(part, []), *({} for _ in range(max(1, LEAST[part] - len(rows.get(part, [])))))]
        + [{} for _ in range(MORE if more == part else 0)]
        for part in PARTS
    }


def posted(form: Typed) -> tuple[dict[str, str], Rows]:
    """What a form sent: fields of the whole, lines that hold something."""
    found: dict[str, dict[int, dict[str, str]]] = {part: {} for part in PARTS}
    for name, value in form.items():
        if (field := _FIELD.fullmatch(name)) and value.strip():
            part, rank, key = field.groups()
            found[part].setdefault(int(rank), {})[key] = value.strip()
    names = (
        *ABOUT,
        *(f"porteur_{name}" for name in HOLDER),
        "fictif",
        "faits",
        *(f"fait_{one}" for one in TOLD),
    )
    whole = {name: form.get(name, "").strip() for name in names}
    # A line of which only a choice is set was never begun.
    rows = {
        part: [row for _, row in sorted(lines.items()) if set(row) - CHOICES][:MOST]
        for part, lines in found.items()
    }
    return whole, rows


CHOICES = {"compte", "etat", "financeur", "regime"}


def document_of(whole: Typed, rows: Rows) -> dict[str, Any]:
    """The document that the fields make, as its file would hold it."""
    holder: dict[str, Any] = {
        name: whole[f"porteur_{name}"] for name in HOLDER if whole.get(f"porteur_{name}")
    }
    facts = dict(_facts(whole.get("faits", "")))
    facts |= {fact: whole[f"fait_{fact}"] for fact in TOLD if whole.get(f"fait_{fact}")}
    told: dict[str, Any] = {"schema": SCHEMA}
    told |= {name: whole[name] for name in ABOUT if whole.get(name)}
    if whole.get("fictif"):
        told["fictif"] = "oui"
    if holder or facts:
        told["porteur"] = {**holder, **({"faits": facts} if facts else {})}
    return {**told, **{part: [_written(row) for row in rows[part]] for part in PARTS if rows.get(part)}}


def _facts(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split(";"):
        name, sign, value = pair.partition("=")
        if name.strip():
            yield name.strip(), value.strip() if sign else "oui"


def _line(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in one.items():
        if key == "paiements":
            yield key, " ; ".join(map(_payment, value or ()))
        elif isinstance(value, list):
            yield key, ", ".join(map(str, value))
        else:
            yield key, _text(value)


def _payment(paid: Mapping[str, Any]) -> str:
    latest = f" -> {paid['au_plus_tard']}" if paid.get("au_plus_tard") else ""
    return f"{paid.get('le', '')}{latest} : {paid.get('montant', '')}"


def _written(row: Typed) -> dict[str, Any]:
    told: dict[str, Any] = dict(row)
    if "paiements" in told:
        told["paiements"] = [_paid(part) for part in row["paiements"].split(";") if part.strip()]
    return told


def _paid(text: str) -> dict[str, str]:
    """« 2027-06-15 : 80 000 », « 2027-06-15 -> 2027-09-15 : 80 000 »."""
    found = _PAYMENT.fullmatch(text)
    if found is None:
        return {"le": text.strip(), "montant": ""}
    on, latest, amount = found.groups()
    return {"le": on, "montant": amount, **({"au_plus_tard": latest} if latest else {})}


def _text(value: object) -> str:
    if value is None:
        return ""
    return ("oui" if value else "non") if isinstance(value, bool) else str(value)


def choices(given: Sequence[Any]) -> list[tuple[str, str]]:
    """Values and words of a list."""
    return [(one.value, one.label) for one in given]
