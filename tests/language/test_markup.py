"""Text of a document within Markdown and plain text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.language.markup import Markup, block, code, joined, ours, words


@pytest.mark.parametrize(
    ("text", "markdown", "plain"),
    [
        ("Install", "Install", "Install"),
        ("<img src=x onerror=y>", r"\<img src\=x onerror\=y\>", "<img src=x onerror=y>"),
        ("[a](command:b)", r"\[a\]\(command\:b\)", "[a](command:b)"),
        ("# a\n\n* b", r"\# a \* b", "# a * b"),
        ("x\u202ey", r"x\\u\{202e\}y", r"x\u{202e}y"),
        ("日本 😀", "日本 😀", "日本 😀"),
    ],
)
def test_words(text: str, markdown: str, plain: str) -> None:
    assert words(text) == Markup(markdown, plain)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [("db", "`db`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("", '""'), ("a\nb", "`a b`")],
)
def test_code(text: str, markdown: str) -> None:
    assert code(text).markdown == markdown


@given(st.text("`~ab\n \r", max_size=60))
def test_nothing_ends_a_block_but_its_own_fence(text: str) -> None:
    lines = block(text, "sh").markdown.split("\n")
    fence = re.match("`+", lines[0])
    assert fence is not None
    assert len(fence[0]) >= 3
    assert lines[-1] == fence[0]
    assert not any(fence[0] in line for line in lines[1:-1])


def test_a_long_block_is_cut() -> None:
    assert len(block("x" * 100_000, "sh").plain) < 2100


def test_joined_without_the_empty_ones() -> None:
    assert joined([ours("a"), Markup(), code("b")], ": ") == Markup("a: `b`", "a: `b`")
