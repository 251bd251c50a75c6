"""References and names of a document in the text of plans."""

from validator.display import inert
from validator.drawing.labels import short


def safe(text: str) -> str:
    """A reference or a name, safe in a terminal and in the log of a CI runner."""
    return inert(short(text))
