"""The files in the editor's workspace folders: automations files, and what their scripts name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from validator.configuration.configurations import Configurations
from validator.files.reading import read_bytes
from validator.kinds import known_folder, known_place
from validator.language.snapshot import View
from validator.parsing.limits import Limits
from validator.parsing.text import decode
from validator.search.search import find_files
from validator.server.documents import Documents
from validator.server.positions import Positions
from validator.server.uris import uri_of

MOST_FILES = 1_000
"""Maximum number of files that are looked at in a workspace."""


class FileView(NamedTuple):
    """A file as it is open in the editor, or on disk; then it has no `version`."""

    uri: str
    version: int | None
    view: View
    positions: Positions


def automations_files(folders: Iterable[str]) -> Iterator[tuple[str, Limits]]:
    """The automations files in folders, with their limits; each once, and at most 1,000."""
    configurations = Configurations()
    seen: set[str] = set()
    for folder in folders:
        for path in find_files([folder], configurations.of_folder):
            if path in seen:
                continue
            seen.add(path)
            config = configurations.of(path)
            yield path, Limits() if config is None else config.limits
            if len(seen) == MOST_FILES:
                return


def views(folders: Iterable[str], documents: Documents) -> Iterator[FileView]:
    """All automations files of the workspace: open ones as they are now, then the others."""
    opened = {each.path: each for each in documents if each.path and each.config is not None}
    for document in opened.values():
        yield FileView(document.uri, document.version, document.view, document.positions)
    for path, limits in automations_files(folders):
        if path not in opened:
            positions = Positions(_text(path, limits), documents.encoding)
            view = View.of(positions.value, path, limits=limits)
            yield FileView(uri_of(path), None, view, positions)


def _text(path: str, limits: Limits) -> str:
    """The text of a file; empty if it can't be read."""
    try:
        data = read_bytes(path, limits.max_bytes)
    except OSError:
        return ""
    return "" if len(data) > limits.max_bytes else decode(data)[0]


def folder_of_scripts(path: str) -> str | None:
    """The folder in which the scripts of a file run: that of its repository.

    None for a file that is not at a known path.
    """
    place = known_place(path)
    if place is not None:
        return place[0] or os.curdir
    folder = os.path.dirname(path)
    known = known_folder(folder)
    return folder[: -len(known)] or os.curdir if "/" in known else None


def file_in(folder: str, name: str, folders: Collection[str]) -> str | None:
    """The path of a file that a script in `folder` names, if it is a file in a workspace folder."""
    path = os.path.normpath(os.path.join(folder, name))
    try:
        real = os.path.realpath(path)
        within = any(_is_below(real, os.path.realpath(each)) for each in folders or (folder,))
        return path if within and os.path.isfile(real) else None
    except (OSError, ValueError):
        return None


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
