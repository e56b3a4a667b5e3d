"""The past of the register: what establishments and units were, day by day, as the history tells it.

Source: INSEE, StockEtablissementHistorique and StockUniteLegaleHistorique. They date the state, the activity
and the employer mark of an establishment, the legal category and the ESS mark of its unit. They date neither
addresses nor workforce bands: those are today's. An establishment whose row of today already tells all of its
days since ``since`` has no row here; the others have one for each span when they were open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
from ibis import _

from ancrage.register import cleaning, sirene
from ancrage.register.catalogue import CategoryRule
from ancrage.register.classification import classify, decisions_of, with_signs
from ancrage.register.lists import Lists
from ancrage.register.repeating import saved_repeated
from ancrage.register.stock import Connection, Layout, Relation, open_stock, saved
from ancrage.register.succession import ALWAYS, NEVER, Periods, Succession, settled
from ancrage.register.tables import REGISTER_PAST
from ancrage.register.workforce_columns import with_workforce

NOBODY = -1
"""In place of the number of a key that cannot be read."""
NATURE = ("commune", "departement", "fictitious", "ess", "family", "legal_category")
WORK = ("naf", "section", "band", "mark")


@dataclass(frozen=True, slots=True)
class Histories:
    """The two history files; ``None`` for one that was not given."""

    establishments: Path | None = None
    units: Path | None = None


NO_HISTORY = Histories()


class Past:
    """Reads the histories over the establishments kept. ``since``: days before it are not told.

    ``successions``: the periods of each history given, and what was set aside of them.
    """

    def __init__(self, con: Connection, scratch: Path, since: date, histories: Histories) -> None:
        self.con, self.scratch, self.since = con, scratch, since
        self.periods = self._periods(
            histories.establishments, sirene.ESTABLISHMENT_PERIODS, "siret", clean_establishment_periods
        )
        self.owners = self._periods(
            histories.units, sirene.UNIT_PERIODS, "siren", clean_unit_periods, gaps=True
        )
        self.successions = [one for one in (self.periods, self.owners) if one is not None]

    def spans(self, kept: Relation, lists: Lists, rules: Mapping[str, CategoryRule]) -> Relation:
        """Rows of ``tables.REGISTER_PAST``, from establishments with their verdict and ``legal_category``."""
        worked = self._worked()
        owned = self._owned(lists, rules)
        read = kept.select("siret", "siren", *NATURE, *WORK, "created", "active", "closed")
        changed = read.filter(read.siret.isin(worked.siret) | read.siren.isin(owned.siren))
        concerned = saved(self.con, changed, self.scratch / "concerned.parquet")
        spans = self._with_owners(self._with_work(concerned, worked), owned)
        told = with_workforce(spans).mutate(
            employer=_.dated.ifelse(_.mark, ibis.null("boolean")).coalesce(_.employer),
            begins=_.begins.nullif(ibis.literal(ALWAYS)),
            ends=_.ends.nullif(ibis.literal(NEVER)),
        )
        return told.select(*REGISTER_PAST.schema.names)

    def closing_days(self) -> Relation | None:
        """Columns place (a SIRET) and shut: first day it was closed, where later changes hide it."""
        if self.periods is None:
            return None
        periods = self.periods.periods
        opened = periods.group_by("siret").agg(opened=_.begins.max(where=_.open))
        shut = periods.filter(~_.open).rename(place="siret")
        last = shut.left_join(opened, shut.place == opened.siret)
        runs = last.filter((last.begins > last.opened).fill_null(True)).group_by("place")
        late = runs.agg(shut=_.begins.min(), times=_.count()).filter(_.times > 1).drop("times")
        return saved(self.con, late, self.scratch / "late.parquet")

    def _periods(
        self,
        path: Path | None,
        layout: Layout,
        key: str,
        clean: Callable[[Relation], Relation],
        *,
        gaps: bool = False,
    ) -> Succession | None:
        """Periods not over before the first day, of whoever has several, cleaned once."""
        if path is None:
            return None
        opened = open_stock(self.con, path, layout, self.scratch)
        read = self.con.to_pyarrow(opened.rows.count()).as_py()
        several = clean(self._of_several(self._recent(opened.rows), key, read))
        rows = saved(self.con, several, self.scratch / f"periods-{key}.parquet")
        return settled(self.con, Periods(opened, rows, key, path.name, gaps), self.scratch)

    def _of_several(self, periods: Relation, key: str, rows: int) -> Relation:
        """Periods of whoever has more than one: nothing changed of the others, most of all, set aside unread.

        Those whose key cannot be read are of nobody, and come with them. Numbers are written apart: of a
        table read twice in one query, an engine would hold every column. ``rows``: of the file.
        """
        numbered = periods.mutate(
            number=cleaning.number_of(periods[key], cleaning.WIDTHS[key]).fill_null(NOBODY)
        )
        path = self.scratch / f"several-{key}.parquet"
        told = saved_repeated(self.con, numbered.select("number"), path, at_most=rows, always=NOBODY)
        return numbered.semi_join(told, "number").drop("number")

    def _worked(self) -> Relation:
        """Open spans of the establishments whose state, activity or mark changed since the first day."""
        if self.periods is None:
            return self._nothing(
                siret="string", begins="date", ends="date", naf="string", section="string", mark="boolean"
            )
        periods = self.periods.periods
        judged = periods.group_by("siret").agg(
            **_extremes("naf", "mark"),
            opened=_.begins.max(where=_.open),
            closed=_.begins.min(where=~_.open),
        )
        reopened = (judged.opened > judged.closed).fill_null(False)
        moved = judged.filter(_differs(judged, "naf") | _differs(judged, "mark") | reopened)
        told = periods.filter(_.open).semi_join(moved, "siret").drop("open")
        return saved(self.con, told, self.scratch / "worked.parquet")

    def _owned(self, lists: Lists, rules: Mapping[str, CategoryRule]) -> Relation:
        """Spans of the units whose form or ESS mark changed since the first day, with their verdict."""
        columns = dict.fromkeys(("siren", "legal_category", "ess", "family"), "string")
        if self.owners is None:
            return self._nothing(**columns, begins="date", ends="date")
        periods = self.owners.periods
        judged = periods.group_by("siren").agg(**_extremes("legal_category", "flag"))
        changed = judged.filter(_differs(judged, "legal_category") | _differs(judged, "flag"))
        moved = periods.semi_join(changed, "siren")
        signs = with_signs(moved.mutate(in_directory=ibis.null("boolean")), lists.ess_rows, lists.siae_rows)
        told = classify(signs, decisions_of(self.con, signs, rules)).select(*columns, "begins", "ends")
        return saved(self.con, _without_gaps(told), self.scratch / "owned.parquet")

    def _recent(self, rows: Relation) -> Relation:
        """Leave out, before reading them, periods that ended before the first day (when it is so written).

        One that would end before it begins is read, to be told.
        """
        forward = (rows.dateDebut <= rows.dateFin).fill_null(True)
        if rows.dateFin.type().is_date():
            over = rows.dateFin < ibis.literal(self.since)
        else:
            over = (rows.dateFin.substr(4, 1) == "-") & (rows.dateFin < self.since.isoformat())
        return rows.filter(~(over & forward).fill_null(False))

    def _with_work(self, concerned: Relation, worked: Relation) -> Relation:
        """A row a span: what the history tells, else the one span of today's row."""
        spans = worked.rename(place="siret")
        told = concerned.drop("naf", "section", "mark").inner_join(spans, concerned.siret == spans.place)
        alone = concerned.anti_join(worked, "siret").mutate(
            dated=ibis.literal(False),
            begins=_.created.fill_null(ibis.literal(ALWAYS)),
            ends=_.active.ifelse(ibis.literal(NEVER), _.closed.fill_null(ibis.literal(ALWAYS))),
        )
        names = ("siret", "siren", *NATURE, *WORK, "dated", "begins", "ends")
        return told.mutate(dated=ibis.literal(True)).select(*names).union(alone.select(*names))

    def _with_owners(self, spans: Relation, owned: Relation) -> Relation:
        """Cut the spans of an establishment where its unit changed."""
        owners = owned.rename(
            unit="siren",
            since="begins",
            until="ends",
            form="legal_category",
            as_ess="ess",
            as_family="family",
        )
        joined = spans.inner_join(owners, spans.siren == owners.unit)
        cut = joined.mutate(
            begins=ibis.greatest(joined.begins, joined.since),
            ends=ibis.least(joined.ends, joined.until),
            ess=joined.as_ess,
            family=joined.as_family,
            legal_category=joined.form,
        )
        every = cut.select(*spans.columns).union(spans.anti_join(owned, "siren"))
        return every.filter((_.begins < _.ends) & (_.ends > ibis.literal(self.since)))

    def _nothing(self, **columns: str) -> Relation:
        names = {name: ibis.null(kind) for name, kind in columns.items()}
        one = ibis.memtable({"nothing": [0]}).select(**names).limit(0)
        return saved(self.con, one, self.scratch / f"nothing-{next(iter(columns))}.parquet")


def with_closing_days(establishments: Relation, known: Relation | None) -> Relation:
    """Establishments with the day they closed: the stock tells the last change, which may come later."""
    if known is None:
        return establishments
    joined = establishments.left_join(known, establishments.siret == known.place)
    shut_on = joined.shut.nullif(ibis.literal(ALWAYS))
    closed = joined.active.ifelse(joined.closed, ibis.least(joined.closed, shut_on.fill_null(joined.closed)))
    return joined.mutate(closed=closed).drop("place", "shut")


def _extremes(*names: str) -> dict[str, ibis.Value]:
    """Smallest and largest value of columns, an empty one included: two sorts of values differ by these."""
    texts = {name: _[name].cast("string").fill_null("") for name in names}
    return {f"{name}_min": text.min() for name, text in texts.items()} | {
        f"{name}_max": text.max() for name, text in texts.items()
    }


def _differs(judged: Relation, name: str) -> ibis.Value:
    return judged[f"{name}_min"] != judged[f"{name}_max"]


def _without_gaps(spans: Relation) -> Relation:
    """A unit is what it first was until it changes: an establishment may be older than its unit's periods."""
    window = ibis.window(group_by="siren", order_by="begins")
    ranked = spans.mutate(first=ibis.row_number().over(window) == 0, next=_.begins.lead().over(window))
    return ranked.mutate(
        begins=ranked.first.ifelse(ibis.literal(ALWAYS), ranked.begins),
        ends=ranked.next.fill_null(ibis.literal(NEVER)),
    ).drop("first", "next")


def clean_establishment_periods(raw: Relation) -> Relation:
    """Columns siret, raw, begins, ends (first day it no longer holds), open, naf, section, mark.

    ``siret`` is NULL where it cannot be read, and ``raw`` elsewhere.
    """
    read = raw.select(
        **_key(raw, "siret"),
        **_bounds(raw),
        open=_is_open(raw.etatAdministratifEtablissement.strip().upper()),
        naf=cleaning.naf(
            raw.activitePrincipaleEtablissement,
            raw.nomenclatureActivitePrincipaleEtablissement,
            cleaning.day(raw.dateDebut),
        ),
        mark=cleaning.yes_no(raw.caractereEmployeurEtablissement),
    ).view()
    return read.mutate(section=cleaning.section(read.naf))


def clean_unit_periods(raw: Relation) -> Relation:
    """Columns siren (NULL when it cannot be read), raw (NULL elsewhere), begins, ends, legal_category, flag
    (O, N or NULL).
    """
    flag = raw.economieSocialeSolidaireUniteLegale.strip().upper()
    return raw.select(
        **_key(raw, "siren"),
        **_bounds(raw),
        legal_category=cleaning.legal_category(raw.categorieJuridiqueUniteLegale),
        flag=flag.isin(["O", "N"]).ifelse(flag, ibis.null("string")),
    )


def _key(raw: Relation, name: str) -> dict[str, ibis.Value]:
    read = cleaning.digits(raw[name], cleaning.WIDTHS[name])
    return {name: read, "raw": read.isnull().ifelse(raw[name], ibis.null("string"))}


def _is_open(state: ibis.Value) -> ibis.Value:
    """Unknown, when the state of a period is neither of the two."""
    return state.isin(["A", "F"]).ifelse(state == "A", ibis.null("boolean"))


def _bounds(raw: Relation) -> dict[str, ibis.Value]:
    """Beginning and end: NULL when what is written is no day, a bound when nothing is."""
    last = cleaning.day(raw.dateFin).nullif(ibis.literal(NEVER))
    ends = (last.cast("timestamp") + ibis.interval(days=1)).cast("date").fill_null(ibis.literal(NEVER))
    begins = cleaning.day(raw.dateDebut).fill_null(ibis.literal(ALWAYS))
    unread = ibis.null("date")
    return {
        "begins": cleaning.is_unreadable_day(raw.dateDebut).ifelse(unread, begins),
        "ends": cleaning.is_unreadable_day(raw.dateFin).ifelse(unread, ends),
    }
