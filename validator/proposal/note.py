"""What a proposal has to say about a file that it read."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Note(NamedTuple):
    """A message about a file, given by its name in the folder.

    `kind` is `proposed` for what was made of it, `guessed` for what may be wrong, and `left out`
    for what was not used.
    """

    path: str
    kind: Literal["proposed", "guessed", "left out"]
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}: {self.message}"
