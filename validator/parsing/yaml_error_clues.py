"""Find the cause of a syntax error in the lines around it.

The YAML parser names the place where it could not continue; the mistake is often on the line above,
and in a character that looks right. Each function looks for one mistake, and returns None if it
does not find it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from validator import schemas
from validator.finding import Edit, Fix, Note, Problem, Span
from validator.kinds import DEFAULT_KIND
from validator.parsing.yaml_error_blocks import RULE, is_after_block
from validator.parsing.yaml_error_lines import Line, line_at, lines_above, lines_below
from validator.schemas import Schema
from validator.tuples import NamedTuple
from validator.wording import quoted


class Error(NamedTuple):
    """A syntax error: the text, its line, and the nearest nonempty line above.

    `above` is None if there is no such line, or if it is part of a block scalar.
    """

    text: str
    at: int
    line: Line
    above: Line | None

    @property
    def lines(self) -> list[Line]:
        """The line above and the line of the error, in this order."""
        return [self.line] if self.above is None else [self.above, self.line]


def explain(text: str, at: int) -> Problem | None:
    """The problem found in the lines around an error at `at`; None if there is none."""
    line = line_at(text, at)
    if not line.body:
        line = next(lines_above(text, line), line)
    above = None if is_after_block(text, line) else next(lines_above(text, line), None)
    error = Error(text, at, line, above)
    return next((found for look in _CLUES if (found := look(error)) is not None), None)


_TEMPLATE = re.compile(r"\{%|\{\{-|-\}\}|<%|\{\{ *(?:if|for|range|end|else|with|include|toYaml)\b")


def _template(error: Error) -> Problem | None:
    for line in error.lines:
        found = _TEMPLATE.search(line.text)
        if found is not None and line.body.startswith(("{{", "{%", "<%")):
            message = "this is a template, not YAML yet; render it first"
            return Problem(RULE, message, line.span)
    return None


def _comment(error: Error) -> Problem | None:
    for line in error.lines:
        mark = line.body[:2]
        if mark in ("//", "/*"):
            span = Span(line.span.start, line.span.start + 2)
            fix = Fix("Write `#`", (Edit(span, "#"),))
            message = f"{quoted(mark)} does not begin a comment in YAML; write `#`"
            return Problem(RULE, message, span, fixes=(fix,) if mark == "//" else ())
    return None


_ODD_COLON = re.compile(r"\s*[\w.-]+[ \t]*([\uff1a\ufe55\u2236\ua789])\s*")
_ODD_SPACE = re.compile(
    r"^[ \t]*(?:[\w.-]+:|-)?[ \t]*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+)"
)
_NAMES = {"\u200b": "zero width space", "\ufeff": "byte order mark"}


def _character_name(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "character").lower()
    return f"{name} (U+{ord(character):04X})"


def _odd_character(error: Error) -> Problem | None:
    """A character that looks like a space or a colon, where YAML needs one."""
    for line in error.lines:
        colon = _ODD_COLON.match(line.text)
        if colon is not None:
            span = Span(line.start + colon.start(1), line.start + colon.end(1))
            message = (
                f"{quoted(colon[1])} is a {_character_name(colon[1])}, which does not end a key; "
                "write `:` and a space"
            )
            edit = Edit(Span(span.start, line.start + colon.end()), ": ")
            return Problem(RULE, message, span, fixes=(Fix("Write `:`", (edit,)),))
        space = _ODD_SPACE.match(line.text)
        if space is not None:
            span = Span(line.start + space.start(1), line.start + space.end(1))
            message = f"a {_character_name(space[1][0])} is not a space to YAML; write spaces"
            fix = Fix("Write spaces", (Edit(span, _spaces(space[1])),))
            return Problem(RULE, message, span, fixes=(fix,))
    return None


def _spaces(odd: str) -> str:
    """A space for each character that has a width."""
    return " " * sum(character not in _NAMES for character in odd)


_ASSIGNED = re.compile(r"\s*([\w-]+)([ \t]*=[ \t]*)(?=\S)")


def _equals_sign(error: Error) -> Problem | None:
    for line in error.lines:
        found = _ASSIGNED.match(line.text)
        if found is not None and found[1] in _field_names():
            sign = line.start + line.text.index("=", found.start(2))
            edit = Edit(Span(line.start + found.start(2), line.start + found.end(2)), ": ")
            fix = Fix("Write `:`", (edit,), safe=False)
            message = f"write `:` in place of `=` after {quoted(found[1])}"
            return Problem(RULE, message, Span(sign, sign + 1), fixes=(fix,))
    return None


_ENTRY = re.compile(r"\s*(-)(?=[\w\"'\[{])")


def _dash_without_space(error: Error) -> Problem | None:
    for line in error.lines:
        found = _ENTRY.match(line.text)
        beside = [each for each in _around(error, line) if each.indent == line.indent]
        if found is not None and any(each.body.startswith("- ") for each in beside):
            span = Span(line.start + found.start(1), line.start + found.end(1))
            fix = Fix("Add a space", (Edit(Span(span.end, span.end), " "),))
            return Problem(RULE, "add a space after this `-`", span, fixes=(fix,))
    return None


def _around(error: Error, line: Line) -> list[Line]:
    """The nearest lines above and below a line."""
    near = (next(lines_above(error.text, line), None), next(lines_below(error.text, line), None))
    return [each for each in near if each is not None]


_FIELD_AND_VALUE = re.compile(r"\s*([\w-]+)([ \t]+)\S")


def _missing_colon(error: Error) -> Problem | None:
    """A key without its colon: alone on its line, or a known field before its value."""
    for line in error.lines:
        below = next(lines_below(error.text, line), None)
        if (
            re.fullmatch(r"[\w-]+", line.body)
            and below is not None
            and below.indent > line.indent
            and (below.key is not None or below.body.startswith("- "))
        ):
            fix = Fix("Add `:`", (Edit(Span(line.span.end, line.span.end), ":"),))
            message = f"a `:` is missing after {quoted(line.body)}"
            return Problem(RULE, message, line.span, fixes=(fix,))
        found = _FIELD_AND_VALUE.match(line.text)
        if found is not None and line.key is None and found[1] in _field_names():
            span = Span(line.start + found.start(1), line.start + found.end(1))
            fix = Fix("Add `:`", (Edit(Span(span.end, span.end), ":"),), safe=False)
            message = f"a `:` is missing after {quoted(found[1])}"
            return Problem(RULE, message, span, fixes=(fix,))
    return None


_EXTRA_COMMA = re.compile(r".*[\]}\"'](,)[ \t]*(?:#.*)?")


def _comma_at_the_end(error: Error) -> Problem | None:
    found = _EXTRA_COMMA.fullmatch(error.line.text)
    if found is None or error.line.start + found.start(1) != error.at:
        return None
    span = Span(error.at, error.at + 1)
    fix = Fix("Remove the comma", (Edit(span, ""),))
    return Problem(RULE, "nothing may follow this value; remove the comma", span, fixes=(fix,))


def _after_placeholder(error: Error) -> Problem | None:
    """`{{ name }}-suffix`: a template placeholder at the beginning of a value."""
    value = error.line.value
    if value is None:
        return None
    written = error.text[value.start : value.end]
    if not written.startswith("{{") or "}}" not in error.text[value.start : error.at]:
        return None
    message = "`{{` begins a mapping in YAML; put quotes around the value"
    return Problem(RULE, message, value, fixes=in_quotes(written, value))


def _braces_in_braces(error: Error) -> Problem | None:
    """`${X}` in a value inside braces or brackets."""
    at = error.at - error.line.start
    # The error may be at the end of the line, or in the text below it.
    bracket = error.line.text[at : at + 1] if at >= 0 else ""
    dollar = error.line.text.rfind("$", 0, at) if bracket in ("{", "[") else -1
    if dollar < 0 or error.line.text[dollar + 1 : at].strip():
        return None
    before = re.compile(r".*(?:[:,][ \t]+|[\[{][ \t]*)").match(error.line.text, 0, dollar)
    close = error.line.text.find("]" if bracket == "[" else "}", at)
    if before is None or close < 0:
        return None
    rest = re.compile(r"[^,\]}]*").match(error.line.text, close + 1)
    assert rest is not None
    end = rest.start() + len(rest[0].rstrip())
    span = Span(error.line.start + before.end(), error.line.start + end)
    written = error.text[span.start : span.end]
    message = f"`{bracket}` begins a collection here; put quotes around the value"
    return Problem(RULE, message, span, fixes=in_quotes(written, span))


def _value_and_children(error: Error) -> Problem | None:
    """A key with a value on its line and fields below it."""
    above = error.above
    if above is None or error.line.key is None or error.line.indent <= above.indent:
        return None
    value, key = above.value, above.key
    if value is None or key is None or error.text[value.start] in "|>&*[{\"'#":
        return None
    if key in _field_names() and error.line.key not in _children_of(key):
        return None
    message = f"{quoted(key)} has a value on its line and fields below it; remove one of the two"
    note = Note(error.line.span, "the fields begin here")
    return Problem(RULE, message, value, notes=(note,))


def _two_keys(error: Error) -> Problem | None:
    """`name: A command: x`: two fields on one line."""
    value = error.line.value
    if value is None or error.at < value.start or error.text[value.start] in "\"'{[":
        return None
    found = re.compile(r".*?\s([\w-]+)[ \t]*$").match(error.text, value.start, error.at)
    if found is None or found[1] not in _field_names() or found.start(1) == value.start:
        return None
    start = error.line.span.start
    column = start - error.line.start
    gap = Span(found.start(1) - 1, found.start(1))
    fix = Fix("Put it on a line of its own", (Edit(gap, "\n" + " " * column),), safe=False)
    message = f"two fields on one line; put {quoted(found[1])} on a line of its own"
    return Problem(RULE, message, Span(found.start(1), found.end(1)), fixes=(fix,))


def _typographic_quote(error: Error) -> Problem | None:
    value = error.line.value
    if value is None or error.text[value.start] not in "\u201c\u201d\u201e\u00ab\u2018\u2019\u201a":
        return None
    quote = error.text[value.start]
    message = f'{quoted(quote)} is not a quote to YAML; write `"`'
    written = error.text[value.start + 1 : value.end]
    inner = written.rstrip("\u201c\u201d\u00bb\u2018\u2019")
    edits = (Edit(value, f'"{inner}"'),)
    fixable = len(inner) == len(written) - 1 and not re.search(r'["\\]', inner)
    fixes = (Fix('Write `"`', edits, safe=False),) if fixable else ()
    return Problem(RULE, message, Span(value.start, value.start + 1), fixes=fixes)


def _quote_above(error: Error) -> Problem | None:
    """A quote not closed on its line, so that the next quote of its kind closes it."""
    before = error.line.text[: error.at - error.line.start].rstrip()
    quote = before[-1:]
    if not quote or quote not in "\"'" or before.count(quote) % 2 == 0:
        return None
    for line in lines_above(error.text, error.line):
        value = line.value
        if line.text.count(quote) % 2 == 1:
            if value is None or error.text[value.start] != quote:
                return None
            span = Span(value.start, value.start + 1)
            note = Note(
                Span(error.line.start + len(before) - 1, error.line.start + len(before)),
                "this one closes it",
            )
            return Problem(RULE, "this quote is not closed on its line", span, notes=(note,))
    return None


def in_quotes(written: str, span: Span) -> tuple[Fix, ...]:
    """The fix that quotes an unquoted value; none if it would need escapes."""
    if "\n" in written or "\r" in written or " #" in written:
        return ()
    if '"' not in written and "\\" not in written:
        return (Fix("Put it in quotes", (Edit(span, f'"{written}"'),), safe=False),)
    if "'" not in written:
        return (Fix("Put it in quotes", (Edit(span, f"'{written}'"),), safe=False),)
    return ()


def as_block(written: str, span: Span, indent: int) -> tuple[Fix, ...]:
    """The fix that makes a value a block scalar; `indent` is that of its key, in columns."""
    if "\n" in written or "\r" in written or " #" in written:
        return ()
    made = f"|\n{' ' * (indent + 2)}{written}"
    return (Fix("Write it as a block", (Edit(span, made),), safe=False),)


def _field_names() -> frozenset[str]:
    """The names of the fields of an automations file, at any depth."""
    return frozenset(name for name, _ in _all_fields())


def _children_of(key: str) -> set[str]:
    """The fields of objects that are values of a field with this name."""
    holders = (schema for name, schema in _all_fields() if name == key)
    return {inner for schema in holders for inner in schemas.fields(schema)}


def _all_fields() -> list[tuple[str, Schema]]:
    """The fields of an automations file, at any depth, with their schemas."""
    found: list[tuple[str, Schema]] = []
    left = [schemas.target(schemas.of_kind(DEFAULT_KIND))]
    while left:
        schema = left.pop()
        for name in schemas.fields(schema):
            inner = schemas.child(schema, name)
            if inner is not None:
                found.append((name, inner))
                left.append(inner)
        item = schemas.child(schema, "") if "propertyNames" in schema.value else None
        if item is not None:
            left.append(item)
    return found


_CLUES: tuple[Callable[[Error], Problem | None], ...] = (
    _template,
    _comment,
    _odd_character,
    _comma_at_the_end,
    _after_placeholder,
    _braces_in_braces,
    _dash_without_space,
    _equals_sign,
    _missing_colon,
    _typographic_quote,
    _quote_above,
    _two_keys,
    _value_and_children,
)
