"""Search of aids in French: what is searched, its index, and the questions put to it."""
