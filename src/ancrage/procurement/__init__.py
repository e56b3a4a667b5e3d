"""A purchase: its procedure, reserves and duties, who can serve it, its lots, the kit; what was bought."""
