"""The page of a territory: its diagnosis on a day, its map, its files; several of them side by side."""
