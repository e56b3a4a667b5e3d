"""Roles that a person or an organisation holds in a workspace, and what limits what each may do."""

from enum import StrEnum


class Role(StrEnum):
    """A role. The last three are given to nobody: they follow from what one is."""

    PORTEUR = "porteur"
    CONTRIBUTEUR = "contributeur"
    PARTENAIRE = "partenaire"
    FINANCEUR = "financeur"
    LECTEUR = "lecteur"
    SUPPORT = "support"
    EVALUATEUR = "evaluateur"
    EXPLOITANT = "exploitant"
    MEMBRE = "membre"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """What the role is for, in a French sentence."""
        return _MEANINGS[self]


_LABELS = {
    Role.PORTEUR: "porteur",
    Role.CONTRIBUTEUR: "contributeur",
    Role.PARTENAIRE: "partenaire",
    Role.FINANCEUR: "financeur",
    Role.LECTEUR: "lecteur",
    Role.SUPPORT: "structure d'appui",
    Role.EVALUATEUR: "évaluateur",
    Role.EXPLOITANT: "exploitant du site",
    Role.MEMBRE: "membre de l'organisation",
    Role.PUBLIC: "visiteur",
}
_MEANINGS = {
    Role.PORTEUR: "Tient l'atelier : il invite, donne les rôles, publie.",
    Role.CONTRIBUTEUR: "Écrit le plan, et fait avancer ce que pilote son organisation.",
    Role.PARTENAIRE: "Répond pour sa seule organisation.",
    Role.FINANCEUR: "Voit le plan, et confirme ce que finance son organisation.",
    Role.LECTEUR: "Lit et commente.",
    Role.SUPPORT: "Voit les demandes adressées à sa structure, et y répond.",
    Role.EVALUATEUR: "Écrit les constats du contrat qui lui est confié.",
    Role.EXPLOITANT: "Tient le serveur : aucun droit sur le contenu, et ses accès sont écrits au journal.",
    Role.MEMBRE: "Appartient à une organisation.",
    Role.PUBLIC: "Lit ce qui est publié, sans compte.",
}
GIVEN = (
    Role.PORTEUR,
    Role.CONTRIBUTEUR,
    Role.PARTENAIRE,
    Role.FINANCEUR,
    Role.LECTEUR,
    Role.SUPPORT,
    Role.EVALUATEUR,
)
"""Roles that a workspace gives to people and organisations."""


class Limit(StrEnum):
    """What must hold for a role to do an act on a thing."""

    ALWAYS = "toujours"
    OWN = "sa seule organisation"
    PILOTS = "si son organisation pilote"
    AWAITED = "si la réponse de son organisation est attendue"
    OWN_ACTS = "ses propres actes"
    ITS_CONTRACT = "le contrat confié"
    PUBLISHED = "ce qui est publié"

    @property
    def unmet(self) -> str:
        """Why it is refused when it does not hold, in a French sentence."""
        return _UNMET[self]


_UNMET = {
    Limit.ALWAYS: "",
    Limit.OWN: "c'est permis pour sa propre organisation seulement",
    Limit.PILOTS: "c'est permis pour ce que pilote son organisation seulement",
    Limit.AWAITED: "c'est à l'organisation concernée de répondre, et à elle seule",
    Limit.OWN_ACTS: "c'est permis pour ses propres actes seulement",
    Limit.ITS_CONTRACT: "c'est permis pour le contrat confié seulement",
    Limit.PUBLISHED: "ce n'est pas publié",
}
