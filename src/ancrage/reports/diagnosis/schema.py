"""The diagnosis as JSON, and the published schema that describes it in French.

The schema tolerates keys it does not know: the keys of a diagnosis only ever grow, and a tool that
pinned today's schema must still accept tomorrow's document.
"""

from typing import Any

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.schema_words import DESCRIPTIONS, SUMMARIES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:ancrage:schema:diagnostic:v1"

Schema = dict[str, Any]


def render_json(diagnosis: Diagnosis) -> str:
    """Write the diagnosis as JSON: keys of the model, ISO days, accents as they are, two spaces."""
    return diagnosis.model_dump_json(indent=2) + "\n"


def diagnosis_schema() -> Schema:
    """Build the JSON Schema (draft 2020-12) of a diagnosis, titles and descriptions in French.

    Raises :class:`KeyError` when a key of the model has no French description.
    """
    made = Diagnosis.model_json_schema(mode="serialization")
    definitions = {
        name: _verdict(part) if "enum" in part else _french(name, part)
        for name, part in made.pop("$defs").items()
    }
    return {"$schema": DIALECT, "$id": SCHEMA_ID, **_french("Diagnosis", made), "$defs": definitions}


def _french(name: str, part: Schema) -> Schema:
    properties = {
        key: _described(value, DESCRIPTIONS[name][key]) for key, value in part["properties"].items()
    }
    return {
        "title": SUMMARIES[name][0],
        "description": SUMMARIES[name][1],
        "type": "object",
        "properties": properties,
        "required": part.get("required", []),
    }


def _described(value: Schema, description: str) -> Schema:
    kept = {key: content for key, content in value.items() if key not in ("title", "description")}
    return {"description": description, **kept}


def _verdict(part: Schema) -> Schema:
    title, description = SUMMARIES["Verdict"]
    return {"title": title, "description": description, "type": "string", "enum": part["enum"]}
