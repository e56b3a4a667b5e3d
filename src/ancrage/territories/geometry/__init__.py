"""Geometry of territories: points placed in zones, outlines, areas, QPV perimeters."""
