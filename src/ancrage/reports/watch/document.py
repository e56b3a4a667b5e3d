"""The JSON document of a watch of terms: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document
from ancrage.watch.moments import Span


class WatchFigures(Document, title="Terme compté"):
    """A term in a group of texts."""

    texts: int = Field(description="Textes.")
    words: int = Field(description="Mots de ces textes.")
    occurrences: int | None = Field(description="Occurrences du terme.")
    rate_per_10000: float | None = Field(description="Occurrences pour 10 000 mots.")
    rate_low: float | None = Field(description="Borne basse du taux, à 95 %.")
    rate_high: float | None = Field(description="Borne haute du taux, à 95 %.")
    texts_with: int | None = Field(description="Textes où il est écrit.")
    share_of_texts: float | None = Field(description="Part des textes où il est écrit, de 0 à 1.")


class WatchPeriod(WatchFigures, title="Terme compté sur une période"):
    """A term over a period."""

    period: str = Field(description="Année, mois ou fichier.")


class WatchTrend(Document, title="Tendance d'un terme"):
    """Whether a term is written more and more."""

    periods: int = Field(description="Périodes dont le taux est connu.")
    tau: float = Field(description="τ de Kendall.")
    p_value: float = Field(description="Valeur p.")
    slope: float = Field(description="Pente médiane par période, pour 10 000 mots.")
    direction: str = Field(description="hausse, baisse ou indecidable.")


class WatchedTerm(Document, title="Terme suivi"):
    """A term, period by period."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="Nom.")
    spellings: list[str] = Field(description="Graphies comptées comme une seule.")
    never_in: list[str] = Field(description="Expressions où une graphie ne compte pas.")
    periods: list[WatchPeriod] = Field(description="Dans l'ordre, sans trou.")
    undated: WatchFigures = Field(description="Dans les textes sans période.")
    total: WatchFigures = Field(description="Dans tous les textes.")
    trend: WatchTrend | None = Field(description="Tendance ; null si elle n'est pas calculée.")


class WatchContext(Document, title="Terme en contexte"):
    """A passage."""

    term: str = Field(description="Identifiant du terme.")
    file: str = Field(description="Fichier.")
    line: int = Field(description="Ligne du fichier.")
    date: str | None = Field(description="Date du texte, telle qu'écrite ; null si inconnue.")
    before: str = Field(description="Mots d'avant.")
    words: str = Field(description="Le terme, tel qu'écrit.")
    after: str = Field(description="Mots d'après.")


class WatchDuplicate(Document, title="Texte en double"):
    """A text left out because another holds its words."""

    name: str = Field(description="Texte laissé de côté.")
    same_as: str = Field(description="Texte compté.")


class WatchRefused(Document, title="Texte écarté"):
    """What could not be read."""

    name: str = Field(description="Fichier ou ligne.")
    reason: str = Field(description="Pourquoi.")


class WatchedCorpus(Document, title="Corpus lu"):
    """What was read and what was not."""

    texts: int = Field(description="Textes comptés.")
    words: int = Field(description="Mots comptés.")
    undated: list[str] = Field(description="Textes sans date.")
    duplicates: list[WatchDuplicate] = Field(description="Doublons.")
    refused: list[WatchRefused] = Field(description="Écartés.")
    encodings: dict[str, list[str]] = Field(description="Fichiers par encodage lu.")
    remarks: list[str] = Field(description="Colonnes retenues et remarques.")


class WatchDocument(
    Common,
    title="Veille d'un corpus",
    json_schema_extra={"description": "Combien de fois chaque terme est écrit, période par période."},
):
    """Terms counted over the periods."""

    span: Span = Field(description="Groupement : annee, mois ou fichier.")
    periods: list[str] = Field(description="Périodes, dans l'ordre, sans trou.")
    terms: list[WatchedTerm] = Field(description="Les termes.")
    terms_origin: str = Field(description="Qui a choisi les termes.")
    contexts: list[WatchContext] = Field(description="Tous les passages.")
    corpus: WatchedCorpus = Field(description="Le corpus.")
