"""Support places: who is near, where nobody is, and where to open next."""
