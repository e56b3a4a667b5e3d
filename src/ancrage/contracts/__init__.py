"""Contracts paid on results, and the capital that public and private associates share."""
