"""Styles and scripts of the site. ``SERVED`` holds them built, named by their content, beside a manifest."""

from pathlib import Path

SERVED = Path(__file__).parent / "served"
BUILT = Path(__file__).parent / "built"
