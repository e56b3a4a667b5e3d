"""« L'ESS d'ici » told: the portrait, and what a town hall makes of it."""
