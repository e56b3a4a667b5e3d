"""Itinerant rounds: a base, stops, days, and the proof of the shortest."""
