"""The collective dynamics of a territory as one sheet: what to explore, with whom, on what grounds."""

from collections.abc import Iterator, Sequence

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.counting import Level, Representation, Represented
from ancrage.dynamics.quotients import FALSE_DISCOVERIES, FEWEST, Presence
from ancrage.dynamics.verdicts import Exploration
from ancrage.language.days import day
from ancrage.language.numbers import count, kilometres, number, percent
from ancrage.reasoning import Verdict
from ancrage.register.reach import Reach
from ancrage.reports.dynamics.charts import quotient_intervals
from ancrage.reports.dynamics.neighbours import neighbours_section, written_p
from ancrage.reports.dynamics.structures import groups_section, invited_section
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet, present
from ancrage.sources.citing import source_words

ROWS_SHOWN = 12
UNKNOWN = "inconnu"
ORDER = (Verdict.OUI, Verdict.PARTIEL, Verdict.A_VERIFIER, Verdict.NON)
ESTABLISHED = (Presence.OVER, Presence.UNDER)

PTCE = (
    "Définition (loi n° 2014-856 du 31 juillet 2014, article 9) : un pôle territorial de coopération "
    "économique (PTCE) réunit sur un même territoire des entreprises de l'ESS et d'autres entreprises, en "
    "lien avec des collectivités, des centres de recherche et des organismes de formation, autour d'une "
    "stratégie commune et continue de mutualisation et de coopération, au service d'un développement local "
    "durable innovant.",
    "Appel à manifestation d'intérêt lancé le 12 mai 2021 : une première phase permanente pour les pôles "
    "émergents, une seconde de 100 000 € pour quinze pôles ; 134 candidatures en 2021.",
    "140 pôles étaient recensés en mai 2023. Les appels postérieurs à 2023 restent à vérifier.",
)
BANK = "https://banquedesterritoires.fr"
PTCE_SOURCES = (
    f"PTCE, Banque des Territoires : {BANK}/le-gouvernement-relance-les-ptce-avec-un-ami-qui-leur-veut-du-"
    "bien",
    f"PTCE, Banque des Territoires : {BANK}/poles-territoriaux-de-cooperation-economique-un-nouvel-ami-est-"
    "ouvert-jusquau-31-juillet",
)


def dynamics_sheet(answer: Dynamics) -> Sheet:
    """The sheet of an answer."""
    territory = answer.territory
    return Sheet(
        kicker=f"Dynamiques collectives · {territory.code.label}",
        title=territory.name,
        lead=(
            f"Au {day(territory.on)} : les activités à explorer ensemble, les territoires voisins qui se "
            "ressemblent, les structures proches dont les activités se complètent, et qui inviter."
        ),
        sections=(
            _verdicts(answer),
            _representation(answer),
            neighbours_section(answer),
            groups_section(answer),
            invited_section(answer),
            Section("ptce", "Ce qu'est un PTCE", (Items(PTCE),)),
        ),
        figures=_figures(answer),
        warnings=tuple(warnings_of(answer)),
        sources=(*map(source_words, answer.sources), *PTCE_SOURCES),
        method="dynamiques",
        fictitious=answer.fictitious,
    )


def _figures(answer: Dynamics) -> tuple[KeyFigure, ...]:
    yes = sum(one.answer.verdict is Verdict.OUI for one in answer.explorations)
    partly = sum(one.answer.verdict is Verdict.PARTIEL for one in answer.explorations)
    groups = UNKNOWN if answer.groups is None else number(len(answer.groups))
    known = UNKNOWN if answer.known is None else number(answer.known)
    return (
        KeyFigure("Dynamiques à explorer", number(yes), f"et {number(partly)} en partie"),
        KeyFigure("Structures connues", known, "de l'ESS ou d'insertion"),
        KeyFigure("Groupes complémentaires", groups, f"à {kilometres(answer.asked.distance_km)} au plus"),
        KeyFigure("Structures à inviter", number(len(answer.invited)), "la liste est plus bas"),
    )


def warnings_of(answer: Dynamics) -> Iterator[str]:
    """What must be known of the data."""
    if answer.reach is not Reach.WHOLE:
        yield (
            "Le registre ne couvre pas ce territoire en entier : les activités lues dans SIRENE sont "
            "inconnues ; seules les structures d'insertion de la liste y sont toutes."
        )
    siae = next((one for one in answer.sources if one["id"] == "siae"), None)
    if siae:
        yield (
            f"Structures d'insertion : liste de {siae['vintage']}, placée dans les périmètres du "
            f"{day(answer.territory.on)} ; certaines ont pu ouvrir ou fermer depuis."
        )
    yield from (reason for key, reason in answer.unknown.items() if key != "association")


VERDICTS_NOTE = (
    "Oui : deux signes au moins, parmi la sur-représentation, des structures complémentaires proches et des "
    "voisins qui se ressemblent par un taux fort. Partiel : un seul. À vérifier : aucun, et l'un est inconnu."
)


def _verdicts(answer: Dynamics) -> Section:
    found = sorted(answer.explorations, key=lambda one: (ORDER.index(one.answer.verdict), -one.structures))
    few = [one for one in found if len(one.answer.reasons) == 1]
    rows = tuple(
        (one.activity.label, one.answer.verdict, number(one.structures), " ".join(one.answer.reasons))
        for one in found
        if one not in few
    )
    title, columns = "Dynamiques à explorer", ("Activité", "À explorer", "Structures", "Pourquoi")
    blocks = present(
        [
            Grid(title, columns, rows, frozenset({2}), note=VERDICTS_NOTE) if rows else None,
            Paragraph(_too_few(few), "quiet") if few else None,
        ]
    )
    return Section("a-explorer", title, blocks, aside="activités et seuils proposés par Ancrage")


def _numbered(one: Exploration) -> str:
    """An activity and its structures; those of an activity not wholly known are « at least », never none."""
    label = one.activity.label
    if one.answer.verdict is Verdict.A_VERIFIER:
        return f"{label} (au moins {one.structures})" if one.structures else label
    return f"{label} ({one.structures})"


def _too_few(few: Sequence[Exploration]) -> str:
    """Activities with hardly a structure, in one sentence for each verdict."""
    parts = []
    for verdict, words in (
        (Verdict.NON, "Non, trop peu de structures"),
        (Verdict.A_VERIFIER, "Inconnu, les structures ne sont pas toutes connues"),
    ):
        named = [_numbered(one) for one in few if one.answer.verdict is verdict]
        if named:
            parts.append(f"{words} : {', '.join(named)}.")
    return " ".join(parts)


def _representation(answer: Dynamics) -> Section:
    blocks = [block for level in answer.representations if level.rows for block in _level(level)]
    lacking: dict[str, list[str]] = {}
    for level in answer.representations:
        if level.reason:
            lacking.setdefault(level.reason, []).append(level.level.label)
    blocks += [Paragraph(f"{', '.join(labels)} : inconnu. {why}") for why, labels in lacking.items()]
    note = (
        f"Un état est établi quand la probabilité corrigée q est d'au plus {percent(FALSE_DISCOVERIES, 0)} "
        f"(Benjamini et Hochberg) et l'effectif d'au moins {FEWEST} ; en dessous, il est à vérifier. Le "
        "quotient des emplois décrit, sans rien établir : les emplois viennent par établissements entiers."
    )
    return Section(
        "representation", "Activités plus ou moins présentes qu'ailleurs", (*blocks, Paragraph(note, "quiet"))
    )


def _level(level: Representation) -> Iterator[Block]:
    kept = _kept(level.rows)
    yield _quotients(level, kept)
    if spec := quotient_intervals(kept):
        caption = f"{level.level.label} : quotient et intervalle à 95 %, {level.reference} vaut 1."
        yield Chart(f"quotients-{level.level.value}", level.level.label, caption, spec=spec, wide=True)


def _kept(rows: Sequence[Represented]) -> list[Represented]:
    """What is established first, then what is most expected, in order of quotient."""
    first = sorted(
        rows, key=lambda row: (row.quotient.presence not in ESTABLISHED, -row.quotient.expected, row.label)
    )
    chosen = {id(row) for row in first[:ROWS_SHOWN]}
    return [row for row in rows if id(row) in chosen]


def _quotients(level: Representation, rows: Sequence[Represented]) -> Grid:
    left = len(level.rows) - len(rows)
    notes = [f"{count(left, 'autre activité', 'autres activités')} dans le fichier complet."] if left else []
    if level.to_check:
        doubtful = count(level.to_check, "établissement")
        notes.append(f"Hors de ces comptes, car leur appartenance à l'ESS est à vérifier : {doubtful}.")
    return Grid(
        f"{level.level.label} : {level.measure}, par rapport à : {level.reference}",
        ("Activité", "Ici", "Attendu", "Quotient", "Intervalle à 95 %", "q", "Emplois", "État"),
        tuple(_quotient(row) for row in rows),
        frozenset({1, 2, 3, 4, 5, 6}),
        frozenset(rank for rank, row in enumerate(rows) if row.quotient.presence in ESTABLISHED),
        note=" ".join(notes),
    )


def _quotient(row: Represented) -> tuple[str, ...]:
    found = row.quotient
    return (
        row.label if row.level is Level.SIAE or not found.key else f"{row.label} ({found.key})",
        number(found.count),
        number(found.expected, 1),
        _decimal(found.value),
        f"{_decimal(found.low)} à {_decimal(found.high)}",
        UNKNOWN if found.q is None else written_p(found.q),
        "–" if row.jobs_quotient is None else number(row.jobs_quotient, 2),
        found.presence.label,
    )


def _decimal(value: float | None) -> str:
    return UNKNOWN if value is None else number(value, 2)
