"""Encodings, odd characters and odd files: readable ones give the same result, others a finding."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.optional import needs_posix
from validator import Report, check_file, check_text

TEXT = "tasks:\n  é🚀日: {name: A, comand: ü}\n"
LINES = ["tasks:", "  a:", "    name: A", "    comand: a"]


def places(report: Report) -> list[tuple[str, int, int]]:
    return [
        (finding.rule, finding.place.start.line, finding.place.start.column)
        for finding in report.findings
        if finding.place is not None
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_encoding_of_yaml_is_read_the_same(encoding: str) -> None:
    expected = [("invalid-reference", 2, 3), ("unknown-field", 2, 18)]
    assert places(check_text(TEXT.encode(encoding))) == expected


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x00\x00\xfe\xff"])
def test_big_endian_is_read_too(mark: bytes) -> None:
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert places(check_text(mark + TEXT.encode(encoding))) == places(check_text(TEXT))


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"# caf\xe9\ntasks:\n", 1, 6, "byte 0xe9"),
        (b"tasks:\n  a\xff:\n", 2, 4, "byte 0xff"),
        (b"tasks:\n  a: b\xed\xa0\x80\n", 2, 7, "byte 0xed"),
        (b"tasks:\n  a: b\xc3", 2, 7, "byte 0xc3"),
        (b"tasks:\n  a\x00:\n", 2, 4, "U+0000"),
        (b"tasks:\n  a\x1b[2J:\n", 2, 4, "U+001B"),
        (b"\xff\xfet\x00\x00\xd8", 1, 2, "byte 0x00"),
        (b"t\x00a\x00", 1, 1, "UTF-16"),
        (b"\xef\xbf\xbe\n", 1, 1, "U+FFFE"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa\x9b", 1, 2, "byte 0x9b"),
    ],
)
def test_what_is_no_text_is_told_where_it_stands(
    data: bytes, line: int, column: int, words: str
) -> None:
    (finding,) = check_text(data).findings
    assert finding.rule == "encoding"
    assert finding.place is not None
    assert (finding.place.start.line, finding.place.start.column) == (line, column)
    assert words in finding.message


def test_a_lone_surrogate_in_a_python_text_is_told() -> None:
    (finding,) = check_text("tasks: {a: {name: '\ud83d', command: b}}").findings
    assert (finding.rule, "U+D83D" in finding.message) == ("encoding", True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_change_nothing(end: str) -> None:
    expected = [("missing-field", 2, 3), ("unknown-field", 4, 5)]
    found = places(check_text(end.join(LINES) + end))
    assert found[-1] == ("unknown-field", 4, 5)
    assert set(found) <= set(expected)


def test_line_ends_may_be_mixed() -> None:
    text = "tasks:\r\n  a:\r    name: A\n    comand: a\r\n"
    assert places(check_text(text))[-1] == ("unknown-field", 4, 5)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_what_only_python_takes_for_a_line_end_counts_as_a_character(separator: str) -> None:
    text = f"tasks:\n  a: {{name: 'x{separator}y', comand: b}}\n"
    assert places(check_text(text))[-1] == ("unknown-field", 2, 20)


@needs_posix
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/full", "/dev/stdin"])
def test_a_device_is_no_file(name: str) -> None:
    if not Path(name).exists():
        pytest.skip("there is no such device")
    (finding,) = check_file(name).findings
    assert finding.rule == "unreadable-file"


@needs_posix
def test_standard_input_without_end_is_bounded() -> None:
    """`check - < /dev/zero`: reads no more than may be checked."""
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "validator", "check", "-"],
            stdin=endless,
            capture_output=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert b"error[too-large]" in done.stdout


def test_nothing_in_a_document_is_executed(tmp_path: Path) -> None:
    """Tags that make Python objects, and commands, remain text."""
    made = tmp_path / "made"
    tag = f"!!python/object/apply:os.system ['touch {made}']"
    text = (
        f"tasks:\n  a:\n    name: {tag}\n    command: touch {made}\n"
        f"services:\n  s:\n    name: $(touch {made})\n    commands: {{start: '`touch {made}`'}}\n"
    )
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    fix = ["check", "--fix", "--unsafe-fixes", "--ignore", "shellcheck"]
    for arguments in (["check"], fix, ["plan"], ["graph"]):
        subprocess.run(
            [sys.executable, "-m", "validator", *arguments, path], capture_output=True, timeout=60
        )
    assert not made.exists()
    assert path.read_text(encoding="utf-8") == text
