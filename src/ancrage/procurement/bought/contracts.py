"""From a record of any format to a contract, its amendments applied; or why it cannot be one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ancrage.cells.codes import repair_siret
from ancrage.cells.keys import has_luhn_key, has_siret_keys
from ancrage.procurement.bought.cells import (
    ABSURD_EUR,
    SYMBOLIC_EUR,
    amount_of,
    considerations,
    cpv_of,
    day_of,
    folded,
    listed,
    months_of,
    text_of,
    texts_in,
    whether,
)
from ancrage.procurement.bought.holders import flaws_of, holder_of, holders_in, is_beside, without_double
from ancrage.procurement.bought.vocabulary import PROCEDURES, Flaw, Nature

Raw = Mapping[str, Any]
Plain = dict[str, Any]
EARLIEST = date(1990, 1, 1)
"""Day before which no contract of this data was notified: the data is compulsory since October 2018."""
FURTHEST = timedelta(days=366)
"""How far after the day of reading a notification may be written, by mistake, and its contract be kept."""
SHRUNK = 0.5
"""Part of its first amount under which an amended contract is doubtful: some buyers write the gap there."""
LONGEST = 2000
"""Characters of an object that are kept."""
FRAMEWORK = folded("accord-cadre")


class NoContractError(Exception):
    """A record that cannot be a contract: why, in French, without capital nor full stop."""


def contract_of(raw: Raw, *, name: str, on: date) -> Plain:
    """The contract of a record, as a row of ``LINE``. Raises :class:`NoContractError`.

    ``name``: that of the record where it has one; ``on``: the day of reading, after which nothing was
    notified yet.
    """
    concession = _is_concession(raw, name)
    holders, written = _holders(raw)
    changes = sorted(_changes(raw), key=lambda one: (one["notified_on"] or EARLIEST, one["rank"]))
    amount = amount_of(_any(raw, "montant", "valeurGlobale"))
    row: Plain = {
        "nature": str(Nature.CONCESSION if concession else Nature.CONTRACT),
        **_buyer(raw),
        "number": _number(raw),
        "kind": text_of(raw.get("nature")) or text_of(raw.get("type")),
        "object": text_of(raw.get("objet"))[:LONGEST],
        "cpv": cpv_of(raw.get("codeCPV")),
        "procedure": PROCEDURES.get(folded(text_of(raw.get("procedure")))),
        "place": _place(raw),
        "months": months_of(raw.get("dureeMois")),
        "notified_on": _notified(raw, on),
        "published_on": day_of(raw.get("datePublicationDonnees")),
        "amount": amount,
        "first_amount": amount,
        "offers": months_of(raw.get("offresRecues")),
        "framework": _framework(raw),
        "social": considerations(_considered(raw, "Sociale"), "social"),
        "environmental": considerations(_considered(raw, "Environnementale"), "environmental"),
        "holders": holders,
        "written": written,
        "changes": changes,
        "current": whether(raw.get("donneesActuelles")) is not False,
    }
    _amend(row)
    return _judged(row, on)


def _any(raw: Raw, *names: str) -> Any:
    return next((raw[name] for name in names if raw.get(name) not in (None, "")), None)


def _is_concession(raw: Raw, name: str) -> bool:
    told = folded(f"{text_of(raw.get('_type'))} {text_of(raw.get('nature'))}")
    return name == "contrat-concession" or "concession" in told or "delegation" in told


def _buyer(raw: Raw) -> Plain:
    """The buyer. Raises :class:`NoContractError` when nothing says who bought."""
    inside = _any(raw, "acheteur", "autoriteConcedante")
    told = inside if isinstance(inside, Mapping) else {}
    written = "".join(text_of(told.get("id") or _any(raw, "acheteur.id", "acheteur_id")).split())
    if not written:
        raise NoContractError("l'acheteur n'a pas de SIRET")
    code = written if len(written) == 9 else repair_siret(written)
    if code is None:
        raise NoContractError("le SIRET de l'acheteur est illisible")
    if not (has_luhn_key(code) if len(code) == 9 else has_siret_keys(code)):
        raise NoContractError("la clé du SIRET de l'acheteur est fausse")
    name = text_of(told.get("nom") or _any(raw, "acheteur.nom", "acheteur_nom"))
    place = text_of(raw.get("acheteur_departement_code")).upper()
    return {
        "buyer": code,
        "buyer_name": "" if name == "test" else name,
        "buyer_departement": place.zfill(2) if place.isdigit() else place,
    }


def _number(raw: Raw) -> str:
    number = text_of(raw.get("id"))
    if not number:
        raise NoContractError("le contrat n'a pas de numéro")
    return number[:100]


def _place(raw: Raw) -> str:
    told = raw.get("lieuExecution")
    inside = next(iter(listed(told)), None) if not isinstance(told, Mapping) else told
    if isinstance(inside, Mapping):
        return text_of(inside.get("code"))
    return text_of(_any(raw, "lieuExecution_code", "lieuExecution.code"))


def _notified(raw: Raw, on: date) -> date | None:
    found = day_of(_any(raw, "dateNotification", "dateSignature"))
    if found and found > on + FURTHEST:
        raise NoContractError(f"la date de notification est trop lointaine ({found.year})")
    return found if found and found >= EARLIEST else None


def _framework(raw: Raw) -> bool | None:
    techniques = [folded(one) for one in texts_in(raw.get("techniques") or raw.get("technique"))]
    if techniques:
        return any(FRAMEWORK in one for one in techniques)
    kind = folded(text_of(raw.get("nature")))
    return FRAMEWORK in kind if kind else None


def _considered(raw: Raw, which: str) -> Any:
    return _any(raw, f"considerations{which}s", f"consideration{which}")


def _holders(raw: Raw) -> tuple[list[Plain], int]:
    if is_beside(raw):
        one = holder_of(raw, "titulaire_")
        found = [one] if one.id or one.name else []
    else:
        found = list(holders_in(_any(raw, "titulaires", "concessionnaires")))
    return [one.row() for one in without_double(found)], len(found)


def _changes(raw: Raw) -> list[Plain]:
    """Amendments, as each writes what it changes."""
    told = listed(raw.get("modifications"))
    inside = [
        found
        for one in told
        if isinstance(one, Mapping)
        for found in (one["modification"] if isinstance(one.get("modification"), list) else [one])
    ]
    return [_change(one.get("modification", one), rank) for rank, one in enumerate(inside, 1) if one]


def _change(one: Raw, rank: int) -> Plain:
    one = one if isinstance(one, Mapping) else {}
    holders = list(holders_in(one.get("titulaires") or one.get("concessionnaires")))
    day = _any(
        one, "dateNotificationModification", "dateSignatureModification", "datePublicationDonneesModification"
    )
    return {
        "rank": months_of(one.get("id")) or rank,
        "notified_on": day_of(day),
        "amount": amount_of(_any(one, "montant", "valeurGlobale")),
        "months": months_of(one.get("dureeMois")),
        "object": text_of(one.get("objetModification"))[:LONGEST],
        "holders": [found.row() for found in without_double(holders)],
    }


def _amend(row: Plain) -> None:
    """Apply the amendments in their order: the contract is what the last one of each matter says."""
    for change in row["changes"]:
        for name in ("amount", "months"):
            if change[name] is not None:
                row[name] = change[name]
        if change["holders"]:
            row["holders"], row["written"] = change["holders"], len(change["holders"])


def _judged(row: Plain, on: date) -> Plain:
    """The row with what is wrong in it; an amount that cannot be one is not known."""
    flaws = [*flaws_of(row["holders"], row.pop("written")), *_amount_flaws(row["amount"])]
    if row["changes"] and (row["amount"] or 0) < SHRUNK * (row["first_amount"] or 0):
        flaws.append(Flaw.SHRUNK)
    if row["notified_on"] is None:
        flaws.append(Flaw.NO_DAY)
    elif row["notified_on"] > on:
        flaws.append(Flaw.TO_COME)
    for name, flaw in (("procedure", Flaw.NO_PROCEDURE), ("cpv", Flaw.NO_CPV), ("months", Flaw.NO_DURATION)):
        if row[name] is None and not (name == "cpv" and row["nature"] == Nature.CONCESSION):
            flaws.append(flaw)
    if Flaw.ABSURD in flaws or Flaw.NO_AMOUNT in flaws:
        row["amount"] = None
    return row | {"flaws": [str(one) for one in flaws], "changed": len(row["changes"])}


def _amount_flaws(amount: float | None) -> list[Flaw]:
    if amount is None:
        return [Flaw.NO_AMOUNT]
    if amount < 0 or amount >= ABSURD_EUR:
        return [Flaw.ABSURD]
    return [Flaw.SYMBOLIC] if amount <= SYMBOLIC_EUR else []
