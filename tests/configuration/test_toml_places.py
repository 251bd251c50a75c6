"""Places in TOML documents agree with the standard library's parser."""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from validator.configuration.toml_places import find, places
from validator.parsing.nodes import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAMES = st.sampled_from(["a", "b-c", "1", "x y", "é", '"', "#", "[", "]", "=", ".", "\\", "\n"])
SPACE = st.sampled_from(["", " ", "\t"])
LINES = st.sampled_from(["", " ", "\n", "\n# ] \" '''\n  "])
TEXTS = st.text(st.sampled_from("ab \"'\\#[]{}=,.\n\té"), max_size=6)


def spellings(name: str) -> list[str]:
    """The ways to write a key."""
    bare = name.isascii() and name.replace("-", "").isalnum()
    literal = "'" not in name and name.isprintable()
    return [json.dumps(name), *([name] if bare else []), *([f"'{name}'"] if literal else [])]


def keys(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(spellings(name))


@st.composite
def values(draw: st.DrawFn, value: Any) -> str:
    """A value in one of its spellings."""
    if isinstance(value, list):
        inner = [draw(LINES) + draw(values(each)) + draw(LINES) for each in value]
        return f"[{','.join(inner)}{draw(LINES)}]"
    if isinstance(value, dict):
        pairs = [
            f"{draw(SPACE)}{draw(keys(name))}{draw(SPACE)}={draw(SPACE)}{draw(values(each))}"
            for name, each in value.items()
        ]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, str):
        ways = [json.dumps(value)]
        if "'''" not in value:
            ways.append(f"'''{value}'''")
        if "\\" not in value and '"""' not in value:
            ways.append(f'"""{value}"""')
        return draw(st.sampled_from(ways))
    return str(value)


LEAVES = st.integers(-9, 9) | TEXTS | st.floats(0, 1, allow_nan=False)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents with headers, dotted keys, inline tables and arrays over several lines."""
    lines: list[str] = []
    tables = draw(st.dictionaries(NAMES, st.dictionaries(NAMES, TREES, max_size=3), max_size=4))
    for name, table in tables.items():
        header = draw(keys(name))
        style = draw(st.sampled_from(["header", "dotted", "inline", "entries", "deep"]))
        if style in ("dotted", "inline") and any(line.lstrip().startswith("[") for line in lines):
            style = "header"
        if style == "inline":
            lines.append(f"{header} = {draw(values(table))}")
        elif style == "dotted":
            for field, value in table.items():
                lines.append(f"{header} . {draw(keys(field))}= {draw(values(value))}")
        else:
            times = 2 if style == "entries" else 1
            for _ in range(times):
                opening = {"entries": f"[[{header}]]", "deep": f"[{header}.'#']"}
                lines.append(opening.get(style, f" [ {header} ]") + " # [x]")
                for field, value in table.items():
                    lines.append(f"{draw(keys(field))} = {draw(values(value))}")
    return draw(st.sampled_from(["\n", "\r\n"])).join(["# first", *lines, ""])


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in entries:
        yield (*path, key), each
        if isinstance(each, (dict, list)):
            yield from paths(each, (*path, key))


@given(documents())
def test_every_key_and_entry_has_its_place(text: str) -> None:
    data = tomllib.loads(text)
    expected = dict(paths(data))
    assert {each.path for each in places(text)} == set(expected)
    for path, value in expected.items():
        place = find(text, path)
        assert place is not None
        if isinstance(path[-1], str):
            assert text.startswith(tuple(spellings(path[-1])), place.key)
        shown = text[place.value :]
        if isinstance(value, str):
            quote = re.match("\"{3}|'{3}|\"|'", shown)
            assert quote is not None
            assert tomllib.loads(f"a = {shown[: end_of(shown, quote[0])]}") == {"a": value}
        elif not isinstance(value, (dict, list)):
            assert shown.startswith(str(value))
        elif place.value != place.key:
            assert shown[0] == ("{" if isinstance(value, dict) else "[")


def end_of(text: str, quote: str) -> int:
    """The end of the string that a text begins with."""
    end = len(quote)
    while not text.startswith(quote, end):
        end += 2 if text[end] == "\\" and "'" not in quote else 1
    end += len(quote)
    while len(quote) == 3 and text.startswith(quote[0], end):
        end += 1
    return end


@given(st.text(st.sampled_from("a.=[]{},\"'\\\n# 1"), max_size=30))
def test_any_text_comes_to_an_end(text: str) -> None:
    found = list(places(text))
    assert all(0 <= each.key <= each.value <= len(text) for each in found)
