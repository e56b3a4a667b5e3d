"""What leaves an atelier, and comes back: the plan in every format, the whole in JSON."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.declarations.faults import Fault
from ancrage.declarations.given import text_of
from ancrage.declarations.json_text import read_json
from ancrage.desk.opened import today
from ancrage.errors import AncrageError, WorkspaceFileError
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.reports.columns import for_keeping, for_reading
from ancrage.reports.formats import FORMATS
from ancrage.reports.sheet import Sheet
from ancrage.web.space.atelier.forms import by_of
from ancrage.web.space.atelier.importing import first_look
from ancrage.web.space.atelier.pooling_sheet import sections_of
from ancrage.web.space.atelier.shared import Inside, enter, told
from ancrage.web.space.atelier.sheets import sheet_of
from ancrage.web.space.doors import signed_in
from ancrage.workspace.door import thing
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.models import PlanImport
from ancrage.workspace.pooling import pool_of, projects_of
from ancrage.workspace.reading import read_plan


@require_safe
@signed_in
def export(request: HttpRequest, atelier: UUID, shape: str) -> HttpResponse:
    """The plan as a file, of today or of a day."""
    inside = enter(request, atelier)
    if shape not in ("json", *WRITERS):
        raise Http404("no such shape")
    right = Right.EXPORT_ALL if shape == "json" else Right.EXPORT_SEEN
    refuse_unless(may(inside.actor, right, thing(atelier), on=today()))
    answer = HttpResponse(_content(inside, shape), content_type=FORMATS[shape].mime)
    answer["Content-Disposition"] = f'attachment; filename="plan-{inside.on}.{shape}"'
    return answer


def _content(inside: Inside, shape: str) -> bytes:
    if shape == "json":
        return json.dumps(exported(inside.atelier), ensure_ascii=False, indent=1).encode()
    sheet = sheet_of(read_plan(inside.atelier, on=inside.on, past=inside.past))
    if not inside.past:  # what other ateliers bring is theirs to change: only what stands is told
        found = projects_of(inside.atelier, on=inside.on)
        shared = sections_of(pool_of(one, inside.atelier) for one in found)
        sheet = replace(sheet, sections=(*sheet.sections, *shared))
    return WRITERS[shape](sheet)


def _docx(sheet: Sheet) -> bytes:
    from ancrage.reports.formats.docx import render_sheet_docx

    return render_sheet_docx(for_reading(sheet))


def _pdf(sheet: Sheet) -> bytes:
    from ancrage.reports.formats.pdf import render_sheet_pdf

    return render_sheet_pdf(for_reading(sheet))


def _xlsx(sheet: Sheet) -> bytes:
    from ancrage.reports.formats.workbook.writing import write_pages
    from ancrage.reports.formats.xlsx import pages

    return write_pages(list(pages(for_keeping(sheet))), title=sheet.title, on=sheet.on or today())


WRITERS = {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def importing(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Put an export into this atelier."""
    inside = enter(request, atelier)
    around: dict[str, Any] = told(inside, failure=None, back=None)
    around["imports"] = PlanImport.objects.filter(atelier=inside.atelier, retired_at=None)
    if request.method != "POST":
        return render(request, "space/atelier/import.html.j2", around)
    try:
        content, name = _given(request)
        if not _is_json(content):
            return first_look(request, inside, content, name)
        around["back"] = put_back(by_of(request), inside.atelier, _read(content))
    except AncrageError as error:
        return render(request, "space/atelier/import.html.j2", around | {"failure": error}, status=422)
    return render(request, "space/atelier/import.html.j2", around)


def _given(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes and the name of the file. Raises :class:`WorkspaceFileError`."""
    file = request.FILES.get("fichier")
    if file is None:
        raise WorkspaceFileError("Aucun fichier n’a été choisi.", "Un tableau (XLSX, ODS, CSV) ou un export.")
    return file.read(), (file.name or "fichier")[:100]


def _is_json(content: bytes) -> bool:
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"{", b"["))


def _read(content: bytes) -> object:
    """What an export says. Raises :class:`WorkspaceFileError`."""
    try:
        return read_json(text_of(content).text)
    except Fault as fault:
        raise WorkspaceFileError(f"Ce fichier ne se lit pas : {fault.what}.") from fault
