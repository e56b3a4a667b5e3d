"""Whom to call: the services and networks that answer for a territory, and the day each was last seen."""
