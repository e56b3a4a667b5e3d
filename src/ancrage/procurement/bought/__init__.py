"""What is really bought: the essential data of public contracts (DECP), read, accounted for, counted."""
