"""Zonings told: of every commune, of a territory, as they are declared."""
