"""From plain values to a plan: everything wrong is said at once, at its line, and nothing is guessed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ancrage.declarations.documents import Document
from ancrage.declarations.gathering import Gathering, shown, suggestion
from ancrage.declarations.parts import Path
from ancrage.errors import FinancingFileError
from ancrage.financing.lines import LineChecker
from ancrage.financing.money import ZERO
from ancrage.financing.plan import SCHEMA, Expense, Holder, Plan, Resource, Size
from ancrage.language.days import short_day
from ancrage.repairs import StartFromModel

MODEL = StartFromModel("financing")
FILE_KEYS = (
    "schema", "nom", "fictif", "porteur", "debut", "fin", "tresorerie", "taux_relais", "depenses",
    "ressources", "aides_recues",
)  # fmt: skip
HOLDER_KEYS = ("nom", "forme", "commune", "faits", "chef_de_file", "taille", "zone_afr", "siret", "rna")


def check(document: Document, *, name: str = "", where: Callable[[Path], str] | None = None) -> Plan:
    """The plan a document holds. Raises :class:`FinancingFileError` listing every fault with its line."""
    found = Gathering(document, refused, name, where)
    plan = _PlanChecker(found).plan(document.values)
    found.close()
    return plan


def refused(told: str) -> FinancingFileError:
    """The error of this room."""
    return FinancingFileError(told, "", MODEL)


class _PlanChecker(LineChecker):
    """Reads a plan."""

    def plan(self, values: Any) -> Plan:
        """The whole plan; what could not be read is left out, its fault noted."""
        whole = self.found.mapping(values, (), FILE_KEYS) or {}
        if whole.get("schema") != SCHEMA:
            self.found.say(("schema",), f"la version lue est « {SCHEMA} », pas {shown(whole.get('schema'))}")
        expenses = tuple(self.each(whole, "depenses", self._expense))
        resources = tuple(self.each(whole, "ressources", self._resource, set(self.ids)))
        self._refuse_strangers(resources)
        begins, ends = self.day(whole, "debut", ()), self.day(whole, "fin", ())
        if begins and ends and ends < begins:
            self.found.say(("fin",), f"le {short_day(ends)} précède le début, {short_day(begins)}")
        self._refuse_early(begins, (*expenses, *resources))
        if not whole.get("depenses") and not whole.get("ressources"):
            self.found.say((), "aucune dépense ni ressource n'est écrite")
        return Plan(
            self.found.text(whole, "nom", ()) or "Plan de financement",
            self._holder(whole.get("porteur")),
            expenses,
            resources,
            tuple(self.each(whole, "aides_recues", self._past)),
            begins,
            ends,
            self.money(whole, "tresorerie", ()) or ZERO,
            self.share(whole, "taux_relais", ()),
            self.truth(whole, "fictif", ()) is True,
        )

    def _refuse_early(self, begins: date | None, lines: tuple[Expense | Resource, ...]) -> None:
        """Money that moves before the plan begins: the cash of its first day holds it already."""
        for one in lines:
            first = min((paid.on for paid in one.payments), default=None)
            if begins and first and first < begins:
                self.found.say(
                    (*self.ids[one.id], "le" if len(one.payments) == 1 else "paiements"),
                    f"le {short_day(first)} précède le début du plan, le {short_day(begins)} : avancez-le",
                )

    def _refuse_strangers(self, resources: tuple[Resource, ...]) -> None:
        """A resource said to add up with a line that is no resource of the plan."""
        known = {one.id: one.id for one in resources}
        for one in resources:
            for named in one.beside:
                if named not in known:
                    told = f"« {named} » n'est l'identifiant d'aucune ressource{suggestion(named, known)}"
                    self.found.say((*self.ids[one.id], "cumul_avec"), told)

    def _holder(self, value: Any) -> Holder:
        if value is None:
            return Holder("")
        told = self.found.mapping(value, ("porteur",), HOLDER_KEYS)
        if told is None:
            return Holder("")
        path: Path = ("porteur",)
        facts = told.get("faits") or {}
        if not isinstance(facts, dict):
            self.found.say(
                (*path, "faits"), f"des faits et leurs valeurs étaient attendus, pas {shown(facts)}"
            )
            facts = {}
        commune = told.get("commune")
        return Holder(
            self.found.text(told, "nom", path),
            self.found.text(told, "forme", path).lower(),
            "" if commune is None else str(commune).strip(),
            facts,
            self.truth(told, "chef_de_file", path),
            self.word(told, "taille", path, Size, None),
            self.truth(told, "zone_afr", path),
            self.siret(told, "siret", path),
            self.rna(told, "rna", path),
        )
