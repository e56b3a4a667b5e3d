"""Pages of typed cells, and their writing as a workbook."""
