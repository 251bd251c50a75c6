"""Results of functions of a script, remembered within a number of characters."""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, TypeVar

    T = TypeVar("T")

# As much as the scripts of most files have.
_FEW = 20_000
_OVERHEAD = 50


class Remembered:
    """A function of a script that is called once for the same script, if it was not long ago.

    The results must not be changed. Threads can share it: the worst is a call too many. `most` is
    the number of characters for which each function remembers its results.
    """

    most = _FEW

    # Two generations: what is used while the younger one fills up is taken over from the older one.
    def __init__(self, function: Callable[[str], Any]) -> None:
        self._function = function
        self._older: dict[str, Any] = {}
        self._younger: dict[str, Any] = {}
        self._size = 0

    def __call__(self, script: str) -> Any:
        known, older = self._younger, self._older
        if script in known:
            return known[script]
        result = older[script] if script in older else self._function(script)
        size, room = len(script) + _OVERHEAD, self.most // 2
        if size > room // 2:
            # It would displace all others.
            return result
        if self._size + size > room:
            self._older, self._younger, self._size = known, {}, 0
        self._younger[script] = result
        self._size += size
        return result


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Let a function remember its results, as a decorator."""
    return Remembered(function)


def remember(characters: int) -> None:
    """Let each function remember its results for scripts of that many characters together.

    What is read of a script takes about 30 bytes per character.
    """
    Remembered.most = characters
