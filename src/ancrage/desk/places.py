"""Where the parts of the site begin, for those who must know it before Django is ready (the door)."""

SPACE = "/espace/"
"""What asks to be signed in: nobody keeps its pages."""
