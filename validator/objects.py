"""Python objects as node trees, for what has no text: a configuration, or an API document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as AbstractMapping
from typing import Any

from validator.nodes import Mapping, Node, Scalar, Sequence


def to_nodes(value: Any) -> Node:
    """The node tree of plain data; every node has the span (0, 0).

    Takes what JSON and TOML readers return: mappings, lists and tuples, strings, numbers,
    booleans, None, and dates and times, which have a kind that no schema allows.
    Raises TypeError for anything else, and ValueError where a value holds itself.
    """
    return _node(value, ())


def _node(value: Any, above: tuple[int, ...]) -> Node:
    if isinstance(value, (AbstractMapping, list, tuple)) and id(value) in above:
        raise ValueError("the object holds itself")
    if isinstance(value, AbstractMapping):
        mapping = Mapping(0, flow=True)
        for key, each in value.items():
            name = _scalar(key)
            mapping.members[name.text] = (name, _node(each, (*above, id(value))))
        return mapping
    if isinstance(value, (list, tuple)):
        sequence = Sequence(0, flow=True)
        sequence.items = [_node(each, (*above, id(value))) for each in value]
        return sequence
    return _scalar(value)


def _scalar(value: Any) -> Scalar:
    if value is None:
        return Scalar("null", 0, 0, "null", plain=True)
    if isinstance(value, bool):
        return Scalar("boolean", 0, 0, "true" if value else "false", plain=True)
    if isinstance(value, str):
        return Scalar("string", 0, 0, value, plain=False)
    if isinstance(value, int):
        return Scalar("integer", 0, 0, str(value), plain=True)
    if isinstance(value, float):
        return Scalar("number", 0, 0, repr(value), plain=True)
    if isinstance(value, (datetime.date, datetime.time)):
        return Scalar("timestamp", 0, 0, value.isoformat(), plain=True)
    raise TypeError(f"a document holds no {type(value).__name__}")
