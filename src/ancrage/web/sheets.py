"""Any sheet as a page of the site: its sections, its drawings with what makes them interactive, its files."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from ancrage.language.folding import address
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.reports.sheet import Chart, Sheet
from ancrage.web.documentation.reading import PAGES

FILES = {
    "pdf": ("application/pdf", render_sheet_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_sheet_docx),
}


def sheet_file(sheet: Sheet, shape: str) -> HttpResponse:
    """The sheet as a file to print, or to go on editing."""
    kind, write = FILES[shape]
    name = address(sheet.title)[:60].strip("-") or "ancrage"
    disposition = f'attachment; filename="{name}.{shape}"'
    return HttpResponse(write(sheet), content_type=kind, headers={"Content-Disposition": disposition})


def _with(asked: QueryDict, shape: str) -> str:
    changed = asked.copy()
    changed["format"] = shape
    return changed.urlencode()


def sheet_page(
    request: HttpRequest, sheet: Sheet, *, template: str = "sheet_page.html.j2", **around: object
) -> HttpResponse:
    """The page of a sheet, or its file (``?format=pdf``, ``docx``). ``around``: what the template adds."""
    if request.GET.get("format") in FILES:
        return sheet_file(sheet, request.GET["format"])
    specs: Mapping[str, object] = {
        block.id: block.spec
        for section in sheet.sections
        for block in section.blocks
        if isinstance(block, Chart) and block.spec is not None
    }
    plain = request.GET.copy()
    plain.pop("format", None)
    told = {
        "s": sheet,
        "files": [(shape, f"?{_with(plain, shape)}") for shape in FILES],
        "specs": specs,
        "fictitious": sheet.fictitious,
        "method": sheet.method if sheet.method in PAGES else "",
    }
    return render(request, template, told | around)
