"""What a column of a plan may say, and what its title lets one propose; people decide on the screen."""

import re
from collections.abc import Sequence
from enum import StrEnum

from ancrage.cells.amounts import read_amount
from ancrage.language.folding import plain_words


class Meaning(StrEnum):
    """What the cells of a column say of an action."""

    TITLE = "intitule"
    AXIS = "axe"
    UNDER = "sous_axe"
    DESCRIPTION = "description"
    PILOT = "pilote"
    PARTNERS = "partenaires"
    STATE = "etat"
    BEGIN = "debut"
    END = "fin"
    PLACES = "lieux"
    PUBLICS = "publics"
    TOOLS = "outils"
    STEPS = "etapes"
    INDICATORS = "indicateurs"
    PLANNED = "prevu"
    REAL = "reel"
    FUNDER = "financeur"
    ASKED = "demande"
    GRANTED = "accorde"
    KEPT = "garde"
    LEFT = "laisse"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _LABELS[self]


_LABELS = {
    Meaning.TITLE: "Intitulé de l’action",
    Meaning.AXIS: "Objectif, axe ou orientation",
    Meaning.UNDER: "Objectif dans cet axe",
    Meaning.DESCRIPTION: "Description",
    Meaning.PILOT: "Pilote",
    Meaning.PARTNERS: "Partenaires",
    Meaning.STATE: "État d’avancement",
    Meaning.BEGIN: "Début",
    Meaning.END: "Fin",
    Meaning.PLACES: "Lieux",
    Meaning.PUBLICS: "Publics",
    Meaning.TOOLS: "Outils du rapport (numéros)",
    Meaning.STEPS: "Étapes",
    Meaning.INDICATORS: "Indicateurs",
    Meaning.PLANNED: "Dépense prévue (€)",
    Meaning.REAL: "Dépense réelle (€)",
    Meaning.FUNDER: "Nom d’un financeur",
    Meaning.ASKED: "Montant demandé à un financeur (€)",
    Meaning.GRANTED: "Montant accordé par un financeur (€)",
    Meaning.KEPT: "Recopié dans la description",
    Meaning.LEFT: "Pas repris",
}
ONCE = (
    *(Meaning.TITLE, Meaning.AXIS, Meaning.UNDER, Meaning.DESCRIPTION, Meaning.PILOT, Meaning.STATE),
    *(Meaning.BEGIN, Meaning.END, Meaning.PLACES, Meaning.PUBLICS, Meaning.TOOLS),
)
"""What one column only may say."""
MONEY = (Meaning.PLANNED, Meaning.REAL, Meaning.ASKED, Meaning.GRANTED)
PEOPLE = re.compile(
    r"\b(personne|elu|elus|elue|referent|referente|contact|courriel|mail|email|telephone|tel|nom et prenom)\b"
)
"""Titles of columns that hold names of people: these never enter a journal that cannot be erased."""
PROPOSED: tuple[tuple[Meaning, str], ...] = (
    (Meaning.UNDER, r"sous (sous )?(axe|objectif|orientation)|objectifs? operationnels?|sous action"),
    (Meaning.AXIS, r"axe|orientation|objectifs? strategiques?|volet|pilier|thematique principale"),
    (Meaning.INDICATORS, r"indicateurs?( lies| de suivi| de resultat)?"),
    (Meaning.STEPS, r"etapes?( .*)?|jalons?|phases?"),
    (Meaning.STATE, r"statut.*|(etat d )?avancement.*|etat (du|de l) .*"),
    (Meaning.FUNDER, r"(nom du )?(co)?financeurs?( \d+)?"),
    (Meaning.GRANTED, r".*\b(accorde|obtenu|notifie|attribue|octroye)e?s?\b.*"),
    (Meaning.PLANNED, r".*(budget|cout|depenses? prev|montant total|enveloppe|investissement prev).*"),
    (Meaning.REAL, r".*\b(depense|realise|mandate|execute|paye)e?s?\b.*"),
    (
        Meaning.ASKED,
        r"montant( \w+)*|.*(subvention|sollicite|demande|contribution).*"
        r"|(part )?(etat|region|departement|europe|feder|feader|fse|leader|detr|dsil|fnadt|dsid|fonds vert"
        r"|autofinancement|caf|ademe|agence de l eau|banque des territoires|commune|epci)( \w+)*",
    ),
    (Meaning.STATE, r"etat"),
    (Meaning.PILOT, r".*(pilote|maitre d ouvrage|maitrise d ouvrage|porteur|structure responsable).*"),
    (Meaning.TITLE, r"(intitule|titre|nom|libelle)( .*)?|actions?|projets?|operations?|fiche action"),
    (Meaning.PARTNERS, r"partenaires?.*|acteurs?( .*)?"),
    (Meaning.BEGIN, r"(date (de )?)?(debut|demarrage|lancement|commencement)( .*)?|du"),
    (Meaning.END, r"(date (de )?)?(fin|echeance|livraison|achevement|cloture)( .*)?|au"),
    (Meaning.PLACES, r"communes?|lieux?|localisation|territoires?( .*)?|quartiers?|qpv"),
    (Meaning.PUBLICS, r"publics?( .*)?|cibles?|beneficiaires?"),
    (Meaning.TOOLS, r"outils?( .*)?"),
    (Meaning.DESCRIPTION, r"description|descriptif|contenu|resume|presentation|detail"),
)
"""By title, made plain; the first that fits, in this order."""
NOT_MONEY = re.compile(r"\b(type|nature|date|taux|part en|modalites?|annee)\b")


def proposed(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Meaning]:
    """What each column is proposed to say; what nothing fits is copied in the description.

    « Commune » may be a place or who pays: a column of money holds amounts.
    """
    taken: set[Meaning] = set()
    found: list[Meaning] = []
    for column, title in enumerate(titles):
        meaning = _by_title(title, [cells[column] for cells in rows if cells[column]])
        if meaning in ONCE and meaning in taken:
            meaning = Meaning.KEPT
        taken.add(meaning)
        found.append(meaning)
    found = _one_amount_a_year(titles, found)
    if Meaning.AXIS not in taken and Meaning.UNDER in taken:
        found[found.index(Meaning.UNDER)] = Meaning.AXIS
    return found


def _one_amount_a_year(titles: Sequence[str], found: list[Meaning]) -> list[Meaning]:
    """Leave to the description a total beside its years, and the same cost told twice (HT, then TTC)."""
    for meaning in (Meaning.PLANNED, Meaning.REAL):
        years = [year_of(title) for title, one in zip(titles, found, strict=True) if one is meaning]
        seen: set[int | None] = {None} if any(years) else set()
        for rank, title in enumerate(titles):
            if found[rank] is meaning:
                if year_of(title) in seen:
                    found[rank] = Meaning.KEPT
                seen.add(year_of(title))
    return found


def _by_title(title: str, cells: Sequence[str]) -> Meaning:
    words = " ".join(word for word in plain_words(title) if word != "x")
    if PEOPLE.search(words):
        return Meaning.LEFT
    for meaning, pattern in PROPOSED:
        if re.fullmatch(pattern, words) and (meaning not in MONEY or _holds_amounts(words, cells)):
            return meaning
    return Meaning.KEPT


def _holds_amounts(words: str, cells: Sequence[str]) -> bool:
    read = [one for one in map(read_amount, cells[:200]) if one.value is not None or one.remark]
    return not NOT_MONEY.search(words) and 2 * sum(one.value is not None for one in read) >= len(read)


def year_of(title: str) -> int | None:
    """The only year that a title writes."""
    years = set(re.findall(r"\b20\d\d\b", title))
    return int(years.pop()) if len(years) == 1 else None
