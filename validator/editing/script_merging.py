"""Text edits that put the script of one field at the beginning of another's.

As in `validator.editing.edits`, the result is None if a comment or an anchor would be lost.
"""

from __future__ import annotations

from validator.editing.comments import Field, field
from validator.editing.edits import Edits, column_of, line_break, rename, without_lines
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Scalar
from validator.parsing.text import MARKER


def merge(holder: Mapping, name: str, into: str, text: str) -> Edits | None:
    """Put a field's script at the beginning of another's, with the comments of both.

    If the other field is missing, the field is renamed; if both scripts are equal, it is removed.
    """
    key, value = holder.members[name]
    if not isinstance(value, Scalar) or value.kind != "string":
        return None
    if into not in holder.members:
        return rename(key, into, text)
    into_key, other = holder.members[into]
    if holder.flow or not isinstance(other, Scalar) or other.kind != "string":
        return None
    inside = (holder.start <= each.start <= each.end <= holder.end for each in (key, into_key))
    if not all(inside) or value.start < key.end or other.start < into_key.end:
        # A part of it comes from an alias or a merge key.
        return None
    first, second = field(key, value, text), field(into_key, other, text)
    if first is None or second is None or _is_suppression(first, second):
        return None
    end = line_break(text)
    column = " " * column_of(into_key.start, text)
    if value.text.strip() == other.text.strip():
        kept = "".join(f"{column}{each}{end}" for each in [*first.above, *first.beside])
        at = second.lines.start
        moved = (Edit(Span(at, at), kept),) if kept else ()
        return *moved, without_lines(first.lines, text)
    script, rest = _lines(value), _lines(other)
    if script is None or rest is None or script[-1].endswith("\\"):
        return None
    script = [*first.above, *first.beside, *script, *second.above, *second.beside, *rest]
    written = end.join([f"{into}: |", *(each and f"{column}  {each}" for each in script)])
    lines = text[slice(*second.lines)]
    ending = lines[len(lines.rstrip("\r\n")) :]
    block = Edit(second.lines, f"{column}{written}{ending}")
    if first.lines.end == len(text) and not text.endswith(("\n", "\r")):
        # The line break before the last line is removed too; it may be the only one of the block.
        if second.lines.end == first.lines.start:
            return (Edit(Span(second.lines.start, len(text)), f"{column}{written}"),)
        return block, without_lines(first.lines, text)
    return block, Edit(first.lines, "")


def _is_suppression(*fields: Field) -> bool:
    """Whether a comment is one for this program, which reads none inside of scripts."""
    return any(MARKER in each for field in fields for each in [*field.above, *field.beside])


def _lines(script: Scalar) -> list[str] | None:
    """The lines of a script; None if a block scalar can't contain them or begin with them."""
    lines = script.text.strip("\n").split("\n")
    printable = all(each.replace("\t", "").isprintable() for each in lines)
    blank = any(each != each.rstrip() and not each.strip() for each in lines)
    if not printable or blank or lines[0][:1].isspace() or lines[0].startswith("#!"):
        return None
    return lines if lines[0] else None
