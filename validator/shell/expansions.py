"""What the variables in a word may stand for."""

from __future__ import annotations

import re

from validator.shell.words import Word

_OF_OPTIONS = r"(?i)\$\{?\w*(?:arg|flag|opt|param)\w*(?:\[[@*]\])?\}?|\$[@*]|\$\{[@*]\}"


def may_be_options(word: Word) -> bool:
    """Whether a word is a variable that may contain options, by its name: `$ARGS`, `$@`."""
    return not word.literal and re.fullmatch(_OF_OPTIONS, word.text) is not None
