"""The panel of most diversity that a person's long list holds, under quotas, with the proof."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from ancrage.errors import PanelFileError
from ancrage.language.numbers import typed
from ancrage.questions.fields import Asked, Flag, Number
from ancrage.questions.question import Asking, DatedQuestion, Worked
from ancrage.repairs import GiveField

if TYPE_CHECKING:
    from ancrage.panel.longlist import LongList
    from ancrage.panel.quotas import Terms
    from ancrage.panel.result import Panel
COLUMN = GiveField("colonne", ("QUOI=TITRE",))
WEIGHT = GiveField("poids", ("TRAIT=POIDS",))


class PanelQuestion(DatedQuestion):
    """A panel chosen in a file.

    Raises ``PanelFileError`` for what is written, ``ImpossibleQuotaError`` when no panel keeps the quotas.
    """

    name: ClassVar = "panel"
    label: ClassVar = "Choix d’un panel"
    help: ClassVar = (
        "Choisit dans une liste longue le panel le plus divers qui tient des quotas, avec la preuve."
    )

    file: Annotated[
        str,
        Asked(
            name="fichier",
            label="Liste longue",
            help="La liste longue : CSV, classeur (XLSX, ODS) ou JSON.",
            metavar="FICHIER",
            argument=True,
            local=True,
        ),
    ]
    size: Annotated[
        int | None,
        Asked(name="taille", label="Taille", help="Combien de structures retenir.", example=16, metavar="N"),
    ] = None
    declared: Annotated[
        str | None,
        Asked(
            name="contraintes",
            label="Quotas déclarés",
            help="Quotas déclarés : YAML ou JSON.",
            metavar="FICHIER",
            local=True,
        ),
    ] = None
    quotas: Annotated[
        tuple[str, ...],
        Asked(
            name="quota",
            label="Quotas",
            help="drom>=2, categorie=ACI>=3, region=*<=2… ; répétable.",
            metavar="QUOTA",
        ),
    ] = ()
    weights: Annotated[
        tuple[str, ...],
        Asked(name="poids", label="Poids", help="Traits de la diversité ; répétable.", metavar="TRAIT=POIDS"),
    ] = ()
    columns: Annotated[
        tuple[str, ...],
        Asked(
            name="colonne",
            label="Colonnes",
            help="Quelle colonne dit quoi ; répétable.",
            metavar="QUOI=TITRE",
        ),
    ] = ()
    drawn: Annotated[
        int | None,
        Asked(name="tirer", label="Tirage", help="Tirer d'abord N structures au hasard.", metavar="N"),
    ] = None
    seed: Annotated[int, Asked(name="graine", label="Graine", help="Graine du tirage.", metavar="N")] = 1
    bend: Annotated[
        Flag,
        Asked(name="assouplir", label="Assouplir", help="Renoncer au moins de quotas possible s'il le faut."),
    ] = False
    without_costs: Annotated[
        Flag,
        Asked(name="sans_cout", label="Sans les coûts", help="Ne pas chercher ce que coûte chaque quota."),
    ] = False
    seconds: Annotated[
        float,
        Number,
        Asked(name="secondes", label="Temps", help="Temps donné à toute la recherche.", metavar="SECONDES"),
    ] = 60.0
    rejects: Annotated[
        str | None,
        Asked(
            name="rejets",
            label="Lignes écartées",
            help="Où écrire les lignes écartées (CSV).",
            metavar="FICHIER",
            local=True,
        ),
    ] = None

    def work_out(self, asking: Asking) -> "Worked[Panel]":
        """The panel; the lines set aside are told first."""
        from ancrage.panel.choosing import choose_panel

        listed = self._listed(asking)
        if asking.set_aside:
            asking.set_aside(self, listed.rejects)
        if self.drawn is not None:
            listed = listed.drawn(self.drawn, self.seed)
        terms = self._terms(listed)
        found = choose_panel(
            listed, terms, seconds=self.seconds, with_costs=not self.without_costs, bend=self.bend
        )
        return Worked(found)

    def _listed(self, asking: Asking) -> "LongList":
        from ancrage.panel.places import place_book
        from ancrage.panel.reading import read_long_list

        on, mapping = self.on or asking.on, dict(_pair(one, COLUMN) for one in self.columns)
        return read_long_list(Path(self.file), place_book(asking.opened.atlas, on=on), on=on, mapping=mapping)

    def _terms(self, listed: "LongList") -> "Terms":
        from ancrage.panel.quota_text import WrittenTerms, parse_short, read_terms
        from ancrage.panel.terms import terms_on

        declared = read_terms(Path(self.declared)) if self.declared else WrittenTerms()
        size = self.size or declared.taille
        if size is None:
            raise PanelFileError(
                f"« {Path(self.declared).name} » ne dit pas la taille du panel."
                if self.declared
                else "La taille du panel n'est pas dite.",
                "Donnez-la, ou écrivez « taille: 16 » avec les quotas.",
                GiveField("taille", ("16",)),
            )
        asked = [*declared.quotas, *map(parse_short, self.quotas)]
        try:
            return terms_on(listed, size, asked, _weights(self.weights) or declared.diversite)
        except PanelFileError as error:
            files = " et ".join(f"« {Path(one).name} »" for one in (self.file, self.declared) if one)
            raise PanelFileError(f"{files} : {error.message}", error.hint, *error.repairs) from error


def _weights(written: Sequence[str]) -> dict[str, float]:
    pairs = [_pair(one, WEIGHT) for one in written]
    return {name: _weight(value) for name, value in pairs}


def _weight(value: str) -> float:
    try:
        return float(typed(value))
    except ValueError as error:
        raise PanelFileError(
            f"« {value} » n'est pas un poids.", "Donnez un nombre, par exemple 2."
        ) from error


def _pair(written: str, repair: GiveField) -> tuple[str, str]:
    name, separator, value = written.partition("=")
    if not separator or not name.strip() or not value.strip():
        raise PanelFileError(f"« {written} » n'est pas lisible.", f"Écrivez {repair.values[0]}.", repair)
    return name.strip(), value.strip()
