"""The JSON documents of the sources: their schemas, key for key."""

from pydantic import Field

from ancrage.reports.documents import Common, Document, PagedDocument


class SourceAddress(
    Document, title="Adresse d'une ressource", json_schema_extra={"description": "Où le producteur la donne."}
):
    """A place where the producer gives a file."""

    url: str = Field(description="Adresse.")
    format: str | None = Field(description="Forme du fichier, si elle diffère.")
    compression: str | None = Field(description="Compression, si elle diffère.")
    sha256: str | None = Field(description="Somme de contrôle, quand le producteur la publie.")


class SourceMirror(
    Document, title="Place dans un miroir", json_schema_extra={"description": "Où la lire dans un miroir."}
):
    """Where a resource lies in a mirror."""

    paths: list[str] = Field(description="Chemins dans le dossier du miroir.")
    files: int = Field(description="Nombre de fichiers attendus, au moins.")
    sample: bool = Field(description="Vrai si le miroir n'en a qu'une partie.")
    optional: bool = Field(description="Vrai si rien ne manque quand le miroir ne la tient pas.")
    as_of: str | None = Field(description="Jour dont parle la copie du miroir ; null si ce n'est pas dit.")
    note: str = Field(description="Laquelle.")


class SourceResource(
    Document,
    title="Ressource d'une source",
    json_schema_extra={"description": "Un fichier, ou plusieurs de même forme."},
):
    """A file of a source."""

    id: str = Field(description="Identifiant.")
    title: str = Field(description="Titre.")
    addresses: list[SourceAddress] = Field(description="Adresses, essayées dans l'ordre.")
    mirror: SourceMirror | None = Field(description="Sa place dans un miroir ; null si elle n'y est pas.")
    format: str = Field(description="csv, geojson, json, parquet, api ou service.")
    encoding: str = Field(description="Encodage.")
    separator: str | None = Field(description="Séparateur ; null s'il se devine.")
    compression: str = Field(description="none, gz ou zip.")
    member: str | None = Field(description="Fichier à lire dans l'archive.")
    columns: list[str] = Field(description="Colonnes lues.")
    min_rows: int = Field(description="Lignes au-dessous desquelles un fichier est tronqué.")
    max_age_days: int | None = Field(description="Âge, en jours, où une nouvelle version est probable.")
    note: str = Field(description="Note.")


class ResourceState(
    Document,
    title="État d'une ressource ici",
    json_schema_extra={"description": "Ce qui en est là, et son âge."},
):
    """The state of a resource."""

    source: str = Field(description="Source.")
    resource: str = Field(description="Ressource.")
    freshness: str = Field(description="absente, échantillon, à rafraîchir, à jour ou à la demande.")
    frequency: str = Field(description="Fréquence de publication.")
    vintage: str = Field(description="Millésime reçu, ou déclaré si rien n'est reçu.")
    fetched_at: str | None = Field(description="Moment de la réception.")
    checked_at: str | None = Field(description="Moment de la dernière vérification.")
    age_days: int | None = Field(description="Jours depuis cette vérification.")
    size: int | None = Field(description="Octets.")
    rows: int | None = Field(description="Lignes ; null si elles ne sont pas comptées.")
    rejected: int = Field(description="Lignes refusées.")
    note: str = Field(description="Note.")


class UsedSource(
    Document,
    title="Source employée",
    json_schema_extra={"description": "Ce qu'une édition a pris d'une source."},
):
    """What an edition took of a source."""

    id: str = Field(description="Identifiant.")
    resource: str | None = Field(None, description="Ressource.")
    title: str = Field(description="Titre.")
    producer: str = Field(description="Producteur.")
    vintage: str = Field(description="Millésime.")
    licence: str = Field(description="Licence.")
    href: str = Field(description="Page du producteur.")
    fictitious: bool = Field(description="Vrai si elle est fictive, de démonstration.")
    sample: bool = Field(description="Vrai si ce n'est qu'un échantillon.")
    fetched_on: str | None = Field(description="Jour de la réception.")
    note: str = Field(description="Note.")


class KeptFileDocument(
    Document, title="Fichier reçu", json_schema_extra={"description": "Un fichier tel qu'il a été reçu."}
):
    """A file kept."""

    name: str = Field(description="Nom.")
    sha256: str = Field(description="Somme de contrôle.")
    size: int = Field(description="Octets.")


class SnapshotDocument(
    Document, title="Instantané", json_schema_extra={"description": "Ce qui a été reçu, quand et d'où."}
):
    """What was received."""

    source: str = Field(description="Source.")
    resource: str = Field(description="Ressource.")
    origin: str = Field(description="Adresse, ou chemins dans le miroir.")
    fetched_at: str = Field(description="Moment de la réception.")
    licence: str = Field(description="Licence.")
    vintage: str = Field(description="Millésime.")
    sha256: str = Field(description="Somme de contrôle.")
    size: int = Field(description="Octets.")
    files: list[KeptFileDocument] = Field(description="Les fichiers.")
    etag: str | None = Field(description="ETag du producteur.")
    last_modified: str | None = Field(description="Date de modification que dit le producteur.")
    sample: bool = Field(description="Vrai si ce n'est qu'un échantillon.")
    fictitious: bool = Field(description="Vrai si c'est fictif.")
    note: str = Field(description="Note.")
    rows: int | None = Field(description="Lignes.")
    rejected: int = Field(description="Lignes refusées.")
    remarks: list[str] = Field(description="Remarques.")
    tool_version: str = Field(description="Version d'Ancrage qui l'a reçu.")


class ShownSource(
    Document, title="Source déclarée", json_schema_extra={"description": "Un jeu de données public."}
):
    """A public data set."""

    id: str = Field(description="Identifiant.")
    title: str = Field(description="Titre.")
    producer: str = Field(description="Producteur.")
    licence: str = Field(description="Licence.")
    licence_url: str = Field(description="Adresse de la licence.")
    home: str = Field(description="Page du producteur.")
    vintage: str = Field(description="Millésime déclaré.")
    frequency: str = Field(description="Fréquence de publication.")
    description: str = Field(description="Ce qu'il contient.")
    fictitious: bool = Field(description="Vrai s'il est fictif, de démonstration.")
    note: str = Field(description="Note.")
    departements: list[str] = Field(
        description="Départements qu'il couvre seuls ; vide s'il n'est pas borné à des départements."
    )
    resources: list[SourceResource] = Field(description="Ses ressources.")
    used: UsedSource | None = Field(
        description="Ce que l'édition en vigueur en a pris ; null si elle n'en a rien."
    )
    state: list[ResourceState] = Field(description="Ce qui en est ici.")
    snapshots: list[SnapshotDocument] = Field(description="Ce qui en a été reçu en dernier.")
    absence: str = Field(description="Ce que son absence change.")


class SourcesDocument(
    PagedDocument, title="Page de sources", json_schema_extra={"description": "Les jeux de données déclarés."}
):
    """The sources."""

    items: list[ShownSource] = Field(description="Les lignes de la page.")


class SourceDocument(
    ShownSource,
    Common,
    title="Source en détail",
    json_schema_extra={"description": "Un jeu de données déclaré."},
):
    """A source."""


class SourceStateDocument(
    Common, title="État des sources", json_schema_extra={"description": "L'état de chaque ressource."}
):
    """The state of each resource."""

    items: list[ResourceState] = Field(description="Les ressources.")
