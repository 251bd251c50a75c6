"""Regular expressions in linear time: they match what Python's do, and stop."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.contract.compiler import ecma_pattern
from validator.own_rules.effort import Effort, TooMuchWork
from validator.own_rules.regex import PatternError, Regex, compiled

ATOMS = st.sampled_from(
    ["a", "b", "-", ".", r"\d", r"\w", r"\.", "[ab]", "[^a]", "[a-c0-9]", "^", "$", r"\W", "[\\d-]"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("abc01-._ ", max_size=12))
def test_it_matches_what_python_matches(pattern: str, text: str) -> None:
    expected = re.search(ecma_pattern(pattern), text, re.ASCII) is not None
    assert Regex(pattern).search(text, Effort()) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^[a-z]+(-[a-z]+)*$", "build-all", True),
        ("^[a-z]+(-[a-z]+)*$", "build--all", False),
        (":latest$", "node:latest", True),
        (":latest$", "node:latest\n", False),
        ("^$", "", True),
        ("", "x", True),
        (r"^\u0041\x42\t$", "AB\t", True),
        (r"^[\]\-]$", "-", True),
        ("^.$", "\U0001f600", True),
        ("^.$", "\n", False),
        (r"^\s$", "\u3000", True),
        ("a|b|", "c", True),
    ],
)
def test_examples(pattern: str, text: str, matches: bool) -> None:
    assert compiled(pattern).search(text, Effort()) == matches


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(a", "a `(` is not closed"),
        ("a)", "there is a `)` without a `(`"),
        ("[a", "a `[` is not closed"),
        ("*a", "`*` has nothing before it to repeat"),
        ("a**", "`*` has nothing before it to repeat"),
        ("a{", r"`{` must begin a repetition, such as `{1,3}`; write `\{`"),
        ("a{3,1}", "a repetition ends below its beginning: `{3,1}`"),
        ("[z-a]", "a range in `[]` does not end after its beginning"),
        (r"(a)\1", r"`\1` is not supported"),
        (r"\bx", r"`\b` is not supported"),
        (r"\p{L}", r"`\p` is not supported"),
        ("a\\", "it ends too early"),
        (r"\u12", r"`\u` needs 4 hexadecimal digits"),
        ("(?=a)", "looking ahead or behind is not supported; use `not`, or `allOf`"),
        ("(?<n>a)", "looking ahead or behind is not supported; use `not`, or `allOf`"),
        ("((a{99}){99}){99}", "it is too long, with its repetitions written out"),
        ("(" * 31 + ")" * 31, "its groups are nested too deep"),
        ("a" * 1001, "it has more than 1,000 characters"),
    ],
)
def test_what_is_not_supported(pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        Regex(pattern)
    assert str(caught.value) == message


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a|b)*a(a|b){200}$", "a*a*a*a*a*b"])
def test_the_work_is_bounded(pattern: str) -> None:
    text = "a" * 2_000 + "!"
    effort = Effort(2_000_000)
    assert Regex(pattern).search(text, effort) is False
    with pytest.raises(TooMuchWork):
        Regex(pattern).search(text, Effort(100))
