"""Specifications carried by a page, for the script that makes its drawings interactive."""

import json

from ancrage.reports.charts import Spec

# What could end a script element or start a comment inside it.
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def chart_data(identifier: str, spec: Spec) -> str:
    """A data block (never executed) that holds the specification of the drawing ``identifier``."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for character, written in UNSAFE.items():
        text = text.replace(character, written)
    return f'<script type="application/json" data-chart="{identifier}">{text}</script>'
