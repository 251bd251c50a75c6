"""Explain syntax errors caused by a block scalar with a line not indented like its first."""

from __future__ import annotations

import re

from validator.finding import Edit, Fix, Note, Problem, Span
from validator.parsing.yaml_error_lines import BLOCK_HEADER, Line, line_at, lines_above, lines_below
from validator.wording import quoted

RULE = "yaml-syntax"

_HERE_DOCUMENT = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1")
_KEY_OR_ENTRY = re.compile(r"[\w-]+:(?:\s|$)|- |#")


def explain(text: str, at: int) -> Problem | None:
    """The problem of a block scalar that ends too early, if it causes an error at `at`.

    In YAML, the first nonempty line of a block scalar sets the indentation of the whole block.
    """
    error = line_at(text, at)
    here_document = _here_document(text, error)
    if here_document is not None:
        return here_document
    header, inside = _block_above(text, error)
    if header is None:
        return None
    if not inside:
        return _blank_line(text, header, error) or _not_indented(text, header, error)
    first, last = inside[0], inside[-1]
    if error.indent <= header.indent:
        # A line aligned with the block's key, or a key itself, has another mistake.
        is_text = error.indent < header.indent and not _KEY_OR_ENTRY.match(error.body)
        return _less_indented(text, error, first) if is_text else None
    if error.key is not None and BLOCK_HEADER.fullmatch(error.body) and header.key is not None:
        return _key_beside(header, error)
    usual = _usual_step(text, header)
    if first.indent > header.indent + usual <= error.indent:
        return _first_line_too_far(first, last, error)
    return _less_indented(text, error, first)


def is_after_block(text: str, line: Line) -> bool:
    """Whether the nearest line above a line is part of a block scalar."""
    header, inside = _block_above(text, line)
    return header is not None and bool(inside)


def _block_above(text: str, error: Line) -> tuple[Line | None, list[Line]]:
    """The header of the block scalar before an error, and the block's lines so far."""
    inside: list[Line] = []
    least = None
    for line in lines_above(text, error):
        if BLOCK_HEADER.fullmatch(line.body) and (least is None or line.indent < least):
            return line, inside[::-1]
        inside.append(line)
        least = line.indent if least is None else min(least, line.indent)
        if least == 0 and line.key is not None:
            break
    return None, []


def _usual_step(text: str, header: Line) -> int:
    """The number of columns this document indents by: as for the block's own key."""
    above = next((line for line in lines_above(text, header) if line.indent < header.indent), None)
    return header.indent - above.indent if above is not None else 2


def _blank_line(text: str, header: Line, error: Line) -> Problem | None:
    """A line of spaces before the first line of a block, longer than its indentation."""
    at = header.start + len(header.text)
    for found in re.compile(r"(?<=[\r\n])[ ]+(?=[\r\n])").finditer(text, at, error.start):
        if len(found[0]) > error.indent:
            message = (
                "this line of spaces is longer than the indentation of the block; remove its spaces"
            )
            fix = Fix("Remove the spaces", (Edit(Span(*found.span()), ""),))
            return Problem(RULE, message, Span(*found.span()), fixes=(fix,))
    return None


def _first_line_too_far(first: Line, last: Line, error: Line) -> Problem:
    message = "the block's first line is indented further than the rest; indent all lines alike"
    by = first.indent - error.indent
    # Only a single line, or lines that are all alike, can be moved without review.
    edits = [Edit(Span(first.start, first.start + by), "")] if first.start == last.start else []
    fixes = (Fix("Indent it like the rest", tuple(edits), safe=False),) if edits else ()
    note = Note(error.span, "the rest of the block is indented like this")
    return Problem(RULE, message, first.span, notes=(note,), fixes=fixes)


def _key_beside(header: Line, error: Line) -> Problem:
    """A key with its own block, which would be a line of the block above it."""
    message = f"the key {quoted(error.key or '')} is not aligned with {quoted(header.key or '')}"
    edit = Edit(Span(error.start, error.start + error.indent), header.text[: header.indent])
    fix = Fix("Align it with the key above", (edit,), safe=False)
    note = Note(header.span, "the block above begins here")
    return Problem(RULE, f"{message}; fix its indentation", error.span, notes=(note,), fixes=(fix,))


def _not_indented(text: str, header: Line, error: Line) -> Problem | None:
    """The first line of a block, if it is not indented further than the block's key."""
    if error.indent > header.indent or _KEY_OR_ENTRY.match(error.body):
        return None
    by = header.indent + _usual_step(text, header) - error.indent
    message = "the lines of a block must be indented further than its key; indent them"
    fix = Fix("Indent it", _moved(text, error, by), safe=False)
    note = Note(header.span, "the block begins here")
    return Problem(RULE, message, error.span, notes=(note,), fixes=(fix,))


def _less_indented(text: str, line: Line, first: Line) -> Problem | None:
    if line.indent >= first.indent:
        return None
    message = "less indented than the block's first line, so the block ends here; indent it"
    return _to_indent(message, line, first, _moved(text, line, first.indent - line.indent))


def _to_indent(message: str, line: Line, first: Line, made: tuple[Edit, ...]) -> Problem:
    """The problem of a line not indented like its block, which begins with `first`."""
    fix = Fix("Indent it like the block", made, safe=False)
    note = Note(first.span, "the block begins here")
    return Problem(RULE, message, line.span, notes=(note,), fixes=(fix,))


def _moved(text: str, line: Line, by: int) -> tuple[Edit, ...]:
    """Indent a line by more columns, and those below it with the same indentation."""
    moved = [line]
    for below in lines_below(text, line):
        if below.indent != line.indent or below.key is not None:
            break
        moved.append(below)
    return tuple(Edit(Span(each.start, each.start), " " * by) for each in moved)


def _here_document(text: str, error: Line) -> Problem | None:
    """The problem of a here-document less indented than its block, if it is the cause."""
    for opening in lines_above(text, error):
        found = _HERE_DOCUMENT.search(opening.text)
        if found is None:
            continue
        header, inside = _block_above(text, opening)
        if header is None or opening.indent <= header.indent:
            return None
        first = [*inside, opening][0]
        rest: list[Line] = []
        for line in lines_below(text, opening):
            if rest or line.indent < first.indent:
                rest.append(line)
            if line.body == found[2]:
                is_cause = rest and rest[0].start <= error.start <= line.start
                return _here_document_problem(rest, first) if is_cause else None
        return None
    return None


def _here_document_problem(rest: list[Line], first: Line) -> Problem:
    """Indent the rest of a here-document by as much as its least indented line needs."""
    # In YAML, tabs don't count as indentation.
    by = first.indent - min(len(each.text) - len(each.text.lstrip(" ")) for each in rest)
    made = tuple(Edit(Span(each.start, each.start), " " * by) for each in rest)
    message = "a here-document in a block must be indented like the block; indent it"
    return _to_indent(message, rest[0], first, made)
