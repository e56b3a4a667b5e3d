"""From plain values to a contract: everything wrong is said at once, at its line."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ancrage.contracts.impact import (
    SCHEMA,
    Draw,
    Due,
    Finding,
    ImpactContract,
    Indicator,
    Law,
    Step,
)
from ancrage.declarations.documents import Document
from ancrage.declarations.gathering import Gathering, shown
from ancrage.declarations.parts import Path
from ancrage.declarations.reader import Reader
from ancrage.errors import FinancingFileError
from ancrage.financing.checker import Checker
from ancrage.financing.money import ZERO
from ancrage.language.days import short_day
from ancrage.repairs import StartFromModel

Given = Mapping[str, Any]
MODEL = StartFromModel("impact")
READER = Reader(FinancingFileError, "", repairs=(MODEL,))
KEYS = (
    "schema", "nom", "fictif", "signe_le", "roles", "indicateur", "tirages", "bareme", "paiements",
    "taux_max", "plafond", "plancher", "cout_evaluation", "cout_evite_par_unite", "constats", "graine",
)  # fmt: skip
INDICATOR_KEYS = ("nom", "unite", "reference", "cible", "bas", "central", "haut", "loi", "personnes")
ROLES = ("operateur", "payeur", "investisseurs", "evaluateur", "structurateur")
WHOLE = Decimal(1)


def read_contract_text(text: str, *, name: str = "") -> ImpactContract:
    """The contract of a text, YAML or JSON. Raises :class:`FinancingFileError` with every fault."""
    return check(READER.document_of(text, name, once=False), name=name)


def check(document: Document, *, name: str = "") -> ImpactContract:
    """The contract a document holds. Raises :class:`FinancingFileError`."""
    found = Gathering(document, lambda told: FinancingFileError(told, "", MODEL), name)
    contract = _Contract(found).contract(document.values)
    found.close()
    if contract is None:
        raise FinancingFileError("Ce contrat ne se lit pas.", "", MODEL)
    return contract


class _Contract(Checker):
    def contract(self, values: Any) -> ImpactContract | None:
        """The contract; ``None``, with its faults noted, when a part it rests on is missing."""
        whole = self.found.mapping(values, (), KEYS) or {}
        if whole.get("schema") != SCHEMA:
            self.found.say(("schema",), f"la version lue est « {SCHEMA} », pas {shown(whole.get('schema'))}")
        indicator = self._indicator(whole.get("indicateur"))
        draws = tuple(self.each(whole, "tirages", self._draw))
        steps = tuple(self.each(whole, "bareme", self._step))
        dues = tuple(self.each(whole, "paiements", self._due))
        self._refuse_shapes(draws, steps, dues)
        rate, cap = self.share(whole, "taux_max", ()), self.money(whole, "plafond", ())
        floor = self.money(whole, "plancher", ()) or ZERO
        evaluation = self.money(whole, "cout_evaluation", ()) or ZERO
        avoided = self.money(whole, "cout_evite_par_unite", ())
        signed, findings = self.day(whole, "signe_le", ()), tuple(self.each(whole, "constats", self._finding))
        fictitious, seed = self.truth(whole, "fictif", ()) is True, whole.get("graine")
        name, roles = self.found.text(whole, "nom", ()) or "Contrat à impact", self._roles(whole.get("roles"))
        if indicator is None or not draws or not steps or not dues or self.found.faults:
            return None
        made = ImpactContract(
            name, roles, indicator, draws, steps, dues, rate, cap, floor, evaluation, avoided, signed,
            findings, seed if isinstance(seed, int) else 1, fictitious,
        )  # fmt: skip
        if floor > made.cap:
            self.found.say(("plancher",), "le plancher dépasse le plafond")
        return made

    def _roles(self, value: Any) -> dict[str, str]:
        told = self.found.mapping({} if value is None else value, ("roles",), ROLES) or {}
        return {role: str(told[role]) for role in ROLES if told.get(role)}

    def _indicator(self, value: Any) -> Indicator | None:
        path: Path = ("indicateur",)
        told = self.found.mapping(value, path, INDICATOR_KEYS)
        if told is None:
            return None
        target = self.number(told, "cible", path, required=True)
        low, high = (
            self.number(told, "bas", path, required=True),
            self.number(told, "haut", path, required=True),
        )
        central = self.number(told, "central", path)
        law = self.word(told, "loi", path, Law, Law.TRIANGULAIRE)
        people = told.get("personnes")
        if target is None or low is None or high is None or law is None:
            return None
        middle = target if central is None else central
        if not low <= middle <= high:
            self.found.say(path, f"bas, central et haut ne se suivent pas ({low}, {middle}, {high})")
        return Indicator(
            self.found.text(told, "nom", path) or "Indicateur",
            self.found.text(told, "unite", path),
            self.number(told, "reference", path) or ZERO,
            target,
            low,
            middle,
            high,
            law,
            people if isinstance(people, int) else None,
        )

    def _draw(self, value: Any, path: Path) -> Draw | None:
        told = self.found.mapping(value, path, ("le", "montant"))
        if told is None:
            return None
        on, amount = (
            self.day(told, "le", path, required=True),
            self.money(told, "montant", path, required=True),
        )
        return Draw(on, amount) if on and amount is not None else None

    def _step(self, value: Any, path: Path) -> Step | None:
        told = self.found.mapping(value, path, ("resultat", "part"))
        if told is None:
            return None
        result, share = self.number(told, "resultat", path, required=True), self.share(told, "part", path)
        if share is None and told.get("part") in (None, ""):
            self.found.say((*path, "part"), "la part du plafond est attendue (« 100 % »)")
        return Step(result, share) if result is not None and share is not None else None

    def _due(self, value: Any, path: Path) -> Due | None:
        told = self.found.mapping(value, path, ("le", "poids"))
        if told is None:
            return None
        on = self.day(told, "le", path, required=True)
        weight = WHOLE if told.get("poids") in (None, "") else self.share(told, "poids", path)
        return Due(on, weight) if on and weight is not None else None

    def _finding(self, value: Any, path: Path) -> Finding | None:
        told = self.found.mapping(value, path, ("le", "resultat", "piece"))
        if told is None:
            return None
        on, result = (
            self.day(told, "le", path, required=True),
            self.number(told, "resultat", path, required=True),
        )
        return (
            Finding(on, result, self.found.text(told, "piece", path)) if on and result is not None else None
        )

    def _refuse_shapes(self, draws: tuple[Draw, ...], steps: tuple[Step, ...], dues: tuple[Due, ...]) -> None:
        """A schedule that goes down, or dues that do not make a whole, or come before the money."""
        for rank, (before, after) in enumerate(pairwise(steps), 1):
            if after.result <= before.result or after.share < before.share:
                told = "un meilleur résultat paierait moins, ou deux marches sont au même résultat"
                self.found.say(("bareme", rank), told)
        if dues and sum((one.weight for one in dues), ZERO) != WHOLE:
            self.found.say(("paiements",), "les poids des paiements ne font pas 100 %")
        last = max((one.on for one in draws), default=None)
        for rank, due in enumerate(dues):
            if last and due.on < last:
                told = f"le {short_day(due.on)} précède le dernier tirage, le {short_day(last)}"
                self.found.say(("paiements", rank, "le"), told)
