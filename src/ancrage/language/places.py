"""The article of a place: « de la Creuse », « du Cantal », « à La Réunion », « d’Aubusson ».

Articles of départements and régions are those of the official geographic code (« type de nom en clair »),
save Nouvelle-Aquitaine, that everybody says without one.
"""

from ancrage.language.phrases import at, of

ARTICLES = {
    "le": (
        "Bas-Rhin", "Calvados", "Cantal", "Cher", "Doubs", "Finistère", "Gard", "Gers", "Haut-Rhin",
        "Jura", "Loir-et-Cher", "Loiret", "Lot", "Lot-et-Garonne", "Morbihan", "Nord", "Pas-de-Calais",
        "Puy-de-Dôme", "Rhône", "Tarn", "Tarn-et-Garonne", "Territoire de Belfort", "Val-d'Oise",
        "Val-de-Marne", "Var", "Vaucluse", "Centre-Val de Loire", "Grand Est",
    ),
    "la": (
        "Charente", "Charente-Maritime", "Corrèze", "Corse-du-Sud", "Creuse", "Côte-d'Or", "Dordogne",
        "Drôme", "Gironde", "Haute-Corse", "Haute-Garonne", "Haute-Loire", "Haute-Marne", "Haute-Saône",
        "Haute-Savoie", "Haute-Vienne", "Loire", "Loire-Atlantique", "Lozère", "Manche", "Marne",
        "Mayenne", "Meuse", "Moselle", "Nièvre", "Sarthe", "Savoie", "Seine-Maritime",
        "Seine-Saint-Denis", "Somme", "Vendée", "Vienne", "Guadeloupe", "Guyane", "Martinique",
    ),
    "l’": (
        "Ain", "Aisne", "Allier", "Ardèche", "Ariège", "Aube", "Aude", "Aveyron", "Essonne", "Eure",
        "Hérault", "Indre", "Isère", "Oise", "Orne", "Yonne",
    ),
    "les": (
        "Alpes-Maritimes", "Alpes-de-Haute-Provence", "Ardennes", "Bouches-du-Rhône", "Côtes-d'Armor",
        "Deux-Sèvres", "Hautes-Alpes", "Hautes-Pyrénées", "Hauts-de-Seine", "Landes",
        "Pyrénées-Atlantiques", "Pyrénées-Orientales", "Vosges", "Yvelines", "Hauts-de-France",
        "Pays de la Loire",
    ),
}  # fmt: skip
"""Départements and régions by article; those left have none."""
_ARTICLE_OF = {name: article for article, names in ARTICLES.items() for name in names}
_CONTRACTED = {"le": "du ", "la": "de la ", "l’": "de l’", "les": "des "}
_INSIDE = {"le": "dans le ", "la": "dans la ", "l’": "dans l’", "les": "dans les "}
_TOWNS = ("Paris", "Mayotte", "La Réunion", "Saint-")
"""Départements without an article that are said as towns and islands are: « à Mayotte »."""
_SHORTENED = ("CC ", "CA ", "CU ", "Communauté ", "Métropole ")
"""How names of intercommunalités begin that take « la »."""


def the_place(kind: str, name: str) -> str:
    """A territory after its article, where it takes one: « la Creuse », « l’Ain », « Guéret »."""
    if kind == "arrondissement":
        return f"l’arrondissement {of(name)}"
    article = _article(kind, name)
    return f"{article}{name}" if article in ("", "l’") else f"{article} {name}"


def of_place(kind: str, name: str) -> str:
    """A territory of a kind after « de »."""
    article = _article(kind, name)
    if article:
        return f"{_CONTRACTED[article]}{name}"
    return f"de {the_place(kind, name)}" if kind == "arrondissement" else of(name)


def in_place(kind: str, name: str) -> str:
    """Where one is, in a territory of a kind: « dans la Creuse », « en Bretagne », « à La Réunion »."""
    article = _article(kind, name)
    if article and kind != "france":
        return f"{_INSIDE[article]}{name}"
    if kind == "arrondissement":
        return f"dans {the_place(kind, name)}"
    if kind in ("departement", "region", "france") and not name.startswith(_TOWNS):
        return f"en {name}"
    return at(name)


def _article(kind: str, name: str) -> str:
    match kind:
        case "departement" | "region":
            return _ARTICLE_OF.get(name, "")
        case "epci" if name.startswith(_SHORTENED):
            return "la"
        case "crte" if name.startswith("CRTE"):
            return "le"
        case "france":
            return "la"
    return ""
