"""The index of a git repository: which files are tracked.

The format is that of https://git-scm.com/docs/index-format, versions 2 to 4. Of a split index only
the part in the index file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_SHA1, _SHA256 = 20, 32
_FILE, _LINK = 0o10, 0o12
_LONGEST = 4096


class _Entry(NamedTuple):
    path: bytes
    type: int
    end: int


def tracked(data: bytes, endings: tuple[bytes, ...] = (b"",)) -> Iterator[bytes]:
    """The paths of tracked files and links in an index that end so, relative to the root.

    A damaged index gives the paths before the damage.
    """
    version, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        return
    if version < 4 and not any(ending + b"\0" in data for ending in endings):
        # Paths are whole before version 4, and going through all of them takes long.
        return
    # The index does not say how long its hashes are, but the wrong length fits no entry.
    hash_length = _SHA1 if _entry(data, version, _SHA1, 12, b"") else _SHA256
    at, path = 12, b""
    for _ in range(count):
        entry = _entry(data, version, hash_length, at, path)
        if entry is None:
            return
        path, at = entry.path, entry.end
        if entry.type in (_FILE, _LINK) and path.endswith(endings):
            yield path


def _entry(data: bytes, version: int, hash_length: int, at: int, before: bytes) -> _Entry | None:
    """The entry at a place, given the path `before`; None if there is no valid one."""
    start = at + 42 + hash_length
    if start > len(data):
        return None
    flags = int.from_bytes(data[start - 2 : start], "big")
    if version > 2 and flags & 0x4000:
        start += 2
    kept = b""
    if version == 4:
        removed, start = _number(data, start)
        if removed > len(before):
            return None
        kept = before[: len(before) - removed]
    end = data.find(b"\0", start)
    path = kept + data[start:end]
    if end < 0 or len(path) > _LONGEST or min(len(path), 0xFFF) != flags & 0xFFF:
        return None
    # Entries are padded with 1 to 8 zeros to a multiple of 8, from version 4 on with one.
    after = end + 1 if version == 4 else end + 8 - (end - at) % 8
    return _Entry(path, data[at + 26] >> 4, after)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = -1
    while at < len(data):
        byte = data[at]
        at += 1
        value = (value + 1) << 7 | byte & 0x7F
        if byte < 0x80 or value > _LONGEST:
            break
    return value, at
