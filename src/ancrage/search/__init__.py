"""One box to find anything by its name or its code: territories, structures, aids."""
