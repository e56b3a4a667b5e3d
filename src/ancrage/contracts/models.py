"""Files to fill in: the first French contract paid on results, a made-up capital table."""

from importlib.resources import files


def contract_model() -> str:
    """The text of a contract."""
    return (files(__package__) / "model.yaml").read_text(encoding="utf-8")


def capital_model() -> str:
    """The text of a capital table."""
    return (files(__package__) / "capital_model.yaml").read_text(encoding="utf-8")
