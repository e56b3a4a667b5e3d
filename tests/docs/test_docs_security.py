"""Each line of the page on security has a proof, and every proof named is there."""

import re

import pytest
from documentation import ROOT

PAGE = (ROOT / "docs" / "securite-asvs.md").read_text(encoding="utf-8")
PROOFS = sorted(
    set(re.findall(r"`((?:src|tests|deploy|requirements)/[\w/.-]+|package-lock\.json)(?:::(\w+))?`", PAGE))
)
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d", line)
]


@pytest.mark.parametrize(("path", "test"), PROOFS)
def test_a_proof_named_is_in_the_repository(path: str, test: str) -> None:
    assert (ROOT / path).is_file()
    if test:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


def test_each_line_says_whether_it_holds_and_by_what() -> None:
    assert len(LINES) > 50
    for line in LINES:
        assert len(line) == 4, line
        assert line[2] in ("tient", "en partie", "ne tient pas"), line
        assert line[3], line
