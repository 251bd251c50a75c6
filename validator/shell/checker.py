"""shellcheck's comments on scripts, remembered as long as a script stays the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from validator.shell.process import Event
from validator.shell.shellcheck import Comment, Script, run

CAPACITY = 2_000_000
"""How many characters of scripts and messages are remembered."""

# What a script and a comment take besides their texts, about.
_OVERHEAD = 200


class Checker:
    """Asks shellcheck about each script once; threads can share it.

    The scripts that were asked for last are remembered, up to `capacity` characters.
    """

    def __init__(self, program: str, capacity: int = CAPACITY) -> None:
        self._program = program
        self._capacity = capacity
        self._size = 0
        self._known: OrderedDict[Script, tuple[Comment, ...] | None] = OrderedDict()
        self._lock = threading.Lock()

    def check(
        self, scripts: Sequence[Script], *, cancelled: Event | None = None
    ) -> list[tuple[Comment, ...] | None]:
        """What shellcheck says of each script, as `shellcheck.run` has it, with its errors."""
        comments = self.known(scripts)
        new = [script for script in dict.fromkeys(scripts) if script not in comments]
        if new:
            # Without the lock: others get what is known meanwhile.
            comments.update(zip(new, run(self._program, new, cancelled=cancelled), strict=True))
            with self._lock:
                for script in new:
                    self._remember(script, comments[script])
        return [comments[script] for script in scripts]

    def known(self, scripts: Sequence[Script]) -> dict[Script, tuple[Comment, ...] | None]:
        """What shellcheck has said of those scripts that are remembered."""
        comments: dict[Script, tuple[Comment, ...] | None] = {}
        with self._lock:
            for script in scripts:
                if script in self._known:
                    self._known.move_to_end(script)
                    comments[script] = self._known[script]
        return comments

    def _remember(self, script: Script, comments: tuple[Comment, ...] | None) -> None:
        if script not in self._known:
            self._known[script] = comments
            self._size += _size(script, comments)
        while self._size > self._capacity:
            self._size -= _size(*self._known.popitem(last=False))


def _size(script: Script, comments: tuple[Comment, ...] | None) -> int:
    said = sum(_OVERHEAD + len(comment.message) for comment in comments or ())
    return _OVERHEAD + len(script.text) + said
