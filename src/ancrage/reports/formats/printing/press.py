"""What typesets a paper, as a process of its own: what typst keeps of a document goes with it.

Run by its path, it imports nothing of Ancrage. It reads an order as JSON on its standard input (``template``,
``told``, ``pages`` and ``scales`` of a paper fitted to its pages, ``timestamp``) and writes the PDF.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import typst


def main() -> None:
    """Typeset what is ordered."""
    order = json.load(sys.stdin.buffer)
    template, told = order["template"].encode(), dict(order["told"])
    if order["pages"]:
        told["echelle"] = str(fitting_scale(template, told, order["pages"], order["scales"]))
    content = typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=told,
        ignore_system_fonts=True,
        timestamp=order["timestamp"],
    )
    sys.stdout.buffer.write(content)


def fitting_scale(template: bytes, told: dict[str, str], pages: int, scales: Sequence[float]) -> float:
    """The largest letters with which a paper holds on its pages; the smallest ones when none does."""
    for scale in scales[:-1]:
        counted: list[dict[str, Any]] = json.loads(
            typst.query(
                template, "<pages>", sys_inputs={**told, "echelle": str(scale)}, ignore_system_fonts=True
            )
        )
        if counted[0]["value"] <= pages:
            return scale
    return scales[-1]


if __name__ == "__main__":
    main()
