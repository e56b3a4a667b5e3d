"""The rules a plan is held to, each answered with its text and what to change."""
