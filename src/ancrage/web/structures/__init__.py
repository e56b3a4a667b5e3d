"""The directory of the structures of the ESS: filters, list, map, files; a page for each."""
