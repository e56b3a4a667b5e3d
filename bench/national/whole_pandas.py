"""All that ours writes (``national.whole``), with pandas and geopandas, as people write it: whole frames in memory.

Days are read as numpy's, not as Python's objects, to its advantage; texts are objects, as pandas reads them.
Checks look at each frame before it is written.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ancrage.register.build import KEPT_SINCE
from ancrage.register.codes import SECTION_OF_DIVISION
from ancrage.register.projecting import MAINLAND, OVERSEAS
from ancrage.register.rejects import REJECT_SCHEMA, Account
from ancrage.warehouse.table import Table
from national import whole
from national.files import STOCK_DAY
from national.tools import needed
from national.whole import MEASURES

Frame = Any
"""A pandas DataFrame; the bench runs without pandas."""
PLACED = ["commune", "departement", "ess", "family", "section"]
TEXTS = ["commune", "departement", "family", "section"]
COMMUNE = "(?:[0-8][0-9]|9[0-8]|2A|2B)[0-9]{3}"


def by_pandas_whole(files: dict[str, Path], folder: Path) -> None:
    """Write the tables, the accounts and the rejects in the folder, each checked."""
    needed("pandas", "pip install pandas"), needed("geopandas", "pip install geopandas")
    Work(files, folder).done()


class Work:
    """The program, step by step; each keeps the frames that the next ones read."""

    def __init__(self, files: dict[str, Path], folder: Path) -> None:
        import numpy as np
        import pandas as pd

        pd.set_option("future.no_silent_downcasting", True)
        self.np, self.pd, self.files, self.folder = np, pd, files, folder
        self.verdicts = whole.judged_table().to_pandas()
        self.bands = whole.bands_table().to_pandas()
        self.since, self.before = day(pd, str(KEPT_SINCE)), day(pd, "2020-12-31")
        self.always, self.never = day(pd, "0001-01-01"), day(pd, "9999-12-31")
        self.untold, self.stock_day = day(pd, "1900-01-01"), day(pd, str(STOCK_DAY))

    def done(self) -> None:
        """Read, judge, count, write."""
        self.read_units()
        self.read_periods()
        self.read_owned()
        self.read_establishments()
        self.account()
        self.find_past()
        self.count_changes()
        self.write_ess()
        self.write_tables()

    def read(self, name: str, columns: list[str]) -> Frame:
        """Columns of a file."""
        return pq.read_table(self.files[name], columns=columns).to_pandas(date_as_object=False)

    def has_key(self, number: Any, width: int) -> Any:
        """Luhn's key of numbers."""
        total = self.np.zeros(len(number), "int64")
        for rank in range(width):
            digit = number // 10**rank % 10
            total += digit if rank % 2 == 0 else digit * 2 - (digit > 4) * 9
        return total % 10 == 0

    def read_units(self) -> None:
        """Units with what the law says of them."""
        np, pd = self.np, self.pd
        unit = self.read("unites", [
            "siren", "statutDiffusionUniteLegale", "unitePurgeeUniteLegale", "denominationUniteLegale",
            "sigleUniteLegale", "identifiantAssociationUniteLegale", "categorieJuridiqueUniteLegale",
            "economieSocialeSolidaireUniteLegale"])  # fmt: skip
        unit = unit.rename(columns={
            "categorieJuridiqueUniteLegale": "category", "economieSocialeSolidaireUniteLegale": "flag",
            "unitePurgeeUniteLegale": "purged"})  # fmt: skip
        unit = unit.fillna({"category": "", "flag": ""}).merge(self.verdicts, on=["category", "flag"])
        unit["diffusible"] = unit.statutDiffusionUniteLegale == "O"
        told = (unit.ess != "non") & unit.diffusible
        unit["name"] = unit.denominationUniteLegale.fillna(unit.sigleUniteLegale).where(told)
        unit["rna"] = unit.identifiantAssociationUniteLegale.where(told)
        number = pd.to_numeric(unit.siren, errors="coerce").fillna(-1).astype("int64").to_numpy()
        fault = np.select(
            [(unit.siren.str.len() != 9) | (number < 0), ~self.has_key(number, 9)],
            ["SIREN absent ou illisible", "clé du SIREN fausse"],
            "",
        )
        fault[(fault == "") & unit.duplicated("siren")] = "SIREN en double : une seule ligne est gardée"
        self.units_read = len(unit)
        self.unit_rejected = pd.DataFrame({"key": unit.siren, "values": unit.siren, "reason": fault})[
            fault != ""
        ]
        self.unit = unit[fault == ""].drop(
            columns=["statutDiffusionUniteLegale", "denominationUniteLegale", "sigleUniteLegale",
                     "identifiantAssociationUniteLegale"])  # fmt: skip

    def read_periods(self) -> None:
        """Periods of who has several since the first day, and the spans of who changed."""
        period = self.read("periodes-etablissements", [
            "siret", "dateDebut", "dateFin", "etatAdministratifEtablissement", "activitePrincipaleEtablissement",
            "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement"])  # fmt: skip
        self.periods_read = len(period)
        period = period[period.dateFin.isna() | (period.dateFin >= self.since)]
        period = period[period.duplicated("siret", keep=False)]
        begins, ends = self.bounds(period)
        naf = period.activitePrincipaleEtablissement.where(
            period.nomenclatureActivitePrincipaleEtablissement == "NAFRev2"
        )
        section = naf.str[:2].map(SECTION_OF_DIVISION)
        period = self.pd.DataFrame({
            "siret": period.siret, "begins": begins, "ends": ends,
            "open": period.etatAdministratifEtablissement == "A", "naf": naf.where(section.notna()),
            "section": section, "mark": period.caractereEmployeurEtablissement == "O"})  # fmt: skip
        period = period.sort_values(["siret", "begins"])
        after = period.groupby("siret").begins.shift(-1)
        assert ((period.ends == after) | after.isna()).all()
        assert (period.begins < period.ends).all()
        opened = period[period.open].groupby("siret").begins.max()
        shut = period[~period.open].groupby("siret").begins.min()
        values = period.groupby("siret")[["naf", "mark"]].nunique(dropna=False)
        moved = values.index[(values > 1).any(axis=1)].union(
            opened.index[opened > shut.reindex(opened.index)]
        )
        closed = period[~period.open]
        last = closed.siret.map(opened)
        closed = closed[last.isna() | (closed.begins > last)].groupby("siret").begins
        self.late = closed.min()[closed.size() > 1].mask(lambda days: days == self.always)
        self.worked = period[period.open & period.siret.isin(moved)].drop(columns="open")

    def bounds(self, period: Frame) -> tuple[Any, Any]:
        """First day of each period, and the first day it no longer holds."""
        begins = period.dateDebut.mask(period.dateDebut == self.untold).fillna(self.always)
        return begins, (period.dateFin + self.pd.Timedelta(days=1).as_unit("ms")).fillna(self.never)

    def read_owned(self) -> None:
        """Spans of the units whose form or mark changed."""
        period = self.read("periodes-unites", [
            "siren", "dateDebut", "dateFin", "categorieJuridiqueUniteLegale",
            "economieSocialeSolidaireUniteLegale"])  # fmt: skip
        self.unit_periods_read = len(period)
        period = period.rename(columns={
            "categorieJuridiqueUniteLegale": "category", "economieSocialeSolidaireUniteLegale": "flag"})  # fmt: skip
        period = period[period.dateFin.isna() | (period.dateFin >= self.since)]
        period = period[period.duplicated("siren", keep=False)].fillna({"category": "", "flag": ""})
        values = period.groupby("siren")[["category", "flag"]].nunique()
        period = period[period.siren.isin(values.index[(values > 1).any(axis=1)])]
        period["begins"], period["ends"] = self.bounds(period)
        period = period.sort_values(["siren", "begins"])
        units = period.groupby("siren")
        after = units.begins.shift(-1)
        assert (period.begins < period.ends).all()
        assert (after.isna() | (period.ends <= after)).all()
        period["ends"] = after.fillna(self.never)
        period["begins"] = period.begins.where(units.cumcount() > 0, self.always)
        told = period.merge(self.verdicts, on=["category", "flag"])
        told["legal_category"] = told.category.replace("", None)
        self.owned = told[["siren", "legal_category", "ess", "family", "begins", "ends"]]

    def read_establishments(self) -> None:
        """Establishments with what their unit is; rows that cannot be used are set aside."""
        pd = self.pd
        known = self.read("etablissements", [
            "siret", "siren", "statutDiffusionEtablissement", "dateCreationEtablissement",
            "trancheEffectifsEtablissement", "codeCommuneEtablissement", "etatAdministratifEtablissement",
            "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement",
            "caractereEmployeurEtablissement", "dateDebut", "etablissementSiege", "denominationUsuelleEtablissement",
            "enseigne1Etablissement", "coordonneeLambertAbscisseEtablissement",
            "coordonneeLambertOrdonneeEtablissement"])  # fmt: skip
        self.read_rows = len(known)
        known = self.set_aside(known)
        commune = known.codeCommuneEtablissement.where(
            known.codeCommuneEtablissement.str.fullmatch(COMMUNE) == True  # noqa: E712 - unknown is not true
        )
        known["commune"] = commune
        known["departement"] = commune.str[:3].where(commune.str[:2].isin(["97", "98"]), commune.str[:2])
        known["created"] = known.dateCreationEtablissement.mask(
            known.dateCreationEtablissement == self.untold
        )
        since = known.dateDebut.mask(known.dateDebut == self.untold)
        shut = known.siret.map(self.late)
        known["active"] = known.etatAdministratifEtablissement == "A"
        known["closed"] = since.where(shut.isna() | (since <= shut), shut).mask(known.active)
        naf = known.activitePrincipaleEtablissement.where(
            known.nomenclatureActivitePrincipaleEtablissement == "NAFRev2"
        )
        known["section"] = naf.str[:2].map(SECTION_OF_DIVISION)
        known["naf"] = naf.where(known.section.notna())
        known["old_naf"] = known.naf.isna() & known.activitePrincipaleEtablissement.notna()
        known["diffusible"] = known.statutDiffusionEtablissement == "O"
        known["band"] = known.trancheEffectifsEtablissement.fillna("")
        known["sign"] = known.caractereEmployeurEtablissement.fillna("")
        known = known.merge(self.bands, on=["band", "sign"], how="left")
        known["band"] = known.band.replace("", None)
        unit = self.unit.rename(columns={"diffusible": "unit_diffusible", "name": "unit_name"})
        known = known.merge(unit.drop(columns=["purged", "rna", "reasons"]), on="siren", how="left")
        known["orphan"] = known.ess.isna()
        lost = self.verdicts[(self.verdicts.category == "") & (self.verdicts.flag == "")].iloc[0]
        known = known.fillna({"ess": lost.ess, "disagree": lost.disagree, "category": "", "flag": ""})
        known["fictitious"] = False
        older = known[known.doubled].sort_values(["active", "created"], ascending=False)
        older = older[older.duplicated("siret")]
        twice = pd.DataFrame({"key": older.siret, "values": older.siret, "reason": TWICE})
        self.rejected = pd.concat([self.rejected, twice])
        known = known.drop(index=older.index)
        self.known = known[(known.ess != "non") | ~(known.closed < self.since)].drop(
            columns=["statutDiffusionEtablissement", "dateCreationEtablissement", "dateDebut",
                     "trancheEffectifsEtablissement", "codeCommuneEtablissement", "etatAdministratifEtablissement",
                     "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement",
                     "caractereEmployeurEtablissement", "doubled"])  # fmt: skip

    def set_aside(self, rows: Frame) -> Frame:
        """Keep the rows whose keys are sound; tell those which another row repeats."""
        np, pd = self.np, self.pd
        number = pd.to_numeric(rows.siret, errors="coerce").fillna(-1).astype("int64").to_numpy()
        digits = sum(number // 10**rank % 10 for rank in range(14))
        of_post = (number // 100_000 == 356_000_000) & (digits % 5 == 0)
        fault = np.select(
            [
                (rows.siret.str.len() != 14) | (number < 0),
                ~(self.has_key(number, 14) | of_post),
                ~self.has_key(number // 100_000, 9),
                rows.siren != rows.siret.str[:9],
                ~rows.etatAdministratifEtablissement.isin(["A", "F"]),
            ],
            [
                "SIRET absent ou illisible",
                "clé du SIRET fausse",
                "clé du SIREN fausse",
                "le SIREN n'est pas le début du SIRET",
                "état administratif absent ou inconnu",
            ],
            "",
        )
        faulty = rows[fault != ""]
        self.rejected = pd.DataFrame({"key": faulty.siret, "values": faulty.siret + " ; " + faulty.siren})
        self.rejected["reason"] = fault[fault != ""]
        rows["doubled"] = rows.duplicated("siret", keep=False)
        return rows[fault == ""]

    def account(self) -> None:
        """What became of the rows of each file."""
        known, unit = self.known, self.unit
        remarks = {
            "fermé sans commune": ~known.active & known.commune.isna(),
            "ouvert sans commune (souvent un siège à l'étranger)": known.active & known.commune.isna(),
            "activité d'une autre nomenclature que la NAF rév. 2, ou illisible": known.old_naf,
            "non diffusible": ~known.diffusible,
            "unité légale absente du fichier des unités": known.orphan,
            "fermé sans date de fermeture": ~known.active & known.closed.isna(),
            "date de création inconnue : compté sur tous les jours passés": known.created.isna(),
            "date de création à venir : compté à partir de ce jour-là": known.created > self.stock_day,
            "date de fermeture à venir : compté ouvert jusque-là": ~known.active
            & (known.closed > self.stock_day),
        }
        of_units = {
            "unité purgée": unit.purged.astype(bool),
            "non diffusible": ~unit.diffusible,
            "catégorie juridique absente ou illisible": unit.category == "",
        }
        accounts = [
            self.told("etablissements", self.read_rows, known, self.rejected, remarks),
            self.told("unites", self.units_read, unit, self.unit_rejected, of_units),
        ]
        for name, rows in (
            ("periodes-etablissements", self.periods_read),
            ("periodes-unites", self.unit_periods_read),
        ):
            accounts.append(Account(self.files[name].name, rows, rows))
        parts = []
        for name, rows in (("etablissements", self.rejected), ("unites", self.unit_rejected)):
            listed = rows.assign(source=self.files[name].name)[REJECT_SCHEMA.names]
            parts.append(pa.Table.from_pandas(listed, REJECT_SCHEMA, preserve_index=False))
        whole.write_account(accounts, pa.concat_tables(parts), self.folder)

    def told(self, name: str, read: int, kept: Frame, rejected: Frame, remarks: dict[str, Any]) -> Account:
        """The account of one file."""
        reasons = {str(why): int(count) for why, count in rejected.reason.value_counts().items()}
        gone = read - len(kept) - sum(reasons.values())
        left_out = {"hors ESS et fermé avant le 01/01/2021": gone} if gone else {}
        noted = {why: int(rows.sum()) for why, rows in remarks.items() if rows.any()}
        return Account(self.files[name].name, read, len(kept), reasons, left_out, noted)

    def find_past(self) -> None:
        """What was otherwise: spans of establishments and of units, one crossed with the other."""
        pd, known = self.pd, self.known
        names = ["siret", "siren", "commune", "departement", "fictitious", "band", "ess", "family", "form"]
        concerned = known[known.siret.isin(self.worked.siret) | known.siren.isin(self.owned.siren)].copy()
        concerned["form"] = concerned.category.where(concerned.ess != "non").replace("", None)
        told = concerned[names].merge(self.worked, on="siret").assign(dated=True)
        alone = concerned[~concerned.siret.isin(self.worked.siret)].assign(dated=False)
        alone["mark"] = alone.sign.map({"O": True, "N": False})
        alone["begins"] = alone.created.fillna(self.always)
        alone["ends"] = alone.closed.fillna(self.always).mask(alone.active, self.never)
        spans = pd.concat([told, alone[list(told.columns)]])
        owned = self.owned.rename(columns={"begins": "since", "ends": "until", "legal_category": "form"})
        cut = spans.drop(columns=["ess", "family", "form"]).merge(owned, on="siren")
        cut["begins"] = cut[["begins", "since"]].max(axis=1)
        cut["ends"] = cut[["ends", "until"]].min(axis=1)
        past = pd.concat([cut[list(spans.columns)], spans[~spans.siren.isin(self.owned.siren)]])
        past = past[(past.begins < past.ends) & (past.ends > self.since)]
        past["sign"] = past.mark.map({True: "O", False: "N"}).fillna("")
        past["band"] = past.band.fillna("")
        past = past.merge(self.bands, on=["band", "sign"], how="left")
        past["employer"] = past.mark.where(past.dated & past.mark.notna(), past.employer)
        past["begins"] = past.begins.mask(past.begins == self.always)
        past["ends"] = past.ends.mask(past.ends == self.never)
        self.past = past.rename(columns={"form": "legal_category"})

    def figures(self, rows: Frame) -> Frame:
        """What one row of each adds to the counts."""
        keyed = rows[PLACED].fillna(dict.fromkeys(TEXTS, ""))
        hired = rows.employer == True  # noqa: E712 - unknown is not true
        keyed["establishments"], keyed["employers"] = 1, hired.astype("int64")
        for measure in ("low", "central", "high"):
            keyed[measure] = rows[f"jobs_{measure}"].where(hired, 0).fillna(0)
        keyed["unbounded"] = (hired & rows.jobs_low.notna() & rows.jobs_high.isna()).astype("int64")
        keyed["unknown"] = (hired & rows.jobs_low.isna()).astype("int64")
        return keyed

    def summed(self, rows: Frame, keys: list[str]) -> Frame:
        """Sums by key; those where nothing changed are left out."""
        found = rows.groupby(keys, as_index=False, sort=False)[list(MEASURES)].sum()
        found["central"] = found.central.round(6) + 0.0
        return found[(found[list(MEASURES)] != 0).any(axis=1)]

    def count_changes(self) -> None:
        """What changed each day: births, and deaths counted below nothing."""
        pd, known = self.pd, self.known
        lived = [*PLACED, "employer", "jobs_low", "jobs_central", "jobs_high", "begins", "ends"]
        plain = known[~known.siret.isin(self.past.siret) & (known.active | known.closed.notna())]
        plain = plain.assign(begins=plain.created, ends=plain.closed)
        spans = pd.concat([plain[lived], self.past[lived]])
        first = spans.begins.fillna(self.before)
        spans = spans[spans.ends.isna() | ((spans.ends > self.since) & (spans.ends > first))]
        born = spans.begins.where(spans.begins > self.since, self.before)
        begun = self.figures(spans).assign(day=born)
        over = begun[spans.ends.notna()].assign(day=spans.ends[spans.ends.notna()])
        over[list(MEASURES)] *= -1
        self.change = self.summed(pd.concat([begun, over]), [*PLACED, "day"])
        self.change["month"] = self.change.day.to_numpy().astype("datetime64[M]").astype("datetime64[ms]")

    def write_ess(self) -> None:
        """Establishments of the ESS, with names, reasons and places."""
        import geopandas as gpd

        ess = self.known[self.known.ess != "non"].copy()
        ess["shown"] = ess.diffusible & (ess.unit_diffusible != False)  # noqa: E712 - unknown hides nothing
        trade = ess.denominationUsuelleEtablissement.fillna(ess.enseigne1Etablissement).replace("[ND]", None)
        ess["name"] = ess.unit_name.replace("[ND]", None).fillna(trade).where(ess.shown)
        x, y = (
            self.pd.to_numeric(ess[name], errors="coerce").where(ess.shown)
            for name in ("coordonneeLambertAbscisseEtablissement", "coordonneeLambertOrdonneeEtablissement")
        )
        frames = ess.departement.map(OVERSEAS).fillna(MAINLAND).where(ess.departement.notna() & x.notna())
        ess["longitude"] = ess["latitude"] = float("nan")
        for code in frames.dropna().unique():
            here = frames == code
            points = gpd.GeoSeries(gpd.points_from_xy(x[here], y[here]), crs=int(code)).to_crs(4326)
            ess.loc[here, "longitude"], ess.loc[here, "latitude"] = points.x.to_numpy(), points.y.to_numpy()
        ess = ess.merge(self.verdicts[["category", "flag", "reasons"]], on=["category", "flag"])
        ess["diffusible"], ess["head_office"] = ess.shown, ess.etablissementSiege.fillna(False).astype(bool)
        ess["legal_category"], ess["flag"] = ess.category.replace("", None), ess.flag.replace("", None)
        ess["sources_disagree"] = ess.disagree.astype(bool)
        ess["in_ess_list"] = ess["siae_kinds"] = ess["qpv_codes"] = None
        ess["qpv"] = "a_verifier"
        ess["qpv_reason"] = "La liste des QPV de ce département n'est pas dans les données."
        ess.loc[ess.commune.isna(), "qpv_reason"] = "La commune n'est pas connue."
        self.ess = ess

    def write_tables(self) -> None:
        """Check and write each."""
        known, change = self.known, self.change
        born = known.created.isna() | (known.created <= self.stock_day)
        alive = known[born & (known.active | (known.closed > self.stock_day))]
        rna = self.unit[(self.unit.ess != "non") & self.unit.rna.notna()]
        frames = {
            "establishment": known,
            "ess_establishment": self.ess,
            "association": rna,
            "register_count": self.summed(self.figures(alive), PLACED),
            "register_past": self.past,
            "register_month": self.summed(change, ["commune", "departement", "month", *PLACED[2:]]),
            "register_month_wide": self.summed(change, ["departement", "month", *PLACED[2:]]),
            "register_day": change[change.day > self.before],
        }
        for table in whole.WRITTEN:
            self.write(table, frames[table.name])

    def write(self, table: Table, rows: Frame) -> None:
        """Check a frame, then write it in order."""
        rows = rows[table.schema.names].sort_values(list(table.sorted_by or table.key))
        assert not rows.duplicated(list(table.key)).any(), table.name
        assert rows[[one.name for one in table.columns if not one.nullable]].notna().all(axis=None)
        if rule := RULES.get(table.name):
            assert rule(rows), table.name
        written = pa.Table.from_pandas(rows, preserve_index=False).cast(table.schema)
        pq.write_table(written, self.folder / f"{table.name}.parquet", compression="zstd")


TWICE = "SIRET en double : la ligne la plus récente est gardée"
RULES = {
    "establishment": lambda rows: (
        rows.siret.str.fullmatch("[0-9]{14}").all()
        and not (rows.jobs_low > rows.jobs_high).any()
        and rows.ess.isin(["oui", "non", "a_verifier"]).all()
    ),
    "ess_establishment": lambda rows: (
        (rows.diffusible | rows.name.isna()).all() and (rows.reasons.str.len() > 0).all()
    ),
    "register_past": lambda rows: not (rows.ends <= rows.begins).any(),
}


def day(pd: Any, text: str) -> Any:
    """A day as the frames hold them."""
    return pd.Timestamp(text).as_unit("ms")
