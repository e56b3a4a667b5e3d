"""Support coverage told: sheet, map, places."""
