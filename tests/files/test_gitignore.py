"""Patterns of `.gitignore` files, compared with git itself."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.optional import needs_git
from validator.files.gitignore import Patterns

PLAIN = ["a", "b", "ab", "c", "é", "-", ".", " ", "#", "!", "\\", "]", "\t", "\r"]
WILD = ["*", "**", "***", "?", "*a*", "b*", "*.", "/", "/", "**/", "/**", "\\/", "\\*", "[*]"]
SETS = ["[ab]", "[!a]", "[^b/]", "[a-c]", "[a-", "[a", "[]", "[]-]", "[!]a]", "[^]", "[\\]]"]
CLASSES = ["[[:alpha:]]", "[![:alnum:]]", "[[:punct:]]", "[[:space:]x]", "[[:x:]]", "[[:]", "[[:a]"]
LINES = st.lists(st.sampled_from(PLAIN + WILD + SETS + CLASSES), min_size=1, max_size=6).map(
    "".join
)
NAMES = [
    "a",
    "b",
    "ab",
    "aab",
    "x",
    "a b",
    "*",
    "é",
    "]",
    "-",
    "#a",
    "!a",
    " a",
    ".a",
    "a.b",
    "[a-",
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with files whose names have a meaning in patterns."""
    folder = tmp_path_factory.mktemp("tree")
    subprocess.run(["git", "init", "-q", folder], check=True)
    for number, first in enumerate(NAMES):
        for second in NAMES[number % 3 :: 3]:
            inner = folder / first / second
            inner.mkdir(parents=True)
            for third in NAMES[number % 5 :: 5]:
                (inner / third).write_text("")
        (folder / f"{first}.").write_text("")
    return folder


def others(folder: Path) -> list[str]:
    """The files that git does not ignore, with no settings but those of the repository."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", folder, "ls-files", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        check=True,
        env={**os.environ, **alone},
    )
    return sorted(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)


@needs_git
@given(st.lists(LINES, min_size=1, max_size=4), st.booleans())
def test_the_same_files_are_ignored_as_by_git(
    tree: Path, lines: list[str], all_first: bool
) -> None:
    content = "\n".join(["*", "!*/"] * all_first + lines).encode()
    (tree / ".gitignore").write_bytes(content)
    patterns = Patterns(content)
    files = [path for path in tree.rglob("*") if path.is_file() and ".git" not in path.parts]
    names = [path.relative_to(tree).as_posix() for path in files]
    assert sorted(name for name in names if not patterns.match(name)) == others(tree)


@pytest.mark.parametrize(
    ("lines", "path", "matched"),
    [
        (["build/"], "build/x", True),
        (["build/"], "a/build/x", True),
        (["/build"], "a/build/x", False),
        (["a/b"], "x/a/b", False),
        (["*.log", "!keep.log"], "a/keep.log", False),
        (["*.log", "!keep.log"], "a/other.log", True),
        (["logs/", "!logs/keep"], "logs/keep", True),
        (["logs/*", "!logs/keep"], "logs/keep", False),
        (["**/logs"], "a/b/logs/x", True),
        (["a/**/b"], "a/b", True),
        (["a/**/b"], "a/x/y/b", True),
        (["a/**"], "a", False),
        (["caf?"], "café", False),
        (["[[:alpha:]]"], "a", True),
        (["# a", "", "a "], "a", True),
        (["a\\ "], "a ", True),
        (["a\\"], "a\\", False),
        (["\\#a"], "#a", True),
    ],
)
def test_examples(lines: list[str], path: str, matched: bool) -> None:
    assert Patterns(lines).match(path) == matched


def test_the_content_of_a_file() -> None:
    patterns = Patterns(b"\xef\xbb\xbfa\r\nb\0c\r\n\xff\n")
    assert [
        name for name in (b"a", b"b", b"c", b"\xff") if patterns.decide(name, folder=False)
    ] == [
        b"a",
        b"b",
        b"\xff",
    ]
    assert not Patterns(b"# nothing\n\n")


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 30 + "*b", "a" * 250),
        ("**" + "**a" * 400 + "/b", "/".join(["a" * 250] * 16)),
        ("**/a/" * 400 + "**/b", "/".join("a" * 2000)),
        ("**/" + "*a*a*/" * 400 + "b", "/".join("a" * 2000)),
        ("**/" + "*/" * 400 + "b", "/".join("a" * 2000)),
        ("[" + "[:" * 10_000 + "]", "a" * 250),
        ("[!a]" * 5_000, "b" * 250),
    ],
)
def test_no_pattern_takes_long(glob: str, path: str) -> None:
    """Each of these would take minutes or more if wildcards were tried in every combination."""
    assert Patterns([glob]).decide(path.encode(), folder=False) is None


def test_weight_is_about_wildcards_only() -> None:
    assert Patterns(["a" * 1000, "b*", "!*.c/"]).weight == len("b*") + len("*.c")
