"""What the export of an atelier cannot prove where it is imported: nobody signs, confirms or joins by a file.

A file may be written by anyone: what it says that an organisation said is said here by who imports it,
and that organisation is asked; what only it may say is left out.
"""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from ancrage.contracts.kept import Sort, without_findings
from ancrage.errors import WorkspaceFileError
from ancrage.people.acts import Act as Right
from ancrage.people.rights import grounds
from ancrage.workspace.door import By, thing
from ancrage.workspace.financing import right_to
from ancrage.workspace.giving import told_by
from ancrage.workspace.models import (
    Attachment,
    CampaignReading,
    Contribution,
    ConventionSignature,
    ConventionText,
    Decision,
    FinancingPlan,
    Measure,
    ProjectInvitation,
    ProjectPart,
    SharedProject,
    Signature,
    StructureList,
)
from ancrage.workspace.models.parts import InAtelier, Reply, TwoSided
from ancrage.workspace.sides import other_side, own_side

OWN = "Signatures de votre organisation non reprises, un export ne prouve pas qu’elle a signé : signez ici"
OTHERS = "Signatures d’autres organisations, selon l’export : à vérifier jusqu’à ce que chacune le dise ici"
PARTS = "Parts dans des projets partagés non reprises : dites-les de nouveau dans chaque projet"
PROJECTS = "Projets partagés et invitations non repris : qui porte l’atelier les propose"
ADOPTED = "Décisions adoptées selon l’export, reprises à adopter : qui porte l’atelier les adopte"
ADOPTED_NOW = "Décisions adoptées selon l’export : adoptées ici par vous, à ce jour"
FOUND = "Contrats sans les constats que l’export leur donne : qui tient leur action ou leur dossier les écrit"
FOUND_BY_YOU = "Contrats dont l’export donne des constats : repris comme écrits par vous"
WORKED_OUT = "Mesures calculées selon l’export : reprises comme saisies, à calculer de nouveau"
UNKNOWN = "Organisations que ce site ne connaît pas : là où l’export les nomme, personne n’est nommé"
READINGS = "Relevés de campagnes non repris : qui porte l’atelier les écrit, une fois leur jour venu"
LEFT_OUT = (OWN, PARTS, PROJECTS, READINGS)
"""What is not written; the rest is, as it stands here."""


@dataclass
class Believed:
    """What is made of the rows of an export by who imports it; ``told``: how many rows of each doubt."""

    by: By
    atelier: UUID
    told: Counter[str] = field(default_factory=Counter)

    def refuses(self, model: type[InAtelier]) -> bool:
        """Whether rows of a sort are left out, whatever they say."""
        if model is ProjectPart:
            self.told[PARTS] += 1
            return True
        if model in (SharedProject, ProjectInvitation) and not self._may(Right.SHARE):
            self.told[PROJECTS] += 1
            return True
        if model is CampaignReading and not self._may(Right.PUBLISH):
            self.told[READINGS] += 1
            return True
        return False

    def takes(self, row: InAtelier) -> bool:
        """Make a row what who imports may say, nobody having answered; whether it is written at all."""
        if isinstance(row, StructureList):
            row.organisation = None  # a list of one organisation is written by it alone, and never exported
        self._takes_acts(row)
        if isinstance(row, Signature | ConventionSignature):
            own = row.organisation == own_side(self.by)
            self.told[OWN if own else OTHERS] += 1
            if own:
                return False
        if isinstance(row, CampaignReading) and row.on > self.by.on:
            self.told[READINGS] += 1
            return False
        if isinstance(row, TwoSided):
            row.reply = Reply.AWAITED
            row.declared_by, row.awaited_from = self._sides(row)
        return True

    def _takes_acts(self, row: InAtelier) -> None:
        """What somebody, or the site, did elsewhere: done here by who imports, who may; undone otherwise."""
        if isinstance(row, Attachment):
            row.joined_by = self.by.act.on_behalf_of
        if isinstance(row, Decision) and row.adopted_at:
            may = self._may(Right.ADOPT)
            row.adopted_at = self.by.act.at if may else None
            self.told[ADOPTED_NOW if may else ADOPTED] += 1
        if isinstance(row, Measure) and row.edition:
            row.edition = ""
            self.told[WORKED_OUT] += 1
        if isinstance(row, FinancingPlan):
            self._takes_findings(row)
        if isinstance(row, ConventionText) and len(set(row.parties)) < 2:
            raise WorkspaceFileError(f"Le texte « {row.filename} » n’a pas deux parties : elles le signent.")

    def _takes_findings(self, row: FinancingPlan) -> None:
        if (
            not isinstance(row.text, str)
            or row.sort is not Sort.CONTRACT
            or (bare := without_findings(row.text)) == row.text
        ):
            return
        right, about = right_to(row)
        may = bool(grounds(self.by.actor, right, about, on=self.by.on))
        self.told[FOUND_BY_YOU if may else FOUND] += 1
        if not may:
            row.text = bare

    def _sides(self, row: TwoSided) -> tuple[UUID, UUID | None]:
        if isinstance(row, Contribution):
            return told_by(self.by, row)
        about = getattr(row, "organisation", None) or getattr(row, "funder", None)
        pilot = getattr(getattr(row, "action", None), "pilot", None)
        return own_side(self.by), other_side(self.by, self.atelier, about, pilot=pilot)

    def _may(self, right: Right) -> bool:
        return bool(grounds(self.by.actor, right, thing(self.atelier), on=self.by.on))
