"""Random documents with one scalar each, written in all the ways that YAML and JSON have."""

from __future__ import annotations

import json
from random import Random
from typing import NamedTuple

from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Scalar, Sequence
from validator.parsing.reader import read

ESCAPES = [
    *(f"\\{character}" for character in '0abtnvfre "/\\N_LP\t'),
    *("\\x41", "\\xe9", "\\u0416", "\\u2028", "\\ufeff", "\\U0001F600", "\\U0010fffd"),
]
_WORDS = [
    *(
        "a",
        "b7",
        "é",
        "😀",
        "p\xa0q",
        "\ufeffz",
        "-",
        "-x",
        "z-",
        "it's",
        'q"q',
        "\\n",
        "a:b",
        "x#y",
    ),
    *("$HOME", "http://x", "|", ">", "&&", "%", ",", "]", "}", "# c", "a: b", "---"),
]
_BLANKS = ["", "", " ", "  ", "\t", " \t "]


class Document(NamedTuple):
    """A text, the keys and 0-based indices that lead to its scalar, and the name of its file."""

    text: str
    path: tuple[str | int, ...]
    name: str


class _Context(NamedTuple):
    """What is before and after a scalar; `indent` is that of the block around it, or -1."""

    before: str
    after: str
    indent: int
    path: tuple[str | int, ...]


def scalar_of(document: Document) -> Scalar | None:
    """The scalar of a document, None if it can't be read as such."""
    node = read(document.text, Limits(), document.name).root
    for step in document.path:
        if isinstance(node, Mapping) and step in node.members:
            node = node.members[str(step)][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node if isinstance(node, Scalar) else None


def yaml_document(random: Random) -> Document:
    """A document whose scalar is of any style; some can't be read."""
    style = random.choice(["plain", "single", "double", "literal", "folded"])
    line_break = random.choice(["\n", "\n", "\r\n", "\r", "mixed"])

    def end_line() -> str:
        return (
            random.choice(["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
            if (line_break == "mixed")
            else line_break
        )

    def written(lines: str) -> str:
        return "".join(end_line() if each == "\n" else each for each in lines)

    block = style in ("literal", "folded")
    context = _context(random, block=block)
    properties = random.choice(["", "", "", "&a ", "!!str ", "! ", "&a !!str ", "!!str  &a\t"])
    if block:
        scalar = _block(random, "|" if style == "literal" else ">", context.indent)
    else:
        scalar = _flow(random, style, context.indent)
        if properties and random.random() < 0.3:
            comment = random.choice(["", "# a 'comment'"])
            properties += f"{comment}\n" + " " * (context.indent + random.randint(1, 3))
    text = written(context.before + properties + scalar + context.after)
    return Document(text, context.path, "a.yaml")


def json_document(random: Random) -> Document:
    """A JSON document whose scalar is a string with characters and escapes of all kinds."""
    pieces = ["a", " ", "é", "😀", "'", "\x85", "\u2028", "\xa0", "\x7f"]
    pieces += ["\\n", "\\t", "\\b", "\\f", "\\r", '\\"', "\\\\", "\\/", "\\u0041", "\\u00E9"]
    pieces += ["\\ud83d\\ude00", "\\uDBFF\\uDFFD", "\\ud83d", "\\ude00"]
    string = "".join(random.choices(pieces, k=random.randint(0, 12)))
    value = json.dumps({"z": [1, "a"]})[:-1]
    return Document(f'{value}, "target": "{string}"}}', ("target",), "a.json")


def _context(random: Random, *, block: bool) -> _Context:
    kind = random.choice(["root", "mapping", "sequence", "nested", "flow"])
    if kind == "root":
        return _Context("--- ", random.choice(["", "\n...\n", "\n# end"]), -1, ())
    after = random.choice(["", "\n", "\n\n\n", "\n# comment\n", "\nz: 1\n", "\n\n \nz: 'b'"])
    if kind == "sequence":
        return _Context("target:\n- 'x'\n- ", after, 0, ("target", 1))
    if kind == "nested":
        return _Context("target:\n- - ", after, 2, ("target", 0, 0))
    if kind == "flow" and not block:
        return _Context("{é: [", ", b], z: 1}", 0, ("é", 0))
    before, indent = "", 0
    path = ("a", "😀", "c")[: random.randint(0, 3)]
    for key in path:
        before += " " * indent + f"{key}:\n"
        indent += random.randint(1, 4)
    return _Context(f"{before}{' ' * indent}target: ", after, indent, (*path, "target"))


def _flow(random: Random, style: str, indent: int) -> str:
    """A plain or quoted scalar, on one line or more."""
    pieces = []
    for number in range(random.randint(0, 10)):
        kind = random.random()
        if kind < 0.2 and (number or style != "plain"):
            pieces.append(_gap(random, indent))
        elif kind < 0.3 and (number or style != "plain"):
            pieces.append(random.choice(_BLANKS))
        elif kind < 0.6 and style == "single":
            pieces.append("''")
        elif kind < 0.6 and style == "double":
            pieces.append(random.choice(ESCAPES))
        elif kind < 0.7 and style == "double":
            pieces.append("\\" + _gap(random, indent).lstrip(" \t"))
        else:
            pieces.append(_word(random, style))
    quote = {"single": "'", "double": '"', "plain": ""}[style]
    if not quote:
        return "w" + "".join(pieces).rstrip(" \t\n")
    return quote + "".join(pieces) + quote


def _word(random: Random, style: str) -> str:
    word = random.choice(_WORDS)
    if style == "single":
        return word.replace("'", "''")
    if style == "double":
        return word.replace("\\", "\\\\").replace('"', '\\"')
    return word


def _gap(random: Random, indent: int) -> str:
    """One line break or more, with whitespace before and after each."""
    gap = random.choice(_BLANKS) + "\n"
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        gap += " " * random.randint(0, 4) + "\n"
    return gap + " " * (indent + random.randint(1, 4)) + random.choice(["", "", "\t"])


def _block(random: Random, style: str, indent: int) -> str:
    """A literal or folded scalar, which may be without a last line break."""
    more = random.randint(1, 5)
    explicit = random.random() < 0.4
    indicators = [random.choice(["", "-", "+"]), str(more) if explicit else ""]
    random.shuffle(indicators)
    header = style + "".join(indicators) + random.choice(["", " ", "\t ", "  # a 'comment': |2"])
    column = max(indent, 0) + more
    lines = []
    may_begin_blank = explicit
    for _ in range(random.randint(0, 7)):
        kind = random.random()
        if kind < 0.25:
            lines.append(" " * random.randint(0, column))
        elif kind < 0.35 and may_begin_blank:
            lines.append(" " * (column + random.randint(1, 3)))
        else:
            begin = random.choice(["", "", " ", "  ", "\t"]) if may_begin_blank else ""
            words = random.choices(_WORDS, k=random.randint(1, 4))
            text = random.choice([" ", "  ", "\t"]).join(words) + random.choice(_BLANKS)
            lines.append(" " * column + begin + text)
            may_begin_blank = True
    return "\n".join([header, *lines])
