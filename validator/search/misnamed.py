"""Automations files with names that the platform does not read."""

import os
import re

from validator.files.reading import read_bytes
from validator.finding import Problem, Span
from validator.kinds import KNOWN_PATHS

_STEMS = ("automation", "automations", "config", "services", "tasks")
_ENDINGS = ("json", "yaml", "yml")

IN_KNOWN_FOLDERS = frozenset(f"{stem}.{ending}" for stem in _STEMS for ending in _ENDINGS)
"""Names in the folders of the known paths, in lower case, including the known ones."""

_OF_OTHER_PROGRAMS = frozenset({"automation.yaml", "automation.yml"})

AT_THE_ROOT = frozenset({".ona.yaml", ".ona.yml"}) | _OF_OTHER_PROGRAMS
"""Names at the root of a repository, in lower case."""

# A section at the top level, in the usual style or as the first of a mapping in braces.
_SECTION = rb"""["']?(?:tasks|services)["']?[ \t]*:"""
_SECTIONS = rb"""(?m)^(?:\xef\xbb\xbf)?%s|\A\s*\{\s*(?:"\$schema"\s*:\s*"[^"]*"\s*,\s*)?%s""" % (
    _SECTION,
    _SECTION,
)
_ONLY_OURS = rb"\b(?:triggeredBy|triggered_by)\b"


def misnamed(path: str, max_bytes: int, *, in_known_folder: bool) -> Problem | None:
    """The problem of a file with such a name; None if it contains no tasks and no services."""
    folder, name = os.path.split(path)
    try:
        data = read_bytes(path, max_bytes)
    except OSError:
        return None
    of_others = not in_known_folder and name.lower() in _OF_OTHER_PROGRAMS
    if not re.search(_SECTIONS, data) or (of_others and not re.search(_ONLY_OURS, data)):
        return None
    root, written = folder, name
    if in_known_folder:
        root, last = os.path.split(folder)
        written = f"{last}/{name}"
    known = next((each for each in KNOWN_PATHS if os.path.isfile(os.path.join(root, each))), None)
    advice = (
        f"rename it to `{KNOWN_PATHS[0]}`"
        if known is None
        else f"it reads `{known}`, so merge the two"
    )
    message = f"the platform does not read `{written}`; {advice}"
    return Problem("misnamed-file", message, Span(0, 0))
