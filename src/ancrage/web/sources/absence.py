"""What the absence of a source changes, told from what reads it; nothing is said where nothing is known."""

from ancrage.edition.support import LISTS
from ancrage.territories.zonings.declaration import load_zonings

REGISTER = "le registre n’est pas complet : l’ESS reste inconnue, ou fictive pour la démonstration"
OTHERS = {
    "sirene-etablissements": REGISTER,
    "sirene-unites-legales": REGISTER,
    "sirene-geolocalisation": "les établissements n’ont pas de coordonnées venues de l’INSEE",
    "siae": "les structures d’insertion de cette liste ne sont pas reconnues",
    "contours-communes": "ni contours de communes, ni ouvertures, ni tournées",
    "mouvements-communes": "les mouvements de communes que seule cette liste connaît ne sont pas suivis",
}


def absence_of(source: str) -> str:
    """A French sentence without its end; empty when what the absence changes is not declared."""
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
    return OTHERS.get(source, "")
