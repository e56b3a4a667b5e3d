"""What the fields of a plan are called, and what is wrong in them: told beside each, and listed above."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ancrage.declarations.parts import Path
from ancrage.errors import AncrageError

WORDS: Mapping[str, Mapping[str, str]] = {
    "plan": {
        "nom": "Nom du projet",
        "porteur_nom": "Porteur",
        "porteur_forme": "Forme",
        "debut": "Début",
        "tresorerie": "En caisse au début (€)",
        "taux_relais": "Taux d’un prêt relais",
        "porteur_chef_de_file": "Collectivité chef de file",
        "porteur_taille": "Taille de l’entreprise",
        "porteur_zone_afr": "Commune en zone d’aide à finalité régionale",
        "porteur_commune": "Commune",
        "porteur_siret": "SIRET du porteur",
        "porteur_rna": "Numéro RNA de l’association",
    },
    "depenses": {
        "libelle": "Libellé",
        "compte": "Compte",
        "annee": "Année",
        "montant": "Montant (€)",
        "le": "Payée le",
        "id": "Nom court, pour dire plus bas qui la paie",
        "au_plus_tard": "Au plus tard",
        "paiements": "Plusieurs paiements : jour, deux points, somme ; un point-virgule entre deux",
        "realise": "Réalisé (€)",
        "exclue_de": "Aide ou fonds qui ne la paie pas",
    },
    "ressources": {
        "libelle": "Libellé",
        "compte": "Compte",
        "annee": "Année",
        "montant": "Montant (€)",
        "financeur": "Financeur",
        "etat": "État",
        "le": "Versée le",
        "taux": "Taux au plus",
        "plafond": "Plafond (€)",
        "assiette": "Assiette (€)",
        "texte": "Texte de ce taux",
        "regime": "Régime d’aide d’État",
        "couts": "Noms courts des dépenses qu’elle paie",
        "accordee_le": "Accordée le",
        "au_plus_tard": "Versée au plus tard",
        "paiements": "Plusieurs versements : jour, deux points, somme ; un point-virgule entre deux",
        "verse": "Déjà versé (€)",
        "cumul_avec": "S’ajoute, dit ce texte, à",
        "fonds": "Fonds européen",
        "id": "Nom court",
        "aide": "Aide du catalogue",
        "attribuant": "Nom officiel de qui l’accorde",
        "siret_attribuant": "SIRET de qui l’accorde",
        "decision": "Référence de la décision",
    },
    "aides_recues": {
        "libelle": "Libellé",
        "regime": "Régime",
        "accordee_le": "Accordée le",
        "montant": "Montant (€)",
    },
}
TITLES = {"depenses": "Dépense", "ressources": "Ressource", "aides_recues": "Aide reçue"}


@dataclass(frozen=True)
class Faults:
    """The faults of what was typed. ``told``: by field, its sentences; empty for a form that has none."""

    places: tuple[tuple[Path, str], ...] = ()
    rows: Mapping[str, list[dict[str, str]]] | None = None

    @classmethod
    def of(cls, error: AncrageError, rows: Mapping[str, list[dict[str, str]]]) -> "Faults":
        """Those that an error tells."""
        return cls(error.places, rows)

    @cached_property
    def told(self) -> dict[str, str]:
        """The sentences of each field, by its name."""
        found: dict[str, str] = {}
        for path, what in self.places:
            name = _field(path)
            found[name] = f"{found[name]} {_sentence(what)}" if name in found else _sentence(what)
        return found

    def within(self, beginning: str) -> bool:
        """Whether a field whose name begins so is at fault: what hides it opens."""
        return any(name.startswith(beginning) for name in self.told)

    @cached_property
    def listed(self) -> tuple[tuple[str, str, str], ...]:
        """Each fault: the name of its field, empty without any, where it stands in words, its sentence."""
        return tuple((name, self._where(name), told) for name, told in self.told.items())

    def _where(self, name: str) -> str:
        part, _, rest = name.partition("-")
        if part not in TITLES or not rest:
            return WORDS["plan"].get(name, "")
        rank, _, key = rest.partition("-")
        return " – ".join(self._words(part, int(rank), key))

    def _words(self, part: str, rank: int, key: str) -> Iterator[str]:
        label = ((self.rows or {}).get(part, [])[rank : rank + 1] or [{}])[0].get("libelle", "")
        yield f"{TITLES[part]} {rank + 1}" + (f" ({label})" if label else "")
        if key in WORDS[part]:
            yield WORDS[part][key].partition(" : ")[0].removesuffix(" (€)")


def _field(path: Path) -> str:
    """The field of a part of a plan: ``depenses[1].montant`` is « depenses-0-montant »."""
    match path:
        case (str(part), int(rank), str(key), *_) if part in TITLES:
            return f"{part}-{rank}-{key}"
        case (str(part), int(rank)) if part in TITLES:
            return f"{part}-{rank}-libelle"
        case ("porteur", "faits", str(fact), *_):
            return f"fait_{fact}"
        case ("porteur", str(key), *_):
            return f"porteur_{key}"
        case (str(key), *_):
            return key
    return ""


def _sentence(what: str) -> str:
    told = what.strip()
    return f"{told[:1].upper()}{told[1:]}" + ("" if told.endswith((".", "?", "!")) else ".")
