"""The addresses of the site load without the libraries that few pages need: each process would hold them."""

import subprocess
import sys
from pathlib import Path

LOADING = """
import sys

import django
from django.urls import get_resolver

django.setup()
get_resolver().check()
print(*sys.modules)
"""
HEAVY = {
    "altair",
    "docx",
    "esda",
    "ibis",
    "libpysal",
    "pandas",
    "polars",
    "pptx",
    "pyarrow",
    "scipy",
    "vl_convert",
    "xlsxwriter",
}


def test_the_addresses_of_the_site_load_none_of_the_libraries_that_few_pages_need(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING],
        capture_output=True,
        text=True,
        check=True,
        env={
            "ANCRAGE_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "ancrage.config.settings",
            "PYTHONPATH": str(Path(sys.modules["ancrage"].__path__[0]).parent),
        },
    )
    modules = set(done.stdout.split())
    assert {"ancrage.web.urls", "ancrage.api.urls", "ancrage.questions.survival"} <= modules
    assert sorted(modules & HEAVY) == []
