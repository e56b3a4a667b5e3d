"""« L'ESS d'ici », the public portrait of a territory: its page, its papers, its agenda, its frame."""
