"""Contracts paid on results, and the capital of a SCIC, told."""
