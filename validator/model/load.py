"""Build the model of a document from its text, for programs that don't check it."""

from __future__ import annotations

from collections.abc import Sequence

from validator.contract import conformance
from validator.finding import Span
from validator.model import automations
from validator.model.automations import Document
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.text import Text, decode


def read_document(
    text: str | bytes, limits: Limits | None = None, *, hidden: Sequence[Span] = ()
) -> Document | None:
    """Read an automations file as a model, without checking it.

    `text` is its text, or the bytes of the file. Returns None if it is empty, can't be parsed or
    exceeds the limits. Values that the schema rejects are left out of the model. The model's spans
    are 0-based character offsets in the text, without a byte order mark. The values of the model
    have `*` in place of `hidden` characters, such as those of the `secrets` of a report's text.
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
    # Without the text, no fixes are made: only what is refused is of interest.
    refused = conformance.check("", root, "automations-file").refused
    if hidden:
        # Few documents have secrets.
        from validator.model.masking import mask

        mask(root, characters, hidden)
    return automations.build(characters, root, refused)
