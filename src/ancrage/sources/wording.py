"""French numbers and plurals in messages."""


def counted(number: int, one: str, several: str) -> str:
    """``counted(1, "ligne", "lignes")`` is « 1 ligne »; zero is singular in French, thousands are spaced."""
    return f"{number:,} {several if number >= 2 else one}".replace(",", "\u202f")
