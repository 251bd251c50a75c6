"""A document's text to its node tree: as JSON or as YAML, within bounds."""

import re

from validator.finding import Problem, Span
from validator.parsing.builder import Source
from validator.parsing.limits import Limits, too_large
from validator.parsing.yaml import read_yaml

_JSON = re.compile(r"[ \t\n\r]*[{\[]")


def _size(text: str, bound: int) -> int:
    """The number of bytes of a text in UTF-8, or any number on the same side of the bound."""
    if 4 * len(text) <= bound or len(text) > bound:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def is_json(path: str | None) -> bool:
    """Whether a file is to be read as JSON, by its name."""
    return path is not None and path.lower().endswith(".json")


def _is_yaml(path: str | None) -> bool:
    return path is not None and path.lower().endswith((".yaml", ".yml"))


def read(text: str, limits: Limits, path: str | None = None) -> Source:
    """The node tree of a YAML or JSON text, without a byte order mark.

    By the name of its file a text is JSON (`.json`) or YAML (`.yaml`, `.yml`); any other text is
    JSON where it can be read as such, and else YAML. Never raises for what the text contains:
    YAML is read up to its first syntax error, JSON past those that can be read past, and both up
    to a limit that is exceeded; the problems say where.
    """
    if _size(text, limits.max_bytes) > limits.max_bytes:
        return Source(None, (too_large(limits),))
    found = None
    if is_json(path) or (_JSON.match(text) and not _is_yaml(path)):
        found = _read_json(text, limits, strict=is_json(path))
    if found is None:
        found = read_yaml(text, limits)
    if not found.problems and (found.root is None or found.root.kind == "null"):
        message = "the file is empty and sets up nothing; add `services` or `tasks`, or remove it"
        return Source(found.root, (Problem("empty-document", message, Span(0, 0)),))
    return found


def _read_json(text: str, limits: Limits, *, strict: bool) -> Source | None:
    """A text as JSON; what is not JSON is read past its mistakes if `strict`, and else not."""
    from validator.parsing.json import read_json

    found = read_json(text, limits)
    if found is None and strict:
        # Wording is needed only when something is wrong.
        from validator.parsing.json_mistakes import read_with_errors

        found = read_with_errors(text, limits)
    return found
