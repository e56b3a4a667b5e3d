"""Tables of the portrait."""
