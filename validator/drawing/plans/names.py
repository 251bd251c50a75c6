"""References and names of a document in the text of plans."""

from validator.display import inert
from validator.drawing.labels import short, short_reference


def safe_name(text: str) -> str:
    """A name, safe in a terminal and in the log of a CI runner."""
    return inert(short(text))


def safe_reference(text: str) -> str:
    """A reference, safe in the same places."""
    return inert(short_reference(text))
