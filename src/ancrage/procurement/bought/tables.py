"""Tables of what is really bought: the contracts kept, their holders, their past, the buyers, the account."""

from datetime import timedelta

from ancrage.warehouse.table import Check, Column, Table

SOURCES = ("decp", "decp-tabulaire", "decp-locales")
"""Sources declared of the essential data of public contracts."""
MARGIN = timedelta(days=400)
"""Beyond the last day there is, so that a file is tried whatever its days are."""
UNITS = "titulaires-paris"
COLLECTIVITIES = "identifiants-collectivites"

_VERDICTS = ("ess", "siae", "adapted", "local", "small", "local_small")


def _verdict(name: str, meaning: str) -> Column:
    return Column(name, "text", f"{meaning} : oui, partiel, non, a_verifier")


PURCHASE = Table(
    name="purchase",
    meaning="Contrats publics notifiés, un par ligne, au dernier avenant",
    key=("key",),
    sorted_by=("buyer_siren", "key"),
    columns=(
        Column("key", "text", "SIRET de l'acheteur, numéro du contrat, et rang quand le numéro se répète"),
        Column("buyer", "text", "SIRET de l'acheteur (ou SIREN, quand lui seul est écrit)"),
        Column("buyer_siren", "text", "SIREN de l'acheteur"),
        Column("number", "text", "Numéro du contrat chez l'acheteur"),
        Column("nature", "text", "marche ou concession"),
        Column("object", "text", "Objet, tel qu'écrit"),
        Column("cpv", "text", "Code CPV, huit chiffres", nullable=True),
        Column("procedure", "text", "Procédure du format ; vide si inconnue", nullable=True),
        Column("place", "text", "Lieu d'exécution, tel qu'écrit"),
        Column("months", "integer", "Durée", "mois", nullable=True),
        Column("notified_on", "day", "Notification", nullable=True),
        Column("published_on", "day", "Publication des données", nullable=True),
        Column("amount", "decimal", "Montant hors taxes, au dernier avenant", "€", nullable=True),
        Column("first_amount", "decimal", "Montant hors taxes, à l'origine", "€", nullable=True),
        Column("changed", "integer", "Avenants"),
        Column("offers", "integer", "Offres reçues", nullable=True),
        Column("framework", "yes_no", "Accord-cadre", nullable=True),
        Column("social", "texts", "Considérations sociales ; vide si le format n'en dit rien", nullable=True),
        Column("environmental", "texts", "Considérations environnementales", nullable=True),
        Column("holders", "integer", "Titulaires"),
        _verdict("ess", "Titulaires de l'ESS"),
        Column("family", "text", "Famille de l'ESS des titulaires, ou plusieurs", nullable=True),
        Column("basis", "text", "Ce qui l'a dit : registre, forme, inconnu, ou plusieurs"),
        _verdict("siae", "Titulaires de l'insertion par l'activité économique"),
        _verdict("adapted", "Titulaires EA ou ESAT"),
        _verdict("local", "Titulaires du département de l'acheteur"),
        _verdict("small", "Titulaires de moins de cinquante salariés"),
        _verdict("local_small", "Titulaires à la fois locaux et petits"),
        Column("flaws", "texts", "Défauts de ses données"),
        Column("source", "text", "Source et ressource"),
        Column("file", "text", "Fichier et ligne"),
    ),
    sources=(*SOURCES, UNITS, "siae", "esat", "liste-ess"),
    checks=(
        Check("la nature est connue", "nature IN ('marche', 'concession')"),
        Check("le montant n'est pas négatif", "amount >= 0"),
        *(
            Check(f"le verdict {name} est connu", f"{name} IN ('oui', 'partiel', 'non', 'a_verifier')")
            for name in _VERDICTS
        ),
    ),
    resident=False,
)

PURCHASE_HOLDER = Table(
    name="purchase_holder",
    meaning="Titulaires des contrats publics",
    key=("key", "rank"),
    sorted_by=("buyer_siren", "key", "rank"),
    columns=(
        Column("key", "text", "Contrat"),
        Column("buyer_siren", "text", "SIREN de l'acheteur"),
        Column("rank", "integer", "Rang du titulaire"),
        Column("id", "text", "Identifiant, tel qu'écrit"),
        Column("known", "text", "valide, cle_fausse, etranger ou absent"),
        Column("siren", "text", "SIREN, quand l'identifiant est valide", nullable=True),
        Column("name", "text", "Nom publié, ou trouvé au registre", nullable=True),
        Column("departement", "text", "Département de l'établissement", nullable=True),
        Column("ess", "text", "Appartenance à l'ESS : oui, non, a_verifier"),
        Column("family", "text", "Famille de l'ESS", nullable=True),
        Column("basis", "text", "registre, forme ou inconnu"),
        Column("reason", "text", "Pourquoi"),
        Column("siae", "text", "Insertion par l'activité économique : oui, non, a_verifier"),
        Column("adapted", "text", "EA ou ESAT : oui, non, a_verifier"),
        Column("local", "text", "Du département de l'acheteur : oui, non, a_verifier"),
        Column("small", "text", "Moins de cinquante salariés : oui, non, a_verifier"),
    ),
    sources=(*SOURCES, UNITS, "siae", "esat", "liste-ess"),
    resident=False,
)

PURCHASE_CHANGE = Table(
    name="purchase_change",
    meaning="Le passé de chaque contrat : ses avenants, et ses publications remplacées",
    key=("key", "kind", "rank"),
    sorted_by=("buyer_siren", "key", "kind", "rank"),
    columns=(
        Column("key", "text", "Contrat"),
        Column("buyer_siren", "text", "SIREN de l'acheteur"),
        Column("kind", "text", "avenant, ou publication remplacée"),
        Column("rank", "integer", "Rang"),
        Column("day", "day", "Notification de l'avenant, ou publication", nullable=True),
        Column("amount", "decimal", "Montant alors écrit", "€", nullable=True),
        Column("months", "integer", "Durée alors écrite", "mois", nullable=True),
        Column("object", "text", "Objet de l'avenant, ou du contrat"),
        Column("holders", "texts", "Titulaires alors écrits"),
        Column("file", "text", "Fichier et ligne"),
    ),
    sources=SOURCES,
    resident=False,
)

PURCHASE_BUYER = Table(
    name="purchase_buyer",
    meaning="Acheteurs publics des contrats lus",
    key=("siren",),
    columns=(
        Column("siren", "text", "SIREN de l'acheteur"),
        Column("name", "text", "Nom ; le SIREN quand aucune source ne le nomme"),
        Column("named", "yes_no", "Une source le nomme"),
        Column("territory", "text", "Collectivité : com:, epci:, dep:, reg: et son code", nullable=True),
        Column("departement", "text", "Département de son siège", nullable=True),
        Column("commune", "text", "Commune de son siège", nullable=True),
        Column("contracts", "integer", "Contrats lus", "contrats"),
        Column("first_on", "day", "Première notification", nullable=True),
        Column("last_on", "day", "Dernière notification", nullable=True),
        Column("value", "decimal", "Montants connus", "€"),
    ),
    sources=(*SOURCES, COLLECTIVITIES),
)

PURCHASE_ACCOUNT = Table(
    name="purchase_account",
    meaning="Ce que devient chaque ligne des fichiers de marchés lus",
    key=("file", "fate", "reason"),
    columns=(
        Column("source", "text", "Source et ressource"),
        Column("file", "text", "Fichier"),
        Column("fate", "text", "contrat, titulaire, remplacee ou rejetee"),
        Column("reason", "text", "Pourquoi ; vide pour un contrat gardé"),
        Column("lines", "integer", "Lignes", "lignes"),
    ),
    sources=SOURCES,
)

TABLES = (PURCHASE, PURCHASE_HOLDER, PURCHASE_CHANGE, PURCHASE_BUYER, PURCHASE_ACCOUNT)
