"""A source of an edition in words, as sheets cite it."""

from collections.abc import Mapping


def source_words(entry: Mapping[str, object]) -> str:
    """Title, producer, vintage, licence; whether it is fictitious or a sample."""
    marks = [mark for key, mark in (("fictitious", "fictive"), ("sample", "échantillon")) if entry[key]]
    told = f"{entry['title']}, {entry['producer']}, {entry['vintage']}, {entry['licence']}"
    return told + (f" ({', '.join(marks)})" if marks else "")
