"""What shellcheck says of scripts; it is run as a process, one for many scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, cast

from validator.finding import Edit, Span
from validator.shell.dialect import Dialect
from validator.shell.process import Event, ProcessError, Result, call

Level = Literal["error", "warning", "info", "style"]
"""How bad shellcheck takes a comment to be."""

MAX_CHARACTERS = 10_000
"""Longer scripts are left out: from there on shellcheck can take seconds and gigabytes."""

MAX_SECONDS = 20.0
"""How long one call of `run` may take."""

_BATCH_SCRIPTS = 200
_BATCH_CHARACTERS = 200_000

_EXCLUDED = (
    # `{` and `}` are literal: in the words where real scripts have them, such as `{owner}` of
    # `gh api` and the placeholders of workflow files, that is what is meant.
    1083,
    # Sourced files are not read: they are in the repository, or only in the environment.
    1090,
    1091,
    # `$x` in single quotes: `echo 'export PATH=...' >> ~/.profile` is how environments are set up.
    2016,
    # Variables that nothing assigns come from the environment, the dev container or secrets.
    2153,
    2154,
)

_LOWERED: dict[int, Level] = {
    # An unquoted `$(...)`: often one path without spaces, or several words on purpose, as in
    # `kill $(lsof -t -i:5173)`.
    2046: "info",
    # `export X="$(a | b)"` hides a failure, but `X="$(a | b)"` hides most of them too.
    2155: "info",
    # `ln -s TARGET` makes a link in the current folder.
    2226: "info",
}

# `-e`: the platform ends a script at the first command that fails. It stands in the `#!` line as
# a shellcheck directive before the first command is about the whole script, and `set -e` is one.
_FIRST_LINE = "#!/bin/{} -e\n"


class ShellcheckError(Exception):
    """shellcheck did not check the scripts; the message says why."""


class Script(NamedTuple):
    """A script, and the shell that reads it unless its own `# shellcheck shell=` says another."""

    text: str
    dialect: Dialect = "bash"


class Comment(NamedTuple):
    """What shellcheck says of a place in a script.

    `code` is the number after `SC`. `span` and the spans of `fix`, which is empty where shellcheck
    offers none, are offsets in the script's characters. `span` is only empty at the end of a line.
    """

    code: int
    level: Level
    message: str
    span: Span
    fix: tuple[Edit, ...] = ()


def run(
    program: str,
    scripts: Sequence[Script],
    *,
    cancelled: Event | None = None,
    seconds: float = MAX_SECONDS,
) -> list[tuple[Comment, ...] | None]:
    """What shellcheck says of each script, in their order; None for a script that is too long.

    Raises ShellcheckError if the program is missing, fails, takes longer than `seconds` for all,
    or writes what is not understood, and Cancelled soon after `cancelled` is set.
    """
    import time

    deadline = time.monotonic() + seconds
    comments: list[tuple[Comment, ...] | None] = [
        None if len(script.text) > MAX_CHARACTERS else () for script in scripts
    ]
    for batch in _batches(scripts):
        output = _output(program, [scripts[number] for number in batch], deadline, cancelled)
        for number, said in zip(batch, output, strict=True):
            comments[number] = said
    return comments


def _batches(scripts: Sequence[Script]) -> Iterator[list[int]]:
    """The indices of the scripts to check, as many at a time as one process takes."""
    batch: list[int] = []
    characters = 0
    for number, (text, _) in enumerate(scripts):
        if len(text) > MAX_CHARACTERS or not text.strip():
            continue
        if len(batch) == _BATCH_SCRIPTS or characters + len(text) > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
        batch.append(number)
        characters += len(text)
    if batch:
        yield batch


def _output(
    program: str, scripts: list[Script], deadline: float, cancelled: Event | None
) -> list[tuple[Comment, ...]]:
    """Write the scripts to a private folder, and read what one process says of them."""
    import secrets
    import tempfile
    import time

    # A script can't name another one's file, and so can't source it.
    token = secrets.token_hex(8)
    names = [f"{token}-{number}" for number in range(len(scripts))]
    command = [
        program,
        "--norc",
        "--format=json1",
        "--exclude=" + ",".join(map(str, _EXCLUDED)),
        *names,
    ]
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for name, (text, dialect) in zip(names, scripts, strict=True):
                # One character for each, also where a character has no UTF-8.
                content = (_FIRST_LINE.format(dialect) + text).encode("utf-8", "replace")
                with open(os.path.join(folder, name), "wb") as stream:
                    stream.write(content)
            result = call(command, folder, max(0.0, deadline - time.monotonic()), cancelled)
    except OSError as error:
        raise ShellcheckError(f"can't run {program}: {error.strerror or error}") from error
    except ProcessError as error:
        raise ShellcheckError(f"{program} {error}") from error
    if result.status not in (0, 1):
        raise ShellcheckError(_failure(program, result))
    try:
        return _comments(result.output, names, scripts)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        # Out of memory it writes nothing, and its exit code is 1, as with comments.
        raise ShellcheckError(
            _failure(program, result) if result.error else f"can't read the output of {program}"
        ) from error


def _failure(program: str, result: Result) -> str:
    if result.status in (3, 4):
        return f"{program} does not know the options of shellcheck 0.7 or newer"
    said = f": {result.error}" if result.error else ""
    return f"{program} failed (exit code {result.status}){said}"


def _comments(output: bytes, names: list[str], scripts: list[Script]) -> list[tuple[Comment, ...]]:
    """The comments on each script, in the order of their places."""
    import json

    found: dict[str, list[Comment]] = {name: [] for name in names}
    texts = {name: _Text(script.text) for name, script in zip(names, scripts, strict=True)}
    for comment in json.loads(output)["comments"]:
        name = comment["file"]
        # What is about the first line is about ours.
        if int(comment["line"]) > 1:
            found[name].append(_comment(comment, texts[name]))
    return [tuple(sorted(found[name], key=lambda each: (each.span, each.code))) for name in names]


def _comment(comment: dict[str, Any], text: _Text) -> Comment:
    code, level, message = comment["code"], comment["level"], comment["message"]
    if not isinstance(code, int) or level not in ("error", "warning", "info", "style"):
        raise ValueError
    span = text.span(comment)
    if span.start == span.end and not text.ends_line(span.end):
        # shellcheck marks one character there.
        span = Span(span.start, span.end + 1)
    replacements = (comment.get("fix") or {}).get("replacements", ())
    edits = [Edit(text.span(each), str(each["replacement"])) for each in replacements]
    return Comment(
        code,
        _LOWERED.get(code, cast("Level", level)),
        str(message),
        span,
        tuple(sorted(edits, key=lambda edit: edit.span)),
    )


class _Text:
    """A script's text by the lines and columns of shellcheck, which count characters from 1.

    Only a line feed ends a line, a tab is one column, and the first line is not the script's.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [-1, 0]
        self._lines += [at + 1 for at, character in enumerate(text) if character == "\n"]

    def span(self, place: dict[str, Any]) -> Span:
        start = self._offset(place["line"], place["column"])
        return Span(start, max(start, self._offset(place["endLine"], place["endColumn"])))

    def _offset(self, line: int, column: int) -> int:
        if not 1 <= line <= len(self._lines) or column < 1:
            raise ValueError
        return max(0, min(len(self._text), self._lines[line - 1] + column - 1))

    def ends_line(self, offset: int) -> bool:
        return self._text[offset : offset + 1] in ("", "\n")
