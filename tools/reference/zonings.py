"""Page of the zonings: each published list, its days, its places, its text, what each status means."""

from datetime import date

from ancrage.declarations.texts import ListText
from ancrage.territories.zonings.declaration import (
    ABSENT,
    ANY_VALUE,
    Edition,
    Regions,
    Scope,
    Zoning,
    load_zonings,
)

from .markdown import code, french_day, french_period, page, table

SCOPES = {
    Scope.FRANCE: "métropole et cinq départements d'outre-mer",
    Scope.METROPOLE: "métropole",
    Scope.OUTRE_MER: "cinq départements d'outre-mer",
}
RAW = {ANY_VALUE: "*présente dans la liste*", ABSENT: "*absente de la liste*"}
NATURES = {
    "commune": "se juge à la commune",
    "infracommunal": "se juge à l'adresse : une commune ne peut qu'être *partiel*",
    "contrat": "se juge au périmètre d'un contrat",
}


def zonings_page() -> str:
    """A summary, then one section a zoning."""
    zonings = load_zonings().values()
    rows = [
        (
            f"[`{one.id}`](#{one.id})",
            one.label,
            one.kind,
            french_period(one.since, one.until),
            reading(one.definition),
        )
        for one in zonings
    ]
    return page(
        "Zonages et programmes déclarés",
        "Une liste ne répond que pour ses jours et ses lieux ; ailleurs, la réponse est *à vérifier*. "
        "« lu » : le texte cité a été lu ; « à vérifier » : il ne l'a pas été. "
        "Les réserves sont expliquées dans [Zonages et programmes](../zonages.md).",
        [table(("identifiant", "zonage", "sorte", "existe", "texte"), rows), *map(_section, zonings)],
    )


def reading(text: ListText) -> str:
    """Whether the text was read."""
    return "lu" if text.read and text.status == "lu" else "à vérifier"


def _cite(text: ListText) -> str:
    title = f"[{text.title}]({text.href})" if text.href else text.title
    published = f", publié le {french_day(text.published_on)}" if text.published_on else ""
    return f"{title}{published} ({reading(text)} ; état au {french_day(text.checked_on)})"


def _section(one: Zoning) -> str:
    facts = [
        f"- existe : {french_period(one.since, one.until)}",
        f"- {NATURES[one.nature]}",
        f"- texte : {_cite(one.definition)}",
    ]
    return "\n\n".join(
        (f"## {one.id}", f"**{one.label}.** {one.summary}", "\n".join(facts), *map(_edition, one.editions))
    )


def _edition(edition: Edition) -> str:
    regions = edition.scope.regions if isinstance(edition.scope, Regions) else ()
    scope = (
        f"région {', '.join(regions)} seulement"
        if isinstance(edition.scope, Regions)
        else SCOPES[edition.scope]
    )
    facts = [
        f"- répond : {french_period(edition.since, edition.until)}",
        f"- lieux : {scope}",
        f"- source : [`{edition.source}`](sources.md#{edition.source}), codes du COG {edition.cog}",
        f"- texte : {_cite(edition.text)}",
        *([f"- réserves : {edition.notes}"] if edition.notes else []),
    ]
    rows = [
        (RAW.get(raw, code(raw)), status.verdict.label, status.label, _days(status.since, status.until))
        for raw, status in edition.statuses.items()
    ]
    titles = ("statut publié", "réponse", "sens", "jours")
    return "\n\n".join((f"### Liste `{edition.id}`", "\n".join(facts), table(titles, rows)))


def _days(since: date | None, until: date | None) -> str:
    return french_period(since, until) if since or until else ""
