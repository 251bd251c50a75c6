"""Patterns in the syntax of `.gitignore`, matched as git matches them, in bounded time.

The syntax is that of https://git-scm.com/docs/gitignore; where that page is silent, git's matcher
(`wildmatch.c`) decides, and the tests compare with git. The usual library, pathspec, does not bound
its work: each `*` multiplies it by the length of the name, and a pattern of a dozen characters can
take minutes. Here the work grows with the length of the pattern and of the path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple


class Patterns:
    """The patterns of a file or a list; the last one that matches a path decides.

    Paths are relative to the folder of the patterns, with `/` between the names.
    """

    def __init__(self, lines: Iterable[str] | bytes) -> None:
        data = lines if isinstance(lines, bytes) else b"\n".join(map(os.fsencode, lines))
        self._patterns = list(_parse(data))
        self._tables: dict[bool, _Table] = {}

    def __bool__(self) -> bool:
        return bool(self._patterns)

    @property
    def weight(self) -> int:
        """What limits the work per path: the number of bytes in patterns with wildcards."""
        return sum(len(each.glob) for each in self._patterns if _is_glob(each.glob))

    def decide(self, path: bytes, *, folder: bool) -> bool | None:
        """Whether a file or folder is matched; None if no pattern matches it.

        False if the pattern that decides begins with `!`. The folders above are not considered.
        """
        table = self._tables.get(folder)
        if table is None:
            table = self._tables[folder] = _Table(self._patterns, folder=folder)
        found = table.last(path)
        return None if found < 0 else not self._patterns[found].negated

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file (with `folder`, a folder), or a folder above it, is matched."""
        names = os.fsencode(path).split(b"/")
        return any(
            self.decide(b"/".join(names[:end]), folder=folder or end < len(names))
            for end in range(1, len(names) + 1)
        )


class _Pattern(NamedTuple):
    """A pattern, reduced to its glob.

    An `anchored` one is compared with the whole path, others only with the name.
    """

    glob: bytes
    negated: bool
    anchored: bool
    folders_only: bool


def is_valid(pattern: str) -> bool:
    """Whether a pattern can match anything: it is no comment, and its brackets are closed."""
    found = list(_parse(os.fsencode(pattern)))
    return bool(found) and _tokens(found[0].glob) is not None


def _parse(data: bytes) -> Iterator[_Pattern]:
    """The patterns in a file, without those that can't match anything."""
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if line.startswith(b"#"):
            continue
        glob = _without_trailing_spaces(line.removesuffix(b"\r").split(b"\0", 1)[0])
        negated = glob.startswith(b"!")
        glob = glob[negated:]
        folders_only = glob.endswith(b"/")
        glob = glob[: len(glob) - folders_only]
        anchored = b"/" in glob
        glob = glob.removeprefix(b"/")
        if glob and not _ends_in_a_backslash(glob):
            yield _Pattern(glob, negated, anchored, folders_only)


def _without_trailing_spaces(line: bytes) -> bytes:
    """A line without the spaces at its end, except one after a backslash."""
    kept = line.rstrip(b" ")
    return line[: len(kept) + 1] if _ends_in_a_backslash(kept) else kept


def _ends_in_a_backslash(text: bytes) -> bool:
    """Whether the last backslash escapes the next character."""
    return (len(text) - len(text.rstrip(b"\\"))) % 2 == 1


def _is_glob(glob: bytes) -> bool:
    return _WILDCARD.search(glob) is not None


_WILDCARD = re.compile(rb"[*?[]")
_QUOTED = re.compile(rb"\\(.)", re.DOTALL)


class _Table:
    """The patterns for folders, or those for files, prepared for many paths."""

    def __init__(self, patterns: list[_Pattern], *, folder: bool) -> None:
        self._names: dict[bytes, int] = {}
        self._paths: dict[bytes, int] = {}
        globs: tuple[list[bytes], list[bytes]] = ([], [])
        for number, pattern in enumerate(patterns):
            if pattern.folders_only and not folder:
                continue
            if not _is_glob(pattern.glob):
                literals = self._paths if pattern.anchored else self._names
                literals[_QUOTED.sub(rb"\1", pattern.glob)] = number
            elif (tokens := _tokens(pattern.glob)) is not None:
                globs[pattern.anchored].append(
                    b"(?P<p%d>%s)" % (number, _expression(tokens, number))
                )
        self._name_globs, self._path_globs = map(_alternatives, globs)

    def last(self, path: bytes) -> int:
        """The number of the last pattern that matches; -1 if none does."""
        name = path[path.rfind(b"/") + 1 :]
        return max(
            self._names.get(name, -1),
            self._paths.get(path, -1),
            _number(self._name_globs, name),
            _number(self._path_globs, path),
        )


def _alternatives(expressions: list[bytes]) -> re.Pattern[bytes] | None:
    """Combine expressions into one; it finds the last one that matches."""
    return re.compile(b"|".join(reversed(expressions)), re.DOTALL) if expressions else None


def _number(expression: re.Pattern[bytes] | None, text: bytes) -> int:
    """The number of the alternative that matches a text; -1 if none does."""
    found = None if expression is None else expression.fullmatch(text)
    # The group that closes last is that of the alternative.
    return -1 if found is None or found.lastgroup is None else int(found.lastgroup[1:])


# The parts of a glob, apart from expressions for single bytes.
_STAR = b"*"
_FOLDERS = b"**/"
_ANYTHING = b"**"
_ACROSS = {_FOLDERS: b"(?:[^/]*/)*?", _ANYTHING: b".*?"}


def _tokens(glob: bytes) -> list[bytes] | None:
    """The parts of a glob; None if it can't match anything."""
    tokens: list[bytes] = []
    # Git compares the text before the first of these separately, so the rest is a new beginning.
    beginning = next((at for at, byte in enumerate(glob) if byte in b"*?[\\"), len(glob))
    at = 0
    while at < len(glob):
        byte = glob[at : at + 1]
        if byte == b"*":
            end = at + len(glob[at:]) - len(glob[at:].lstrip(b"*"))
            rest = glob[end : end + 2]
            whole = at == beginning or glob[at - 1 : at] == b"/"
            if end == at + 1 or not whole or not (rest[:1] in (b"", b"/") or rest == b"\\/"):
                tokens.append(_STAR)
            elif rest[:1] == b"/":
                tokens.append(_FOLDERS)
                end += 1
            else:
                tokens.append(_ANYTHING)
            at = end
        elif byte == b"[":
            found = _set(glob, at + 1)
            if found is None:
                return None
            token, at = found
            tokens.append(token)
        elif byte == b"?":
            tokens.append(b"[^/]")
            at += 1
        else:
            at += byte == b"\\"
            tokens.append(re.escape(glob[at : at + 1]))
            at += 1
    return tokens


def _set(glob: bytes, at: int) -> tuple[bytes, int] | None:
    """The expression of a bracket, and where it ends; None if the bracket is not valid."""
    negated = glob[at : at + 1] in (b"!", b"^")
    at += negated
    members: set[int] = set()
    first, before = at, None
    while at == first or glob[at : at + 1] != b"]":
        named = _class_name(glob, at)
        if named is not None:
            if named not in _CLASSES:
                return None
            members |= _CLASSES[named]
            before, at = None, at + len(named) + 4
        elif glob[at : at + 1] == b"-" and before is not None and glob[at + 1 : at + 2] != b"]":
            last, at = _member(glob, at + 1)
            if last is None:
                return None
            members |= set(range(before, last + 1))
            before = None
        else:
            before, at = _member(glob, at)
            if before is None:
                return None
            members.add(before)
    slash = {ord("/")}
    inside = _ranges(members | slash if negated else members - slash)
    return (b"[%s%s]" % (b"^" if negated else b"", inside) if inside else b"(?!)"), at + 1


def _member(glob: bytes, at: int) -> tuple[int | None, int]:
    """The byte at a place in a bracket, and the place of the next; None at the end of the glob."""
    at += glob[at : at + 1] == b"\\"
    return (glob[at] if at < len(glob) else None), at + 1


def _class_name(glob: bytes, at: int) -> bytes | None:
    """The name in a class such as `[:alpha:]`, if there is one at this place."""
    end = glob.find(b"]", at + 2)
    if end < at + 3 or not glob.startswith(b"[:", at) or glob[end - 1 : end] != b":":
        return None
    return glob[at + 2 : end - 1]


def _ranges(members: set[int]) -> bytes:
    """Bytes as the inside of a bracket of a regular expression."""
    ranges: list[list[int]] = []
    for member in sorted(members):
        if ranges and ranges[-1][1] == member - 1:
            ranges[-1][1] = member
        else:
            ranges.append([member, member])
    return b"".join(b"\\x%02x-\\x%02x" % (first, last) for first, last in ranges)


def _span(*ends: int) -> frozenset[int]:
    """The bytes from each first one to each last one."""
    return frozenset(
        byte for at in range(0, len(ends), 2) for byte in range(ends[at], ends[at + 1] + 1)
    )


_DIGIT, _LOWER, _UPPER, _GRAPH = _span(*b"09"), _span(*b"az"), _span(*b"AZ"), _span(*b"!~")
_CLASSES = {
    b"alnum": _DIGIT | _LOWER | _UPPER,
    b"alpha": _LOWER | _UPPER,
    b"blank": frozenset(b" \t"),
    b"cntrl": _span(0, 31, 127, 127),
    b"digit": _DIGIT,
    b"graph": _GRAPH,
    b"lower": _LOWER,
    b"print": _GRAPH | frozenset(b" "),
    b"punct": _GRAPH - _DIGIT - _LOWER - _UPPER,
    b"space": frozenset(b" \t\n\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGIT | _span(*b"afAF"),
}


def _expression(tokens: list[bytes], number: int) -> bytes:
    """A regular expression for the parts of a glob.

    It does not backtrack without bounds: the text between two wildcards is matched as early as
    possible and then kept, because the second wildcard can match the rest.
    """
    numbers = count()

    def kept(body: bytes) -> bytes:
        # A lookahead is not entered again, and its group is matched unchanged.
        name = b"k%d_%d" % (number, next(numbers))
        return b"(?=(?P<%s>%s))(?P=%s)" % (name, body, name)

    def in_folder(part: list[bytes]) -> bytes:
        """An expression for parts without wildcards that match a `/`."""
        (_, first), *others = _split(part, (_STAR,))
        body = b"".join(first)
        for _, after in others[:-1]:
            body += kept(b"[^/]*?" + b"".join(after))
        for _, after in others[-1:]:
            # Only one place is left for it; searching from the end is fastest.
            body += b"[^/]*" + b"".join(after)
        return body

    (_, first), *others = _split(tokens, tuple(_ACROSS))
    body = in_folder(first)
    for mark, after in others[:-1]:
        body += kept(_ACROSS[mark] + in_folder(after))
    for mark, after in others[-1:]:
        body += _ACROSS[mark] + in_folder(after)
    return body


def _split(tokens: list[bytes], marks: tuple[bytes, ...]) -> list[tuple[bytes, list[bytes]]]:
    """The tokens that follow each mark, and first those before any."""
    parts: list[tuple[bytes, list[bytes]]] = [(b"", [])]
    for token in tokens:
        if token in marks:
            parts.append((token, []))
        else:
            parts[-1][1].append(token)
    return parts
