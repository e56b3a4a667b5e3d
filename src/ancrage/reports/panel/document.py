"""The JSON document of a panel: its schema, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document


class PanelReject(Document, title="Ligne de panel écartée"):
    """A line that could not be used."""

    line: int = Field(description="Ligne du fichier.")
    reason: str = Field(description="Pourquoi.")
    text: str = Field(description="Ce qu'elle dit.")


class PanelRemark(Document, title="Remarque sur une ligne"):
    """What was read otherwise than written, or not understood, in a line that is kept."""

    line: int = Field(description="Ligne du fichier.")
    what: str = Field(description="Ce qui est lu autrement qu'écrit, ou n'est pas compris.")
    repair: str = Field(description="Quoi écrire ; vide s'il n'y a rien à réparer.")


class PanelList(Document, title="Liste longue"):
    """The long list."""

    name: str = Field(description="Fichier.")
    candidates: int = Field(description="Candidates.")
    drawn_from: int | None = Field(description="Structures avant tirage ; null sans tirage.")
    seed: int | None = Field(description="Graine du tirage ; null sans tirage.")
    source: str = Field(description="Comment le fichier a été lu.")
    rejects: list[PanelReject] = Field(description="Lignes écartées.")
    remarks: list[PanelRemark] = Field(description="Lignes gardées dont une cellule appelle une remarque.")


class PanelProof(Document, title="Preuve d'un panel"):
    """What is proved of a diversity."""

    value: float = Field(description="Diversité.")
    bound: float = Field(description="Ce qu'aucun choix ne dépasse.")
    gap: float = Field(description="Écart relatif, de 0 à 1.")
    proven: bool = Field(description="Vrai si rien de plus divers n'est possible.")


class PanelDiversity(PanelProof, title="Diversité d'un panel"):
    """The diversity, and what counts in it."""

    weights: dict[str, float] = Field(description="Poids de chaque trait compté.")


class PanelSearch(Document, title="Recherche d'un panel"):
    """What the search took."""

    nodes: int = Field(description="Branches explorées.")
    seconds: float = Field(description="Secondes.")
    settled: bool = Field(description="Vrai si les égalités sont départagées.")


class PanelTrait(Document, title="Trait d'une structure"):
    """A known trait."""

    value: str = Field(description="Valeur.")
    label: str = Field(description="Ses mots.")


class PanelStandIn(Document, title="Remplaçante"):
    """Who would stand in."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    loss: float = Field(description="Points de diversité perdus.")


class PanelMember(Document, title="Structure retenue"):
    """A structure of the panel."""

    id: str = Field(description="Identifiant.")
    name: str = Field(description="Nom.")
    line: int = Field(description="Ligne du fichier.")
    commune: str | None = Field(description="Commune le jour demandé ; null si inconnue.")
    traits: dict[str, PanelTrait | None] = Field(description="Par trait ; null : inconnu.")
    stand_in: PanelStandIn | None = Field(description="Remplaçante ; null si aucune ne garde les quotas.")


class PanelQuotaCost(Document, title="Coût d'un quota"):
    """What a quota costs."""

    gain: float = Field(description="Points de diversité gagnés sans lui.")
    proven: bool = Field(description="Vrai si c'est prouvé.")
    entering: list[str] = Field(description="Qui entrerait.")
    leaving: list[str] = Field(description="Qui sortirait.")


class PanelQuota(Document, title="Quota d'un panel"):
    """A quota."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="Ses mots.")
    trait: str = Field(description="Trait borné.")
    values: list[str] = Field(description="Valeurs comptées.")
    min: int | None = Field(description="Minimum ; null sans minimum.")
    max: int | None = Field(description="Maximum ; null sans maximum.")
    in_panel: int = Field(description="Retenues qui remplissent sûrement la condition.")
    in_panel_unknown: int = Field(description="Retenues dont le trait est à vérifier.")
    in_list: int = Field(description="Structures de la liste qui la remplissent.")
    missed: int = Field(description="Structures en moins, ou de trop.")
    cost: PanelQuotaCost | None = Field(description="Son coût ; null s'il n'est pas calculé.")


class PanelGivenUp(Document, title="Quotas abandonnés"):
    """What was given up."""

    quotas: list[str] = Field(description="Quotas abandonnés.")
    proven_smallest: bool = Field(description="Vrai si aucun renoncement n'est plus petit.")
    others: list[list[str]] = Field(description="Autres renoncements aussi petits.")


class PanelDocument(
    Common,
    title="Panel",
    json_schema_extra={"description": "Le panel le plus divers qui tient des quotas, et la preuve."},
):
    """A panel."""

    list: PanelList = Field(description="La liste longue.")
    size: int = Field(description="Structures à retenir.")
    diversity: PanelDiversity = Field(description="Diversité du panel.")
    search: PanelSearch = Field(description="La recherche.")
    panel: tuple[PanelMember, ...] = Field(description="Les structures retenues.")
    quotas: tuple[PanelQuota, ...] = Field(description="Les quotas.")
    without_quotas: PanelProof | None = Field(description="Diversité sans quota ; null si non cherchée.")
    given_up: PanelGivenUp | None = Field(description="Ce qui est abandonné ; null si rien.")
