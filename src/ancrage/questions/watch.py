"""How often terms are written, over the years, in a corpus of a person's own texts."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.question import Asking, Question, Worked
from ancrage.watch.moments import Span

if TYPE_CHECKING:
    from ancrage.watch.counting import Watch


@dataclass(frozen=True, slots=True, eq=False)
class WatchFacts:
    """What was counted, and who chose the terms, in French."""

    watch: "Watch"
    origin: str


class WatchQuestion(Question):
    """Terms counted in texts. Raises ``CorpusError`` for what cannot be read, or counted."""

    name: ClassVar = "veille"
    label: ClassVar = "Veille d’un corpus"
    help: ClassVar = "Compte des termes, année par année, dans un corpus de textes."

    corpus: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        Asked(
            name="corpus",
            label="Corpus",
            help="Fichiers ou dossiers de textes datés.",
            metavar="CORPUS",
            argument=True,
            local=True,
        ),
    ]
    terms: Annotated[
        tuple[str, ...],
        Asked(
            name="terme",
            label="Termes",
            help="Terme à compter ; répétable. Tous par défaut.",
            short="-t",
            metavar="TERME",
        ),
    ] = ()
    term_list: Annotated[
        str | None,
        Asked(
            name="termes",
            label="Liste de termes",
            help="Liste de termes (YAML) au lieu de celle d'Ancrage.",
            metavar="FICHIER",
            local=True,
        ),
    ] = None
    by: Annotated[
        Span, Asked(name="par", label="Groupement", help="Groupement.", metavar="annee|mois|fichier")
    ] = Span.ANNEE
    context: Annotated[
        int,
        Field(ge=0, le=50),
        Asked(
            name="contexte",
            label="Contexte",
            help="Mots montrés de chaque côté du terme ; 0 : aucun.",
            metavar="N",
        ),
    ] = 8
    dates: Annotated[
        str | None,
        Asked(
            name="dates",
            label="Dates",
            help="CSV ou classeur (nom, date) des fichiers qui ne disent pas la leur.",
            metavar="FICHIER",
            local=True,
        ),
    ] = None
    text_column: Annotated[
        str,
        Asked(
            name="colonne_texte",
            label="Colonne du texte",
            help="Colonne du texte, dans les CSV et JSONL.",
            metavar="TITRE",
        ),
    ] = ""
    date_column: Annotated[
        str,
        Asked(
            name="colonne_date",
            label="Colonne de la date",
            help="Colonne de la date, dans les CSV et JSONL.",
            metavar="TITRE",
        ),
    ] = ""

    def work_out(self, asking: Asking) -> Worked[WatchFacts]:  # noqa: ARG002 the texts say their days
        """The counts."""
        from ancrage.watch.corpus import Wishes, survey
        from ancrage.watch.counting import watch
        from ancrage.watch.declaration import ancrage_terms, choose_terms, read_terms
        from ancrage.watch.given_dates import read_dates
        from ancrage.watch.tables import Columns

        known = read_terms(Path(self.term_list)) if self.term_list else ancrage_terms()
        chosen = choose_terms(self.terms, known)
        given = read_dates(Path(self.dates)) if self.dates else {}
        wishes = Wishes(Columns(self.text_column, self.date_column), given, self.context)
        counted = survey([Path(one) for one in self.corpus], chosen, wishes)
        return Worked(WatchFacts(watch(counted, chosen, self.by), known.origine))
