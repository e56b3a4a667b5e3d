"""Introductions: two organisations, or several, put in touch once each said yes, and never before."""
