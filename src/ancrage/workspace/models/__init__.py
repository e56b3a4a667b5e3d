"""What is written in an atelier; each table is recorded in the journal."""

from ancrage.workspace.models.atelier import Agreement as Agreement
from ancrage.workspace.models.atelier import Atelier as Atelier
from ancrage.workspace.models.atelier import Engagement as Engagement
from ancrage.workspace.models.comments import Comment as Comment
from ancrage.workspace.models.contracts import Contract as Contract
from ancrage.workspace.models.contracts import Credit as Credit
from ancrage.workspace.models.contracts import Signature as Signature
from ancrage.workspace.models.decisions import Decision as Decision
from ancrage.workspace.models.gifts import Contribution as Contribution
from ancrage.workspace.models.imports import PlanImport as PlanImport
from ancrage.workspace.models.indicators import Indicator as Indicator
from ancrage.workspace.models.indicators import Measure as Measure
from ancrage.workspace.models.money import Cost as Cost
from ancrage.workspace.models.money import Resource as Resource
from ancrage.workspace.models.plan import Action as Action
from ancrage.workspace.models.plan import Objective as Objective
from ancrage.workspace.models.plan import Participation as Participation
from ancrage.workspace.models.plan import Step as Step
from ancrage.workspace.models.structures import Contact as Contact
from ancrage.workspace.models.structures import Entry as Entry
from ancrage.workspace.models.structures import Grading as Grading
from ancrage.workspace.models.structures import Listed as Listed
from ancrage.workspace.models.structures import Structure as Structure
from ancrage.workspace.models.structures import StructureList as StructureList
from ancrage.workspace.models.structures import SupportRequest as SupportRequest
