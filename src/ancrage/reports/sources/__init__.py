"""Public data sets told: those declared, one of them, what is here of them."""
