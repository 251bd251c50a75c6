"""Links from the words of scripts to the files that they name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from validator.contract.scripts import scripts
from validator.finding import Span
from validator.language.snapshot import View
from validator.shell.reader import read
from validator.shell.source_map import SourceMap
from validator.shell.syntax import Command
from validator.shell.words import Word

# Longer texts are rarely read, and for each path an editor's file system is asked.
_MOST_CHARACTERS = 100_000
_MOST = 500
# What has a folder, or an ending, and needs no quotes; `--file=` may be before it.
_PATH = re.compile(r"(?:--?[\w-]+=)?(?P<path>(?:\.{0,2}/)?[\w.@+-]+(?:/[\w.@+-]+)*)")


@dataclass(frozen=True)
class FileLink:
    """A path in a script: its place, and what it names, relative to the folder of scripts.

    `base` is the folder that the script is in by then, with `cd`; "" at its beginning.
    """

    span: Span
    path: str
    base: str


def file_links(view: View) -> tuple[FileLink, ...]:
    """The words of scripts that may be paths of files in the repository; limited to 500.

    Whether there are such files is for the caller to find out. None in a text that can't be read.
    """
    found: list[FileLink] = []
    if view.stale:
        return ()
    text = view.document.text
    for _, node in scripts(view.document.root, view.kind):
        if len(node.text) > _MOST_CHARACTERS:
            continue
        places = SourceMap(text, node)
        if not places.is_exact:
            continue
        for base, start, path in _paths(node.text):
            span = places.span(start, start + len(path))
            # Elsewhere, it is not written as it is read.
            if text[span.start : span.end] == path:
                found.append(FileLink(span, posixpath.normpath(posixpath.join(base, path)), base))
            if len(found) == _MOST:
                return tuple(found)
    return tuple(found)


def _paths(script: str) -> Iterator[tuple[str, int, str]]:
    """The words that may be paths: the folder that they are relative to, start, and text."""
    found = read(script)
    base: str | None = ""
    for command in found.commands if found is not None else ():
        if base is None:
            return
        words = command.words
        if words and words[0].text in ("cd", "pushd", "popd"):
            base = _changed(base, command)
            continue
        redirected = (each.target for each in command.redirections if each.operator == "<")
        for word in (*words, *redirected):
            path = _path_in(word, script)
            if path is not None and not word.text.startswith("/"):
                yield base, word.start + path.start("path"), path["path"]


def _path_in(word: Word, script: str) -> re.Match[str] | None:
    """The path that is a word, or the value of an option; None for a word in quotes."""
    if not word.literal or script[word.start : word.end] != word.text:
        return None
    path = _PATH.fullmatch(word.text)
    return path if path is not None and re.search(r"[/.]", path["path"]) else None


def _changed(base: str, command: Command) -> str | None:
    """The folder after a `cd`; None if it can't be known."""
    words = command.words
    if words[0].text != "cd" or len(words) != 2 or command.compound is not None:
        return None
    if not words[1].literal or words[1].text.startswith(("/", "-")):
        return None
    # In a pipe or in the background, it is another shell that changes its folder.
    if command.after in ("|", "&", "||") or command.before in ("|", "||"):
        return None
    return posixpath.normpath(posixpath.join(base, words[1].text))
