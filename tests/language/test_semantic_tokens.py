"""Scripts are coloured as shell, at their characters in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.test_robust import FIXTURE_TEXTS, REAL_TEXTS
from validator.language.features.semantic_tokens import semantic_tokens
from validator.language.snapshot import View
from validator.shell.highlighting import tokens

SCRIPT = """\
# go
if [ -f "$HOME/.env" ]; then # yes
  A='x y' npm run dev --port ${PORT:-3000} > log 2>&1 &
fi
cat <<EOF | sort
text $x
EOF
for i in 1 2; do echo "it's ${i}"; done && echo $# `whoami` \\$
"""


def of_script(script: str) -> list[tuple[str, str]]:
    return [(each.type, script[each.start : each.end]) for each in tokens(script)]


def test_the_parts_of_a_script() -> None:
    assert of_script(SCRIPT) == [
        ("comment", "# go"),
        ("keyword", "if"),
        ("function", "["),
        ("string", '"'),
        ("variable", "$HOME"),
        ("string", '/.env"'),
        ("operator", ";"),
        ("keyword", "then"),
        ("comment", "# yes"),
        ("variable", "A"),
        ("string", "'x y'"),
        ("variable", "${PORT:-3000}"),
        ("operator", ">"),
        ("operator", "2>&1"),
        ("operator", "&"),
        ("keyword", "fi"),
        ("function", "cat"),
        ("operator", "<<EOF"),
        ("operator", "|"),
        ("function", "sort"),
        ("string", "text $x\nEOF\n"),
        ("keyword", "for"),
        ("keyword", "in"),
        ("operator", ";"),
        ("keyword", "do"),
        ("function", "echo"),
        ("string", "\"it's "),
        ("variable", "${i}"),
        ("string", '"'),
        ("operator", ";"),
        ("keyword", "done"),
        ("operator", "&&"),
        ("function", "echo"),
        ("variable", "$#"),
        ("operator", "`"),
        ("function", "whoami"),
        ("operator", "`"),
        ("string", "\\$"),
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("'a", [("string", "'a")]),
        ('"a', [("string", '"a')]),
        ('"a $', [("string", '"a $')]),
        ("cat <<E\na", [("function", "cat"), ("operator", "<<E"), ("string", "a")]),
        ("${a", [("variable", "${a")]),
        ("$(", [("operator", "$(")]),
        ("a\\", [("function", "a")]),
        ("$", []),
    ],
)
def test_broken_scripts_have_tokens_too(script: str, expected: list[tuple[str, str]]) -> None:
    assert of_script(script) == expected


@given(st.text(alphabet="ab \n#'\"$`\\{}()<>&|;=1if then", max_size=60))
def test_tokens_are_in_order_and_in_the_script(script: str) -> None:
    at = 0
    for start, end, _ in tokens(script):
        assert at <= start < end <= len(script)
        at = end


def shown(text: str) -> list[tuple[str, str]]:
    return [
        (token.type, text[token.span.start : token.span.end])
        for token in semantic_tokens(View.of(text))
    ]


def test_tokens_are_where_the_characters_of_the_script_are() -> None:
    text = (
        "tasks:\n"
        "  a: {name: if, command: 'echo ''x'' $A'}\n"
        "  b:\n    name: B\n    command: |\n      cat <<EOF\n      text\n      EOF\n"
        '  c: {name: C, command: "echo \\"$B\\" \\u0023 d"}\n'
    )
    assert shown(text) == [
        ("function", "echo"),
        ("string", "''x''"),
        ("variable", "$A"),
        ("function", "cat"),
        ("operator", "<<EOF"),
        ("string", "text"),
        ("string", "EOF"),
        ("function", "echo"),
        ("string", '\\"'),
        ("variable", "$B"),
        ("string", '\\"'),
        ("comment", "\\u0023 d"),
    ]


def test_there_are_none_while_the_text_is_broken() -> None:
    before = View.of("tasks: {a: {name: A, command: make}}\n")
    assert semantic_tokens(before)
    assert semantic_tokens(View.of("tasks: {a: {name: A, command: make}\n", previous=before)) == []


@pytest.mark.parametrize("text", [*FIXTURE_TEXTS, *REAL_TEXTS])
def test_no_two_overlap_and_none_spans_lines(text: str) -> None:
    at = 0
    for span, _ in semantic_tokens(View.of(text)):
        assert at <= span.start < span.end
        assert not set(text.removeprefix("\ufeff")[span.start : span.end]) & set("\r\n")
        at = span.end
