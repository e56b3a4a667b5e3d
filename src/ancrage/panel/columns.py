"""Which column of a long list gives what: recognised headers, and what the person declares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process

from ancrage.errors import PanelFileError
from ancrage.panel.traits import Trait, declarations, known_traits
from ancrage.repairs import GiveField
from ancrage.territories.naming import normalise


@dataclass(frozen=True, slots=True)
class Columns:
    """Headers of the identity and of the traits, by what they give; every trait that may be asked."""

    identity: Mapping[str, str]
    traits: Mapping[str, str]
    known: Mapping[str, Trait]


def columns_of(headers: Sequence[str], mapping: Mapping[str, str], *, on: date, name: str) -> Columns:
    """Columns of a file; ``mapping`` (what → header) comes first, and may name traits of the list's own.

    Raises :class:`PanelFileError`, every fault at once, for a header that is not there and for a list
    without a column that says who each structure is.
    """
    faults = [_absent(header, headers) for header in mapping.values() if header not in headers]
    if faults:
        raise PanelFileError(
            f"« {name} » : {' ; '.join(faults)}.", "Corrigez le titre.", GiveField("colonne", ("QUOI=TITRE",))
        )
    identity = {what: mapping.get(what) or _first(heads, headers) for what, heads in _identity()}
    own = [what for what in mapping if what not in identity]
    known = known_traits(on, own)
    traits = {what: mapping.get(what) or _first(heads, headers) for what, heads in _traits(known)}
    columns = Columns(_found(identity), _found(traits), known)
    if not columns.identity.keys() & {"id", "name"}:
        raise PanelFileError(
            f"« {name} », ligne des titres : elle ne dit pas qui sont les structures "
            f"(colonnes : {', '.join(headers[:10])}).",
            "Il faut une colonne « siret » ou « nom » ; sinon, dites laquelle donne le nom.",
            GiveField("colonne", ("nom=TITRE",)),
        )
    return columns


def _identity() -> Iterable[tuple[str, Sequence[str]]]:
    return declarations().identity.items()


def _traits(known: Mapping[str, Trait]) -> Iterator[tuple[str, Sequence[str]]]:
    """A trait is also recognised by its own identifier: a column « zrr » says whether each is in one.

    Département and région come from the address, unless the person says that a column gives them.
    """
    declared = {one.id: one.columns for one in declarations().traits}
    for trait in known:
        yield trait, declared.get(trait, (trait,))


def _first(names: Sequence[str], headers: Sequence[str]) -> str | None:
    folded = {normalise(header): header for header in reversed(headers)}
    return next((folded[key] for key in map(normalise, names) if key in folded), None)


def _found(columns: Mapping[str, str | None]) -> dict[str, str]:
    return {what: header for what, header in columns.items() if header is not None}


def _absent(header: str, headers: Sequence[str]) -> str:
    near = process.extractOne(header, headers, processor=normalise, score_cutoff=50)
    told = f" (la plus proche est « {near[0]} »)" if near else f" (colonnes : {', '.join(headers[:10])})"
    return f"la colonne « {header} » n'y est pas{told}"
