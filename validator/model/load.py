"""Build the model of a document from its text, for programs that don't check it."""

from __future__ import annotations

from validator.contract import conformance
from validator.model import automations
from validator.model.automations import Document
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.text import Text, decode


def read_document(text: str | bytes, limits: Limits | None = None) -> Document | None:
    """Read an automations file as a model, without checking it.

    `text` is its text, or the bytes of the file. Returns None if it is empty, can't be parsed or
    exceeds the limits. Values that the schema rejects are left out of the model. The model's spans
    are 0-based character offsets in the text, without a byte order mark.
    """
    limits = limits or Limits()
    if isinstance(text, bytes):
        if len(text) > limits.max_bytes:
            return None
        text, problem = decode(text)
        if problem is not None:
            return None
    characters = Text(text).value
    root = reader.read(characters, limits).root
    if root is None:
        return None
    return automations.build(
        characters, root, conformance.check(characters, root, "automations-file").refused
    )
