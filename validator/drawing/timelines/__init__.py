"""Timelines of executions as text, JSON, SVG and a page."""

from validator import drawing

ENDINGS = {
    "html": drawing.ENDINGS["html"],
    "json": drawing.ENDINGS["json"],
    "svg": drawing.ENDINGS["svg"],
    "text": (".txt",),
}
"""The formats of `plan --executions`, each with the endings of its files."""

MAX_BARS = 1000
"""The most executions that a picture shows."""
