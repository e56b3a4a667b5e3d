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

ASVS = """
1.1=22 1.2=1111122223 1.3=112222222223 1.4=222 1.5=123 2.1=122 2.2=112 2.3=12223 2.4=23 3.1=3
3.2=113 3.3=12223 3.4=11222233 3.5=11122333 3.6=3 3.7=22333 4.1=12233 4.2=23333 4.3=22 4.4=1222
5.1=2 5.2=112333 5.3=113 5.4=222 6.1=122 6.2=111111112222 6.3=11223333 6.4=112233 6.5=22222333
6.6=2223 6.7=33 6.8=2222 7.1=222 7.2=1111 7.3=22 7.4=11222 7.5=223 7.6=22 8.1=1233 8.2=1123 8.3=133
8.4=23 9.1=111 9.2=1222 10.1=22 10.2=223 10.3=22223 10.4=1111122222233333 10.5=22222 10.6=22
10.7=222 11.1=2233 11.2=22233 11.3=11233 11.4=1222 11.5=23 11.6=23 11.7=33 12.1=12233 12.2=11
12.3=22223 13.1=2333 13.2=222223 13.3=2233 13.4=1222233 14.1=22 14.2=12223333 14.3=122 15.1=12233
15.2=12233 15.3=1222222 15.4=3333 16.1=2 16.2=22222 16.3=2222 16.4=222 16.5=2223 17.1=23
17.2=22223333 17.3=22
"""
"""Levels of the requirements of each section, in their order: 5.0/en of OWASP/ASVS, read in November 2026."""
LEVELS = {
    f"{section}.{rank}": int(level)
    for section, levels in (one.split("=") for one in ASVS.split())
    for rank, level in enumerate(levels, 1)
}


def named(text: str) -> list[str]:
    """The requirements that a text names: one, several, from one to another, a section, a chapter (V17)."""
    found = []
    for first, last in re.findall(r"\b(\d+(?:\.\d+){1,2}|V\d+(?= \())(?: à (\d+\.\d+\.\d+))?", text):
        if last:
            section, rank = first.rsplit(".", 1)
            found += [f"{section}.{one}" for one in range(int(rank), int(last.rsplit(".", 1)[1]) + 1)]
        elif first.startswith("V") or first.count(".") == 1:
            found += [one for one in LEVELS if one.startswith(first.removeprefix("V") + ".")]
        else:
            found.append(first)
    return found


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


def test_each_requirement_of_levels_one_and_two_is_there_under_its_own_level() -> None:
    apart = PAGE.partition("## Sans objet")[2].partition("## V1 ")[0]
    prose = re.findall(r"\((\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*)\)", PAGE)
    told = [one for line in LINES for one in named(line[0])]
    there = {*told, *named(apart), *(one for each in prose for one in named(each))}
    assert {one for one, level in LEVELS.items() if level < 3} <= there
    assert {*told} <= {*LEVELS}
    assert not {*told} & {*named(apart)}, "a line that is also out of the subject"
    for line in LINES:
        levels = {int(one) for each in re.findall(r"\(([123, ]+)\)", line[0]) for one in each.split(",")}
        assert levels == {LEVELS[one] for one in named(line[0])}, line[0]


def test_no_script_keeps_anything_in_the_browser() -> None:
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker|caches\.open")
    scripts = sorted((ROOT / "src/ancrage/web/assets").glob("*.js"))
    assert len(scripts) > 5
    assert [one.name for one in scripts if kept.search(one.read_text(encoding="utf-8"))] == []
