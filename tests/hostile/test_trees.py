"""Folders designed to use up time or memory, searched under the limits of the bombs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.test_bombs import limit

FILE = ".ona/automations.yaml"
GOOD = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
LONG = "a" * 250


def stars(root: Path) -> None:
    (root / ".gitignore").write_text("*a" * 400 + "*b\n" + "**" + "**a" * 400 + "/b\n")
    for number in range(500):
        (root / f"{LONG}{number}").mkdir()


def many_patterns(root: Path) -> None:
    (root / ".gitignore").write_text("".join(f"a*{number}b\n" for number in range(2000)))
    for number in range(500):
        (root / f"{LONG}{number}").mkdir()


def large(root: Path) -> None:
    (root / ".gitignore").write_text("".join(f"x{number}\n" for number in range(130_000)))


def too_large(root: Path) -> None:
    with (root / ".gitignore").open("wb") as stream:
        stream.truncate(10**12)


def nested_ignore_files(root: Path) -> None:
    here = root
    for _ in range(300):
        (here / ".gitignore").write_text("".join(f"a*{number}b\n" for number in range(2000)))
        here /= "a"
        here.mkdir()


def deep_patterns(root: Path) -> None:
    (root / ".gitignore").write_text("**/" + "*a*a*/" * 2000 + "b\n" + "**/a/" * 1500 + "**/b\n")
    (root / Path(*["a"] * 900)).mkdir(parents=True)


def brackets(root: Path) -> None:
    (root / ".gitignore").write_text("[" + "[:" * 9000 + "]")


def pipes(root: Path) -> None:
    for name in (".gitignore", ".git/info/exclude", ".git/index", ".git/commondir", "sub/.git"):
        (root / name).parent.mkdir(exist_ok=True)
        os.mkfifo(root / name)


def devices(root: Path) -> None:
    (root / ".git/info").mkdir()
    for name in (".gitignore", ".git/info/exclude", ".git/index", ".git/commondir"):
        (root / name).symlink_to("/dev/zero")


def index_of_long_paths(root: Path) -> None:
    """Each entry of a few bytes represents a path of thousands."""
    (root / ".gitignore").write_text(".ona/\n")
    entry = bytes(24) + b"\0\0\x81\xa4" + bytes(32)
    first = entry + b"\x0f\xa0\0" + b"a" * 4000 + b"\0"
    others = (entry + b"\x0f\xa0\0\0") * 1_500_000
    header = b"DIRC\0\0\0\4" + (1_500_001).to_bytes(4, "big")
    (root / ".git/index").write_bytes(header + first + others)
    (root / "sub").mkdir()
    (root / "sub/.git").mkdir()


def loops(root: Path) -> None:
    for name in ("a", "b", "c"):
        (root / name).mkdir()
        for target in ("a", "b", "c"):
            (root / name / target).symlink_to(root / target)
    (root / "sub" / ".gitpod").mkdir(parents=True)
    (root / "sub" / ".ona").symlink_to("..")


TREES: list[Callable[[Path], None]] = [
    stars,
    many_patterns,
    large,
    too_large,
    nested_ignore_files,
    deep_patterns,
    brackets,
    pipes,
    devices,
    index_of_long_paths,
    loops,
]


@pytest.mark.parametrize("make", TREES, ids=lambda make: make.__name__)
def test_a_search_is_bounded(make: Callable[[Path], None], tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".git").mkdir(parents=True)
    make(root)
    path = root / "z" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(GOOD)
    # An ignore file that does not ignore `.ona` belongs to this test, not to the searched file.
    (root / "z" / ".gitignore").write_text("!.ona/\n")
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", root, "--format", "json"],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert f'"{path}"' in done.stdout
