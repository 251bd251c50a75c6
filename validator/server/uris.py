"""The paths of files as URIs, and back."""

from __future__ import annotations

import os
import re
import sys
from urllib.parse import quote, unquote, urlsplit

_WINDOWS = sys.platform == "win32"


def path_of(uri: str) -> str | None:
    """The path of a file by its URI; None if the URI is not that of a file."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme != "file" or "\0" in path:
        return None
    if parts.netloc:
        path = f"//{unquote(parts.netloc)}{path}"
    if _WINDOWS:
        if re.match("/[A-Za-z]:", path):
            path = path[1].lower() + path[2:]
        path = path.replace("/", "\\")
    return path


def uri_of(path: str) -> str:
    """The URI of a file by its absolute path; on Windows with a lower-case drive letter."""
    if not _WINDOWS:
        return f"file://{quote(os.fsencode(path))}"
    path = path.replace("\\", "/")
    if path.startswith("//"):
        return f"file:{quote(path)}"
    return f"file:///{path[:1].lower()}:{quote(path[2:])}"
