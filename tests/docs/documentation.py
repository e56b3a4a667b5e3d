"""The written documentation, as the tests read it: pages, links, anchors, quoted commands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FRENCH_PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "decisions")

FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
YAML = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE_LINK = re.compile(r"\]\(([^()\s]+)\)")
REFERENCE_LINK = re.compile(r"^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)
CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A command quoted in a page, with the output written under it (none, most often)."""

    page: str
    command: str
    output: tuple[str, ...]

    @property
    def arguments(self) -> list[str]:
        return self.command.split()[1:]


def prose(page: Path) -> str:
    """Text of a page without its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Targets of the links of a page that stay in the repository."""
    text = prose(page)
    found = (*INLINE_LINK.findall(text), *REFERENCE_LINK.findall(text))
    return [target for target in found if not target.startswith(("https://", "http://"))]


def anchors(page: Path) -> set[str]:
    """Anchors that the headings of a page make, as GitHub makes them."""
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in HEADING.findall(prose(page))
    }


def quoted_commands(page: Path) -> Iterator[Quoted]:
    """Commands ``$ ancrage …`` of the console blocks; what follows two spaces and a hash is a comment."""
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, *rest = part.splitlines()
            command = re.split(r"\s+#", first)[0].strip()
            if command.startswith("ancrage "):
                kept = tuple(line for line in rest if line.strip() and line != CUT)
                yield Quoted(str(page.relative_to(ROOT)), command, kept)
