"""Acts, and the table that says which role may do each: the only place where a right is given."""

from collections.abc import Mapping
from enum import StrEnum

from ancrage.people.roles import Limit, Role


class Act(StrEnum):
    """Something done in a workspace, or for an organisation; the values are written in the journal."""

    # For one's organisation, in no workspace.
    OPEN = "ouvrir"
    INVITE_COLLEAGUE = "inviter_collegue"
    CONFIRM_MEMBER = "confirmer_appartenance"
    END_MEMBERSHIP = "finir_appartenance"
    APPEAR = "paraitre"
    INTRODUCE = "mettre_en_relation"
    # Who is in the workspace.
    INVITE = "inviter"
    GIVE_ROLE = "donner_role"
    RETIRE_ROLE = "retirer_role"
    ADMINISTER = "administrer"
    # The plan.
    READ = "lire"
    WRITE_PLAN = "ecrire_plan"
    PROPOSE = "proposer"
    EDIT = "modifier"
    CHANGE_STATE = "changer_etat"
    COMMENT = "commenter"
    ATTACH = "joindre"
    WRITE_DEED = "rediger_convention"
    # What has two sides.
    DECLARE = "declarer"
    VALUE = "valoriser"
    CONFIRM = "confirmer"
    # Decisions, contracts, requests.
    ADOPT = "adopter"
    VOTE = "voter"
    RECORD_FINDING = "constater"
    ANSWER_REQUEST = "repondre_demande"
    # Files of structures.
    READ_FILE = "lire_dossier"
    WRITE_FILE = "ecrire_dossier"
    KEEP_LIST = "tenir_liste"
    # What leaves the workspace, and what is kept of it.
    PUBLISH = "publier"
    SHARE = "partager_projet"
    READ_JOURNAL = "lire_journal"
    EXPORT_ALL = "exporter_tout"
    EXPORT_SEEN = "exporter_vu"
    VERIFY = "verifier_journal"

    @property
    def label(self) -> str:
        """What is done, as a French infinitive."""
        return _LABELS[self]


_LABELS = {
    Act.OPEN: "ouvrir un atelier au nom de l'organisation",
    Act.INVITE_COLLEAGUE: "inviter un collègue dans l'organisation",
    Act.CONFIRM_MEMBER: "confirmer l'appartenance d'une personne à l'organisation",
    Act.END_MEMBERSHIP: "mettre fin à une appartenance à l'organisation",
    Act.INTRODUCE: "demander une mise en relation, ou y répondre, pour l'organisation",
    Act.APPEAR: "accepter que l'organisation paraisse dans le portrait public, ou la retirer",
    Act.INVITE: "inviter dans l'atelier",
    Act.GIVE_ROLE: "donner un rôle",
    Act.RETIRE_ROLE: "retirer un rôle",
    Act.ADMINISTER: "régler l'atelier",
    Act.READ: "lire le plan",
    Act.WRITE_PLAN: "créer un objectif ou une action",
    Act.PROPOSE: "proposer une action",
    Act.EDIT: "modifier une action",
    Act.CHANGE_STATE: "changer l'état d'une action",
    Act.COMMENT: "commenter",
    Act.ATTACH: "joindre un document",
    Act.WRITE_DEED: "rédiger une convention",
    Act.DECLARE: "déclarer une participation, un montant ou une contribution",
    Act.VALUE: "proposer la valeur d'une contribution en nature",
    Act.CONFIRM: "confirmer ou refuser ce qui est déclaré",
    Act.ADOPT: "adopter une décision",
    Act.VOTE: "se prononcer sur une décision",
    Act.RECORD_FINDING: "écrire un constat d'évaluation",
    Act.ANSWER_REQUEST: "répondre à une demande d'appui",
    Act.READ_FILE: "lire le dossier d'une structure",
    Act.WRITE_FILE: "écrire dans le dossier d'une structure",
    Act.KEEP_LIST: "tenir une liste de structures de son organisation",
    Act.PUBLISH: "publier ou retirer de la publication",
    Act.SHARE: "proposer un projet à d'autres ateliers, rejoindre le leur ou le quitter",
    Act.READ_JOURNAL: "lire le journal",
    Act.EXPORT_ALL: "exporter tout l'atelier",
    Act.EXPORT_SEEN: "exporter ce qu'on voit",
    Act.VERIFY: "vérifier le journal",
}

Rights = Mapping[Role, Limit]
_P, _C, _A, _F, _L = Role.PORTEUR, Role.CONTRIBUTEUR, Role.PARTENAIRE, Role.FINANCEUR, Role.LECTEUR
_S, _E, _M, _U, _X = Role.SUPPORT, Role.EVALUATEUR, Role.MEMBRE, Role.PUBLIC, Role.EXPLOITANT
_ALWAYS, _OWN, _PILOTS, _AWAITED = Limit.ALWAYS, Limit.OWN, Limit.PILOTS, Limit.AWAITED
_ALL_FIVE = {_P: _ALWAYS, _C: _ALWAYS, _A: _ALWAYS, _F: _ALWAYS, _L: _ALWAYS}

TABLE: Mapping[Act, Rights] = {
    Act.OPEN: {_M: _OWN},
    Act.INVITE_COLLEAGUE: {_M: _OWN},
    Act.CONFIRM_MEMBER: {_M: _OWN},
    Act.END_MEMBERSHIP: {_M: _OWN},
    Act.APPEAR: {_M: _OWN},
    Act.INTRODUCE: {_M: _OWN},
    Act.INVITE: {_P: _ALWAYS, _A: _OWN},
    Act.GIVE_ROLE: {_P: _ALWAYS, _A: _OWN},
    Act.RETIRE_ROLE: {_P: _ALWAYS, _A: _OWN},
    Act.ADMINISTER: {_P: _ALWAYS},
    Act.READ: {**_ALL_FIVE, _S: _OWN, _E: Limit.ITS_CONTRACT, _U: Limit.PUBLISHED},
    Act.WRITE_PLAN: {_P: _ALWAYS, _C: _ALWAYS},
    Act.PROPOSE: {_P: _ALWAYS, _C: _ALWAYS, _A: _ALWAYS},
    Act.EDIT: {_P: _ALWAYS, _C: _PILOTS},
    Act.CHANGE_STATE: {_P: _ALWAYS, _C: _PILOTS},
    Act.COMMENT: {**_ALL_FIVE, _S: _OWN, _E: Limit.ITS_CONTRACT},
    Act.ATTACH: {_P: _ALWAYS, _C: _ALWAYS, _A: _OWN, _F: _OWN},
    Act.WRITE_DEED: {_P: _ALWAYS, _C: _ALWAYS, _A: _OWN, _F: _OWN},
    Act.DECLARE: {_P: _ALWAYS, _C: _ALWAYS, _A: _OWN, _F: _OWN},
    Act.VALUE: {_P: _ALWAYS, _C: _ALWAYS, _A: _OWN},
    # Nobody answers in the place of another, not even who holds the workspace.
    Act.CONFIRM: {_P: _AWAITED, _C: _AWAITED, _A: _AWAITED, _F: _AWAITED},
    Act.ADOPT: {_P: _ALWAYS},
    Act.VOTE: {_P: _ALWAYS, _A: _ALWAYS, _F: _ALWAYS},
    Act.RECORD_FINDING: {_E: Limit.ITS_CONTRACT},
    Act.ANSWER_REQUEST: {_S: _OWN},
    Act.READ_FILE: {_P: _ALWAYS, _C: _ALWAYS, _A: _OWN},
    Act.WRITE_FILE: {_P: _ALWAYS, _C: _ALWAYS},
    # A list of one organisation is its own: who holds the workspace does not see it.
    Act.KEEP_LIST: {_P: _OWN, _C: _OWN, _A: _OWN, _F: _OWN, _L: _OWN},
    Act.PUBLISH: {_P: _ALWAYS},
    # What an atelier shows to others of itself: who holds it decides.
    Act.SHARE: {_P: _ALWAYS},
    Act.READ_JOURNAL: {_P: _ALWAYS, _C: _ALWAYS, _A: Limit.OWN_ACTS, _F: Limit.OWN_ACTS},
    Act.EXPORT_ALL: {_P: _ALWAYS, _C: _ALWAYS},
    Act.EXPORT_SEEN: {**_ALL_FIVE, _E: Limit.ITS_CONTRACT, _U: Limit.PUBLISHED},
    Act.VERIFY: {_P: _ALWAYS, _C: _ALWAYS, _X: _ALWAYS},
}
"""Who may do what. A role that a line does not name may not."""
