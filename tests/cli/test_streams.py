"""Commands whose streams are closed, full, or without a reader: an exit code, and no traceback."""

import errno
import io
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.optional import needs, needs_posix
from validator.cli import streams

pytestmark = needs_posix

FULL = Path("/dev/full")
needs_full = needs("/dev/full", FULL.exists())

BROKEN = "tasks:\n  a: {name: A, command: c, triggered_by: [manual]}\n  b: {nam: B}\n"
FIXED = BROKEN.replace("triggered_by", "triggeredBy").replace("nam:", "name:")
CLEAN = "tasks:\n  a: {name: A, command: c, triggeredBy: [manual]}\n"

COMMANDS = [
    "check a.yaml",
    "check a.yaml --format json",
    "check a.yaml --diff",
    "check - --fix < a.yaml",
    "check --help",
    "plan clean.yaml",
    "plan clean.yaml --format mermaid",
    "graph clean.yaml",
    "why a clean.yaml",
    "graph clean.yaml --format html",
    "rules",
    "explain unknown-field",
    "schema",
    "--version",
]
"""Commands that write something to standard output."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "clean.yaml").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def shell(folder: Path, command: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of a shell in which `$AV` is the program."""
    program = f"{shlex.quote(sys.executable)} -m validator"
    return subprocess.run(
        ["sh", "-c", command.replace("$AV", program)],
        cwd=folder,
        capture_output=True,
        timeout=60,
        env={**os.environ, "GITHUB_ACTIONS": "", "CI": "", **environment},
    )


def said(done: "subprocess.CompletedProcess[bytes]") -> str:
    """The output on standard error, which must never contain a traceback or the like."""
    text = done.stderr.decode()
    for noise in ("Traceback", "Exception ignored", "Errno", "bug in this program"):
        assert noise not in text
    return text


@needs_full
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk(folder: Path, command: str) -> None:
    done = shell(folder, f"$AV {command} > /dev/full")
    assert done.returncode == 2
    message = "Error: can't write to standard output: No space left on device.\n"
    assert said(done).endswith(message)
    assert said(done).count(message) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_output(folder: Path, command: str) -> None:
    done = shell(folder, f"$AV {command} >&-")
    assert done.returncode == 2
    assert said(done).endswith("Error: can't write to standard output: it is closed.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_is_gone(folder: Path, command: str) -> None:
    """The reader closes the pipe before anything is written to it."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            ["sh", "-c", f"{shlex.quote(sys.executable)} -m validator {command}"],
            cwd=folder,
            stdout=gone,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 141
    assert "Error:" not in said(done)


def test_a_reader_that_takes_one_line(folder: Path) -> None:
    """`check | head -1`, with more output than fits into a pipe."""
    for number in range(300):
        (folder / f"{number}.yaml").write_text(BROKEN, encoding="utf-8")
    for jobs in ("1", "2"):
        done = shell(folder, f"($AV check --jobs {jobs} *.yaml; echo $? >&2) | head -1")
        assert done.stdout.startswith(b"0.yaml:2:")
        assert done.stdout.count(b"\n") == 1
        assert said(done) == "141\n"


@pytest.mark.parametrize(("redirection", "code"), [("> /dev/full", 2), (">&-", 2), ("| true", 141)])
@pytest.mark.parametrize("format_", ["text", "json"])
def test_all_files_are_fixed_whatever_becomes_of_the_output(
    folder: Path, redirection: str, code: int, format_: str
) -> None:
    if "full" in redirection and not FULL.exists():
        pytest.skip("needs /dev/full")
    names = [f"{number}.yaml" for number in range(20)]
    for name in names:
        # The remaining finding makes output for each file.
        (folder / name).write_text(BROKEN, encoding="utf-8")
    command = f"$AV check --fix --format {format_} {' '.join(names)}"
    # The reader is certainly gone when the output begins.
    done = shell(folder, f"(sleep 0.2; {command}; echo $? >&2) {redirection}")
    assert said(done).endswith(f"{code}\n") or code == 2
    for name in names:
        assert (folder / name).read_text(encoding="utf-8") == FIXED


@needs_full
def test_files_beside_standard_input_are_fixed_too(folder: Path) -> None:
    done = shell(folder, "$AV check --fix - a.yaml < a.yaml > /dev/full")
    assert done.returncode == 2
    assert (folder / "a.yaml").read_text(encoding="utf-8") == FIXED


@pytest.mark.parametrize("redirection", ["2> /dev/full", "2>&-", "2>&- <&-"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check clean.yaml --diff", 0),
        ("check a.yaml --diff", 1),
        ("plan a.yaml", 1),
        ("graph a.yaml -o a.svg", 1),
        ("graph clean.yaml -o no/a.svg", 2),
        ("check --frobnicate", 2),
    ],
)
def test_without_a_standard_error_the_exit_code_is_the_same(
    folder: Path, redirection: str, command: str, code: int
) -> None:
    if "full" in redirection and not FULL.exists():
        pytest.skip("needs /dev/full")
    done = shell(folder, f"$AV {command} {redirection}")
    assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize("redirection", ["<&-", "0> x"])
@pytest.mark.parametrize("command", ["check -", "check - --fix", "plan -", "graph -", "check - a"])
def test_a_standard_input_that_can_not_be_read_is_a_finding(
    folder: Path, redirection: str, command: str
) -> None:
    (folder / "a").write_text("tasks: []\n", encoding="utf-8")
    done = shell(folder, f"$AV {command} {redirection}")
    shown = done.stdout.decode() + said(done)
    why = "standard input is closed" if redirection == "<&-" else "Bad file descriptor"
    assert f"<stdin>: error[unreadable-file]: can't be read: {why}\n" in shown
    assert ("a:1:8: error[wrong-type]" in shown) is command.endswith(" a")
    assert done.returncode in (1, 2)


def test_a_closed_input_is_no_concern_of_other_files(folder: Path) -> None:
    done = shell(folder, "$AV check clean.yaml <&-")
    assert (done.returncode, said(done)) == (0, "")


@pytest.mark.parametrize("redirection", ["<&- >&- 2>&-", ">&- 2>&-", "<&- >&-"])
def test_files_opened_later_are_not_written_to(folder: Path, redirection: str) -> None:
    """Otherwise they would get the numbers of the streams, and messages would end up in them."""
    (folder / "b.yaml").write_text(BROKEN, encoding="utf-8")
    shell(folder, f"$AV check --fix --jobs 2 a.yaml b.yaml {redirection}")
    shell(folder, f"$AV graph a.yaml -o a.dot {redirection}")
    assert (folder / "a.yaml").read_text(encoding="utf-8") == FIXED
    assert (folder / "b.yaml").read_text(encoding="utf-8") == FIXED
    assert (folder / "a.dot").read_text(encoding="utf-8").startswith("digraph")


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "<&- >&-"])
def test_a_language_server_needs_its_streams(folder: Path, redirection: str) -> None:
    done = shell(folder, f"$AV lsp {redirection}")
    assert done.returncode == 2
    assert "is closed" in said(done)


@needs_full
def test_an_output_file_is_replaced_whole_or_not_at_all(folder: Path) -> None:
    done = shell(folder, "$AV graph clean.yaml -o /dev/full")
    assert done.returncode == 2
    assert said(done) == "/dev/full: can't be written: No space left on device\n"


def test_on_a_full_disk_an_output_file_stays(folder: Path) -> None:
    (folder / "a.svg").write_text("before", encoding="utf-8")
    # No file can grow beyond one block. Python would write its bytecode there too.
    limit = "ulimit -f 1; trap '' XFSZ"
    done = shell(folder, f"{limit}; $AV graph clean.yaml -o a.svg", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2
    assert said(done) == "a.svg: can't be written: File too large\n"
    assert (folder / "a.svg").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["a.svg", "a.yaml", "clean.yaml"]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "command", ["check a.yaml --format sarif --all-rules", "graph clean.yaml --format html"]
)
def test_a_pipe_that_does_not_block_gets_it_all(
    folder: Path, command: str, unbuffered: str
) -> None:
    """Other programs, such as Node.js, leave pipes non-blocking; Python fails when one is full."""
    (folder / "a.yaml").write_text(BROKEN + BROKEN.replace("\n", "\n#" * 9000), encoding="utf-8")
    read, write = os.pipe()
    os.set_blocking(write, False)
    with subprocess.Popen(
        [sys.executable, "-m", "validator", *command.split()],
        cwd=folder,
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    ) as process:
        os.close(write)
        time.sleep(0.5)
        with os.fdopen(read, "rb") as stream:
            found = stream.read()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert len(found) > 20_000
    assert found.rstrip().endswith((b"}", b"</html>"))


def test_an_input_that_does_not_block_is_read_to_its_end(folder: Path) -> None:
    read, write = os.pipe()
    os.set_blocking(read, False)
    with subprocess.Popen(
        [sys.executable, "-m", "validator", "check", "-", "--fix"],
        cwd=folder,
        stdin=read,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(read)
        with os.fdopen(write, "wb", buffering=0) as stream:
            for line in BROKEN.splitlines(keepends=True):
                time.sleep(0.3)
                stream.write(line.encode())
        output, _ = process.communicate(timeout=60)
    assert output.decode() == FIXED


@pytest.mark.parametrize(
    "command", ["graph u.yaml --format html", "graph u.yaml", "plan u.yaml --format mermaid"]
)
def test_pictures_are_utf_8_whatever_the_encoding_of_the_console(
    folder: Path, command: str
) -> None:
    text = "tasks: {a: {name: 日本é, command: c, triggeredBy: [manual]}}\n"
    (folder / "u.yaml").write_text(text, encoding="utf-8")
    for encoding in ("cp1252", "ascii", "utf-16"):
        done = shell(folder, f"$AV {command}", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert "日本é" in done.stdout.decode()


class Failing(io.RawIOBase):
    """A stream that the system can't write."""

    def __init__(self, number: int) -> None:
        self.number = number

    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    ("number", "system", "gone"),
    [
        (errno.EPIPE, "posix", True),
        (errno.EINVAL, "posix", False),
        (errno.EINVAL, "nt", True),
        (errno.ENOSPC, "nt", False),
    ],
)
def test_windows_has_its_own_error_for_a_reader_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, number: int, system: str, gone: bool
) -> None:
    outlet = streams.Outlet(Failing(number), raises=True)
    monkeypatch.setattr(os, "name", system)
    with pytest.raises(streams.Unwritable) as error:
        outlet.write(b"x")
    monkeypatch.undo()
    assert error.value.reader_is_gone is gone
    assert outlet.write(b"xy") == 2


def test_the_readme_says_the_exit_codes() -> None:
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for code in (0, 1, 2, 3, 130, 141, 143):
        assert f"\n| {code} |" in text
