"""All that an atelier holds, as JSON, and the same put back in another: it is then the same export.

Identifiers are those of the file (``action-3``): nothing in it leads to a person. An answer of the other side
is told, and is to be given again where it is imported: nobody has confirmed anything there, nor signed
(:mod:`ancrage.workspace.proving`).
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from ancrage.errors import WorkspaceFileError
from ancrage.journal.models import Recorded
from ancrage.journal.registry import fields_of
from ancrage.journal.values import read, told
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.workspace.antivirus import look_at
from ancrage.workspace.attaching import JOINED, digest_of, keep
from ancrage.workspace.documents import checked, named_as
from ancrage.workspace.door import By, allowed, carried_out, thing
from ancrage.workspace.models import (
    Action,
    Atelier,
    Attachment,
    CampaignReading,
    Consulted,
    Contact,
    Content,
    Contract,
    Contribution,
    Convention,
    ConventionSignature,
    ConventionText,
    Cost,
    Credit,
    Decision,
    Engagement,
    Entry,
    FinancingPlan,
    Grading,
    Indicator,
    Listed,
    Measure,
    Objective,
    Obligation,
    Participation,
    ProjectInvitation,
    ProjectPart,
    Resource,
    SharedProject,
    Signature,
    Step,
    Structure,
    StructureList,
    SupportRequest,
)
from ancrage.workspace.models.parts import InAtelier, TwoSided
from ancrage.workspace.proving import LEFT_OUT, UNKNOWN, Believed

FORMAT = "ancrage-plan-1"
HELD: tuple[type[InAtelier], ...] = (
    *(Engagement, Objective, Action, Step, Participation, Consulted, Cost, Resource),
    *(Contribution, Indicator, Measure, CampaignReading, Decision),
    *(Contract, Signature, Credit),
    *(Structure, Entry, Contact, SupportRequest, Grading, StructureList, Listed),
    FinancingPlan,
    *(SharedProject, ProjectInvitation, ProjectPart),
    *(Convention, ConventionText, ConventionSignature, Obligation, Attachment),
)
"""In the order they are put back."""
LEFT = {"atelier_id", "created_at", "retired_at", "retired_reason"}
ANSWER = {"reply", "replied_by", "replied_at", "reply_reason"}
NAMED = ("pilot", "organisation", "funder", "giver", "receiver", "lead", "owed_by")
ORGANISATIONS = (*NAMED, *("declared_by", "awaited_from", "replied_by", "joined_by"))
"""Columns that hold an organisation; all but the first are written anew by who imports."""
LISTED = ("present", "others", "parties")
"""Columns that list organisations."""
HOLDERS = (Decision, Contract, Convention)
"""What lists actions."""
MOST_JOINED = 3_000_000
"""Bytes of documents that leave with the rest; the others are named by their digest."""
MOST = 20_000


def exported(atelier: Atelier) -> dict[str, Any]:
    """What stands in the atelier today, retired rows left out."""
    names: dict[UUID, str] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    own = StructureList.objects.filter(atelier=atelier, organisation__isnull=False)
    private = set(own.values_list("pk", flat=True))
    for model in HELD:
        found = [
            one
            for one in model._default_manager.filter(atelier=atelier, retired_at=None).order_by(
                "created_at", "pk"
            )
            if not _of_one_alone(one, private)
        ]
        for rank, row in enumerate(found, 1):
            names[row.pk] = f"{row.kind()}-{rank}"
        rows[model.kind()] = [_written(row, names) for row in found]
    organisations = Organisation.objects.in_bulk(list(_named(rows)))
    return {
        "format": FORMAT,
        "atelier": {
            name: told(atelier)[name] for name in ("name", "territory", "territory_on", "territory_name")
        },
        "organisations": {
            str(one.pk): {"nom": one.name, "siren": one.siren, "siret": one.siret}
            for one in sorted(organisations.values(), key=lambda one: one.name)
        },
        **rows,
        "fichiers": _files(atelier),
    }


def _of_one_alone(row: Recorded, private: Collection[UUID]) -> bool:
    """Whether a list, or what it holds, is of one organisation, which alone sees it."""
    listing = row.listing_id if isinstance(row, Listed) else row.pk
    return listing in private


def _files(atelier: Atelier) -> dict[str, str]:
    """The documents, by their digest, as long as they are not too heavy together."""
    found: dict[str, str] = {}
    left = MOST_JOINED
    for model in (ConventionText, Attachment):
        for row in model._default_manager.filter(atelier=atelier, retired_at=None).order_by("size", "pk"):
            kept = Content.objects.filter(atelier_id=atelier.pk, digest=row.digest).first()
            if kept is not None and row.digest not in found and row.size <= left:
                found[row.digest] = b64encode(bytes(kept.written)).decode()
                left -= row.size
    return dict(sorted(found.items()))


def _written(row: Recorded, names: Mapping[UUID, str]) -> dict[str, Any]:
    said = {name: value for name, value in told(row).items() if name not in LEFT}
    links = {field.attname for field in fields_of(type(row)) if field.is_relation}
    for name in links & set(said):
        said[name] = names[UUID(said[name])] if said[name] else None
    if isinstance(row, Attachment):
        said["about"] = names.get(row.about, "")
    if isinstance(row, HOLDERS):
        said["actions"] = [names[UUID(one)] for one in row.actions if UUID(one) in names]
    return {"id": names[row.pk], **said}


def _named(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[UUID]:
    for ones in rows.values():
        for one in ones:
            yield from (UUID(one[name]) for name in ORGANISATIONS if one.get(name))
            yield from (UUID(each) for name in LISTED for each in one.get(name, ()))


@dataclass(frozen=True, slots=True)
class PutBack:
    """How many rows were written, and how many of each sort said what a file cannot prove."""

    count: int
    doubted: Mapping[str, int]


def put_back(by: By, atelier: Atelier, given: object) -> PutBack:
    """Write the rows of an export in an atelier, all or none, as who imports it may say them.

    Raises :class:`WorkspaceFileError` for a file that is none, ``InvalidQuestionError`` for a value.
    """
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise WorkspaceFileError(
            "Ce fichier n’est pas l’export d’un atelier.", "Prenez un export JSON d’Ancrage."
        )
    rows = [(model, one) for model in HELD for one in _listed(given, model)]
    if not 0 < len(rows) <= MOST:
        raise WorkspaceFileError(f"Ce fichier tient {len(rows)} objets : de 1 à {MOST} sont acceptés.")

    known = _known(given)
    joined = _joined(given)
    believed = Believed(by, atelier.pk)

    def do(pen: Pen) -> Recorded:
        believed.told.clear()
        made: dict[str, Recorded] = {}
        # Written at one moment, rows are told apart by their identifiers: in the order of the file.
        first = uuid4().int & ~0xFFFFFFFF
        for rank, (model, one) in enumerate(rows):
            if believed.refuses(model):
                continue
            here = _here(model, one, known, made)
            believed.told.update({UNKNOWN: 1} if _unnamed(model, one, here) else {})
            row = _row(model, here, atelier, made)
            if not believed.takes(row):
                continue
            if isinstance(row, Attachment | ConventionText):
                _with_document(row, joined.get(row.digest))
            if isinstance(row, Structure) and (there := _file_of(atelier, row.siren)):
                # A structure has one file: what comes joins what is there.
                made[one["id"]] = there
                continue
            row.id = UUID(int=first | rank)
            made[one["id"]] = pen.create(row)
        if not made:
            raise WorkspaceFileError("Rien de ce fichier ne se reprend : " + " ; ".join(believed.told) + ".")
        return next(iter(made.values()))

    carried_out(by, "atelier.importe", atelier.pk, do)
    left = sum(believed.told[one] for one in LEFT_OUT)
    return PutBack(len(rows) - left, dict(believed.told))


def _file_of(atelier: Atelier, siren: str) -> Structure | None:
    return Structure.objects.filter(atelier=atelier, siren=siren, retired_at=None).first()


def _here(
    model: type[InAtelier], one: dict[str, Any], known: Mapping[str, str], made: Mapping[str, Recorded]
) -> dict[str, Any]:
    """A row of the file, with the organisations and the actions that it names as they are here."""
    here = one | {name: known.get(str(one[name])) for name in ORGANISATIONS if one.get(name)}
    if model in HOLDERS:
        here["actions"] = [str(made[each].pk) for each in _texts(one, "actions") if each in made]
    for name in LISTED:
        if name in one:
            here[name] = [known[each] for each in _texts(one, name) if each in known]
    if model is Attachment:
        if one.get("about") not in made:
            raise WorkspaceFileError(f"« {one['id']} » est joint à ce que ce fichier ne tient pas.")
        about = made[one["about"]]
        if about.kind() not in JOINED:
            raise WorkspaceFileError(f"« {one['id']} » est joint à ce qui ne porte pas de document.")
        here |= {"about": str(about.pk), "about_kind": about.kind()}
    return here


def _unnamed(model: type[InAtelier], one: dict[str, Any], here: dict[str, Any]) -> bool:
    """Whether a row names an organisation that is not known here. Raises WorkspaceFileError for a party."""
    lost = any(len(here[name]) < len(_texts(one, name)) for name in LISTED if name in one)
    if lost and model in (Convention, ConventionText):
        raise WorkspaceFileError(f"« {one['id']} » a une partie que ce site ne connaît pas.")
    return lost or any(one.get(name) and not here[name] for name in NAMED)


def _joined(given: dict[str, Any]) -> dict[str, bytes]:
    """The documents of the file, each under the digest of what it really is."""
    found = given.get("fichiers", {})
    try:
        told_files = [
            b64decode(one, validate=True) for one in (found.values() if isinstance(found, dict) else ())
        ]
    except (TypeError, ValueError) as error:
        raise WorkspaceFileError("Un document de ce fichier n’est pas lisible.") from error
    for one in told_files:
        look_at(one)
    return {digest_of(one): one for one in told_files}


def _with_document(row: Attachment | ConventionText, written: bytes | None) -> None:
    """Keep the document of a row as one that is joined: what it is is read in it, whatever the file says.

    Without it the row tells a document that is not here, of one of the types accepted. Raises
    :class:`WorkspaceFileError`.
    """
    if written is None:
        row.filename = named_as(row.filename, row.mime)
        return
    document = checked(row.filename, written)
    row.filename, row.mime, row.size = document.filename, document.mime, len(written)
    keep(row.atelier_id, written)


def _texts(said: dict[str, Any], name: str) -> list[str]:
    found = said.get(name, [])
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _known(given: dict[str, Any]) -> dict[str, str]:
    """The organisations of the file that are known here, by their code or as the same row."""
    found: dict[str, str] = {}
    named = given.get("organisations")
    for identity, said in named.items() if isinstance(named, dict) else ():
        code = (
            {name: str(said.get(name, "")) for name in ("siren", "siret")} if isinstance(said, dict) else {}
        )
        same = Organisation.objects.filter(**code).first() if any(code.values()) else None
        try:
            same = same or Organisation.objects.filter(pk=identity).first()
        except ValidationError:
            continue
        if same is not None:
            found[identity] = str(same.pk)
    return found


def _listed(given: dict[str, Any], model: type[InAtelier]) -> list[dict[str, Any]]:
    found = given.get(model.kind(), [])
    if not isinstance(found, list) or any(
        not isinstance(one, dict) or not isinstance(one.get("id"), str) for one in found
    ):
        raise WorkspaceFileError(f"La partie « {model.kind()} » de ce fichier n’est pas lisible.")
    return found


def _row(
    model: type[InAtelier], said: dict[str, Any], atelier: Atelier, made: Mapping[str, Recorded]
) -> InAtelier:
    row = model(atelier=atelier)
    for field in fields_of(model):
        name = field.attname
        if name not in said or name in LEFT or (name in ANSWER and issubclass(model, TwoSided)):
            continue
        value = said[name]
        if field.is_relation and value is not None:
            if value not in made:
                raise WorkspaceFileError(
                    f"« {said['id']} » parle de « {value} », que ce fichier ne tient pas."
                )
            value = str(made[value].pk)
        try:
            setattr(row, name, read(field, value))
        except (ValidationError, TypeError, ValueError, AttributeError) as error:
            raise WorkspaceFileError(f"« {said['id']} » : « {name} » n’a pas une valeur lisible.") from error
    return row
