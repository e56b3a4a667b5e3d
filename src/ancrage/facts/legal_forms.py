"""The fact ``forme`` from an INSEE legal category.

Source: INSEE's nomenclature of legal categories, third level, as the register's perimeter holds it. A
cooperative whose category does not tell a SCIC from another keeps its form unknown: it would otherwise be
refused what is for a SCIC.
"""

from ancrage.facts.declaration import Origin
from ancrage.facts.situation import Known
from ancrage.register.catalogue import legal_categories

SCOP = frozenset({"5458", "5558", "5658"})
MAY_BE_SCIC = frozenset({"5460", "5560", "5660"})
"""« Autre SARL coopérative », « autre SA coopérative »: among others, the SCIC."""
PUBLIC = {
    "7210": "commune",
    "7220": "departement",
    "7230": "region",
    "7343": "epci",
    "7344": "epci",
    "7346": "epci",
    "7348": "epci",
    "7361": "etablissement_public",
}
"""Authorities that a SIAE or a mark of the ESS brings into the register."""
COMMERCIAL, SOLE_TRADER = "5", "10"
"""First figures of the companies' categories and of the sole traders'."""


def form_of(category: str | None) -> Known:
    """The form a legal category tells; unknown when it does not."""
    if category is None:
        return Known(None, Origin.REGISTRE, "catégorie juridique non publiée")
    if category in MAY_BE_SCIC:
        note = f"catégorie juridique {category} : une coopérative, peut-être une SCIC"
        return Known(None, Origin.REGISTRE, note)
    return Known(_told(category), Origin.REGISTRE, f"catégorie juridique {category}")


def _told(category: str) -> str | None:
    if category in SCOP:
        return "scop"
    if category in PUBLIC:
        return PUBLIC[category]
    if (rule := legal_categories().get(category)) is not None:
        return rule.family
    if category.startswith(COMMERCIAL):
        return "societe_commerciale"
    return "entrepreneur_individuel" if category.startswith(SOLE_TRADER) else None
