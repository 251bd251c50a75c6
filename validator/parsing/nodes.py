"""The node tree of a document: values with their kinds and exact places."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Span

# The JSON type of each YAML 1.1 scalar type. Timestamps and merge keys have none.
KINDS = {
    "tag:yaml.org,2002:str": "string",
    "tag:yaml.org,2002:bool": "boolean",
    "tag:yaml.org,2002:int": "integer",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:timestamp": "timestamp",
    "tag:yaml.org,2002:merge": "merge",
    "tag:yaml.org,2002:value": "string",
}

# By default Python formats no integer of more than 4300 digits.
_MOST_BITS = 10_000
# An integer with this many digits has more bits than that, in base 10 and in base 60.
_MOST_DIGITS = 4_000

Path = tuple[str | int, ...]
"""The location of a value in a document: keys and 0-based list indices, from the root."""


def pointer(path: Path) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join(["/" + str(key).replace("~", "~0").replace("/", "~1") for key in path])


def unescaped(step: str) -> str:
    """The key for a step of a JSON pointer."""
    return step.replace("~1", "/").replace("~0", "~")


class Node:
    """A value of the document.

    `kind` is its JSON type (`string`, `boolean`, `integer`, `number`, `null`, `array`, `object`)
    or `timestamp`; `start` and `end` are 0-based offsets in characters, `end` excluded. A node used
    through aliases is one object, with the place of its anchor's value; `anchored` says whether it
    has an anchor.
    """

    __slots__ = ("anchored", "end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.anchored = False

    @property
    def span(self) -> Span:
        """The place of the value; an empty value has that of its key, or of its list dash."""
        return Span(self.start, self.end)


class Scalar(Node):
    """A string, number, boolean or null; `text` is its content without quotes and escapes."""

    __slots__ = ("plain", "text")

    def __init__(self, kind: str, start: int, end: int, text: str, *, plain: bool) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.plain = plain
        self.anchored = False


def number(node: Scalar) -> float:
    """The value of a node of kind `integer` or `number`, in any notation of YAML 1.1.

    Returns an int for an integer, but infinity for one with too many digits to be formatted. Takes
    time linear in the length of the text.
    """
    # Few documents have numbers.
    from yaml.constructor import SafeConstructor
    from yaml.nodes import ScalarNode

    constructor = SafeConstructor()
    if node.kind == "number":
        if ":" in node.text:
            return _base_60(node.text)
        value: float = constructor.construct_yaml_float(ScalarNode("", node.text))
        return value
    digits = node.text.replace("_", "").lstrip("+-")
    infinite = float("-inf" if node.text[0] == "-" else "inf")
    # The other bases begin with a zero, and Python reads their digits in linear time.
    if len(digits) > _MOST_DIGITS and digits[0] != "0":
        return infinite
    try:
        whole: int = constructor.construct_yaml_int(ScalarNode("", node.text))
    except ValueError:  # `0x_` matches the pattern of a number, but has no digits
        return infinite
    return infinite if whole.bit_length() > _MOST_BITS else whole


def _base_60(text: str) -> float:
    """The value of a number such as `1:30.5`, which YAML 1.1 reads as 90.5."""
    value = 0.0
    for part in text.replace("_", "").lstrip("+-").split(":"):
        value = value * 60 + float(part)
    return -value if text[0] == "-" else value


class Sequence(Node):
    """A list; `flow` says whether it is written in brackets."""

    __slots__ = ("flow", "items")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.kind = "array"
        self.start = start
        self.end = start
        self.flow = flow
        self.anchored = False
        self.items: list[Node] = []


class Mapping(Node):
    """A mapping; `members` maps the text of each key to key and value, merge keys expanded.

    If a key is repeated, the last one counts, as in YAML loaders; `repeated` are the texts of such
    keys. `merged` are the mappings that it includes by merge keys.
    """

    __slots__ = ("flow", "members", "merged", "repeated")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.kind = "object"
        self.start = start
        self.end = start
        self.flow = flow
        self.anchored = False
        self.members: dict[str, tuple[Scalar, Node]] = {}
        self.repeated: frozenset[str] = frozenset()
        self.merged: tuple[Mapping, ...] = ()

    def get(self, name: str) -> Node | None:
        """The value of a key; None if the key is missing or its value is null."""
        member = self.members.get(name)
        return None if member is None or member[1].kind == "null" else member[1]


def each_value(root: Node) -> Iterator[Node]:
    """The values of a tree, without keys; one that aliases share comes once."""
    stack, seen = [root], set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Mapping):
            stack += [value for _, value in node.members.values()]
        elif isinstance(node, Sequence):
            stack += node.items


def dates_as_text(root: Node) -> None:
    """Turn the dates and times in a tree into strings, as in YAML 1.2 and JSON."""
    for node in each_value(root):
        if isinstance(node, Scalar) and node.kind == "timestamp":
            node.kind = "string"
