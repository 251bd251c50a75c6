import itertools

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from validator import check_object
from validator.parsing.limits import Limits
from validator.parsing.nodes import KINDS, Mapping, Node, Scalar, Sequence, number
from validator.parsing.reader import read
from validator.parsing.yaml import _NOT_ALWAYS_STRINGS, kind_of
from validator.parsing.yaml_readers import go_number


def value(text: str, key: str = "k", limits: Limits | None = None) -> Node:
    """The value of a key of a document without problems."""
    source = read(text, limits or Limits())
    assert source.problems == ()
    assert isinstance(source.root, Mapping)
    return source.root.members[key][1]


def problems(text: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    """The rules of a document's problems, each with the text that it points to."""
    found = read(text, limits or Limits()).problems
    return [(problem.rule, text[problem.span.start : problem.span.end]) for problem in found]


def test_words_have_the_kinds_that_pyyaml_gives_them() -> None:
    resolver = Resolver()
    for word in ("yes", "no", "on", "off", "true", "false", "null", "y", "n", "nan", "inf"):
        for letters in itertools.product(*zip(word, word.upper(), strict=True)):
            text = "".join(letters)
            tag = resolver.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
            assert kind_of(text) == KINDS[tag], text


def test_the_resolver_is_asked_about_all_that_it_does_not_always_take_for_strings() -> None:
    # No plain value begins with an indicator, and an empty one has no first character.
    indicators, empty = set("!&*"), {""}
    known = {each for each in Resolver.yaml_implicit_resolvers if not each.isalpha()}
    assert known == _NOT_ALWAYS_STRINGS | indicators | empty


def test_short_values_have_the_kinds_that_pyyaml_gives_them() -> None:
    resolver = Resolver()
    characters = ["", *"+-.019_iIfnaNxoe:~<=/ "]
    for letters in itertools.product(characters, repeat=4):
        text = "".join(letters).strip()
        tag = resolver.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        expected = KINDS[tag]
        if expected == "string" and text[:1] in {*"+-.019"}:
            expected = go_number(text) or "string"
        assert kind_of(text) == expected, text


SCALARS = [
    ("true", "boolean"),
    ("yes", "boolean"),
    ("Off", "boolean"),
    ("1", "integer"),
    ("0x1F", "integer"),
    ("1:30", "integer"),
    ("1.0", "number"),
    ("-.inf", "number"),
    ("~", "null"),
    ("null", "null"),
    ("2026-11-24", "timestamp"),
    ("plain", "string"),
    ("two words", "string"),
    ("y", "string"),
    ("=", "string"),
    ("'single'", "string"),
    ('"dou\\nble"', "string"),
    ("'1'", "string"),
    ('""', "string"),
]
SURROUNDINGS = {
    "block": "k: {}\n",
    "crlf": "a: 1\r\nk: {}\r\nb: 2\r\n",
    "after non-ASCII": "a: é日🚀 # ü\nk: {} # é\n",
    "flow": "{{a: é, k: {}, b: 1}}\n",
    "indented": "a:\n  - x\nk:   {}   \n",
    "no final newline": "k: {}",
    "after a document mark": "%YAML 1.1\n--- # x\nk: {}\n...\n",
    "after U+2028 in quotes": 'a: "x\u2028y\x85z"\nk: {}\n',
}


@pytest.mark.parametrize("surrounding", SURROUNDINGS)
@pytest.mark.parametrize(("scalar", "kind"), SCALARS)
def test_scalars_stand_exactly_where_they_are(scalar: str, kind: str, surrounding: str) -> None:
    text = SURROUNDINGS[surrounding].format(scalar)
    node = value(text)
    assert isinstance(node, Scalar)
    assert node.kind == kind
    assert text[node.start : node.end] == scalar


@pytest.mark.parametrize(
    ("before", "scalar"),
    [
        ("&x ", "text"),
        ("!!str ", "1"),
        ("&x !!str ", "'a'"),
        ("!!str &x ", "b"),
        ("! ", "c"),
        ("! ", "\xa0no-break space"),
        ("&x\x85 ", "d"),
        ("! # comment\x85 # comment\u2028 ", "e"),
    ],
)
def test_anchors_and_tags_are_not_part_of_the_value(before: str, scalar: str) -> None:
    text = f"k: {before}{scalar} # c\n"
    node = value(text)
    assert (node.kind, text[node.start : node.end]) == ("string", scalar)


@pytest.mark.parametrize("header", ["|", ">", "|-", ">2", "|+"])
def test_block_scalars_end_with_their_last_character(header: str) -> None:
    text = f"k: {header}\n  one\n  two  \n\n# c\nz: 1\n"
    node = value(text)
    assert text[node.start : node.end] == f"{header}\n  one\n  two"


def test_an_empty_value_stands_on_its_key_or_on_its_dash() -> None:
    text = "k:\nl:\n- a\n-\n- \nm: {n: , o}\n"
    root = read(text, Limits()).root
    assert isinstance(root, Mapping)
    assert text[slice(*value(text).span)] == "k"
    entries = value(text, "l")
    assert isinstance(entries, Sequence)
    assert [text[slice(*entry.span)] for entry in entries.items] == ["a", "-", "-"]
    assert [entry.start for entry in entries.items] == [8, 10, 12]
    inner = value(text, "m")
    assert isinstance(inner, Mapping)
    assert [text[slice(*node.span)] for _, node in inner.members.values()] == ["n", "o"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k: [a, b ] # c\n", "[a, b ]"),
        ("k:\n  a: 1\n  b:\n    - c # d\n\nz: 1\n", "a: 1\n  b:\n    - c"),
        ("k: &x {a: 1}\n", "{a: 1}"),
        ("k: &x\n  a: 1\n", "a: 1"),
        ("k: !!seq\n- a\n- b\n", "- a\n- b"),
        ("a: &x [1]\nk:\n  - *x\n", "- *x"),
        ("k:\n  a:\nz: 1\n", "a"),
    ],
)
def test_collections_end_with_their_last_entry(text: str, expected: str) -> None:
    node = value(text)
    assert text[node.start : node.end] == expected


def test_an_alias_is_the_node_of_its_anchor() -> None:
    root = read("a: &x [1]\nk: *x\n", Limits()).root
    assert isinstance(root, Mapping)
    assert root.members["a"][1] is root.members["k"][1]


def test_an_alias_as_a_key_stands_where_the_alias_is() -> None:
    text = "a: &x name\n*x : 1\n"
    root = read(text, Limits()).root
    assert isinstance(root, Mapping)
    assert text[slice(*root.members["name"][0].span)] == "*x"


def test_an_alias_of_an_anchor_that_is_given_again_is_the_last_one() -> None:
    root = read("a: &x 1\nb: &x two\nk: *x\n", Limits()).root
    assert isinstance(root, Mapping)
    node = root.members["k"][1]
    assert isinstance(node, Scalar)
    assert node.text == "two"


def test_merge_keys_are_expanded_and_own_keys_count_first() -> None:
    text = "a: &x {p: 1, q: 1}\nb: &y {q: 2, r: 2}\nk:\n  q: 0\n  <<: [*y, *x]\n  s: 3\n"
    node = value(text)
    assert isinstance(node, Mapping)
    assert {name: text[slice(*each.span)] for name, (_, each) in node.members.items()} == {
        "q": "0",
        "s": "3",
        "r": "2",
        "p": "1",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [("duplicate-key", "a")]),
        ("a: 1\n'a': 2\n", [("duplicate-key", "'a'")]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n", [("duplicate-key", "<<")]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n", []),
        ("a: {<<: 1}\n", [("yaml-syntax", "1")]),
        ("a: {<<: [{b: 1}, c]}\n", [("yaml-syntax", "c")]),
        ("? [a]\n: 1\n", [("yaml-syntax", "[a]")]),
        ("a: 1\n---\nb: 1\n", [("multiple-documents", "---")]),
        ("---\na: 1\n...\n", []),
        ("a: !env b\n", [("unsupported-tag", "!env")]),
        ("a: &x !<tag:x,2026:y> b\n", [("unsupported-tag", "!<tag:x,2026:y>")]),
        ("a: !!int b\n", [("unsupported-tag", "!!int")]),
        ("a: !!set {b}\n", [("unsupported-tag", "!!set")]),
        ("a: !!float 1\nb: !!bool 'yes'\nc: !!map {}\nd: !!null ''\n", []),
        ("a: *b\n", [("yaml-syntax", "*b")]),
        ("a: &a [*a]\n", [("recursive-alias", "*a")]),
        ("a: &a {b: {c: *a}}\n", [("recursive-alias", "*a")]),
        ("a: \x07\n", [("encoding", "\x07")]),
        ("a: \x00\n", [("encoding", "\x00")]),
        ("a: '\ud800'\n", [("encoding", "\ud800")]),
        ("", [("empty-document", "")]),
        ("# c\n", [("empty-document", "")]),
        ("---\n", [("empty-document", "")]),
    ],
)
def test_problems_point_to_what_is_wrong(text: str, expected: list[tuple[str, str]]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("a:\n\tb: 1\n", "\t", "tab"),
        ("a: b: c\n", ":", "unquoted"),
        ("a: 1\n  b: 2\n", "1", "a value on its line and fields below"),
        ("a: 'b\nc: 1\n", "'", "never closed"),
        ("a: [b\nc: 1\n", "[", "not closed"),
        ("a: {b: c\n", "{", "not closed"),
        ("a:\n  b: 1\n c: 2\n", "c: 2", "aligned"),
        ("a: 1\n  word\nb\nc: 2\n", "b", "neither"),
        ("a: @b\n", "@", "quotes"),
        ("a: `b`\n", "`", "quotes"),
        ("a: %b\n", "%", "quotes"),
        ("a: 'b' c d\n", "c d", "closing quote"),
        ('a: "\\q"\n', "\\q", "escape"),
        ("- a\nb: c\n", "b: c", "list"),
        ("a: ]\n", "]", "missing"),
    ],
)
def test_syntax_errors_say_what_to_do_at_the_right_place(
    text: str, marked: str, words: str
) -> None:
    (problem,) = read(text, Limits()).problems
    assert problem.rule == "yaml-syntax"
    assert text[slice(*problem.span)] == marked
    assert words in problem.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_bounded(opening: str) -> None:
    limits = Limits(max_depth=5)
    assert [rule for rule, _ in problems(opening * 6 + "x", limits)] == ["too-deep"]
    assert [rule for rule, _ in problems(opening * 100_000, limits)] == ["too-deep"]


@pytest.mark.parametrize(
    ("text", "last"), [("a: {b: c}\nd: e\n", "d"), ("[a, b, c, d, f, e]\n", "f"), ("[" * 9, "[")]
)
def test_the_number_of_nodes_is_bounded(text: str, last: str) -> None:
    assert problems(text, Limits(max_nodes=5))[-1] == ("too-large", last)


def test_as_many_nodes_as_allowed_are_read() -> None:
    assert problems("a: {b: c}\nd: e\n", Limits(max_nodes=7)) == []


def test_depth_is_bounded_through_aliases() -> None:
    text = "a: &a [x]\nb: &b [*a]\nc: &c [*b]\nd: [[*c]]\n"
    assert problems(text, Limits(max_depth=6)) == []
    assert problems(text, Limits(max_depth=5)) == [("too-deep", "*c")]


def test_alias_expansion_is_bounded() -> None:
    text = "a: &a [x, x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert problems(text, Limits(max_alias_nodes=26)) == []
    assert problems(text, Limits(max_alias_nodes=25)) == [("alias-expansion", "*b")]


def test_merge_expansion_is_bounded() -> None:
    text = "a: &a {p: 1, q: 1, r: 1}\nb: {<<: *a}\n"
    assert problems(text, Limits(max_alias_nodes=10)) == []
    assert [rule for rule, _ in problems(text, Limits(max_alias_nodes=9))] == ["alias-expansion"]


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("a: &a [xx, yyy]\nb: [*a, *a]\n", 10),
        ("a: &a {bb: ccc}\nd: {<<: *a}\ne: *a\n", 10),
        ("a: &a xxx\nb: &b [*a]\nc: *b\n", 6),
        ("a: &a |\n  xx\n  yy\nb: *a\n", 6),
        ("a: &a key\n*a : b\n", 3),
    ],
)
def test_the_characters_that_aliases_add_are_bounded(text: str, characters: int) -> None:
    assert problems(text, Limits(max_alias_characters=characters)) == []
    found = problems(text, Limits(max_alias_characters=characters - 1))
    assert [rule for rule, _ in found] == ["alias-expansion"]


def test_a_script_that_many_services_take_over_is_told_at_the_alias() -> None:
    text = f"a: &a '{'x' * 400_000}'\nb: *a\nc: *a\nd: *a\n"
    (problem,) = read(text, Limits()).problems
    assert (
        problem.message
        == "aliases expand to more than 1,000,000 characters, so the rest is not read"
    )
    assert problem.span.start == text.rindex("*a")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("abcdef: 1\n", "abcdef"),
        ("ab:\n  cdef: 1\n", "cdef"),
        ("ab:\n- cd:\n    ef: 1\n", "ef"),
        ("? abcdef\n: 1\n", "abcdef"),
        ('{"ab": [{"cdef": 1}]}', '"cdef"'),
        ("x: &a bcde\n*a : {fg: 1}\n", "fg"),
    ],
)
def test_the_length_of_keys_is_bounded(text: str, key: str) -> None:
    assert problems(text, Limits(max_key_characters=6)) == []
    assert problems(text, Limits(max_key_characters=5)) == [("too-large", key)]


@pytest.mark.parametrize(("length", "read"), [(150, True), (300, False)])
def test_the_length_of_all_pointers_is_bounded(length: int, read: bool) -> None:
    """A key of 300 characters is in the pointers of 190,000 entries: 60 million characters."""
    text = "tasks:\n  " + "k" * length + ": [" + "a," * 190_000 + "]\n"
    found = problems(text)
    assert found == ([] if read else [("too-large", "[")])
    value = {"tasks": {"k" * length: ["a"] * 190_000}}
    rules = {each.rule for each in check_object(value, "automations-file").findings}
    assert ("wrong-type" in rules, "too-large" in rules) == (read, not read)


def test_keys_that_do_not_hold_one_another_are_not_counted_together() -> None:
    text = "abcde: {}\nfghij: {k: 1}\n"
    assert problems(text, Limits(max_key_characters=6)) == []


def test_a_long_key_is_told() -> None:
    text = f"? {'k' * 2_000_000}\n: {{}}\n"
    (problem,) = read(text, Limits()).problems
    assert problem.message == (
        "this key, together with the keys around it, has more than 1,024 characters, "
        "so the rest is not read"
    )
    assert problem.span == (2, 2_000_002)


def test_an_empty_entry_with_an_anchor_stands_where_its_text_would() -> None:
    text = "k: [ &a , &b ]\n"
    entries = value(text)
    assert isinstance(entries, Sequence)
    assert [text[: item.start] for item in entries.items] == ["k: [ &a", "k: [ &a , &b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:30", 90),
        ("-1:30", -90),
        ("1:30.5", 90.5),
        ("-1:0:0.25", -3600.25),
        ("0:" * 400 + "1.5", 1.5),
        ("1" + ":1" * 180 + ".5", float("inf")),
        ("-1" + ":1" * 180 + ".5", float("-inf")),
        ("1" + ":1" * 2_500, float("inf")),
        ("-1" + ":1" * 2_500, float("-inf")),
        ("1" + ":0" * 20, 60**20),
        ("9" * 5_000, float("inf")),
        ("-" + "9" * 5_000, float("-inf")),
        ("+1_000", 1_000),
        ("0x" + "f" * 5_000, float("inf")),
        ("-0b" + "1" * 20_000, float("-inf")),
        ("0" * 5_000 + "17", 15),
        ("0x_", float("inf")),
    ],
)
def test_numbers(text: str, expected: float) -> None:
    node = value(f"k: {text}\n")
    assert isinstance(node, Scalar)
    assert number(node) == expected


@given(st.from_regex(r"[-+]?[0-9][0-9_]{0,9}(:[0-5]?[0-9]){0,9}(\.[0-9_]{0,9})?", fullmatch=True))
def test_numbers_are_those_of_pyyaml(text: str) -> None:
    expected = yaml.safe_load(text)
    node = read(text, Limits()).root
    assert isinstance(node, Scalar)
    if isinstance(expected, (int, float)):
        assert number(node) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x85"])
def test_the_number_of_tag_directives_is_bounded(end: str) -> None:
    """Those of a second document count too: they are read before its start is known."""
    directives = [f"%TAG !a{number}! tag:{number}" for number in range(101)]
    text = end.join(["%YAML 1.1", *directives[:100], "--- 1"])
    assert problems(text) == []
    text = end.join([*directives[:50], "--- 1", "...", *directives[50:], "--- 2"])
    assert problems(text) == [("too-large", "%TAG")]
    assert problems("a: " + "x%TAG " * 200) == []


def test_size_is_bounded() -> None:
    assert problems("abc", Limits(max_bytes=3)) == []
    assert problems("abcd", Limits(max_bytes=3)) == [("too-large", "")]
