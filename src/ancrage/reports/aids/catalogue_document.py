"""The JSON documents of the catalogue of aids: their schemas, key for key."""

from pydantic import Field

from ancrage.aids.vocabulary import Grant
from ancrage.facts.declaration import FactType, Origin, Privacy
from ancrage.reasoning import Verdict
from ancrage.reports.aids.document import (
    AidAmount,
    AidCumulation,
    AidDeadline,
    AidDesk,
    AidNextStep,
    CitedText,
    Plain,
)
from ancrage.reports.documents import Common, Document, NamedTerritory, PagedDocument


class ListedAid(Document, title="Aide listée", description="Une aide du catalogue, en bref."):
    """An aid in a list."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'elle est.")
    funder: str = Field(description="Qui la donne.")
    nature: str = Field(description="Nature : subvention, pret, garantie…")
    audience: list[str] = Field(description="À qui elle s'adresse.")
    themes: list[str] = Field(description="De quoi elle traite.")
    levers: list[int] = Field(description="Numéros des outils du compte rendu de 2021 qu'elle sert.")
    in_force: bool | None = Field(description="En vigueur le jour demandé ; null si ce n'est pas établi.")


class AidListDocument(PagedDocument, title="Page d'aides", description="Des aides du catalogue."):
    """Aids of the catalogue."""

    items: list[ListedAid] = Field(description="Les lignes de la page.")


class ExactSentence(Document, title="Phrase d'une règle", description="Une phrase, et sa profondeur."):
    """A sentence of a rule."""

    depth: int = Field(
        description="0 pour ce qui est demandé, 1 et plus pour ce que précise la phrase d'avant."
    )
    sentence: str = Field(description="La phrase, en français.")


class DeclaredCondition(Document, title="Condition déclarée", description="Une condition et sa règle."):
    """A condition, as it is declared."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="En français.")
    exact: list[ExactSentence] = Field(description="La règle exacte, en français, avec les chiffres du jour.")
    rule: str = Field(description="Expression du langage de règles.")
    status: str = Field(description="etabli ou a_verifier.")
    text: CitedText | None = Field(description="Le texte qui la fonde ; null si c'est celui de la version.")
    note: str = Field(description="Ce qu'il faut en savoir.")


class DeclaredAmount(Document, title="Montant déclaré", description="Un montant et sa règle."):
    """An amount, as it is declared."""

    exact: list[ExactSentence] = Field(
        description="Comment il se calcule, en français, avec les chiffres du jour."
    )
    rule: str = Field(description="Expression du langage de règles.")
    unit: str = Field(description="Unité.")
    label: str = Field(description="En français.")
    ceiling: bool = Field(description="Vrai si c'est un plafond.")
    period: str = Field(description="une_fois, mois, an ou duree.")
    status: str = Field(description="etabli ou a_verifier.")
    text: CitedText | None = Field(description="Le texte qui le fonde ; null si c'est celui de la version.")


class AidVersion(Document, title="Version d'une aide", description="L'aide sur certains jours."):
    """An aid on some days."""

    id: str = Field(description="Identifiant propre ; vide si rien n'y renvoie.")
    since: str = Field(alias="from", description="Premier jour.")
    until: str | None = Field(alias="to", description="Dernier jour, compris ; null sans fin connue.")
    attested_until: str | None = Field(description="Dernier jour attesté, si sa fin n'est pas connue.")
    last_proof: str | None = Field(description="Dernier jour où une source la montre, ou null.")
    status: str = Field(description="etabli, a_verifier ou descriptif.")
    text: CitedText = Field(description="Le texte qui la fonde.")
    conditions: list[DeclaredCondition] = Field(description="Les conditions, et la règle de chacune.")
    amount: DeclaredAmount | None = Field(description="Le montant ; null si elle n'en a pas.")
    deadlines: list[AidDeadline] = Field(description="Ses échéances.")
    note: str = Field(description="Ce qu'il faut savoir.")


class AidCoverage(Document, title="Couverture d'une aide", description="Où elle peut être demandée."):
    """Where an aid may be had."""

    includes: list[str] = Field(description="Codes couverts : fr, reg:75…")
    excludes: list[str] = Field(description="Codes exclus.")
    matter: str = Field(description="Droit où « fr » vaut : general, travail, fiscalite, protection_sociale.")


class AidCase(Document, title="Cas d'une aide", description="Un cas, rejoué."):
    """A case, replayed at each change."""

    title: str = Field(description="Ce qu'il est.")
    day: str = Field(description="Jour.")
    facts: dict[str, bool | float | str] = Field(description="Les faits.")
    verdict: Verdict = Field(description="Réponse attendue.")
    amount: float | list[float | None] | None = Field(description="Montant attendu, ou ses bornes.")
    missing: list[str] | None = Field(description="Faits manquants attendus ; null s'ils ne sont pas dits.")
    source: str = Field(description="D'où il vient.")


class AidApplication(Document, title="Demande d'une aide", description="Ce qu'il faut joindre, et attendre."):
    """How one asks."""

    procedure: str = Field(description="Procédure commune qu'elle suit ; vide si elle n'en suit aucune.")
    steps: list[str] = Field(description="Pas à pas ; vide si aucun texte lu ne le dit.")
    documents: list[str] = Field(description="Pièces à joindre ; vide si aucun texte lu ne les dit.")
    delay: str = Field(description="Délai de réponse, en français ; vide si aucun texte lu ne le dit.")
    note: str = Field(description="Ce qu'il faut en savoir.")
    texts: list[CitedText] = Field(description="Ce qui le fonde ; vide si c'est le texte de la version.")


class AidExample(Document, title="Exemple chiffré", description="Des faits, et ce que donne l'aide."):
    """An example with numbers."""

    title: str = Field(description="Qui c'est.")
    day: str = Field(description="Jour.")
    facts: dict[str, Plain] = Field(description="Les faits.")
    amount: AidAmount = Field(description="Le montant, calculé par la règle.")


class AidReadings(Document, title="Lectures", description="Les textes d'une aide, les officiels à part."):
    """What to read."""

    official: list[CitedText] = Field(description="Le droit, puis les services publics et le financeur.")
    others: list[CitedText] = Field(description="Lu aussi.")


class AidDocument(
    Common,
    ListedAid,
    title="Aide du catalogue",
    description="Une aide, et sa version du jour demandé.",
):
    """An aid on a day."""

    version: AidVersion | None = Field(description="Version en vigueur ce jour-là ; null si aucune ne l'est.")
    desk: AidDesk = Field(description="Où la demander.")
    following: AidNextStep = Field(alias="next", description="À qui la demander, et jusqu'à quand.")
    grant: Grant = Field(description="droit, demande, appel ou discretion (au choix de qui la donne).")
    family: str = Field(description="Famille d'aides dont une seule se demande ; vide si elle n'en a pas.")
    territory: AidCoverage = Field(description="Où elle peut être demandée.")
    application: AidApplication | None = Field(description="Comment la demander ; null si ce n'est pas dit.")
    example: AidExample | None = Field(description="Un exemple chiffré ; null si aucun cas n'en donne.")
    readings: AidReadings = Field(description="Ses textes, les officiels d'abord.")
    history: str = Field(description="complete, ou partial : des jours sur lesquels rien n'est su.")
    cumulation: AidCumulation | None = Field(description="Son cumul avec d'autres ; null s'il n'est pas dit.")
    versions: list[AidVersion] = Field(description="Toutes ses versions, de la plus ancienne à la dernière.")
    cases: list[AidCase] = Field(description="Ses cas, rejoués à chaque changement.")


class ListedFact(Document, title="Fait", description="Un fait que les règles lisent."):
    """A fact that rules read."""

    id: str = Field(description="Identifiant, à donner dans « facts ».")
    type: FactType = Field(description="booleen, entier, decimal, choix, texte ou jour.")
    label: str = Field(description="Nom.")
    question: str = Field(description="La question à poser.")
    help: str = Field(description="Ce qui aide à y répondre.")
    unit: str = Field(description="Unité ; vide s'il n'en a pas.")
    low: float | None = Field(description="Plus petite valeur crédible.")
    high: float | None = Field(description="Plus grande valeur crédible.")
    choices: dict[str, str] = Field(description="Valeurs possibles d'un choix, et leurs mots.")
    pattern: str | None = Field(description="Expression rationnelle d'un texte ; null s'il est libre.")
    example: str = Field(description="Exemple.")
    origin: Origin = Field(description="D'où il vient quand personne ne le dit.")
    privacy: Privacy = Field(description="Qui peut le voir : public, structure ou confidentiel.")
    theme: str = Field(description="Thème.")


class FactListDocument(PagedDocument, title="Page de faits", description="Les faits déclarés."):
    """Declared facts."""

    items: list[ListedFact] = Field(description="Les lignes de la page.")


class FoundFilters(Document, title="Filtres d'une recherche", description="Ce qui a été filtré."):
    """Filters of a search."""

    territory: list[str] = Field(description="Codes du territoire et de ceux qui le contiennent.")
    audience: str | None = Field(description="Public demandé.")
    theme: str | None = Field(description="Thème demandé.")
    nature: str | None = Field(description="Nature demandée.")
    on: str | None = Field(description="Jour où elles doivent être en vigueur ; null si peu importe.")
    closing_in: int | None = Field(description="Jours au plus avant leur clôture ; null si peu importe.")
    funder: str = Field(description="Mots du financeur ; vide si peu importe.")
    least_eur: int | None = Field(description="Somme dite, au moins, en euros ; null si peu importe.")


class AidSpan(Document, title="Jours d'une aide", description="Des jours d'une aide, compris."):
    """Days of an aid."""

    since: str | None = Field(alias="from", description="Premier jour ; null s'il n'est pas connu.")
    until: str | None = Field(alias="to", description="Dernier jour ; null sans fin connue.")
    sure: bool = Field(description="Faux si son existence ces jours-là est à vérifier.")
    attested_until: str | None = Field(description="Dernier jour attesté, si sa fin n'est pas connue.")


class FoundIn(Document, title="Ce qui a répondu", description="Où, et quel passage."):
    """What answered."""

    field: str = Field(description="name, subjects, summary ou conditions.")
    excerpt: str = Field(description="Le passage.")


class FoundVariant(Document, title="Autre publication", description="La même aide, ailleurs ou autrement."):
    """The same aid in another list or another place."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    coverage: list[str] = Field(description="Où elle est ouverte.")
    funder: str = Field(description="Qui la donne ; vide si ce n'est pas publié.")
    href: str = Field(description="Adresse ; vide si elle n'est pas connue.")
    provenance: str = Field(description="D'où elle vient.")


class FoundAid(Document, title="Aide trouvée", description="Une aide trouvée."):
    """An aid found."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    summary: str = Field(description="Ce qu'elle est.")
    funder: str = Field(description="Qui la donne ; vide si ce n'est pas publié.")
    natures: list[str] = Field(description="Natures.")
    audience: list[str] = Field(description="À qui elle s'adresse.")
    themes: list[str] = Field(description="De quoi elle traite.")
    coverage: list[str] = Field(description="Où elle est ouverte.")
    excludes: list[str] = Field(description="Où elle ne l'est pas.")
    spans: list[AidSpan] = Field(description="Ses jours.")
    amount: str = Field(description="Combien, en français ; vide si ce n'est pas dit.")
    most_eur: float | None = Field(description="Plus grande somme dite, en euros ; null si aucune ne l'est.")
    href: str = Field(description="Adresse ; vide si elle n'est pas connue.")
    provenance: str = Field(description="D'où elle vient.")
    licence: str = Field(description="Licence ; vide si elle n'est pas publiée.")
    in_force: Verdict = Field(description="En vigueur : oui, non ou a_verifier.")
    in_force_on: str = Field(description="Le jour dont il s'agit.")
    deadline: str | None = Field(description="Dernier jour, si elle est ouverte et qu'il est dit.")
    variants: list[FoundVariant] = Field(
        description="La même aide, dans d'autres listes ou d'autres lieux : montrée une fois."
    )
    score: float = Field(description="Ressemblance ; sans unité.")
    found: list[FoundIn] = Field(description="Ce qui a répondu.")


class FoundAidsDocument(Common, title="Aides trouvées", description="Les aides qui répondent à des mots."):
    """Aids that answer words."""

    territory: NamedTerritory | None = Field(description="Le territoire demandé ; null si aucun ne l'est.")
    text: str = Field(description="Les mots reçus.")
    filters: FoundFilters = Field(description="Ce qui a été filtré.")
    total: int = Field(description="Nombre d'aides qui répondent, variantes comprises.")
    read: dict[str, list[str]] = Field(description="Mots lus à la place ou à côté de ceux reçus.")
    partial: bool = Field(description="Aucune aide ne contient tous les mots.")
    suggestions: list[str] = Field(description="Mots proches, quand rien ne répond.")
    unfiltered: int = Field(description="Nombre d'aides sans les filtres, quand rien ne répond.")
    aids: list[FoundAid] = Field(description="Les meilleures réponses, avec ce qui a répondu.")
