"""The JSON document of what is really bought: its schema, key for key."""

from typing import Any

from pydantic import Field

from ancrage.procurement.bought.divisions import division_label
from ancrage.procurement.bought.shares import Line, Share, Tally
from ancrage.questions.bought import Bought
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports.bought.words import LABELS
from ancrage.reports.documents import Common, Document, NamedTerritory, heading


class TallyDocument(
    Document, title="Compte", description="Des contrats, et la somme de leurs montants connus."
):
    """A tally."""

    contracts: int = Field(description="Contrats.")
    value_eur: float = Field(description="Somme des montants connus, en euros hors taxes.")
    priced: int = Field(description="Contrats dont le montant est connu.")


class ShareDocument(
    Document, title="Part", description="Comment des contrats se partagent entre oui et non."
):
    """A share."""

    label: str = Field(description="Ce qui est demandé des contrats.")
    oui: TallyDocument = Field(description="Oui.")
    partiel: TallyDocument = Field(description="En partie : un groupement, dont certains seulement.")
    a_verifier: TallyDocument = Field(description="Indéterminé : jamais compté comme un non.")
    non: TallyDocument = Field(description="Non.")
    contracts_low: float | None = Field(description="Part des contrats, au moins ; null sans contrat.")
    contracts_high: float | None = Field(description="Part des contrats, au plus.")
    value_low: float | None = Field(description="Part des montants, au moins ; null sans montant connu.")
    value_high: float | None = Field(description="Part des montants, au plus.")


class FlawDocument(Document, title="Défaut", description="Un défaut des données."):
    """A flaw."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="En clair.")
    contracts: int = Field(description="Contrats qui l'ont.")


class QualityDocument(Document, title="Qualité", description="Ce que valent les données."):
    """The quality of data."""

    contracts: int = Field(description="Contrats.")
    sound: int = Field(description="Contrats sans défaut relevé.")
    without_considerations: int = Field(description="Contrats dont le format ne dit rien de social.")
    holders: int = Field(description="Titulaires.")
    holders_known: int = Field(description="Titulaires connus d'une source.")
    amended: int = Field(description="Contrats avec avenant.")
    replaced: int = Field(description="Publications remplacées, ou en double.")
    to_come: int = Field(description="Contrats à la notification à venir, non comptés.")
    flaws: list[FlawDocument] = Field(description="Défauts relevés.")


class LineDocument(Document, title="Ligne de parts", description="Une année, ou une sorte d'achat."):
    """A line."""

    id: str = Field(description="Année, ou division du CPV ; vide quand elle n'est pas connue.")
    label: str = Field(description="En clair.")
    ess: ShareDocument = Field(description="À l'ESS.")
    reserved: ShareDocument = Field(description="Réservés.")
    clause: ShareDocument = Field(description="Avec une clause sociale.")


class FamilyDocument(Document, title="Famille", description="Une famille de l'ESS."):
    """A family."""

    id: str = Field(description="Famille ; plusieurs pour un groupement.")
    tally: TallyDocument = Field(description="Contrats.")


class ReservableDocument(
    Document, title="Réservable", description="Une sorte d'achat que des structures vendent."
):
    """What could have been reserved."""

    cpv: str = Field(description="Début du code CPV.")
    label: str = Field(description="En clair.")
    not_reserved: TallyDocument = Field(description="Contrats qui disent n'être pas réservés.")
    unsaid: TallyDocument = Field(description="Contrats qui n'en disent rien.")
    suppliers: int = Field(description="SIAE, EA et ESAT des mêmes départements dont l'activité répond.")


class BuyerLine(Document, title="Acheteur et parts", description="Un acheteur d'un territoire."):
    """A buyer of a territory."""

    siren: str = Field(description="SIREN.")
    name: str = Field(description="Nom, ou SIREN quand aucune source ne le nomme.")
    contracts: int = Field(description="Contrats.")
    value_eur: float = Field(description="Montants connus, en euros hors taxes.")
    ess_contracts_low: int = Field(description="Contrats à l'ESS, au moins.")
    ess_contracts_high: int = Field(description="Contrats à l'ESS, au plus.")


class NamedBuyer(Document, title="Acheteur", description="Un acheteur public."):
    """A buyer."""

    siren: str = Field(description="SIREN.")
    name: str = Field(description="Nom.")
    territory: str | None = Field(
        description="Collectivité qu'il est : com:, epci:, dep:, reg: ; sinon null."
    )
    departement: str | None = Field(description="Département de son siège, s'il est connu.")


class AccountLine(Document, title="Devenir des lignes", description="Ce que deviennent des lignes lues."):
    """A line of the account."""

    source: str = Field(description="Source et ressource.")
    file: str = Field(description="Fichier.")
    fate: str = Field(description="contrat, titulaire, remplacee ou rejetee.")
    reason: str = Field(description="Pourquoi.")
    lines: int = Field(description="Lignes.")


class IndicatorsDocument(Document, title="Indicateurs de SPASER", description="Sur deux années entières."):
    """The indicators of a SPASER."""

    since: int = Field(description="Première année.")
    until: int = Field(description="Dernière année.")
    threshold_eur: float | None = Field(
        description="Achats annuels au-delà desquels le schéma est obligatoire."
    )
    shares: dict[str, ShareDocument] = Field(description="Les indicateurs.")


class BoughtDocument(
    Common, title="Ce qui est vraiment acheté", description="Parts, et ce que valent les données."
):
    """What is really bought."""

    territory: NamedTerritory | None = Field(default=None, description="Le territoire, s'il en est question.")
    buyer: NamedBuyer | None = Field(description="L'acheteur, s'il en est question ; sinon null.")
    quality: QualityDocument = Field(description="Ce que valent les données : à lire d'abord.")
    total: TallyDocument = Field(description="Tous les contrats.")
    shares: dict[str, ShareDocument] = Field(
        description="Les parts : ess, insertion, handicap, local, clause…"
    )
    families: list[FamilyDocument] = Field(description="Par famille de l'ESS.")
    by_form_alone: TallyDocument = Field(description="Contrats hors ESS d'après la seule forme juridique.")
    concessions: TallyDocument = Field(description="Concessions, hors des parts.")
    years: list[LineDocument] = Field(description="Par année.")
    divisions: list[LineDocument] = Field(description="Par division du CPV.")
    reservable: list[ReservableDocument] = Field(description="Ce qui aurait pu être réservé.")
    spaser: IndicatorsDocument = Field(description="Indicateurs d'un SPASER.")
    buyers: list[BuyerLine] = Field(description="Acheteurs du territoire.")
    account: list[AccountLine] = Field(description="Ce que devient chaque ligne des fichiers lus.")


def document(answer: Answer[Bought]) -> dict[str, Any]:
    """Plain values: :class:`BoughtDocument` is their schema."""
    found, shares = answer.facts, answer.facts.shares
    return {
        **heading(answer),
        "buyer": _buyer(found),
        "quality": _quality(found),
        "total": tally(shares.total),
        "shares": {name: share(LABELS[name], one) for name, one in shares.by.items()},
        "families": [{"id": name, "tally": tally(one)} for name, one in shares.families],
        "by_form_alone": tally(shares.unmarked),
        "concessions": tally(shares.concessions),
        "years": [_line(one, one.label) for one in shares.years],
        "divisions": [_line(one, division_label(one.id)) for one in shares.divisions],
        "reservable": [
            {
                "cpv": one.cpv,
                "label": one.label,
                "not_reserved": tally(one.open),
                "unsaid": tally(one.unsaid),
                "suppliers": one.suppliers,
            }
            for one in found.reservable
        ],
        "spaser": {
            "since": found.indicators.since,
            "until": found.indicators.until,
            "threshold_eur": found.indicators.threshold_eur,
            "shares": {name: share(label, one) for name, label, one in found.indicators.lines},
        },
        "buyers": [
            {
                "siren": one["siren"],
                "name": one["name"],
                "contracts": one["n"],
                "value_eur": round(one["value"] or 0, 2),
                "ess_contracts_low": one["ess_low"],
                "ess_contracts_high": one["ess_high"],
            }
            for one in found.buyers
        ],
        "account": [dict(one) for one in found.account],
    }


def _buyer(found: Bought) -> dict[str, Any] | None:
    one = found.buyer
    if one is None:
        return None
    return {name: getattr(one, name) for name in ("siren", "name", "territory", "departement")}


def _quality(found: Bought) -> dict[str, Any]:
    told = found.quality
    return {
        "contracts": told.contracts,
        "sound": told.sound,
        "without_considerations": told.silent,
        "holders": told.holders,
        "holders_known": told.known_holders,
        "amended": told.amended,
        "replaced": told.replaced,
        "to_come": told.to_come,
        "flaws": [{"id": str(flaw), "label": flaw.label, "contracts": times} for flaw, times in told.flaws],
    }


def _line(line: Line, label: str) -> dict[str, Any]:
    parts = {"ess": line.ess, "reserved": line.reserved, "clause": line.clause}
    return {"id": line.id, "label": label, **{name: share(name, one) for name, one in parts.items()}}


def tally(found: Tally) -> dict[str, Any]:
    """Keys of :class:`TallyDocument`."""
    return {"contracts": found.contracts, "value_eur": round(found.value, 2), "priced": found.priced}


def share(label: str, found: Share) -> dict[str, Any]:
    """Keys of :class:`ShareDocument`."""
    number, value = found.number() or (None, None), found.value() or (None, None)
    return {
        "label": label,
        **{verdict.value: tally(found.tally(verdict)) for verdict in Verdict},
        "contracts_low": number[0],
        "contracts_high": number[1],
        "value_low": value[0],
        "value_high": value[1],
    }
