"""The index of a git repository: which files are tracked.

The format is that of https://git-scm.com/docs/index-format, versions 2 to 4. Of a split index only
the part in the index file is read.
"""

from __future__ import annotations

_FILE, _LINK = 0o10, 0o12
_LONGEST = 4096

# The size of an entry before its path: 42 bytes and a hash. The index does not say whether that is
# SHA-1 or SHA-256, but only one of them fits all entries.
_HEADS = (42 + 20, 42 + 32)


def tracked(data: bytes, endings: tuple[bytes, ...] = (b"",)) -> list[bytes]:
    """The paths of tracked files and links with these endings, relative to the root.

    A damaged index gives the paths before the damage.
    """
    version, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        return []
    read = _compressed if version == 4 else _whole
    paths, entries = read(data, endings, count, _HEADS[0])
    if entries < count:
        others, more = read(data, endings, count, _HEADS[1])
        return others if more > entries else paths
    return paths


def _whole(
    data: bytes, endings: tuple[bytes, ...], count: int, head: int
) -> tuple[list[bytes], int]:
    """The paths up to version 3, which are complete there, and the number of valid entries."""
    found: list[bytes] = []
    if not any(ending + b"\0" in data for ending in endings):
        # Going through all entries takes much longer.
        return found, count
    at = 12
    for number in range(count):
        start = at + head
        if start > len(data):
            return found, number
        flags = data[start - 2] << 8 | data[start - 1]
        if flags & 0x4000:
            start += 2
        length = flags & 0xFFF
        end = start + length if length < 0xFFF else data.find(b"\0", start + length)
        # Entries are padded with 1 to 8 zeros, to a multiple of 8.
        after = end + 8 - (end - at) % 8
        if end < start or data[end : end + 1] != b"\0":
            return found, number
        if data.endswith(endings, start, end) and data[at + 26] >> 4 in (_FILE, _LINK):
            found.append(data[start:end])
        at = after
    return found, count


def _compressed(
    data: bytes, endings: tuple[bytes, ...], count: int, head: int
) -> tuple[list[bytes], int]:
    """The paths in version 4, each stored as a suffix relative to the previous, and the number."""
    found: list[bytes] = []
    at, path = 12, b""
    for number in range(count):
        start = at + head
        if start > len(data):
            return found, number
        flags = data[start - 2] << 8 | data[start - 1]
        if flags & 0x4000:
            start += 2
        removed, start = _number(data, start)
        end = data.find(b"\0", start)
        kept = len(path) - removed
        path = path[: max(kept, 0)] + data[start:end]
        if kept < 0 or end < 0 or min(len(path), 0xFFF) != flags & 0xFFF or len(path) > _LONGEST:
            return found, number
        if path.endswith(endings) and data[at + 26] >> 4 in (_FILE, _LINK):
            found.append(path)
        at = end + 1
    return found, count


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
