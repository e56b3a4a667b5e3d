"""Who pays, and from which European fund, when a line of a plan does not say it."""

from ancrage.aids.catalogue import load_aids
from ancrage.financing.layout import Line
from ancrage.financing.plan import Fund, Funder
from ancrage.language.folding import bare

EUROPEAN = {
    "feader": Fund.FEADER,
    "leader": Fund.LEADER,
    "feder": Fund.FEDER,
    "fse_plus": Fund.FSE_PLUS,
    "fse_plus_innovation_sociale": Fund.FSE_PLUS,
    "fse_plus_regional_ess": Fund.FSE_PLUS,
    "region_bretagne_feder_ess": Fund.FEDER,
    "ftj": Fund.FTJ,
}
"""European funds behind the aids of the catalogue."""


def fund_of(aid: str) -> Fund | None:
    """The European fund behind an aid."""
    return EUROPEAN.get(aid)


def funder_of(line: Line, aid: str, fund: Fund | None) -> Funder:
    """Who pays, when the line does not say it: the fund, the funder of the aid, what the account means."""
    if fund or fund_of(aid):
        return Funder.EUROPE
    if aid:
        return _funder_named(load_aids()[aid].funder) if aid in load_aids() else Funder.PRIVE
    return {"16": Funder.BANQUE, "80": Funder.BANQUE, "13": Funder.PRIVE, "74": Funder.PRIVE}.get(
        line.code, Funder.PORTEUR
    )


def _funder_named(name: str) -> Funder:
    told = bare(name)
    for word, funder in (
        ("region", Funder.REGION), ("departement", Funder.DEPARTEMENT), ("commune", Funder.COMMUNE),
        ("europ", Funder.EUROPE), ("etat", Funder.ETAT), ("ministere", Funder.ETAT), ("anct", Funder.ETAT),
        ("ademe", Funder.ORGANISME_PUBLIC), ("caf", Funder.ORGANISME_PUBLIC),
        ("agence", Funder.ORGANISME_PUBLIC), ("collectivites", Funder.COMMUNE),
    ):  # fmt: skip
        if word in told:
            return funder
    return Funder.PRIVE
