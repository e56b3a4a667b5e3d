"""The JSON document of the answers of the aids: its schema, key for key."""

from pydantic import Field

from ancrage.aids.standing import Class, State
from ancrage.aids.vocabulary import Grant
from ancrage.contacts.kinds import DeskKind
from ancrage.declarations.texts import Basis
from ancrage.reasoning import Verdict
from ancrage.reports.documents import Common, Document, NamedTerritory

Plain = bool | float | str | dict[str, float | None] | None
"""A value of a fact: an interval has its bounds, ``low`` and ``high``."""


class CitedText(Document, title="Texte cité", description="Un texte, et jusqu'où il a été vérifié."):
    """A text that founds something."""

    title: str = Field(description="Titre.")
    href: str | None = Field(description="Adresse ; null si elle n'est pas connue.")
    published_on: str | None = Field(description="Jour de publication, quand il est connu.")
    checked_on: str = Field(description="Jour où il a été vérifié.")
    basis: Basis = Field(description="Jusqu'où : texte_lu, page_lue, compte_rendu ou a_verifier.")
    note: str = Field(description="Ce qu'il faut en savoir.")


class UsedFact(Document, title="Fait utilisé", description="Un fait, et d'où il vient."):
    """A fact the answers rest on."""

    value: Plain = Field(description="Valeur, ou ses bornes ; null si elle n'est pas connue.")
    origin: str = Field(description="registre, territoire, declare, calcule ou diagnostic.")
    note: str = Field(description="Le détail, en français.")


class FactOrigin(Document, title="Origine d'un fait", description="D'où vient une valeur."):
    """Where the value of a fact comes from."""

    origin: str = Field(description="registre, territoire, declare, calcule ou diagnostic.")
    note: str = Field(description="Le détail, en français.")


class AidCondition(Document, title="Condition d'une aide", description="Une condition et sa réponse."):
    """A condition and its answer."""

    id: str = Field(description="Identifiant.")
    verdict: Verdict = Field(description="oui, non ou a_verifier.")
    label: str = Field(description="La condition, en français.")
    facts: dict[str, Plain] = Field(description="Chaque fait qu'elle lit ; null s'il n'est pas connu.")
    origins: dict[str, FactOrigin] = Field(description="D'où vient chaque fait connu.")
    established: bool = Field(description="Faux si sa règle n'est pas établie : elle ne décide alors rien.")
    indication: Verdict = Field(description="Ce que sa règle suggère, même non établie.")
    text: CitedText = Field(description="Le texte qui la fonde.")
    note: str = Field(description="Ce qu'il faut en savoir.")


class AidAmount(Document, title="Montant d'une aide", description="Bornes d'un montant."):
    """Bounds of an amount."""

    low: float | None = Field(description="Au moins ; null si ce n'est pas connu.")
    high: float | None = Field(description="Au plus ; null si ce n'est pas connu.")
    unit: str = Field(description="Unité : EUR, EUR_PER_YEAR, MONTHS…")
    label: str = Field(description="Ce que c'est, en français.")
    ceiling: bool = Field(description="Vrai si c'est un plafond.")
    period: str = Field(description="Période sur laquelle il vaut ; vide s'il n'en a pas.")
    established: bool = Field(description="Faux si ce montant n'est pas établi.")
    text: CitedText = Field(description="Le texte qui le fonde.")


class AidDesk(Document, title="Guichet", description="Où demander une aide."):
    """Where to ask."""

    name: str = Field(description="Nom.")
    kind: str | None = Field(
        description="Sorte de guichet dans un territoire ; null s'il est le même partout."
    )
    href: str | None = Field(description="Adresse ; null si elle n'est pas connue.")
    phone: str | None = Field(description="Téléphone ; null s'il n'est pas connu.")
    note: str = Field(description="Ce qu'il faut en savoir.")


class AidExistence(Document, title="Existence d’une aide", description="Existe-t-elle ce jour-là ?"):
    """Whether it exists on the day."""

    state: State = Field(
        description="en_vigueur, ouverte, annoncee, fermee, a_confirmer (dernière preuve passée) ou inconnue."
    )
    since: str | None = Field(alias="from", description="Premier jour ; null s'il n'est pas dit.")
    until: str | None = Field(alias="to", description="Dernier jour, compris ; null sans fin connue.")
    last_proof: str | None = Field(description="Dernier jour où une source la montre, ou null.")


class AidNextStep(Document, title="Et ensuite", description="À qui la demander, et jusqu’à quand."):
    """Whom to ask, and by when."""

    desk: str = Field(description="Guichet : celui du territoire s'il est connu, sinon celui de l'aide.")
    declared: str = Field(description="Guichet que déclare l'aide, le même partout.")
    kind: DeskKind | None = Field(description="Sorte de guichet local ; null s'il est le même partout.")
    local: bool = Field(description="Vrai si c'est le guichet du territoire demandé.")
    phone: str | None = Field(description="Téléphone ; null s'il n'est pas connu.")
    email: str | None = Field(description="Courriel ; null s'il n'est pas connu.")
    address: str | None = Field(description="Adresse postale ; null si elle n'est pas connue.")
    website: str | None = Field(description="Site du guichet local ; null s'il n'est pas connu.")
    url: str | None = Field(description="Démarche ou page de l'aide ; null si elle n'est pas connue.")
    seen_on: str | None = Field(description="Jour, mois ou année où la source le montre ; null si inconnu.")
    to_check: bool = Field(description="Vrai si le contact a plus de deux ans ou vient d'une autre page.")
    source: str | None = Field(description="Source du contact local ; null sans lui.")
    deadline: str | None = Field(description="Prochain jour de clôture ; null s'il n'est pas connu.")


class AidDeadline(Document, title="Échéance", description="Une date du calendrier d'une aide."):
    """A date of the calendar."""

    label: str = Field(description="Ce que c'est.")
    day: str = Field(description="Jour.")
    at: str | None = Field(description="Heure ; null pour la journée entière.")
    kind: str = Field(description="ouverture ou cloture.")
    text: CitedText | None = Field(description="Le texte qui la fonde ; null si c'est celui de l'aide.")


class AidCumulation(Document, title="Cumul", description="Avec quelles aides elle peut être demandée."):
    """With which aids it may be had."""

    note: str = Field(description="En français.")
    excludes: list[str] = Field(description="Identifiants des aides qu'elle exclut.")
    text: CitedText | None = Field(description="Le texte qui le fonde ; null s'il n'est pas dit.")


class AidElsewhere(Document, title="Aussi publiée", description="La même aide, dans une autre liste."):
    """The same aid in another list."""

    id: str = Field(description="Son identifiant là.")
    source: str = Field(description="Liste.")
    publisher: str = Field(description="Qui la publie.")
    href: str | None = Field(description="Adresse ; null si elle n'est pas connue.")


class AidVerdict(Document, title="Réponse d'une aide", description="Ce qui est dit d'une aide."):
    """What is said of an aid."""

    id: str = Field(description="Identifiant de l'aide.")
    name: str = Field(description="Nom.")
    verdict: Verdict = Field(description="oui, non ou a_verifier.")
    status: str = Field(description="etabli, a_verifier ou descriptif.")
    standing: Class = Field(
        alias="class",
        description=(
            "Ce qu'on peut en faire : droit, a_demander, reponse_manquante, a_confirmer, decrite, fermee "
            "ou non."
        ),
    )
    exists: AidExistence = Field(description="Existe-t-elle ce jour-là ?")
    qualifies: Verdict = Field(description="Les conditions établies sont-elles remplies ?")
    grant: Grant = Field(description="droit, demande, appel ou discretion (au choix de qui la donne).")
    following: AidNextStep = Field(alias="next", description="À qui la demander, et jusqu'à quand.")
    amount: AidAmount | None = Field(description="Bornes du montant et son unité ; null si elle n'en a pas.")
    conditions: list[AidCondition] = Field(
        description="Chaque condition, sa réponse, ses faits, son texte ; d'une aide publiée par d'autres, "
        "celles qui restent ouvertes ou refusent, sauf si tout est demandé (detail)."
    )
    missing: list[str] = Field(description="Faits inconnus dont la réponse dépend encore.")
    since: str | None = Field(alias="from", description="Premier jour ; null s'il n'est pas dit.")
    until: str | None = Field(alias="to", description="Dernier jour, compris ; null sans fin connue.")
    in_force: bool = Field(description="Vrai si elle est en vigueur ce jour-là.")
    reasons: list[str] = Field(description="Ce qui la refuse, ou ce qui reste à vérifier.")
    doubts: list[str] = Field(description="Ce qui reste à vérifier de l'aide elle-même.")
    summary: str = Field(description="Ce qu'elle est.")
    funder: str = Field(description="Qui la donne.")
    desk: AidDesk = Field(description="Où la demander.")
    nature: str = Field(description="Nature : subvention, pret, garantie…")
    audience: list[str] = Field(description="À qui elle s'adresse.")
    themes: list[str] = Field(description="De quoi elle traite.")
    levers: list[int] = Field(description="Numéros des outils du compte rendu de 2021 qu'elle sert.")
    family: str = Field(description="Famille d'aides dont une seule se demande ; vide si elle n'en a pas.")
    coverage: list[str] = Field(description="Où elle est ouverte : fr, reg:75…")
    text: CitedText = Field(description="Le texte qui la fonde.")
    note: str = Field(description="Ce qu'il faut en savoir.")
    deadlines: list[AidDeadline] = Field(description="Ses échéances.")
    cumulation: AidCumulation | None = Field(description="Son cumul avec d'autres ; null s'il n'est pas dit.")
    source: str = Field(description="Liste qui la publie ; catalogue si ses règles sont écrites ici.")
    also: list[AidElsewhere] = Field(description="Les autres listes où elle est publiée.")


class PutAsideAid(
    Document,
    title="Aide mise de côté",
    description="Une aide écartée au profit d'une autre de la même famille.",
):
    """An aid put aside for another of its family."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    reason: str = Field(description="Pourquoi.")


class EligibilityDocument(
    Common,
    title="Éligibilité",
    description="Les réponses à une situation, un jour donné.",
):
    """Answers to a situation."""

    territory: NamedTerritory | None = Field(description="Le territoire demandé ; null si aucun ne l'est.")
    name: str = Field(description="Nom de la structure ou du territoire, quand il est connu.")
    facts: dict[str, UsedFact] = Field(description="Chaque fait utilisé : sa valeur, son origine, le détail.")
    aids: list[AidVerdict] = Field(description="Une réponse par aide, celles du catalogue d'abord.")
    published: dict[str, int] = Field(
        description="Aides publiées par d'autres, par classe ; fermées et refusées ne sont que comptées."
    )
    put_aside: list[PutAsideAid] = Field(
        description="Aides écartées au profit d'une autre de la même famille."
    )
