"""SIRENE stock files (legal units, establishments, coordinates) read into clean columns.

Source: INSEE, base Sirene, fichiers StockUniteLegale, StockEtablissement and « Géolocalisation des
établissements pour les études statistiques ». The stock has no closing date: for a closed establishment it
is the first day of its last period (``dateDebut``). A unit or an establishment that opposed diffusion (P), or
whose status is not published, loses its name and its coordinates here, at the door.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis import _

from ancrage.register import cleaning
from ancrage.register.stock import Layout, Relation
from ancrage.register.workforce_columns import with_workforce

ESTABLISHMENTS = Layout(
    "StockEtablissement",
    required=(
        "siret",
        "statutDiffusionEtablissement",
        "dateCreationEtablissement",
        "trancheEffectifsEtablissement",
        "codeCommuneEtablissement",
        "etatAdministratifEtablissement",
        "activitePrincipaleEtablissement",
        "caractereEmployeurEtablissement",
        "dateDebut",
    ),
    optional=(
        "siren",
        "etablissementSiege",
        "nomenclatureActivitePrincipaleEtablissement",
        "denominationUsuelleEtablissement",
        "enseigne1Etablissement",
        "longitude",
        "latitude",
        "coordonneeLambertAbscisseEtablissement",
        "coordonneeLambertOrdonneeEtablissement",
        "activitePrincipaleNAF25Etablissement",
    ),
    typed=("dateCreationEtablissement", "dateDebut", "etablissementSiege"),
)

UNITS = Layout(
    "StockUniteLegale",
    required=(
        "siren",
        "statutDiffusionUniteLegale",
        "categorieJuridiqueUniteLegale",
        "denominationUniteLegale",
        "economieSocialeSolidaireUniteLegale",
    ),
    optional=(
        "unitePurgeeUniteLegale",
        "denominationUsuelle1UniteLegale",
        "sigleUniteLegale",
        "identifiantAssociationUniteLegale",
        "est_ess",
    ),
    typed=("unitePurgeeUniteLegale",),
)

COORDINATES = Layout(
    "GeolocalisationEtablissement",
    required=("siret", "x_longitude", "y_latitude"),
    optional=("qualite_xy", "distance_precision"),
)

ESTABLISHMENT_PERIODS = Layout(
    "StockEtablissementHistorique",
    required=("siret", "dateDebut", "dateFin", "etatAdministratifEtablissement"),
    optional=(
        "activitePrincipaleEtablissement",
        "nomenclatureActivitePrincipaleEtablissement",
        "caractereEmployeurEtablissement",
    ),
    typed=("dateDebut", "dateFin"),
)

UNIT_PERIODS = Layout(
    "StockUniteLegaleHistorique",
    required=("siren", "dateDebut", "dateFin", "etatAdministratifUniteLegale"),
    optional=("categorieJuridiqueUniteLegale", "economieSocialeSolidaireUniteLegale"),
    typed=("dateDebut", "dateFin"),
)

REASON = "reject_reason"


@dataclass(frozen=True, slots=True)
class SireneStock:
    """One delivery of SIRENE: two files, and the coordinates when they come apart.

    ``departements`` limits the rows kept and says what the delivery covers (``None``: the whole country).
    ``sample`` says that it covers nothing wholly; ``ess_only``, that it holds no establishment outside the
    ESS, so no denominator. ``fictitious`` marks the demonstration data, whose own list of inclusion
    enterprises is ``siae``.
    """

    establishments: Path
    units: Path
    vintage: str
    coordinates: Path | None = None
    departements: tuple[str, ...] | None = None
    sample: bool = False
    ess_only: bool = False
    fictitious: bool = False
    siae: Path | None = None


AS_READ = {
    "read_usual": "denominationUsuelleEtablissement",
    "read_sign": "enseigne1Etablissement",
    "read_longitude": "longitude",
    "read_latitude": "latitude",
    "read_x": "coordonneeLambertAbscisseEtablissement",
    "read_y": "coordonneeLambertOrdonneeEtablissement",
}
"""Cells carried as they are until it is known of whom they are told (:func:`with_name_and_place`)."""


def clean_establishments(raw: Relation) -> Relation:
    """One row an establishment, from the texts of ``ESTABLISHMENTS``; its name and place as they are read.

    Columns: siret, siren, reject_reason (NULL when usable), raw_siret, raw_siren, head_office, diffusible,
    commune, departement, created, closed, active, naf, old_naf (a code that is none of NAF rév. 2), naf_2025,
    section, band, mark, employer, jobs_low, jobs_central, jobs_high, and those of ``AS_READ``.
    """
    read = _read_texts(raw)
    checked = read.mutate(
        siret_key=cleaning.siret_is_valid(read.siret),
        siren_key=cleaning.siren_of_siret_is_valid(read.siret),
    ).view()
    faulty = checked.mutate(**{REASON: _establishment_fault(checked)}).view()
    known = faulty.mutate(
        raw_siret=_if(faulty[REASON].notnull(), faulty.raw_siret),
        raw_siren=_if(faulty[REASON].notnull(), faulty.raw_siren),
        departement=cleaning.departement(faulty.commune),
        section=cleaning.section(faulty.naf),
        naf_2025=faulty.naf_2025 & faulty.naf.isnull(),
        old_naf=_if(faulty.naf.isnull() & ~faulty.naf_2025, cleaning.text(faulty.read_naf)).notnull(),
        active=faulty.state == "A",
        closed=_if(faulty.state != "A", faulty.period),
    )
    return with_workforce(known).select(
        *("siret", "siren", REASON, "raw_siret", "raw_siren", "head_office", "diffusible"),
        *("commune", "departement", "created", "closed", "active", "naf", "old_naf", "naf_2025", "section"),
        *("band", "mark", "employer", "jobs_low", "jobs_central", "jobs_high"),
        *AS_READ,
    )


def with_name_and_place(establishments: Relation, told: Any) -> Relation:
    """Read the name and place of the diffusible establishments that meet ``told``, and of them alone.

    Columns added: trade_name, longitude, latitude, x, y (metres, in the legal projection of the
    département), quality, error_m.
    """
    shown = told & establishments.diffusible
    usual, sign = (cleaning.text(establishments[name]) for name in ("read_usual", "read_sign"))
    placed = {
        name: _if(shown, cleaning.number(establishments[f"read_{name}"]))
        for name in ("longitude", "latitude", "x", "y")
    }
    return establishments.mutate(
        trade_name=_if(shown, ibis.coalesce(usual, sign)),
        **placed,
        quality=ibis.null("string"),
        error_m=ibis.null("float64"),
    ).drop(*AS_READ)


def sirens_of(raw: Relation) -> Relation:
    """One column, siren: the units that establishments name, more than once, usable or not.

    NULL where none can be read: left out once written, or the engine would read every row to look for them.
    """
    return raw.select(siren=_siren(raw))


def _siren(raw: Relation) -> Any:
    return ibis.coalesce(cleaning.digits(raw.siren, 9), cleaning.digits(raw.siret, 14).left(9))


def _read_texts(raw: Relation) -> Relation:
    """Each cell read once. The view keeps the engine from reading it again wherever it is used."""
    siret = cleaning.digits(raw.siret, 14)
    return raw.select(
        raw_siret=raw.siret,
        raw_siren=raw.siren,
        siret=siret,
        siren=(raw.siren == siret.left(9)).ifelse(raw.siren, _siren(raw)),
        state=raw.etatAdministratifEtablissement.strip().upper(),
        diffusible=(raw.statutDiffusionEtablissement.strip() == "O").fill_null(False),
        commune=cleaning.commune(raw.codeCommuneEtablissement),
        created=cleaning.day(raw.dateCreationEtablissement),
        period=cleaning.day(raw.dateDebut),
        naf=cleaning.naf(
            raw.activitePrincipaleEtablissement,
            raw.nomenclatureActivitePrincipaleEtablissement,
            cleaning.day(raw.dateDebut),
        ),
        naf_2025=cleaning.is_naf_2025(raw.nomenclatureActivitePrincipaleEtablissement),
        read_naf=raw.activitePrincipaleEtablissement,
        band=cleaning.text(raw.trancheEffectifsEtablissement).upper(),
        mark=cleaning.yes_no(raw.caractereEmployeurEtablissement),
        head_office=cleaning.yes_no(raw.etablissementSiege),
        **{name: raw[column] for name, column in AS_READ.items()},
    ).view()


def _if(condition: Any, value: Any) -> Any:
    return condition.ifelse(value, ibis.null(value.type()))


def _establishment_fault(table: Relation) -> Any:
    return ibis.cases(
        (table.siret.isnull(), "SIRET absent ou illisible"),
        (~table.siret_key, "clé du SIRET fausse"),
        (~table.siren_key, "clé du SIREN fausse"),
        (table.siren != table.siret.left(9), "le SIREN n'est pas le début du SIRET"),
        (~table.state.isin(["A", "F"]).fill_null(False), "état administratif absent ou inconnu"),
        else_=ibis.null("string"),
    )


NAMES_AS_READ = {
    "read_name": "denominationUniteLegale",
    "read_usual": "denominationUsuelle1UniteLegale",
    "read_acronym": "sigleUniteLegale",
    "read_rna": "identifiantAssociationUniteLegale",
}
"""Cells of a unit carried as they are until it is known of whom they are told (:func:`with_unit_name`)."""


def clean_units(raw: Relation) -> Relation:
    """One row a legal unit, from the texts of ``UNITS``.

    Columns: siren, reject_reason, raw_siren, legal_category, flag (O, N or NULL), diffusible, purged,
    in_directory; of a diffusible unit, names and number as they are read (``NAMES_AS_READ``).
    """
    read = raw.mutate(
        raw_siren=raw.siren,
        siren=cleaning.digits(raw.siren, 9),
        diffusible=(raw.statutDiffusionUniteLegale.strip() == "O").fill_null(False),
        flag=raw.economieSocialeSolidaireUniteLegale.strip().upper(),
    ).view()
    checked = read.mutate(key=cleaning.has_luhn_key(read.siren, 9)).view()
    fault = ibis.cases(
        (checked.siren.isnull(), "SIREN absent ou illisible"),
        (~checked.key, "clé du SIREN fausse"),
        else_=ibis.null("string"),
    )
    return checked.select(
        siren=checked.siren,
        raw_siren=_if(fault.notnull(), checked.raw_siren),
        legal_category=cleaning.legal_category(checked.categorieJuridiqueUniteLegale),
        flag=_if(checked.flag.isin(["O", "N"]), checked.flag),
        diffusible=checked.diffusible,
        purged=cleaning.yes_no(checked.unitePurgeeUniteLegale).fill_null(False),
        in_directory=cleaning.yes_no(checked.est_ess),
        **{name: _if(checked.diffusible, checked[column]) for name, column in NAMES_AS_READ.items()},
        **{REASON: fault},
    )


def with_unit_name(units: Relation) -> Relation:
    """Read the names of units: columns name and rna (number of the association) added."""
    names = (cleaning.text(units[name]) for name in ("read_name", "read_usual", "read_acronym"))
    return units.mutate(name=ibis.coalesce(*names), rna=cleaning.rna(units.read_rna)).drop(*NAMES_AS_READ)


def clean_coordinates(raw: Relation) -> Relation:
    """Columns siret, x, y (degrees), grade (``qualite_xy``), error (``distance_precision``, metres)."""
    return raw.select(
        siret=cleaning.digits(raw.siret, 14),
        x=cleaning.number(raw.x_longitude),
        y=cleaning.number(raw.y_latitude),
        grade=cleaning.text(raw.qualite_xy),
        error=cleaning.number(raw.distance_precision),
    )


def with_coordinates(establishments: Relation, coordinates: Relation) -> Relation:
    """Give establishments of the ESS the coordinates published apart, unless they opposed diffusion."""
    unique = coordinates.group_by(place=_.siret).agg(
        east=_.x.first(), north=_.y.first(), grade=_.grade.first(), error=_.error.first()
    )
    joined = establishments.left_join(unique, establishments.siret == unique.place)
    told = joined.ess != "non"
    shown = told & joined.diffusible
    return joined.mutate(
        longitude=_if(shown, ibis.coalesce(joined.east, joined.longitude)),
        latitude=_if(shown, ibis.coalesce(joined.north, joined.latitude)),
        quality=_if(told, joined.grade),
        error_m=_if(told, joined.error),
    ).select(*establishments.columns)
