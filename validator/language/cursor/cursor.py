"""Find out what is around an offset, only by indentation and text.

Nothing is parsed, so it works in a document that is half typed or broken elsewhere. Only the lines
from the offset up to the document's outer level are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from validator.finding import Span
from validator.language.cursor import lines
from validator.language.cursor.ancestors import Holder, holders_of, path_of, without_merges
from validator.language.cursor.flow import Inside, inside
from validator.language.cursor.lines import Element, unquoted
from validator.parsing.nodes import Path
from validator.parsing.text import Text

Kind = Literal["key", "value", "entry", "comment", "script", "none"]


@dataclass(frozen=True)
class Cursor:
    """What is at an offset.

    `kind` is what can be written there: a `key` of a mapping, the `value` of a key, the `entry` of
    a list, or nothing that the schema defines: in a `comment`, a `script` (a block scalar), or
    otherwise `none`. `path` is that of the mapping, value or list. `span` is the word around the
    offset, including quotes, and `word` its text without them. `quote` is its opening quote, "" if
    it has none. `column` is where it begins in its line, 0-based.

    `flow` says whether it is in brackets, and `others` are then the mapping's other keys or the
    list's other entries. `colon` says whether a colon follows a key. `parent` is the line (1-based)
    of the key or dash that contains it, 0 if there is none, and `step` the column of that, -1 if
    there is none.
    """

    kind: Kind
    path: Path
    span: Span
    word: str = ""
    quote: str = ""
    column: int = 0
    flow: bool = False
    others: tuple[str, ...] = ()
    colon: bool = False
    parent: int = 0
    step: int = -1


def cursor(text: Text, offset: int) -> Cursor:
    """What is at an offset of a text. An offset outside of it counts as its nearest end."""
    found = _cursor(text, offset)
    return replace(found, path=without_merges(found.path)) if "<<" in found.path else found


def _cursor(text: Text, offset: int) -> Cursor:
    offset = min(max(offset, 0), len(text.value))
    number = text.position(offset).line
    line = text.line(number)
    # There is nothing between a carriage return and its line feed.
    offset = min(offset, text.starts[number - 1] + len(line))
    column = offset - text.starts[number - 1]
    nowhere = Cursor("none", (), Span(offset, offset))
    found = lines.elements(line)
    blank = not line.strip(" \t")
    first = column if blank else lines.indentation(line)
    parents = holders_of(text, number, first, dash=bool(found) and found[0].kind == "dash")
    held = _held(text, parents, offset)
    if held is not None:
        return held
    if blank and _in_script(text, number):
        return Cursor("script", (), nowhere.span)
    if not blank and column < first:
        return nowhere
    for element in found:
        if element.kind == "dash" and column > element.column:
            parents.append(Holder(number, line, element))
    if found and found[-1].kind != "dash" and column < found[-1].column:
        return nowhere
    return _on_line(text, number, offset, parents, found)


def _held(text: Text, parents: list[Holder], offset: int) -> Cursor | None:
    """The cursor if a line above determines it: in a script, in brackets, in a long string."""
    for index, parent in enumerate(parents):
        element = parent.element
        at = element.column if element.kind == "text" else element.end
        kind, at = lines.value(parent.line, at)
        if kind == "script":
            return Cursor("script", (), Span(offset, offset))
        if kind == "brackets":
            around = _brackets(text, parents[: index + 1], at, offset)
            if around is not None:
                return around
            if index == len(parents) - 1 and _is_sibling(text, parent, offset):
                parents.pop()
                return None
        # A mapping may begin after a dash, and text without a colon is a key being typed.
        if kind != "none" and element.kind == "key":
            return Cursor("none", (), Span(offset, offset))
    return None


def _is_sibling(text: Text, parent: Holder, offset: int) -> bool:
    line = text.line(text.position(offset).line)
    return not line.strip(" \t") or lines.indentation(line) <= parent.element.column


def _brackets(text: Text, parents: list[Holder], at: int, offset: int) -> Cursor | None:
    """The cursor inside brackets that open in a column of the last parent's line, or None."""
    parent = parents[-1]
    start = text.starts[parent.number - 1] + at
    end = len(text.value)
    if parent.element.kind == "key":
        # Brackets that are not closed end at a key that is not indented further than theirs.
        ahead = re.compile(rf"(?<=[\r\n])[ ]{{0,{parent.element.column}}}[\w-]+:(?=\s|$)")
        found = ahead.search(text.value, start)
        end = found.start() if found else end
    if end <= offset and end < len(text.value):
        return None
    around = inside(text.value, start, offset, end)
    if around is None:
        return None
    return _in_brackets(text, around, path_of(parents), offset, parent)


def _in_brackets(
    text: Text, around: Inside, outer: Path, offset: int, parent: Holder
) -> Cursor | None:
    at = Span(offset, offset)
    if around.comment:
        return Cursor("comment", (), at)
    if around.filled:
        return Cursor("none", (), at)
    path = (*outer, *around.path)
    kind: Kind = "entry"
    if around.bracket == "{":
        kind = "key" if around.key is None else "value"
        path = path if around.key is None else (*path, around.key)
    span, written = at, ""
    if around.word is not None:
        start, end = around.word.span
        if end < offset and re.search(r"[\r\n]", text.value[end:offset]):
            return Cursor("none", (), at)
        # A cursor after the word is in what is typed next.
        span, written = Span(min(start, offset), max(end, offset)), around.word.text
    quote = written[:1] if written[:1] in ("'", '"') else ""
    return Cursor(
        kind,
        path,
        span,
        unquoted(written).lstrip(quote or None),
        quote,
        text.position(span.start).column - 1,
        True,
        around.others,
        around.colon,
        parent.number,
        parent.element.column,
    )


def _in_script(text: Text, number: int) -> bool:
    """Whether an empty line has lines of the same block scalar above and below it."""
    after = number + 1
    while after <= len(text.starts) and not text.line(after).strip(" \t"):
        after += 1
    if after > len(text.starts):
        return False
    below = lines.indentation(text.line(after))
    parents = holders_of(text, after, below, dash=False)
    return any(
        parent.number < number
        and parent.element.kind != "text"
        and lines.value(parent.line, parent.element.end)[0] == "script"
        for parent in parents
    )


def _on_line(
    text: Text, number: int, offset: int, parents: list[Holder], found: list[Element]
) -> Cursor:
    """The cursor, determined by its own line."""
    line, start = text.line(number), text.starts[number - 1]
    column = offset - start
    at = Span(offset, offset)
    last = found[-1] if found else None
    path = path_of(parents)
    holder = parents[-1] if parents else None
    where = (holder.number, holder.element.column) if holder else (0, -1)
    if last is not None and last.kind == "key" and column >= last.end:
        here = Holder(number, line, last)
        return _value(text, [*parents, here], last.end, offset, (*path, last.text), "value")
    if last is not None and last.kind == "key":
        written = line[last.start : last.end - 1].rstrip()
        word = Span(start + last.start, start + last.start + len(written))
        if not word.start <= offset <= word.end:
            return Cursor("none", (), at)
        quote = written[0] if written[0] in "\"'" else ""
        return Cursor(
            "key",
            path,
            word,
            last.text,
            quote,
            last.column,
            colon=True,
            parent=where[0],
            step=where[1],
        )
    after_dash = holder is not None and holder.number == number
    if after_dash:
        assert holder is not None
        return _value(text, parents, holder.element.end, offset, path[:-1], "entry")
    first = lines.indentation(line)
    here = Holder(number, line, last or Element("text", first, "", first, first))
    return _value(text, [*parents, here], first, offset, path, "key", where)


def _value(
    text: Text,
    parents: list[Holder],
    at: int,
    offset: int,
    path: Path,
    kind: Kind,
    where: tuple[int, int] | None = None,
) -> Cursor:
    """The cursor in what follows a column: a value, an entry, or a key without a colon."""
    parent = parents[-1]
    line, start = text.line(parent.number), text.starts[parent.number - 1]
    column = offset - start
    shape, begin = lines.value(line, at)
    here = Span(offset, offset)
    if column >= (end := lines.comment(line, begin)) and end < len(line):
        return Cursor("comment" if column > end else "none", (), here)
    if shape == "script" and column > begin:
        return Cursor("none", (), here)
    if shape == "brackets" and column > begin:
        return _brackets(text, parents, begin, offset) or Cursor("none", (), here)
    written = line[begin:end].rstrip(" \t")
    if shape == "none" or column < begin:
        if column < begin and line[at:begin].strip(" \t"):
            return Cursor("none", (), here)
        written, begin = "", column
    span = Span(start + begin, max(start + begin + len(written), offset))
    quote = written[:1] if written[:1] in ("'", '"') else ""
    if quote and len(written) > 1 and written[-1] == quote and column >= begin + len(written):
        return Cursor("none", (), here)
    number, step = where or (parent.number, parent.element.column)
    word = unquoted(written).lstrip(quote or None)
    return Cursor(kind, path, span, word, quote, begin, parent=number, step=step)
