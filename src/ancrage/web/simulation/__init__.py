"""Every structure of a territory through an aid, and what a parameter would change."""
