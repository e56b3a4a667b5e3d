"""Write the tables of a register made whole, and what is counted from them."""

from datetime import date
from pathlib import Path

from ancrage.register.build import KEPT_SINCE, RegisterTables
from ancrage.register.counting import changes, count_open
from ancrage.register.tables import (
    ASSOCIATION,
    ESS_ESTABLISHMENT,
    ESTABLISHMENT,
    LISTED_STRUCTURE,
    REGISTER_COUNT,
    REGISTER_DAY,
    REGISTER_MONTH,
    REGISTER_MONTH_WIDE,
    REGISTER_PAST,
    SIAE,
)
from ancrage.warehouse import keeping
from ancrage.warehouse.writing import write


def write_counted(register: RegisterTables, folder: Path, scratch: Path, *, on: date) -> None:
    """Write what the register is made of, then what is counted from it, on the day and on each day before."""
    establishments = write(ESTABLISHMENT, register.establishment, folder)
    write(ESS_ESTABLISHMENT, register.ess_establishment, folder)
    write(ASSOCIATION, register.association, folder)
    write(SIAE, register.lists.siae, folder)
    write(LISTED_STRUCTURE, register.lists.structures, folder)
    counted = count_open(keeping.read(register.con, establishments), on=on)
    write(REGISTER_COUNT, counted, folder)
    past = write(REGISTER_PAST, register.past, folder)
    changed = changes(register.con, establishments, past, since=KEPT_SINCE, scratch=scratch)
    write(REGISTER_MONTH, changed.month, folder)
    write(REGISTER_MONTH_WIDE, changed.wide, folder)
    write(REGISTER_DAY, changed.day, folder)
