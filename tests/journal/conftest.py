"""The tables of the tests of the journal."""

import notebooks

own_tables = notebooks.own_tables
