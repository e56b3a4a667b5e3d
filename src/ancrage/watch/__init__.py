"""Watch of terms over the years in a corpus of dated texts."""
