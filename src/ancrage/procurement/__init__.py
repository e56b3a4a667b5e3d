"""A purchase: its procedure, reserves and duties, who can serve it, its lots, the kit to write it, what was really bought."""
