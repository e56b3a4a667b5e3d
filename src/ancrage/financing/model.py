"""A plan to fill in: a made-up rural grocery, whose every key is shown once."""

from importlib.resources import files


def plan_model() -> str:
    """The text of the plan."""
    return (files(__package__) / "model.yaml").read_text(encoding="utf-8")
