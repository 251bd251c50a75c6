"""Findings in a baseline are not reported; every problem with the file is reported."""

import json
import os
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs_posix
from validator.baseline import MAX_BYTES, BaselineError, read_baseline

TEXT = """\
tasks:
  a:
    name: A
    command: x
    dependsOn: [q, q]
"""
FILE = ".ona/automations.yaml"
NAMED = "No findings in 1 file. 4 known findings not shown.\n"
"""The summary if the file is named; if its folder is, it is the next one."""

SUMMARY = NAMED.replace("1 file", "1 file in the current folder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".ona").mkdir()
    (tmp_path / FILE).write_text(TEXT)
    done = run_in(tmp_path, "check", "--write-baseline", "known.json")
    assert done.returncode == 0
    assert done.stderr == b"Wrote 4 findings to known.json.\n"
    return tmp_path


def check(folder: Path, text: str) -> list[str]:
    """The places and rules of the unknown findings in a changed file."""
    (folder / FILE).write_text(text)
    done = run_in(folder, "check", "--baseline", "known.json", "--format", "text")
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith(".ona")]
    return [line.split("]")[0].split(":", 1)[1] for line in lines]


def said(folder: Path, *arguments: str) -> tuple[str, str]:
    """The output of a check with the baseline on both streams."""
    done = run_in(folder, "check", "--baseline", "known.json", *arguments)
    return done.stdout.decode(), done.stderr.decode()


def test_known_findings_are_not_reported(folder: Path) -> None:
    assert check(folder, TEXT) == []
    assert said(folder) == (SUMMARY, "")
    summary = json.loads(said(folder, "--format", "json")[0])["summary"]
    assert (summary["errors"], summary["known"]) == (0, 4)


def test_they_stay_known_when_lines_move(folder: Path) -> None:
    moved = "# a comment\n\n" + TEXT.replace("  a:", "  # another\n\n  a:")
    assert check(folder, moved) == []


def test_they_stay_known_when_an_entry_is_added_before_them(folder: Path) -> None:
    assert check(folder, TEXT.replace("[q, q]", "[r, q, q]")) == ["5:17: error[unknown-dependency"]


def test_a_new_one_is_reported(folder: Path) -> None:
    assert check(folder, TEXT.replace("[q, q]", "[q, q, r]")) == ["5:23: error[unknown-dependency"]


def test_one_more_of_the_same_is_new(folder: Path) -> None:
    found = check(folder, TEXT.replace("[q, q]", "[q, q, q]"))
    assert found == ["5:23: warning[duplicate-dependency", "5:23: error[unknown-dependency"]


def test_one_that_changes_is_new(folder: Path) -> None:
    assert check(folder, TEXT.replace("[q, q]", "[r, q]")) == ["5:17: error[unknown-dependency"]
    stdout, stderr = said(folder)
    assert stdout.endswith("in 1 file in the current folder. 2 known findings not shown.\n")
    message = "entries of the baseline match nothing any more; write it again with --write-baseline"
    assert stderr == f"2 {message}.\n"


@needs_posix
def test_it_holds_however_the_file_is_named(folder: Path) -> None:
    link = folder.parent / f"{folder.name}-link"
    link.symlink_to(folder)
    (folder / "linked.yaml").symlink_to(FILE)
    (folder / "linked.json").symlink_to("known.json")
    names = [FILE, f"./{FILE}", f"{folder}/{FILE}", f"{link}/.ona/../{FILE}", "linked.yaml", "."]
    for name in names:
        assert said(folder, name) == (SUMMARY if name == "." else NAMED, ""), name
        done = run_in(folder.parent, "check", f"{link}/{FILE}", "--baseline", f"{link}/linked.json")
        assert done.stdout.decode() == NAMED
    for name in [*names, str(link)]:
        options = ["--kind", "automations-file", "--write-baseline"]
        done = run_in(folder, "check", name, *options, str(link / "other.json"))
        assert (folder / "other.json").read_bytes() == (folder / "known.json").read_bytes(), name


def test_it_holds_in_other_folders_than_the_current_one(folder: Path) -> None:
    done = run_in(
        folder.parent, "check", f"{folder.name}", "--baseline", f"{folder.name}/known.json"
    )
    assert done.stdout.decode() == SUMMARY.replace("the current folder", folder.name)


def test_standard_input_has_the_findings_of_its_name(folder: Path) -> None:
    options = ["--baseline", "known.json", "--stdin-filename", FILE]
    done = run_in(folder, "check", "-", *options, stdin=TEXT.encode())
    assert done.stdout.decode() == NAMED
    done = run_in(folder, "check", "-", "--write-baseline", "other.json", stdin=TEXT.encode())
    options = ["--baseline", "other.json"]
    done = run_in(folder, "check", FILE, *options)
    assert done.stderr == b""


def test_only_what_could_be_found_again_is_missed(folder: Path) -> None:
    (folder / "b.yaml").write_text(TEXT)
    run_in(folder, "check", FILE, "b.yaml", "--write-baseline", "known.json")
    assert said(folder, FILE)[1] == ""
    (folder / FILE).write_text("")
    assert said(folder, "b.yaml")[1] == ""
    assert said(folder, FILE)[1].startswith("4 entries of the baseline match nothing any more;")
    assert said(folder, FILE, "--ignore", "unknown-dependency")[1].startswith("2 entries")
    (folder / FILE).write_text("tasks: [")
    assert said(folder, FILE)[1] == ""
    (folder / "b.yaml").unlink()
    assert said(folder, FILE)[1].startswith("4 entries of the baseline match nothing any more;")
    (folder / FILE).write_text(TEXT.replace("q, q", "q"))
    assert said(folder, FILE)[1].startswith("6 entries")
    (folder / "known.json").write_text(json.dumps({"version": 2, "findings": [entry("gone.yaml")]}))
    assert said(folder, FILE)[1].startswith("1 entry of the baseline matches nothing any more;")


def entry(path: str) -> dict[str, str]:
    return {"path": path, "rule": "wrong-type", "pointer": "", "fingerprint": "0"}


@pytest.mark.parametrize("text", [b"tasks: [", b"\xff", b"a: {}\na: {}\n"])
def test_what_was_not_wholly_checked_never_passes(folder: Path, text: bytes) -> None:
    (folder / FILE).write_bytes(text)
    done = run_in(folder, "check", FILE, "missing.yaml", "--write-baseline", "known.json")
    lines = done.stderr.decode().splitlines()
    assert lines[1] == (
        "2 errors can't be in a baseline: the documents were not completely checked."
    )
    assert run_in(folder, "check", FILE, "--baseline", "known.json").returncode == 1


WRONG = {
    "empty": ("", ":1:1: not a baseline: not valid JSON: Expecting value"),
    "a list": ("[]", ": not a baseline of version 2"),
    "nothing in it": ("{}", ": not a baseline of version 2"),
    "an older one": ('{"version": 1, "findings": []}', ": an older version wrote this baseline;"),
    "a newer one": ('{"version": 3, "findings": []}', ": not a baseline of version 2"),
    "no findings": ('{"version": 2}', ": not a baseline: `findings` is not valid"),
    "numbers": ('{"version": 2, "findings": [1]}', ": not a baseline: `findings` is not"),
    "a number": ('{"version": 2, "findings": 1}', ": not a baseline: `findings` is not"),
    "null": (
        json.dumps({"version": 2, "findings": [{**entry("a"), "rule": None}]}),
        ": not a baseline: `findings` is not",
    ),
    "a conflict": ('{\n<<<<<<< HEAD\n"version": 2', ":2:1: not a baseline: not valid JSON: "),
    "brackets": ("[" * 200_000, ": not a baseline: nested too deep"),
    "digits": ("1" * 5_000, ": not a baseline: a number has too many digits"),
    "not text": ("\xff", ": not a baseline: "),
}


@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=WRONG)
def test_what_is_no_baseline_is_rejected(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(BaselineError):
        read_baseline(str(path))
    (tmp_path / "x.yaml").write_text(TEXT)
    done = run_in(tmp_path, "check", "x.yaml", "--baseline", "known.json")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(f"known.json{message}".encode())
    assert done.stderr.count(b"\n") == 1


@needs_posix
def test_what_is_no_file_or_too_large_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    for name, message in (
        ("/dev/zero", "can't be read: it is not a regular file"),
        ("pipe", "can't be read: it is not a regular file"),
        ("large", "larger than 20,000,000 bytes, too large for a baseline"),
    ):
        done = run_in(tmp_path, "check", "x.yaml", "--baseline", name)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == f"{name}: {message}\n".encode()


def test_only_a_baseline_is_overwritten(folder: Path) -> None:
    for content in ("precious\n", "{}", "[", '{"version": 2}'):
        (folder / "other").write_text(content)
        done = run_in(folder, "check", "--write-baseline", "other")
        assert done.returncode == 2
        assert done.stderr == (b"other: exists and is not a baseline; choose another name\n")
        assert (folder / "other").read_text() == content
    for content in ("", '{"version": 1, "findings": []}', (folder / "known.json").read_text()):
        (folder / "other").write_text(content)
        assert run_in(folder, "check", "--write-baseline", "other").returncode == 0
        assert (folder / "other").read_bytes() == (folder / "known.json").read_bytes()


@needs_posix
def test_no_file_that_is_checked_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("")
    (tmp_path / "link").symlink_to("x.yaml")
    for name in ("x.yaml", "link"):
        done = run_in(tmp_path, "check", "x.yaml", "--write-baseline", name)
        assert done.returncode == 2
        assert done.stderr == (
            f"{name}: one of the files that are checked; choose another name\n".encode()
        )
        assert (tmp_path / "x.yaml").read_text() == ""


def test_when_writing_fails_the_old_one_stays(folder: Path) -> None:
    before = (folder / "known.json").read_bytes()
    (folder / FILE).write_text("")
    done = run_in(folder, "check", "--write-baseline", "missing/known.json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"missing/known.json: can't be written: No such file or directory\n"
    assert (folder / "known.json").read_bytes() == before


FIXABLE = """\
tasks:
  a: {name: A, command: x, triggered_by: [manual]}
"""
NEW = """\
  b: {name: B, command: x, triggered_by: [manual]}
"""


@pytest.fixture
def fixable(folder: Path) -> Path:
    """A folder with one known finding that can be fixed, and another one that is not known."""
    (folder / FILE).write_text(FIXABLE)
    assert run_in(folder, "check", "--write-baseline", "known.json").returncode == 0
    (folder / FILE).write_text(FIXABLE + NEW)
    return folder


def test_only_new_findings_are_fixed(fixable: Path) -> None:
    out, errors = said(fixable, "--fix")
    assert (fixable / FILE).read_text() == FIXABLE + NEW.replace("triggered_by", "triggeredBy")
    assert out == SUMMARY.replace("4 known findings", "Fixed 1 finding. 1 known finding")
    assert errors == ""
    assert said(fixable, "--fix")[0] == SUMMARY.replace("4 known findings", "1 known finding")


def test_a_diff_shows_only_what_fixes_new_findings(fixable: Path) -> None:
    out, _ = said(fixable, "--diff")
    assert [line for line in out.splitlines() if line[:1] in "+-"][2:] == [
        f"-{NEW.rstrip()}",
        f"+{NEW.rstrip().replace('triggered_by', 'triggeredBy')}",
    ]


def test_standard_input_is_fixed_but_for_known_findings(fixable: Path) -> None:
    done = run_in(
        fixable,
        *("check", "--baseline", "known.json", "--fix", "--stdin-filename", FILE, "-"),
        stdin=(FIXABLE + NEW).encode(),
    )
    assert done.stdout.decode() == FIXABLE + NEW.replace("triggered_by", "triggeredBy")
