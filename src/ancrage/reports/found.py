"""What the search box found, as a sheet."""

from collections.abc import Mapping, Sequence

from ancrage.repairs import BuildEdition, See, Subject, SynchroniseSources
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Sheet
from ancrage.search.suggestion import Found, Suggestion

METHOD = "annuaire"
NEXT: Mapping[Found, Subject] = {
    Found.TERRITORY: "territory",
    Found.STRUCTURE: "structure",
    Found.AID: "aid",
    Found.TOOL: "tool",
    Found.LEVER: "lever",
    Found.MONOGRAPH: "monograph",
}
NOTHING = (
    "Rien ne répond à ces mots. Essayez un nom plus court, un code INSEE ou un code postal ; une structure "
    "absente du registre en vigueur n’est pas trouvée."
)


REGISTER = (SynchroniseSources(("sirene-etablissements", "sirene-unites-legales")), BuildEdition())


def found_sheet(typed: str, found: Sequence[Suggestion]) -> Sheet:
    """The answers, best first, with what opens the first one of each kind."""
    return Sheet(
        kicker="Recherche",
        title=f"« {typed} »",
        lead="Territoires, structures, aides, leviers, outils, monographies et mots du glossaire, du plus "
        "ressemblant au moins ressemblant.",
        sections=(Section("reponses", "Réponses", tuple(_blocks(found))),),
        method=METHOD,
        fictitious=any(one.fictitious for one in found),
    )


def _blocks(found: Sequence[Suggestion]) -> list[Block]:
    if not found:
        return [Paragraph(NOTHING, "strong", REGISTER)]
    rows = tuple((one.code, one.title, one.detail, one.kind.value) for one in found)
    first = {one.kind: one for one in reversed(found) if one.kind in NEXT}
    then = tuple(See(NEXT[kind], one.code) for kind, one in sorted(first.items()))
    further = (Paragraph("Pour aller plus loin.", "quiet", then),) if then else ()
    return [Grid("Réponses", ("Code", "Nom", "Ce que c’est", "Sorte"), rows), *further]
