"""The article a French noun takes: « le », « la », « l’ » or « les », from its first word."""

import re

from ancrage.language.folding import bare
from ancrage.language.phrases import elides

_FEMININE = re.compile(
    r".*(?:[st]ion|[^i]te|ite|ance|ence|ure|erie|nomie|ee|elle|aille|ique|ise|esse|tude)$"
    r"|(?:aide|annee|banque|categorie|charge|commune|creation|date|entreprise|fermeture|fiche|filiere|forme|ligne"
    r"|liste|loi|maladie|masse|modalite|nature|offre|part|perte|personne|place|prime|recette|region|section"
    r"|somme|structure|surface|tranche|valeur|vente|ville|zone|main|fin|mission|action|duree|embauche|clause)s?$"
)
_MASCULINE = re.compile(
    r"(?:comite|cote|dispositif|musee|lycee|trophee|traite|reste|texte|compte|contrat|acte|site|tarif|service"
    r"|silence|murmure|chapitre|centre|logement|quartier)s?$"
)
_SAME_IN_PLURAL = frozenset({"pays", "cours", "bois", "acces", "appel", "temps", "poids", "taux"})


def is_feminine(noun: str) -> bool:
    """Whether the first word of a noun phrase is feminine, by its ending and a list of exceptions."""
    head = bare(noun.split()[0])
    return not _MASCULINE.match(head) and bool(_FEMININE.match(head))


def is_plural(noun: str) -> bool:
    """Whether the first word of a noun phrase is a plural."""
    head = bare(noun.split()[0])
    return head.endswith("s") and head not in _SAME_IN_PLURAL


def the(noun: str) -> str:
    """The noun after its article: « la forme juridique », « l’effectif salarié », « les achats annuels »."""
    if is_plural(noun):
        return f"les {noun}"
    if elides(noun):
        return f"l’{noun}"
    return f"{'la' if is_feminine(noun) else 'le'} {noun}"


def of_the(noun: str) -> str:
    """The noun after « de » and its article: « du chiffre d'affaires », « de l’effectif », « des achats »."""
    written = the(noun)
    if written.startswith("le "):
        return f"du {noun}"
    return f"des {noun}" if written.startswith("les ") else f"de {written}"
