"""What a buyer writes with: the pieces of a purchase and of a SPASER, in the words of the law."""
