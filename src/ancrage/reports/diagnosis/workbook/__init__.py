"""A diagnosis as typed tables: pages of named columns, written as a workbook or as one long CSV."""
