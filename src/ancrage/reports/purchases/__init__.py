"""What may be done for a purchase, told."""
