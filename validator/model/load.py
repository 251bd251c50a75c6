"""A document's model straight from its text, for what looks at a document without judging it."""

from __future__ import annotations

from validator.contract import conformance
from validator.model import automations
from validator.model.automations import Document
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.text import Text, decode


def read_document(text: str | bytes, limits: Limits | None = None) -> Document | None:
    """The model of an automations file: of its text, or of the bytes of its file.

    None where the text is empty, can't be read as YAML, or passes the limits. What the contract
    refuses is left out of the model.
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
