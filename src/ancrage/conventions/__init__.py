"""Conventions: what each sort says, article by article, and the text that asks for it."""
