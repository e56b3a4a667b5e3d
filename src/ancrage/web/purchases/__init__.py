"""What may be done for a purchase, and who could serve it."""
