"""The table of contacts of an edition: who answers for which territory."""

from ancrage.contacts.sources import SOURCES
from ancrage.warehouse.table import Check, Column, Table

CONTACT = Table(
    name="contact",
    meaning="Services et réseaux où demander une aide, territoire par territoire",
    key=("kind", "territory", "rank"),
    columns=(
        Column("kind", "text", "Sorte de guichet : prefecture, ddets, france_active…"),
        Column("territory", "text", "Territoire servi : com:, epci:, dep:, reg: et son code"),
        Column("rank", "integer", "Place parmi ceux qui servent ce territoire, la meilleure d'abord"),
        Column("name", "text", "Nom publié"),
        Column("address", "text", "Adresse ; vide si elle n'est pas connue"),
        Column("phone", "text", "Téléphone ; vide s'il n'est pas connu"),
        Column("email", "text", "Courriel ; vide s'il n'est pas connu"),
        Column("website", "text", "Site ; vide s'il n'est pas connu"),
        Column("seen_on", "text", "Jour, mois ou année où la source le montre ; vide s'il n'est pas dit"),
        Column("source", "text", "Source dont il vient"),
        Column("page", "text", "Page où il a été lu ; vide si c'est celle de la source"),
        Column("official", "yes_no", "Lu chez qui en répond, et non sur une autre page"),
    ),
    sources=SOURCES,
    checks=(
        Check("un contact a un nom", "length(name) > 0"),
        Check(
            "le jour où il est vu est un jour, un mois ou une année",
            "regexp_full_match(seen_on, '|[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?')",
        ),
    ),
)
TABLES = (CONTACT,)
