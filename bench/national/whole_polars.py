"""All that ours writes (``national.whole``), in Polars: lazy frames, streamed, with all the memory they ask for."""

from pathlib import Path
from typing import Any

from ancrage.register import tables
from ancrage.register.build import KEPT_SINCE
from ancrage.register.projecting import degrees
from ancrage.register.rejects import REJECT_SCHEMA, Account
from ancrage.warehouse.table import Table
from national import whole
from national.files import STOCK_DAY
from national.others import sections_table
from national.tools import needed
from national.whole import MEASURES
from national.whole_pandas import PLACED, TEXTS, TWICE

Frame = Any
"""A Polars frame, lazy or not."""
COMMUNE = "^([0-8][0-9]|9[0-8]|2A|2B)[0-9]{3}$"
POST_OFFICE = 356_000_000
SPAN = [
    "commune",
    "departement",
    "fictitious",
    "band",
    "ess",
    "family",
    "form",
    "naf",
    "section",
    "mark",
    "dated",
]


def by_polars_whole(files: dict[str, Path], folder: Path) -> None:
    """Write the tables, the accounts and the rejects in the folder, each checked."""
    needed("polars", "pip install polars")
    Work(files, folder).done()


class Work:
    """The program, step by step; each keeps the frames that the next ones read."""

    def __init__(self, files: dict[str, Path], folder: Path) -> None:
        import polars as pl

        self.pl, self.files, self.folder = pl, files, folder
        self.verdicts = pl.DataFrame(whole.judged_table()).lazy()
        self.bands = pl.DataFrame(whole.bands_table()).lazy()
        self.sections = pl.DataFrame(sections_table()).lazy()
        self.since, self.before = pl.lit(KEPT_SINCE), pl.date(2020, 12, 31)
        self.always, self.never, self.untold = pl.date(1, 1, 1), pl.date(9999, 12, 31), pl.date(1900, 1, 1)
        self.stock_day = pl.lit(STOCK_DAY)

    def done(self) -> None:
        """Read, judge, count, write."""
        self.read_units()
        self.read_periods()
        self.read_owned()
        self.read_establishments()
        self.account()
        self.find_past()
        self.count_changes()
        self.write_tables()

    def scan(self, name: str) -> Frame:
        """A file, unread."""
        return self.pl.scan_parquet(self.files[name])

    def luhn(self, number: Any, width: int) -> Any:
        """Whether a number has its key: two digits at a time, by quotients of the number alone."""
        total = number
        for rank in range(0, width, 2):
            total = total - number // 10**rank if rank else total
            if rank + 1 < width:
                total = total + number // 10 ** (rank + 1) * 2 + number // (5 * 10 ** (rank + 1))
        return total % 10 == 0

    def known_day(self, name: str) -> Any:
        """A day of a file, unknown where INSEE writes 1900."""
        return self.pl.when(self.pl.col(name) != self.untold).then(self.pl.col(name))

    def read_units(self) -> None:
        """Units with what the law says of them."""
        pl = self.pl
        number = pl.col("siren").cast(pl.Int64, strict=False)
        told = (pl.col("ess") != "non") & pl.col("diffusible")
        fault = (
            pl.when(number.is_null() | (pl.col("siren").str.len_bytes() != 9))
            .then(pl.lit("SIREN absent ou illisible"))
            .when(~self.luhn(number, 9))
            .then(pl.lit("clé du SIREN fausse"))
        )
        unit = (
            self.scan("unites")
            .select(
                "siren",
                category=pl.col("categorieJuridiqueUniteLegale").fill_null(""),
                flag=pl.col("economieSocialeSolidaireUniteLegale").fill_null(""),
                diffusible=(pl.col("statutDiffusionUniteLegale") == "O").fill_null(False),
                purged=pl.col("unitePurgeeUniteLegale").fill_null(False),
                unit_name=pl.coalesce("denominationUniteLegale", "sigleUniteLegale"),
                rna="identifiantAssociationUniteLegale",
            )
            .join(self.verdicts.drop("reasons"), on=["category", "flag"])
            .with_columns(
                unit_name=pl.when(told).then("unit_name"), rna=pl.when(told).then("rna"), fault=fault
            )
            .collect(engine="streaming")
        )
        self.units_read = unit.height
        twice = unit.filter(pl.col("fault").is_null() & ~pl.col("siren").is_first_distinct())
        reason = pl.lit("SIREN en double : une seule ligne est gardée")
        self.unit_rejected = pl.concat([
            unit.filter(pl.col("fault").is_not_null()).select(key="siren", values="siren", reason="fault"),
            twice.select(key="siren", values="siren", reason=reason)])  # fmt: skip
        self.unit = unit.filter(pl.col("fault").is_null() & pl.col("siren").is_first_distinct()).drop("fault")

    def recent(self, name: str, key: str) -> Frame:
        """Periods not over before the first day, of who has several."""
        pl = self.pl
        rows = self.scan(name).filter(pl.col("dateFin").is_null() | (pl.col("dateFin") >= self.since))
        several = rows.group_by(key).len().filter(pl.col("len") > 1)
        return rows.join(several, on=key, how="semi").with_columns(
            begins=self.known_day("dateDebut").fill_null(self.always),
            ends=pl.col("dateFin").dt.offset_by("1d").fill_null(self.never),
        )

    def in_naf(self, rows: Frame, naf: str, nomenclature: str) -> Frame:
        """Add the section of an activity; an activity that has none is unknown."""
        pl = self.pl
        division = pl.when(pl.col(nomenclature) == "NAFRev2").then(pl.col(naf).str.head(2))
        found = rows.with_columns(division=division).join(self.sections, on="division", how="left")
        return found.with_columns(naf=pl.when(pl.col("section").is_not_null()).then(naf))

    def read_periods(self) -> None:
        """Periods of establishments, and the spans of those that changed."""
        pl = self.pl
        self.periods_read = self.scan("periodes-etablissements").select(pl.len()).collect().item()
        rows = self.in_naf(
            self.recent("periodes-etablissements", "siret"),
            "activitePrincipaleEtablissement",
            "nomenclatureActivitePrincipaleEtablissement",
        )
        period = rows.select(
            "siret", "begins", "ends", "naf", "section", open=pl.col("etatAdministratifEtablissement") == "A",
            mark=pl.col("caractereEmployeurEtablissement") == "O").collect(engine="streaming")  # fmt: skip
        begins, ends = (pl.col(one).cast(pl.Int32).cast(pl.Int64) for one in ("begins", "ends"))
        naf = pl.col("naf").fill_null("")
        life = period.group_by("siret").agg(
            opened=pl.col("begins").filter("open").max(),
            shut=pl.col("begins").filter(~pl.col("open")).min(),
            moved=(naf.min() != naf.max()) | (pl.col("mark").any() != pl.col("mark").all()),
            followed=(begins < ends).all()
            & (begins.sum() - begins.min() == ends.sum() - ends.max())
            & ((begins * begins).sum() - begins.min() ** 2 == (ends * ends).sum() - ends.max() ** 2),
        )
        assert life["followed"].all()
        closed = period.filter(~pl.col("open")).join(life.select("siret", "opened"), on="siret")
        after = closed.filter(pl.col("opened").is_null() | (pl.col("begins") > pl.col("opened")))
        late = after.group_by("siret").agg(shut=pl.col("begins").min(), times=pl.len())
        self.late = late.filter(pl.col("times") > 1).select(
            "siret", shut=pl.when(pl.col("shut") != self.always).then("shut")
        )
        moved = life.filter(pl.col("moved") | (pl.col("opened") > pl.col("shut")))
        self.worked = period.filter("open").join(moved, on="siret", how="semi").drop("open")

    def read_owned(self) -> None:
        """Spans of the units whose form or mark changed."""
        pl = self.pl
        self.unit_periods_read = self.scan("periodes-unites").select(pl.len()).collect().item()
        category, flag = pl.col("category"), pl.col("flag")
        period = self.recent("periodes-unites", "siren").select(
            "siren", "begins", "ends", category=pl.col("categorieJuridiqueUniteLegale").fill_null(""),
            flag=pl.col("economieSocialeSolidaireUniteLegale").fill_null("")).collect(engine="streaming")  # fmt: skip
        changed = period.group_by("siren").agg(
            moved=(category.min() != category.max()) | (flag.min() != flag.max())
        )
        period = period.join(changed.filter("moved"), on="siren", how="semi").sort("siren", "begins")
        after = pl.col("begins").shift(-1).over("siren")
        assert period.select(
            ((pl.col("begins") < pl.col("ends")) & (pl.col("ends") <= after).fill_null(True)).all()
        ).item()
        first = pl.int_range(pl.len()).over("siren") == 0
        told = period.with_columns(
            since=pl.when(first).then(self.always).otherwise("begins"), until=after.fill_null(self.never)
        ).join(self.verdicts.collect(), on=["category", "flag"])
        self.owned = told.select(
            "siren", "since", "until", "ess", "family", form=pl.when(category != "").then("category")
        )

    def read_establishments(self) -> None:
        """Establishments with what their unit is; rows that cannot be used are set aside."""
        pl = self.pl
        number = pl.col("siret").cast(pl.Int64, strict=False)
        counted = self.scan("etablissements").select(n=number).group_by("n").len()
        twice = counted.filter((pl.col("len") > 1) & pl.col("n").is_not_null()).select("n").collect()["n"]
        commune = pl.when(pl.col("codeCommuneEtablissement").str.contains(COMMUNE)).then(
            "codeCommuneEtablissement"
        )
        since, shut = self.known_day("dateDebut"), pl.col("shut")
        lost = (
            self.verdicts.filter((pl.col("category") == "") & (pl.col("flag") == ""))
            .collect()
            .row(0, named=True)
        )
        told = pl.col("ess") != "non"
        shown = pl.col("diffusible") & pl.col("unit_diffusible").fill_null(True)
        trade = pl.coalesce("denominationUsuelleEtablissement", "enseigne1Etablissement")
        metres = {
            name: pl.when(told & shown).then(pl.col(f"coordonneeLambert{word}Etablissement").cast(pl.Float64, strict=False))
            for name, word in (("x", "Abscisse"), ("y", "Ordonnee"))
        }  # fmt: skip
        rows = self.scan("etablissements").with_columns(
            commune=commune, sign=pl.col("caractereEmployeurEtablissement").fill_null(""),
            band=pl.col("trancheEffectifsEtablissement").fill_null(""), fault=self.fault(number),
            doubled=number.is_in(twice.implode()).fill_null(False))  # fmt: skip
        rows = self.in_naf(
            rows, "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement"
        )
        units = self.unit.lazy().rename({"diffusible": "unit_diffusible"}).drop("purged", "rna")
        known = (
            rows.join(self.bands, on=["band", "sign"], how="left")
            .join(self.late.lazy(), on="siret", how="left")
            .join(units, on="siren", how="left")
            .with_columns(
                orphan=pl.col("ess").is_null(), ess=pl.col("ess").fill_null(lost["ess"]),
                family=pl.when(pl.col("ess").is_null()).then(pl.lit(lost["family"], pl.String)).otherwise("family"),
                sources_disagree=pl.col("disagree").fill_null(lost["disagree"]),
                departement=pl.when(pl.col("commune").str.head(2).is_in(["97", "98"]))
                .then(pl.col("commune").str.head(3)).otherwise(pl.col("commune").str.head(2)),
                created=self.known_day("dateCreationEtablissement"),
                active=pl.col("etatAdministratifEtablissement") == "A",
                closed=pl.when(pl.col("etatAdministratifEtablissement") != "A").then(pl.min_horizontal(since, shut)),
                old_naf=pl.col("naf").is_null() & pl.col("activitePrincipaleEtablissement").is_not_null(),
                diffusible=(pl.col("statutDiffusionEtablissement") == "O").fill_null(False),
                head_office=pl.col("etablissementSiege").fill_null(False),
                band=pl.when(pl.col("band") != "").then("band"), fictitious=pl.lit(False))
            .with_columns(
                shown=shown, **metres,
                name=pl.when(told & shown).then(pl.coalesce("unit_name", pl.when(trade != "[ND]").then(trade))))
            .filter(pl.col("fault").is_not_null() | pl.col("doubled") | told | (pl.col("closed") >= self.since).fill_null(True))
            .select("siret", "siren", "commune", "departement", "created", "closed", "active", "naf", "section",
                    "employer", "band", "sign", "jobs_low", "jobs_central", "jobs_high", "ess", "family",
                    "sources_disagree", "category", "flag", "orphan", "fictitious", "diffusible", "shown", "head_office",
                    "name", "x", "y", "old_naf", "fault", "doubled")
            .collect(engine="streaming")
        )  # fmt: skip
        self.keep(known)

    def fault(self, number: Any) -> Any:
        """Why a row of the stock cannot be used, if so."""
        pl = self.pl
        digits = pl.sum_horizontal(number // 10**rank % 10 for rank in range(14))
        of_post = (number // 100_000 == POST_OFFICE) & (digits % 5 == 0)
        state = pl.col("etatAdministratifEtablissement").is_in(["A", "F"]).fill_null(False)
        return (
            pl.when(number.is_null() | (pl.col("siret").str.len_bytes() != 14))
            .then(pl.lit("SIRET absent ou illisible"))
            .when(~(self.luhn(number, 14) | of_post))
            .then(pl.lit("clé du SIRET fausse"))
            .when(~self.luhn(number // 100_000, 9))
            .then(pl.lit("clé du SIREN fausse"))
            .when(pl.col("siren") != pl.col("siret").str.head(9))
            .then(pl.lit("le SIREN n'est pas le début du SIRET"))
            .when(~state)
            .then(pl.lit("état administratif absent ou inconnu"))
        )

    def keep(self, read: Frame) -> None:
        """Set aside faulty rows and older duplicates, then what left before the first day."""
        pl = self.pl
        faulty = read.filter(pl.col("fault").is_not_null())
        several = read.filter(pl.col("fault").is_null() & pl.col("doubled"))
        ranked = several.sort("active", "created", descending=True, nulls_last=True)
        newest = ranked.unique("siret", keep="first", maintain_order=True)
        older = ranked.filter(~pl.col("siret").is_first_distinct())
        self.rejected = pl.concat([
            faulty.select(key="siret", values=pl.format("{} ; {}", "siret", "siren"), reason="fault"),
            older.select(key="siret", values="siret", reason=pl.lit(TWICE))])  # fmt: skip
        kept = pl.concat([read.filter(pl.col("fault").is_null() & ~pl.col("doubled")), newest])
        stays = (pl.col("ess") != "non") | (pl.col("closed") >= self.since).fill_null(True)
        self.known = kept.filter(stays).drop("fault", "doubled")

    def account(self) -> None:
        """What became of the rows of each file."""
        pl = self.pl
        active, closed, created = (pl.col(one) for one in ("active", "closed", "created"))
        remarks = {
            "fermé sans commune": ~active & pl.col("commune").is_null(),
            "ouvert sans commune (souvent un siège à l'étranger)": active & pl.col("commune").is_null(),
            "activité d'une autre nomenclature que la NAF rév. 2, ou illisible": pl.col("old_naf"),
            "non diffusible": ~pl.col("diffusible"),
            "unité légale absente du fichier des unités": pl.col("orphan"),
            "fermé sans date de fermeture": ~active & closed.is_null(),
            "date de création inconnue : compté sur tous les jours passés": created.is_null(),
            "date de création à venir : compté à partir de ce jour-là": created > self.stock_day,
            "date de fermeture à venir : compté ouvert jusque-là": ~active & (closed > self.stock_day),
        }
        of_units = {
            "unité purgée": pl.col("purged"),
            "non diffusible": ~pl.col("diffusible"),
            "catégorie juridique absente ou illisible": pl.col("category") == "",
        }
        rows = self.scan("etablissements").select(pl.len()).collect().item()
        accounts = [
            self.told("etablissements", rows, self.known, self.rejected, remarks),
            self.told("unites", self.units_read, self.unit, self.unit_rejected, of_units),
            Account(self.files["periodes-etablissements"].name, self.periods_read, self.periods_read),
            Account(self.files["periodes-unites"].name, self.unit_periods_read, self.unit_periods_read),
        ]
        parts = [
            found.select(source=pl.lit(self.files[name].name), key="key", values="values", reason="reason")
            for name, found in (("etablissements", self.rejected), ("unites", self.unit_rejected))
        ]
        listed = pl.concat(parts).to_arrow().cast(REJECT_SCHEMA)
        whole.write_account(accounts, listed, self.folder)

    def told(self, name: str, read: int, kept: Frame, rejected: Frame, remarks: dict[str, Any]) -> Account:
        """The account of one file."""
        reasons = dict(rejected.group_by("reason").len().iter_rows())
        gone = read - kept.height - sum(reasons.values())
        counts = kept.select(**{why: met.sum() for why, met in remarks.items()}).row(0, named=True)
        left_out = {"hors ESS et fermé avant le 01/01/2021": gone} if gone else {}
        noted = {why: count for why, count in counts.items() if count}
        return Account(self.files[name].name, read, kept.height, reasons, left_out, noted)

    def find_past(self) -> None:
        """What was otherwise: spans of establishments and of units, one crossed with the other."""
        pl = self.pl
        known, worked, owned = self.known.lazy(), self.worked.lazy(), self.owned.lazy()
        moved = pl.concat([
            known.join(worked, on="siret", how="semi"),
            known.join(worked, on="siret", how="anti").join(owned, on="siren", how="semi")])  # fmt: skip
        form = pl.when((pl.col("ess") != "non") & (pl.col("category") != "")).then("category")
        concerned = moved.with_columns(form=form)
        names = ["siret", "siren", *SPAN, "begins", "ends"]
        told = concerned.drop("naf", "section").join(worked, on="siret").with_columns(dated=pl.lit(True))
        alone = concerned.join(worked, on="siret", how="anti").with_columns(
            dated=pl.lit(False), begins=pl.col("created").fill_null(self.always),
            mark=pl.when(pl.col("sign") == "O").then(True).when(pl.col("sign") == "N").then(False),
            ends=pl.when("active").then(self.never).otherwise(pl.col("closed").fill_null(self.always)))  # fmt: skip
        spans = pl.concat([told.select(names), alone.select(names)])
        cut = spans.drop("ess", "family", "form").join(owned, on="siren").with_columns(
            begins=pl.max_horizontal("begins", "since"), ends=pl.min_horizontal("ends", "until"))  # fmt: skip
        every = pl.concat([cut.select(names), spans.join(owned, on="siren", how="anti")])
        sign = pl.when("mark").then(pl.lit("O")).when(~pl.col("mark")).then(pl.lit("N")).otherwise(pl.lit(""))
        past = every.filter((pl.col("begins") < pl.col("ends")) & (pl.col("ends") > self.since)).with_columns(
            sign=sign, band=pl.col("band").fill_null("")
        )
        self.past = (
            past.join(self.bands, on=["band", "sign"], how="left")
            .with_columns(
                employer=pl.when(pl.col("dated") & pl.col("mark").is_not_null()).then("mark").otherwise("employer"),
                begins=pl.when(pl.col("begins") != self.always).then("begins"),
                ends=pl.when(pl.col("ends") != self.never).then("ends"))
            .rename({"form": "legal_category"}).collect(engine="streaming")
        )  # fmt: skip

    def figures(self, rows: Frame, *more: str) -> Frame:
        """What one row of each adds to the counts."""
        pl = self.pl
        hired = pl.col("employer").fill_null(False)
        jobs = {
            name: pl.when(hired).then(pl.col(f"jobs_{name}")).fill_null(0)
            for name in ("low", "central", "high")
        }
        return rows.select(
            *more, pl.col("ess"), pl.col(TEXTS).fill_null(""), **jobs,
            establishments=pl.lit(1, pl.Int64), employers=hired.cast(pl.Int64),
            unbounded=(hired & pl.col("jobs_low").is_not_null() & pl.col("jobs_high").is_null()).cast(pl.Int64),
            unknown=(hired & pl.col("jobs_low").is_null()).cast(pl.Int64))  # fmt: skip

    def summed(self, rows: Frame, keys: list[str]) -> Frame:
        """Sums by key; those where nothing changed are left out."""
        pl = self.pl
        found = rows.group_by(keys).agg(pl.col(name).sum() for name in MEASURES)
        sums = found.with_columns(central=pl.col("central").round(6) + 0.0)
        return sums.filter(pl.any_horizontal(pl.col(name) != 0 for name in MEASURES))

    def count_changes(self) -> None:
        """What changed each day: births, and deaths counted below nothing."""
        pl = self.pl
        lived = [*PLACED, "employer", "jobs_low", "jobs_central", "jobs_high", "begins", "ends"]
        known, past = self.known.lazy(), self.past.lazy()
        plain = (
            known.join(past, on="siret", how="anti")
            .filter(pl.col("active") | pl.col("closed").is_not_null())
            .with_columns(begins="created", ends=pl.when(~pl.col("active")).then("closed"))
        )
        first = pl.col("begins").fill_null(self.before)
        lasts = pl.col("ends").is_null() | ((pl.col("ends") > self.since) & (pl.col("ends") > first))
        spans = pl.concat([plain.select(lived), past.select(lived)]).filter(lasts)
        born = pl.when(pl.col("begins") > self.since).then("begins").otherwise(self.before)
        told = self.figures(spans.with_columns(day=born), "day", "ends")
        over = told.filter(pl.col("ends").is_not_null()).with_columns(
            *(-pl.col(name) for name in MEASURES), day="ends"
        )
        by_day = self.summed(pl.concat([told, over]), [*PLACED, "day"])
        self.change = by_day.with_columns(month=pl.col("day").dt.truncate("1mo")).collect(engine="streaming")

    def ess(self) -> Frame:
        """Establishments of the ESS, with names, reasons and places (pyproj)."""
        pl = self.pl
        ess = self.known.filter(pl.col("ess") != "non")
        ess = ess.with_columns(pl.col("category", "flag").fill_null(""))
        ess = ess.join(self.verdicts.select("category", "flag", "reasons").collect(), on=["category", "flag"])
        x, y = (ess[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in ("x", "y"))
        east, north = degrees(x, y, ess["departement"].to_list())
        nowhere = pl.lit("La liste des QPV de ce département n'est pas dans les données.")
        return ess.with_columns(
            longitude=pl.Series(east, nan_to_null=True), latitude=pl.Series(north, nan_to_null=True),
            diffusible="shown", legal_category=pl.when(pl.col("category") != "").then("category"),
            flag=pl.when(pl.col("flag") != "").then("flag"), in_ess_list=pl.lit(None, pl.Boolean),
            siae_kinds=pl.lit(None, pl.List(pl.String)), qpv=pl.lit("a_verifier"),
            qpv_codes=pl.lit(None, pl.List(pl.String)),
            qpv_reason=pl.when(pl.col("commune").is_null()).then(pl.lit("La commune n'est pas connue."))
            .otherwise(nowhere))  # fmt: skip

    def write_tables(self) -> None:
        """Check and write each."""
        pl = self.pl
        born = pl.col("created").is_null() | (pl.col("created") <= self.stock_day)
        alive = self.known.lazy().filter(
            born & (pl.col("active") | (pl.col("closed") > self.stock_day).fill_null(False))
        )
        change = self.change.lazy()
        self.write(tables.ESTABLISHMENT, self.known)
        self.write(tables.ESS_ESTABLISHMENT, self.ess())
        rna = (pl.col("ess") != "non") & pl.col("rna").is_not_null()
        self.write(tables.ASSOCIATION, self.unit.filter(rna))
        self.write(tables.REGISTER_COUNT, self.summed(self.figures(alive), PLACED))
        self.write(tables.REGISTER_PAST, self.past)
        month = ["departement", "month", *PLACED[2:]]
        self.write(tables.REGISTER_MONTH, self.summed(change, ["commune", *month]))
        self.write(tables.REGISTER_MONTH_WIDE, self.summed(change, month))
        self.write(tables.REGISTER_DAY, change.filter(pl.col("day") > self.before))

    def write(self, table: Table, rows: Frame) -> None:
        """Check a frame, then write it in order."""
        pl = self.pl
        found = rows.lazy().select(table.schema.names).sort(table.sorted_by or table.key, nulls_last=True)
        frame = found.collect(engine="streaming")
        assert frame.select(pl.struct(table.key).n_unique()).item() == frame.height, table.name
        needed_cells = [one.name for one in table.columns if not one.nullable]
        assert not frame.select(pl.any_horizontal(pl.col(needed_cells).is_null()).any()).item(), table.name
        for rule in RULES.get(table.name, ()):
            assert frame.select(rule(pl).fill_null(True).all()).item(), table.name
        frame.write_parquet(
            self.folder / f"{table.name}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=50_000,
        )


RULES: dict[str, tuple[Any, ...]] = {
    "establishment": (
        lambda pl: pl.col("siret").str.contains("^[0-9]{14}$"),
        lambda pl: pl.col("jobs_low") <= pl.col("jobs_high"),
        lambda pl: pl.col("ess").is_in(["oui", "non", "a_verifier"]),
    ),
    "ess_establishment": (
        lambda pl: pl.col("diffusible") | pl.col("name").is_null(),
        lambda pl: pl.col("reasons").list.len() > 0,
    ),
    "register_past": (lambda pl: pl.col("ends") > pl.col("begins"),),
}
