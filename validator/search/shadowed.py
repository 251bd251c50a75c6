"""A file at a known path that the platform does not read, because another takes precedence."""

from __future__ import annotations

import os

from validator.finding import Problem, Span
from validator.kinds import KNOWN_PATHS, known_place


def shadowed(path: str) -> tuple[Problem, ...]:
    """The problem of a file at a known path if another in its repository takes precedence."""
    place = known_place(path)
    if place is None:
        return ()
    folder, known = place
    for other in KNOWN_PATHS[: KNOWN_PATHS.index(known)]:
        first = os.path.join(folder, other)
        if os.path.isfile(first) and os.path.realpath(first) != os.path.realpath(path):
            message = (
                f"`{other}` is here too, and the platform reads only one of them; merge the two"
            )
            return (Problem("shadowed-file", message, Span(0, 0)),)
    return ()
