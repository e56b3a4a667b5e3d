"""Signed-in pages, all under ``/espace/``: who one is, one's organisations, invitations, and what follows."""
