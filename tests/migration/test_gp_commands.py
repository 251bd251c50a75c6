"""Commands of `gp` in scripts: found, and put out of use."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.migration.gp_commands import Answer, Gp, find, is_only_comments, rewrite, unread
from validator.shell.reader import read


def gone(gp: Gp) -> Answer:
    return Answer("# was: {}", stays=not gp.free)


def replaced(gp: Gp) -> Answer:
    return Answer("# was: {}", "other", stays=not gp.free)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("make\n", "make\n"),
        ("gp open x", "# was: gp open x"),
        ("make\ngp open x\nmake\n", "make\n# was: gp open x\nmake\n"),
        ("make\n  gp open x;\n", "make\n  # was: gp open x\n"),
        ("gp open x # to read\n", "# was: gp open x # to read\n"),
        ("gp open \\\n  x\nmake", "# was: gp open \\\n#   x\nmake"),
        ("make && gp open x\nmake", "make # was: gp open x\nmake"),
        ("make && gp open x;", "make # was: gp open x"),
        ("gp open x && make", "# was: gp open x &&\nmake"),
        ("  gp open x && make", "  # was: gp open x &&\n  make"),
        ("gp open x &&\nmake", "# was: gp open x &&\nmake"),
        ("a; gp open x; b", "# was: gp open x\na; b"),
        ("a; gp open x; gp open y;", "# was: gp open x\n# was: gp open y\na;"),
        ("gp open x; b", "# was: gp open x\nb"),
        ("a && gp open x && b", "# was: gp open x\na && true && b"),
        ("a &&\n  gp open x\nb", "# was: gp open x\na &&\n  true\nb"),
        ("a || gp open x", "# was: gp open x\na || true"),
        ("gp open x &\nb", "# was: gp open x\ntrue &\nb"),
        ("if a; then\n  gp open x\nfi", "if a; then\n  # was: gp open x\n  true\nfi"),
        ("if a; then gp open x; fi", "# was: gp open x\nif a; then true; fi"),
        ("if a; then\n  b\n  gp open x\nfi", "if a; then\n  b\n  # was: gp open x\nfi"),
        ("{ gp open x; b; }", "# was: gp open x\n{ b; }"),
        ("A=$(gp url 1)\nb", "# was: gp url 1\nA=$(gp url 1)\nb"),
        ("b \\\n  $(gp url 1)", "# was: gp url 1\nb \\\n  $(gp url 1)"),
        ("if gp ports list; then b; fi", "# was: gp ports list\nif gp ports list; then b; fi"),
        ("gp url 1 | cat", "# was: gp url 1\ngp url 1 | cat"),
        ("gp url 1 > x", "# was: gp url 1 > x\ngp url 1 > x"),
        ("#!/bin/sh\na $(gp url 1)", "#!/bin/sh\n# was: gp url 1\na $(gp url 1)"),
        ("sudo gp open x", "# was: sudo gp open x"),
        ("echo gp open x", "echo gp open x"),
        ("cat <<X\ngp open x\nX", "cat <<X\ngp open x\nX"),
        ("# gp open x\nmake", "# gp open x\nmake"),
        ("gp open $(gp url 1)", "# was: gp open $(gp url 1)"),
        ("if a; then\ngp open 'unclosed\n", "if a; then\ngp open 'unclosed\n"),
    ],
)
def test_a_command_is_put_out_of_use(script: str, expected: str) -> None:
    assert rewrite(script, gone) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("gp open x", "# was: gp open x\nother"),
        ("a && gp open x && b", "# was: gp open x\na && other && b"),
        ("if a; then\n  gp open x\nfi", "if a; then\n  # was: gp open x\n  other\nfi"),
        ("(gp open x; gp open y) &", "# was: gp open x\n# was: gp open y\n(other; other) &"),
    ],
)
def test_another_command_takes_its_place(script: str, expected: str) -> None:
    assert rewrite(script, replaced) == expected


def test_the_words_of_a_command_are_found() -> None:
    script = 'gp sync-done a\nfoo && gp await-port 3000\nx=$(gp url "$p")\ngp preview $x y'
    found = find(script)
    assert [gp.words for gp in found] == [
        ("sync-done", "a"),
        ("await-port", "3000"),
        ("url",),
        ("preview",),
    ]
    assert [gp.free for gp in found] == [True, True, False, True]
    assert [script[gp.start : gp.end] for gp in found][:3] == [
        "gp sync-done a",
        "gp await-port 3000",
        'gp url "$p"',
    ]


def test_a_script_that_cannot_be_read_stays_and_its_commands_are_seen() -> None:
    script = "echo 'x\ngp open y"
    assert find(script) == []
    assert rewrite(script, gone) == script
    assert unread(script) == Gp((), 8, 10, free=False)
    assert unread("gp open y") is None
    assert unread("echo 'gpx") is None


def test_a_script_with_very_many_commands_stays() -> None:
    script = "gp open x\n" * 300
    assert rewrite(script, gone) == script
    assert unread(script) == Gp((), 0, 2, free=False)


@pytest.mark.parametrize(
    ("script", "expected"),
    [("", True), ("# a\n\n  # b", True), ("# a\nb", False), ("b # a", False)],
)
def test_a_script_may_have_no_command(script: str, expected: bool) -> None:
    assert is_only_comments(script) == expected


_PIECES = st.sampled_from(
    [
        *("gp open x", "gp sync-done y", "make", "make all # now", "# note", "a='b\nc'"),
        *(
            "x=$(gp url 1)",
            "gp url 1 | cat",
            "cat <<E\n gp open x\nE",
            "gp open \\\n  y",
            "make \\\n all",
        ),
    ]
)
_JOINED = st.recursive(
    _PIECES,
    lambda inner: st.one_of(
        st.tuples(
            inner, st.sampled_from(["\n", "\n  ", "; ", " && ", " &&\n", " || ", " & "]), inner
        ).map("".join),
        inner.map(lambda each: f"if true; then\n  {each}\nfi"),
        inner.map(lambda each: f"( {each}\n)"),
        inner.map(lambda each: f"for i in 1 2; do\n{each}\ndone"),
    ),
    max_leaves=8,
)


def _others(script: str) -> list[str]:
    """The commands that are not of `gp` and not `true`, as they are written."""
    found = read(script)
    assert found is not None
    texts = [script[each.start : each.end] for each in found.commands]
    return [each for each in texts if each != "true" and not each.startswith("gp ")]


@settings(max_examples=500, deadline=None)
@given(_JOINED)
def test_all_other_commands_stay_and_the_script_can_be_read(script: str) -> None:
    if read(script) is None:
        assert rewrite(script, gone) == script
        return
    rewritten = rewrite(script, gone)
    assert _others(rewritten) == _others(script)
    assert all(not gp.free for gp in find(rewritten))
    for gp in find(script):
        for line in script[gp.start : gp.end].split("\n"):
            assert line in rewritten
