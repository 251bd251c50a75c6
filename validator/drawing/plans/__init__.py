"""Plans as text, JSON and Mermaid."""

from validator import drawing

ENDINGS = {
    "json": drawing.ENDINGS["json"],
    "mermaid": drawing.ENDINGS["mermaid"],
    "text": (".txt",),
}
"""The formats of the command `plan`, each with the endings of its files."""
