"""The options --fix and --diff: files after their fixes."""

from __future__ import annotations

import sys
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from validator.cli.diff import Diff
from validator.configuration.config import Config
from validator.engine import check_text, unreadable
from validator.files.reading import read_bytes
from validator.files.replacement import replace_file
from validator.fixer import Fixed, fix_text
from validator.parsing.reader import is_json
from validator.parsing.text import decode, encode_like, encoding_of
from validator.report import Report
from validator.rules import crash
from validator.search.shadowed import shadowed

if TYPE_CHECKING:
    from validator.baseline import Baseline
    from validator.cli.add_ignore import Suppressing

_PIECE = 65_536


class Fixing(NamedTuple):
    """How files are fixed: whether unsafe fixes are applied, and where a diff is written instead.

    `known` are findings that are not fixed. If `suppressing` is given, findings are not fixed, but
    suppressed by comments.
    """

    unsafe: bool
    diff: Diff | None
    known: Baseline | None = None
    suppressing: Suppressing | None = None


def fix_file(path: str, config: Config, fixing: Fixing) -> Report:
    """Fix a file in its place, or show how; the report is of the text after the fixes.

    Its `fixed` is the number of findings fixed. If the file can't be written, the report says so,
    and the file is unchanged.
    """
    try:
        data = read_bytes(path, config.limits.max_bytes)
    except OSError as error:
        return unreadable(path, f"can't be read: {error.strerror or error}", config)
    try:
        fixed = _fixed(data, path, config, fixing)
    except Exception as error:
        # The other files of the run are still fixed.
        others = (crash("fixing", error), *shadowed(path))
        return check_text(data, path=path, config=config, others=others)
    if not isinstance(fixed, Fixed):
        return fixed
    if fixing.diff is not None:
        fixing.diff.show(path, data, fixed)
    elif fixed.edits:
        try:
            if not replace_file(path, encode_like(fixed.text, data), data):
                return unreadable(path, "has changed while it was being fixed", config)
        except OSError as error:
            message = f"can't be written: {error.strerror or error}"
            return unreadable(path, message, config)
    return _report(fixed, path, fixing)


def fix_stdin(
    data: bytes,
    rest: BinaryIO,
    path: str,
    config: Config,
    fixing: Fixing,
) -> Report:
    """Fix the text on standard input, and write the result to standard output.

    `data` is the part that was read, `rest` the stream for the part that was not, because the input
    is too large. Nothing is lost: input that can't be fixed is written unchanged. With a diff, only
    the changes are written.
    """
    try:
        fixed = _fixed(data, path, config, fixing)
    except Exception:
        if fixing.diff is None:
            _pass_on(data, rest)
        raise
    if not isinstance(fixed, Fixed):
        if fixing.diff is None:
            _pass_on(data, rest)
        return fixed
    if fixing.diff is not None:
        fixing.diff.show(path, data, fixed)
    else:
        _pass_on(encode_like(fixed.text, data) if fixed.edits else data, rest)
    return _report(fixed, path, fixing)


def _report(fixed: Fixed, path: str, fixing: Fixing) -> Report:
    """The report of a text after its fixes, with their number."""
    if fixing.suppressing is None:
        return fixed.report.replace(fixed=fixed.count, fixed_rules=fixed.rules)
    fixing.suppressing.add(fixed, path)
    return fixed.report


def _pass_on(data: bytes, rest: BinaryIO) -> None:
    """Write bytes to standard output, followed by the unread rest."""
    sys.stdout.buffer.write(data)
    while piece := rest.read(_PIECE):
        sys.stdout.buffer.write(piece)


def _fixed(data: bytes, path: str, config: Config, fixing: Fixing) -> Fixed | Report:
    """The text of a file after its fixes; the plain report where it can't be read as text."""
    text, problem = decode(data)
    others = shadowed(path)
    unfit = is_json(path) and bool(encoding_of(data)[0])
    if problem is not None or unfit or len(data) > config.limits.max_bytes:
        return check_text(data, path=path, config=config, others=others)
    wanted = attrgetter("findings") if fixing.known is None else fixing.known.unknown
    if fixing.suppressing is not None:
        return fixing.suppressing.made(text, path, config, others, wanted)
    return fix_text(
        text, path=path, config=config, unsafe=fixing.unsafe, others=others, wanted=wanted
    )
