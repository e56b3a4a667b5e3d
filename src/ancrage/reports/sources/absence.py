"""What the absence of a source changes, told from what reads it."""

from ancrage.contacts.sources import LIVE
from ancrage.contacts.sources import SOURCES as CONTACTS
from ancrage.coverage.sources import LISTS
from ancrage.territories.zonings.declaration import load_zonings

REGISTER = "le registre n’est pas complet : l’ESS reste inconnue, ou fictive pour la démonstration"
NAMES = (
    "le nom du programme ou du contrat signé n’est pas donné ; le classement de la commune l’est par ailleurs"
)
AIDS = "les aides de ce catalogue ne sont pas cherchées avec celles d’Ancrage"
UNREAD = "rien : aucune réponse ne la lit encore"
DESKS = "les coordonnées de ces guichets viennent d’une autre source, ou ne sont pas connues"
PAST = "un jour passé est compté d’après l’état actuel de chaque établissement"
CONTRACTS = "les marchés que cette liste publie ne sont pas lus : ce qui est vraiment acheté reste inconnu"
OTHERS = {
    **dict.fromkeys(CONTACTS, DESKS),
    LIVE: "les coordonnées des guichets sont celles de listes plus anciennes, de 2019 à 2025",
    "adresses-nationales": "une adresse n’a ni point ni commune : donnez un point ou une commune",
    "codes-par-jour": "rien ne dit si un article cité a changé depuis sa lecture",
    "acv-2018": "les villes d’Action cœur de ville de 2018 ne sont connues que par leur signature",
    "acv-2024": NAMES,
    "pvd-2024": NAMES,
    "territoires-industrie-2024": NAMES,
    "aides-dge": AIDS,
    "aides-territoires": AIDS,
    "aides-transition-ecologique": AIDS,
    "recherche-entreprises": "aucun département n’est complété par l’annuaire public des entreprises",
    "liste-ess": "l’inscription à la liste d’ESS France est inconnue, pour toutes les structures",
    "epci-2025-centres": "sans contours, les intercommunalités voisines sont inconnues",
    "qpv-2024-polygones": "aucun établissement n’est placé dans un quartier d’après son point",
    "qpv-2024-contours": "dans ces quatre quartiers aussi, un point est à vérifier",
    "banatic-competences": "ce qu’une intercommunalité exerce d’après ses statuts est à vérifier",
    "communes-2019": UNREAD,
    "contours-departements-2025": UNREAD,
    "contours-regions-2025": UNREAD,
    "nomenclatures": "une activité n’est dite que par son code et sa section",
    "ruralite-2025": UNREAD,
    "sirene-ess-numerique": f"{UNREAD} ; la survie peut la lire comme un fichier d’unités",
    "sirene-etablissements": REGISTER,
    "sirene-unites-legales": REGISTER,
    "sirene-geolocalisation": "les établissements n’ont pas de coordonnées venues de l’INSEE",
    **dict.fromkeys(("sirene-etablissements-historique", "sirene-unites-legales-historique"), PAST),
    "siae": "les structures d’insertion de cette liste ne sont pas reconnues",
    "esat": "les ESAT que SIRENE ne dit pas de l’ESS sont inconnus",
    "geiq": "les GEIQ que les autres listes n’ont pas sont inconnus",
    **dict.fromkeys(("decp", "decp-locales", "decp-tabulaire", "titulaires-paris"), CONTRACTS),
    "identifiants-collectivites": "un acheteur n’est pas relié à sa collectivité par son numéro",
    "contours-communes": "ni contours de communes, ni ouvertures, ni tournées",
    "mairies": "sans contours, ni distances entre communes, ni ouvertures, ni tournées",
    "mouvements-communes": "les mouvements de communes que seule cette liste connaît ne sont pas suivis",
}


def absence_of(source: str) -> str:
    """A French sentence without its end. Every source of the catalogue has one."""
    zonings = [
        zoning.label
        for zoning in load_zonings().values()
        if any(edition.source == source for edition in zoning.editions)
    ]
    if zonings:
        named = ", ".join(zonings)
        return f"pour les jours et les lieux qu’elle couvre, réponse à vérifier, jamais non : {named}"
    if source in {name for name, _ in LISTS}:
        return "les lieux de cette liste sont inconnus : leur réseau ne couvre ni ne découvre personne"
    return OTHERS[source]
