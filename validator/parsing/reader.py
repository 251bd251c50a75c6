"""Parse a document's text to a node tree, as JSON or as YAML, within limits."""

import re

from validator.finding import Problem, Span
from validator.parsing.builder import Source
from validator.parsing.limits import Limits, too_large
from validator.parsing.yaml import read_yaml

_JSON = r"[ \t\n\r]*[{\[]"


def _size(text: str, bound: int) -> int:
    """The size of a text in UTF-8, in bytes, or any number on the same side of the bound."""
    if 4 * len(text) <= bound or len(text) > bound:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def is_json(path: str | None) -> bool:
    """Whether a file is parsed as JSON, by its name."""
    return path is not None and path.lower().endswith(".json")


def _is_yaml(path: str | None) -> bool:
    return path is not None and path.lower().endswith((".yaml", ".yml"))


def read(text: str, limits: Limits, path: str | None = None) -> Source:
    """The node tree of a YAML or JSON text, without a byte order mark.

    `path` decides the format: JSON for `.json`, YAML for `.yaml` and `.yml`; any other text is
    parsed as JSON if it is valid JSON, and otherwise as YAML. Never raises for the content of the
    text: YAML is read up to its first syntax error, JSON also past mistakes where possible, and
    both up to a limit that is exceeded; the problems say where.
    """
    if _size(text, limits.max_bytes) > limits.max_bytes:
        return Source(None, (too_large(limits),))
    found = None
    if is_json(path) or (not _is_yaml(path) and re.match(_JSON, text)):
        found = _read_json(text, limits, strict=is_json(path))
    if found is None:
        found = read_yaml(text, limits)
    if not found.problems and (found.root is None or found.root.kind == "null"):
        message = "the file is empty and sets up nothing; add `services` or `tasks`, or remove it"
        return Source(found.root, (Problem("empty-document", message, Span(0, 0)),))
    return found


def _read_json(text: str, limits: Limits, *, strict: bool) -> Source | None:
    """Parse a text as JSON; if it is not JSON, read past its mistakes only if `strict`."""
    from validator.parsing.json import read_json

    found = read_json(text, limits)
    if found is None and strict:
        # Messages are needed only when something is wrong.
        from validator.parsing.json_mistakes import read_with_errors

        found = read_with_errors(text, limits)
    return found
