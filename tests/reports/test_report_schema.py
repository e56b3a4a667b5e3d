import json
from pathlib import Path

import pytest
from diagnosis_factory import EXAMPLES, fictitious, full
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.schema import diagnosis_schema, render_json

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema" / "diagnostic-v1.json"


def validator() -> Draft202012Validator:
    return Draft202012Validator(diagnosis_schema(), format_checker=FormatChecker())


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(diagnosis_schema())


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == diagnosis_schema()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_diagnosis_follows_the_schema(example: str) -> None:
    validator().validate(json.loads(render_json(EXAMPLES[example]())))


@pytest.mark.parametrize("example", EXAMPLES)
def test_json_reads_back_as_the_same_diagnosis(example: str) -> None:
    diagnosis = EXAMPLES[example]()
    assert Diagnosis.model_validate_json(render_json(diagnosis)) == diagnosis


def test_json_keeps_accents_days_and_the_words_of_verdicts() -> None:
    text = render_json(full())
    read = json.loads(text)
    assert "revitalisation rurale" in text
    assert "\\u" not in text
    assert read["territory"]["on"] == "2021-03-31"
    assert [zoning["verdict"] for zoning in read["zonings"][:3]] == ["oui", "a_verifier", "partiel"]


def test_a_fictitious_source_says_so() -> None:
    assert json.loads(render_json(fictitious()))["sources"][0]["fictitious"] is True


def test_a_verdict_out_of_the_four_is_refused() -> None:
    document = json.loads(render_json(full()))
    document["zonings"][0]["verdict"] = "peut-être"
    with pytest.raises(ValidationError):
        validator().validate(document)


def test_a_key_added_later_is_accepted() -> None:
    validator().validate(json.loads(render_json(full())) | {"something_new": []})


def test_every_key_is_described_in_french() -> None:
    schema = diagnosis_schema()
    for part in (schema, *schema["$defs"].values()):
        assert part["description"]
        for value in part.get("properties", {}).values():
            assert value["description"]
