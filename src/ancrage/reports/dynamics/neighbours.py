"""How a territory and its neighbours resemble one another, as a section of the sheet."""

from collections.abc import Sequence
from datetime import date

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.association import Association, Local
from ancrage.dynamics.quotients import FALSE_DISCOVERIES
from ancrage.language.numbers import count, number, percent
from ancrage.language.typography import capitalised
from ancrage.repairs import repairs_of
from ancrage.reports.dynamics.charts import places, scatterplot
from ancrage.reports.sheet import Chart, Grid, Paragraph, Section, present
from ancrage.territories.populations import standing

ROWS_SHOWN = 12


def written_p(value: float) -> str:
    """A probability to three decimals."""
    return "< 0,001" if value < 0.001 else number(value, 3)


def neighbours_section(answer: Dynamics) -> Section:
    """Global index, the places of the territory, those where the association is established."""
    found = answer.association
    title = "Des voisins qui se ressemblent"
    if found is None:
        why = answer.unknown["association"]
        return Section("voisins", title, (Paragraph(f"Inconnu. {why}", repairs=repairs_of(why)),))
    drawn = places(found)
    blocks = [
        Paragraph(_global(found), "strong"),
        Paragraph(_local(found)),
        _places_grid("Le territoire", found.own, found) if len(found.own) < len(found.local) else None,
        _places_grid("Lieux où l'association est établie", _significant(found), found),
        Chart(
            "moran",
            "Nuage de Moran",
            "Un point par lieu : son taux, la moyenne de ses voisins. La pente est l'indice global.",
            spec=scatterplot(found),
            wide=True,
        ),
        Chart("carte", "Carte", "Un point par lieu de l'Hexagone et de la Corse.", spec=drawn, wide=True)
        if drawn
        else None,
        Paragraph(_notes(found), "quiet"),
    ]
    return Section("voisins", title, present(blocks), aside=found.units.scale.label)


def _global(found: Association) -> str:
    if found.p > FALSE_DISCOVERIES:
        told = "aucune ressemblance d'ensemble entre voisins n'est établie"
    else:
        told = (
            "les voisins se ressemblent plus que par hasard"
            if found.moran > found.expected
            else "les voisins s'opposent plus que par hasard"
        )
    return (
        f"Indice de Moran global : {number(found.moran, 3)} (hasard : {number(found.expected, 3)} ; "
        f"p {_equals(found.p)}). Pour les {found.units.rate.label}, {told}."
    )


def _equals(p: float) -> str:
    return written_p(p) if p < 0.001 else f"= {written_p(p)}"


def _local(found: Association) -> str:
    established = len(_significant(found))
    raw = sum(one.p <= FALSE_DISCOVERIES for one in found.local)
    chance = (
        ""
        if found.beyond_chance
        else " Ici, les taux ne varient pas plus que de petits nombres ne le feraient."
    )
    return (
        f"Sur {number(len(found.local))} lieux, {number(raw)} ont une probabilité d'au plus "
        f"{percent(FALSE_DISCOVERIES, 0)}, et {number(established)} une fois corrigée du nombre de lieux "
        f"(fausses découvertes : {percent(FALSE_DISCOVERIES, 0)}).{chance}"
    )


def _significant(found: Association) -> tuple[Local, ...]:
    return tuple(
        sorted((one for one in found.local if one.significant), key=lambda one: (one.q, one.unit.code))
    )


def _places_grid(name: str, rows: Sequence[Local], found: Association) -> Grid | None:
    if not rows:
        return None
    kept = sorted(rows, key=lambda one: (one.q, one.unit.code))[:ROWS_SHOWN]
    left = len(rows) - len(kept)
    return Grid(
        name,
        ("Lieu", "Structures", "Taux", "Lissé", "Situation", "p", "q", "Établi"),
        tuple(
            (
                one.unit.name,
                number(one.unit.events),
                number(one.rate, 2),
                number(one.smoothed, 2),
                one.quadrant.label,
                written_p(one.p),
                written_p(one.q),
                "oui" if one.significant else "non",
            )
            for one in kept
        ),
        frozenset({1, 2, 3, 5, 6}),
        frozenset(rank for rank, one in enumerate(kept) if one.significant),
        note=f"{capitalised(found.units.rate.label)}."
        + (f" {count(left, 'autre lieu', 'autres lieux')} dans le fichier complet." if left else ""),
    )


def _notes(found: Association) -> str:
    parts = [found.neighbours.how]
    if found.neighbours.attached:
        islands = count(len(found.neighbours.attached), "île rattachée", "îles rattachées")
        parts.append(f"{islands} au lieu le plus proche.")
    if found.units.left_out:
        parts.append(f"{count(found.units.left_out, 'structure')} hors de tout lieu comparé.")
    parts.append(
        f"{number(found.permutations)} permutations, graine {found.seed} ; taux standardisés par la méthode "
        "de Bayes empirique, parce qu'un taux calculé sur peu d'habitants varie beaucoup par hasard."
    )
    parts += [found.units.rate.note, standing(date(found.units.vintage, 1, 1))]
    return " ".join(part for part in parts if part)
