"""Territories told: those found or listed, one on a day, its communes."""
