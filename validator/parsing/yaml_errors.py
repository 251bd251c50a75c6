"""Explain why YAML can't be read, and what to do.

`yaml_error_blocks` and `yaml_error_clues` look for mistakes in the lines around the error; if they
find none, the message follows from the parser's own cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from validator.finding import Edit, Fix, Note, Problem, Span
from validator.parsing import yaml_error_blocks, yaml_error_clues
from validator.parsing.nodes import Node, Scalar
from validator.parsing.text import Text
from validator.parsing.yaml_error_clues import as_block, in_quotes
from validator.parsing.yaml_error_lines import BLOCK_HEADER, Line, line_at, lines_above, lines_below
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

_RULE = "yaml-syntax"

# A string with more escapes to replace gets no fix.
_MOST_EDITS = 1_000
_ESCAPE = re.compile(r"\\.", re.DOTALL)
# A surrogate pair, or one escape.
_CODE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\[uU][0-9a-fA-F]{4,8}"
)

_CONFLICT = re.compile(r"(?:^|(?<=[\r\n]))<{7} [^\r\n]*")
# In these errors the parser read on, and the mistake is where it began.
_AT_THE_CONTEXT = ("could not find expected ':'", "did not find expected alphabetic")
# A key whose colon is not followed by a space, which makes it plain text; not a URL.
_NO_BLANK = re.compile(r"\s*([\w-]+:)[^\s/:]")


def describe(error: Exception, text: str) -> Problem:
    """The problem of an error that the YAML parser raised for `text`."""
    cause: str = getattr(error, "problem", None) or "it can't be read"
    at = _index(getattr(error, "problem_mark", None), text)
    start = _index(getattr(error, "context_mark", None), text)
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        message = "a conflict of a version control merge; resolve it and remove this line"
        return Problem(_RULE, message, Span(*conflict.span()))
    if text[at : at + 1] != "\t":
        place = start if cause.startswith(_AT_THE_CONTEXT) else at
        found = yaml_error_blocks.explain(text, place) or yaml_error_clues.explain(text, place)
        if found is not None:
            return found
    for beginning, explain in _CAUSES.items():
        if cause.startswith(beginning):
            return explain(text, at, start)
    return Problem(_RULE, f"this is not YAML: {cause}", _character(text, at))


def _index(mark: Any, text: str) -> int:
    return len(text) if mark is None else min(mark.index, len(text))


def _character(text: str, at: int) -> Span:
    """The character at an offset; at the end of the text, the last one that is not whitespace."""
    if at >= len(text):
        at = max(len(text.rstrip()) - 1, 0)
    return Span(at, min(at + 1, len(text)))


def _line(text: str, at: int) -> Span:
    """The line around an offset, without surrounding whitespace."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = re.compile(r"[^\r\n]*").match(text, start)
    line = found[0] if found else ""
    start += len(line) - len(line.lstrip())
    return Span(start, start + len(line.strip()))


def _second_colon(text: str, at: int, _start: int) -> Problem:
    line = _line(text, at)
    before = text[line.start : at]
    if re.search(r":\s", before):
        return _colon_in_value(text, at)
    above = _line(text, len(text[: line.start].rstrip()))
    if _NO_BLANK.match(text, above.start, above.end):
        return _no_blank(text, above)
    message = f"the key {quoted(before.strip())} is not aligned with the keys around it"
    span = Span(line.start, max(at, line.start + 1))
    return Problem(_RULE, f"{message}; fix its indentation", span, fixes=_aligned(text, at))


def _colon_in_value(text: str, at: int) -> Problem:
    line = line_at(text, at)
    value = line.value
    written = text[value.start : value.end] if value is not None else ""
    if value is None or not value.start <= at < value.end or written[:1] in "\"'":
        fixes: tuple[Fix, ...] = ()
        advice = "put quotes around the value"
    elif '"' in written and "'" in written:
        fixes = as_block(written, value, line.indent)
        advice = "write the value as a block, after `|`"
    else:
        fixes, advice = in_quotes(written, value), "put quotes around the value"
    message = f"a `: ` inside an unquoted value; {advice}"
    return Problem(_RULE, message, _character(text, at), fixes=fixes)


def _aligned(text: str, at: int) -> tuple[Fix, ...]:
    """The fix that indents a line like the key above it."""
    line = line_at(text, at)
    above = next(lines_above(text, line), None)
    if above is None or above.body.startswith("- ") != line.body.startswith("- "):
        return ()
    if not line.body.startswith("- ") and (above.key is None or line.value is None):
        # A key with fields below it may belong to a line further up.
        return ()
    edit = Edit(Span(line.start, line.start + line.indent), " " * above.indent)
    return (Fix("Align it with the line above", (edit,), safe=False),)


def _no_blank(text: str, line: Span) -> Problem:
    found = _NO_BLANK.match(text, line.start, line.end)
    assert found is not None
    span = Span(*found.span(1))
    fix = Fix("Add a space", (Edit(Span(span.end, span.end), " "),), safe=False)
    return Problem(_RULE, f"add a space after {quoted(found[1])}", span, fixes=(fix,))


def _wrong_beginning(text: str, at: int, _start: int) -> Problem:
    span = _character(text, at)
    if text[span.start : span.end] == "\t":
        found = re.compile(r"\t+").match(text, span.start)
        message = "a tab can't indent YAML; use spaces"
        place = Span(*found.span()) if found else span
        return Problem(_RULE, message, place, fixes=_without_tabs(text, at))
    character = text[span.start : span.end]
    if character in "|>":
        message = f"a {quoted(character)} block can't be inside brackets or braces; use quotes"
    else:
        name = "a backquote" if character == "`" else quoted(character)
        message = f"a value can't begin with {name}; put quotes around the value"
        line = line_at(text, span.start)
        value = line.value
        if value is not None and value.start == span.start and not _goes_on(text, line):
            quotes = in_quotes(text[value.start : value.end], value)
            return Problem(_RULE, message, span, fixes=quotes)
    return Problem(_RULE, message, span)


def _without_tabs(text: str, at: int) -> tuple[Fix, ...]:
    """The fix that indents a line, and the tab-indented ones below it, with spaces.

    Below lines indented with spaces, only lines that are all indented alike have one sure place.
    """
    first = line_at(text, at)
    lines = [first]
    for line in lines_below(text, first):
        if "\t" not in line.text[: line.indent]:
            break
        lines.append(line)
    above = next(lines_above(text, first), None)
    if above is None or above.indent == 0:
        made = list(_two_spaces_a_tab(lines))
    elif len({line.text[: line.indent] for line in lines}) == 1 and "\t" not in above.text:
        opens = above.key is not None and above.value is None
        column = above.indent + 2 if opens else above.indent
        made = [(" " * column, first.indent)] * len(lines)
    else:
        return ()
    edits = tuple(
        Edit(Span(line.start, line.start + replaced), indentation)
        for line, (indentation, replaced) in zip(lines, made, strict=True)
    )
    return (Fix("Use spaces for the tabs", edits, safe=False),)


def _two_spaces_a_tab(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """For each line its indentation with spaces, and the number of characters it replaces.

    In a block, tabs beyond the indentation of its first line are text.
    """
    header, block = -1, ""
    for line in lines:
        old = line.text[: line.indent]
        if header >= 0 and not block and line.indent > header:
            block = old
        if block and old.startswith(block):
            yield block.replace("\t", "  "), len(block)
            continue
        header, block = (line.indent if BLOCK_HEADER.fullmatch(line.body) else -1), ""
        yield old.replace("\t", "  "), len(old)


def _no_name(text: str, at: int, start: int) -> Problem:
    """An `&` or `*` that begins a value but does not name an anchor."""
    before = text[_line(text, start).start : start].rstrip()
    if before.endswith(("'", '"')):
        return _after_quote(text, start)
    return _wrong_beginning(text, start, at)


def _after_quote(text: str, at: int) -> Problem:
    message = "text after a closing quote; put the whole value inside the quotes"
    line = line_at(text, at)
    value = line.value
    written = text[value.start : value.end] if value is not None else ""
    fixes: tuple[Fix, ...] = ()
    if value is not None and "'" not in written:
        fixes = in_quotes(written, value)
    elif value is not None:
        fixes = as_block(written, value, line.indent)
    return Problem(_RULE, message, Span(at, _line(text, at).end), fixes=fixes)


def _no_value(text: str, at: int, _start: int) -> Problem:
    if at >= len(text.rstrip()):
        return _never_closed(text)
    span = _character(text, at)
    message = f"a value is missing before this {quoted(text[span.start : span.end])}"
    return Problem(_RULE, message, span)


def _unknown_tag(text: str, _at: int, start: int) -> Problem:
    found = re.compile(r"!\S*").match(text, start)
    span = Span(*found.span()) if found else _character(text, start)
    message = (
        f"the tag {quoted(text[span.start : span.end])} is not supported here; remove it, or put "
        "quotes around the value"
    )
    return Problem("unsupported-tag", message, span)


def _list_beside_key(text: str, at: int, _start: int) -> Problem:
    message = "a list can't begin on the line of its key; put it on lines of its own"
    return Problem(_RULE, message, _character(text, at))


def _after_block_mark(text: str, at: int, _start: int) -> Problem:
    message = "text after the `|` or `>` of a block; put it on the next line"
    return Problem(_RULE, message, Span(at, max(_line(text, at).end, at + 1)))


def _colon_in_braces(text: str, at: int, _start: int) -> Problem:
    message = "add a space after this `:`, or put quotes around the value that it is part of"
    return Problem(_RULE, message, _character(text, at))


def _after_the_end(text: str, at: int, _start: int) -> Problem:
    message = "the document has ended before this; check the brackets and the indentation above"
    return Problem(_RULE, message, _line(text, at))


def _directive(text: str, at: int, start: int) -> Problem:
    message = "unknown directive; remove the line"
    return Problem(_RULE, message, _line(text, min(at, start)))


def _no_colon(text: str, _at: int, start: int) -> Problem:
    line = _line(text, start)
    if _NO_BLANK.match(text, line.start, line.end):
        return _no_blank(text, line)
    message = "this line is neither `key: value` nor part of the value above; fix its indentation"
    return Problem(_RULE, message, line)


def _unclosed_quote(text: str, _at: int, start: int) -> Problem:
    return Problem(_RULE, "this quote is never closed", _character(text, start))


def _unclosed_bracket(text: str, at: int, start: int) -> Problem:
    bracket = _character(text, start)
    opened = text[bracket.start : bracket.end]
    closing = "]" if opened == "[" else "}"
    if at >= len(text.rstrip()):
        return _never_closed(text)
    if text[at] in "]}":
        message = f"`{text[at]}` can't close a `{opened}`; write `{closing}`"
        note = Note(bracket, f"the `{opened}` is here")
        fix = Fix(f"Write `{closing}`", (Edit(Span(at, at + 1), closing),), safe=False)
        return Problem(_RULE, message, Span(at, at + 1), notes=(note,), fixes=(fix,))
    before = text[start:at].rstrip()
    if before[1:] and before[-1] in "\"']}" and line_at(text, at).start <= start + len(before):
        gap = Span(start + len(before), start + len(before))
        fix = Fix("Add a comma", (Edit(gap, ","),), safe=False)
        note = Note(bracket, f"the `{opened}` is here")
        message = "a comma is missing before this"
        return Problem(_RULE, message, _character(text, at), notes=(note,), fixes=(fix,))
    message = f"this `{opened}` is not closed by a `{closing}`, or a comma is missing in it"
    note = Note(_character(text, at), f"a `,` or `{closing}` is expected here")
    fixes = _closed(text, start) if line_at(text, at).key is not None else ()
    return Problem(_RULE, message, bracket, notes=(note,), fixes=fixes)


# What brackets on one line may contain without quotes.
_ON_THE_LINE = re.compile(r"[^\s\"'#](?:[^\"'#\r\n]*[^\s,\"'#:\[{])?(?=[ \t]*(?:$|[\r\n]|#))")


def _closed(text: str, at: int) -> tuple[Fix, ...]:
    """The fix that closes, at the end of a line, the brackets open on it, from one on.

    None if the next line is indented further: it belongs to their content.
    """
    line = line_at(text, at)
    found = _ON_THE_LINE.match(text, at)
    if found is None or _goes_on(text, line):
        return ()
    open_: list[str] = []
    for bracket in re.findall(r"[\[\]{}]", text[line.start : found.end()]):
        if bracket in "[{":
            open_.append("]" if bracket == "[" else "}")
        elif not open_ or open_.pop() != bracket:
            return ()
    closing = "".join(reversed(open_))
    end = Span(found.end(), found.end())
    return (Fix(f"Add {quoted(closing)}", (Edit(end, closing),), safe=False),) if closing else ()


def _goes_on(text: str, line: Line) -> bool:
    """Whether the next line is indented further, and so is part of a value on this one."""
    below = next(lines_below(text, line), None)
    return below is not None and below.indent > line.indent


_BRACKETS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?:^|(?<=\s))#[^\r\n]*|([\[\]{}])", re.DOTALL)


def _never_closed(text: str) -> Problem:
    """The bracket or brace that is still open at the end of the text."""
    open_: list[int] = []
    for found in _BRACKETS.finditer(text):
        if found[1] in ("[", "{"):
            open_.append(found.start())
        elif found[1] is not None and open_:
            open_.pop()
    at = open_[-1] if open_ else max(text.rfind("["), text.rfind("{"), 0)
    closing = "]" if text[at : at + 1] == "[" else "}"
    message = f"this {quoted(text[at : at + 1])} is not closed; add `{closing}`"
    return Problem(_RULE, message, _character(text, at), fixes=_closed(text, at))


def _no_key(text: str, at: int, start: int) -> Problem:
    line = _line(text, at)
    before = text[line.start : at].rstrip()
    if before.endswith(("'", '"')):
        return _after_quote(text, at)
    character = text[at : at + 1]
    if character in ("]", "}"):
        message = f"this `{character}` closes nothing; remove it"
        return Problem(_RULE, message, _character(text, at))
    if character == ":":
        return Problem(_RULE, "a key is missing before this `:`", _character(text, at))
    above = next(lines_above(text, line_at(text, at)), None)
    if text.startswith("- ", line.start) and above is not None and above.body.startswith("- "):
        message = "this entry is not aligned with the entries above it; fix its indentation"
    elif text.startswith("- ", line.start):
        message = "a list entry among keys; indent it below its key, or remove the `-`"
    else:
        message = "this line is not aligned with the keys above it; fix its indentation"
    note = Note(_line(text, start), "the keys that it does not fit begin here")
    return Problem(_RULE, message, line, notes=(note,), fixes=_aligned(text, at))


def _no_entry(text: str, at: int, start: int) -> Problem:
    message = "a list begins above; begin this line with `- `, or fix its indentation"
    note = Note(_line(text, start), "the list begins here")
    return Problem(_RULE, message, _line(text, at), notes=(note,))


def _unknown_escape(text: str, at: int, _start: int) -> Problem:
    # The parser points at the backslash, or at a digit that is missing.
    at = text.rfind("\\", 0, at + 1)
    span = Span(at, min(at + 2, len(text)))
    message = (
        f"{quoted(text[span.start : span.end])} is not an escape sequence; "
        "write `\\\\`, or use single quotes"
    )
    return Problem(_RULE, message, span)


def _no_character(text: str, at: int, _start: int) -> Problem:
    # The parser points to the character after the `u`, or to the backslash.
    found = _CODE.search(text, max(at - 2, 0))
    if found is None:
        return Problem(_RULE, "this escape is not a character; remove it", _character(text, at))
    span = Span(*found.span())
    if found[2] is None:
        return Problem(_RULE, f"{quoted(found[0])} is not a character; remove it", span)
    code = 0x10000 + (int(found[1], 16) - 0xD800) * 0x400 + int(found[2], 16) - 0xDC00
    written = f"\\U{code:08X}"
    message = f"YAML has no pairs of escapes for a character; write {quoted(written)}"
    fix = Fix(f"Write {quoted(written)}", (Edit(span, written),))
    return Problem(_RULE, message, span, fixes=(fix,))


def slash_escape(text: str, node: Scalar) -> Iterator[Problem]:
    r"""The problem of a double-quoted string with the escape `\/`, if it has one."""
    escapes = _ESCAPE.finditer(text, node.start, node.end)
    found = (Span(*each.span()) for each in escapes if each[0] == "\\/")
    spans = list(islice(found, _MOST_EDITS + 1))
    if spans:
        message = "the platform's YAML reader rejects the escape `\\/`; write `/`"
        made = tuple(Edit(span, "/") for span in spans) if len(spans) <= _MOST_EDITS else None
        yield Problem(_RULE, message, spans[0], fixes=(Fix("Write `/`", made),) if made else ())


def question_mark(node: Scalar) -> Problem:
    """The problem of a `?` in an unquoted value or key inside brackets."""
    message = (
        "the platform's YAML reader rejects a `?` in an unquoted value inside brackets; "
        "put the value in quotes"
    )
    made = tuple(fix._replace(safe=True) for fix in in_quotes(node.text, node.span))
    return Problem(_RULE, message, node.span, fixes=made)


def byte_order_mark(text: str, root: Node) -> Iterator[Problem]:
    """The problem of a byte order mark at the beginning of a line, if there is one.

    PyYAML skips it; for the platform's YAML reader it is part of the text after it.
    """
    from validator.parsing.scalars import Scalars

    scalars = Scalars(Text(text), root)
    for found in re.finditer("(?<=[\r\n\x85\u2028\u2029])\ufeff", text):
        if not scalars.contains(found.start()):
            message = "a byte order mark can only begin a file; remove it"
            span = Span(*found.span())
            fix = Fix("Remove it", (Edit(span, ""),))
            yield Problem("encoding", message, span, fixes=(fix,))
            return


def version_directive(text: str, start: int) -> Problem:
    """The problem of `%YAML 1.2` at the beginning of a document."""
    found = re.compile(r"%YAML[^\r\n]*").search(text, start)
    assert found is not None
    message = "the platform's YAML reader rejects this directive; remove the line"
    end = re.compile(r"\r\n|[\r\n]|").match(text, found.end())
    assert end is not None
    fix = Fix("Remove the line", (Edit(Span(found.start(), end.end()), ""),))
    return Problem(_RULE, message, Span(*found.span()), fixes=(fix,))


def _nesting(text: str, at: int, _start: int) -> Problem:
    return Problem("too-deep", "nested too deep to be read", _character(text, at))


# Keys are the beginnings of the parser's messages.
_CAUSES: dict[str, Callable[[str, int, int], Problem]] = {
    "mapping values are not allowed": _second_colon,
    "found character that cannot start any token": _wrong_beginning,
    "block sequence entries are not allowed": _list_beside_key,
    "could not find expected ':'": _no_colon,
    "did not find expected <document start>": _after_the_end,
    "did not find expected comment or line break": _after_block_mark,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "did not find expected ',' or": _unclosed_bracket,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_entry,
    "did not find expected alphabetic or numeric": _no_name,
    "did not find expected hexdecimal number": _unknown_escape,
    "did not find expected node content": _no_value,
    "found a tab character": _wrong_beginning,
    "found incompatible YAML document": _directive,
    "found invalid Unicode character escape code": _no_character,
    "found undefined tag handle": _unknown_tag,
    "found unexpected ':'": _colon_in_braces,
    "found unknown directive name": _directive,
    "found unknown escape character": _unknown_escape,
    "exceeded maximum nesting depth": _nesting,
}
