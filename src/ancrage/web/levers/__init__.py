"""Levers and tools: the catalogue, a tool, what is advised to an authority of a territory."""
