"""What every lever rests on: the will of a long partnership, its answer, its signs, the law behind it."""

from collections.abc import Mapping

from ancrage.facts.values import get_fact
from ancrage.language.typography import uncapitalised
from ancrage.levers.declaration import LeverText
from ancrage.levers.recommending import PRECONDITION
from ancrage.reasoning import Verdict
from ancrage.repairs import GiveField
from ancrage.reports.sheet import Grid, Items, Paragraph, Section

TOLD = {
    Verdict.OUI: "La volonté de co-construire un partenariat de long terme est déclarée.",
    Verdict.NON: "La volonté de co-construire un partenariat de long terme manque : "
    "aucun outil n’est mis en avant tant qu’elle manque.",
    Verdict.A_VERIFIER: "Prérequis à vérifier : la collectivité et les structures veulent-elles "
    "co-construire une relation de long terme ? Sans cela, dit le compte rendu de 2021, "
    "les leviers perdent en pertinence.",
}
LAW = "coconstruction"
REPORT = "compte_rendu"


def precondition_section(verdict: Verdict, texts: Mapping[str, LeverText]) -> Section:
    """The first check of all, before any tool."""
    fact = get_fact(PRECONDITION)
    law = texts[LAW]
    asked = Grid(
        name="Le prérequis des six leviers",
        columns=("Question", "Réponse", "D’où elle vient"),
        rows=((fact.question, verdict, "compte rendu de 2021"),),
    )
    ways = Items((fact.help, f"{law.title} : {uncapitalised(law.note)}"))
    answer = Paragraph("", "quiet", (GiveField("partenariat", ("oui", "non")),))
    told = (asked, ways, answer) if verdict is Verdict.A_VERIFIER else (asked, ways)
    return Section("partenariat", "Avant tout outil", told)
