"""Financing plans: written in a form, or given as a file, verified and forgotten."""
