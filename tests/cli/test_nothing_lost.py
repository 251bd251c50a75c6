"""`check --fix` writes its input, byte for byte, except for the edits of its fixes."""

import codecs
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import run_in
from tests.optional import needs_posix
from validator import Config, Limits, Report
from validator.cli import fix as fix_module
from validator.cli.fix import Fixing, fix_file, fix_stdin
from validator.files.reading import read_bytes

ENCODINGS = {
    b"": "utf-8",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
}
LINES = [
    "tasks:",
    "  a:",
    '    name: "é🚀日 \u2028 \x85"  # kept',
    "    {command}: a",
    "    {triggers}: [manual]",
    "  # the end",
]
FIXABLE = {"command": "comand", "triggers": "triggers"}
MENDED = {"command": "command", "triggers": "triggeredBy"}
SMALL = Config(limits=Limits(max_bytes=100))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text and its fixed version, with any line ends and perhaps a second byte order mark."""
    ends = [draw(st.sampled_from(["\n", "\r\n", "\r"])) for _ in LINES]
    ends[-1] = draw(st.sampled_from(["", ends[-1]]))
    wrong = draw(st.fixed_dictionaries({name: st.booleans() for name in FIXABLE}))
    words = {name: FIXABLE[name] if wrong[name] else MENDED[name] for name in FIXABLE}
    template = "".join(line + end for line, end in zip(LINES, ends, strict=True))
    return template.format(**words), template.format(**MENDED)


encoded = st.sampled_from(list(ENCODINGS.items()))


def through_stdin(data: bytes, config: Config | None = None) -> tuple[bytes, Report]:
    """The output of `check --fix -` on standard output, and its report."""
    config = config or Config()
    rest, written = BytesIO(data), BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", TextIOWrapper(written))
        head = rest.read(config.limits.max_bytes + 1)
        report = fix_stdin(head, rest, "a.yaml", config, Fixing(unsafe=False, diff=None))
        sys.stdout.flush()
        return written.getvalue(), report


def through_file(folder: Path, data: bytes, config: Config | None = None) -> tuple[bytes, Report]:
    """The content of the file after `check --fix a.yaml`, and its report."""
    path = folder / "a.yaml"
    path.write_bytes(data)
    report = fix_file(str(path), config or Config(), Fixing(unsafe=False, diff=None))
    return path.read_bytes(), report


@given(texts(), encoded, st.booleans())
def test_only_the_edits_change_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    text: tuple[str, str],
    encoding: tuple[bytes, str],
    second_mark: bool,
) -> None:
    mark, name = encoding
    before, after = (mark + ("\ufeff" * second_mark + each).encode(name) for each in text)
    folder = tmp_path_factory.mktemp("fixed")
    for data, report in (through_stdin(before), through_file(folder, before)):
        assert data == after
        assert bool(report.fixed) == (before != after)


@given(st.binary(max_size=200) | texts().map(lambda text: text[0].encode()), st.booleans())
def test_what_is_not_fixed_stays_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, small: bool
) -> None:
    """Whatever the bytes, readable or not, within the limit or beyond it."""
    folder = tmp_path_factory.mktemp("kept")
    config = SMALL if small else Config()
    for written, report in (through_stdin(data, config), through_file(folder, data, config)):
        assert report.fixed or written == data
        if small and len(data) > SMALL.limits.max_bytes:
            assert [finding.rule for finding in report.findings] == ["too-large"]


def test_a_second_byte_order_mark_stays() -> None:
    data = (codecs.BOM_UTF8 * 2) + b"tasks: {a: {name: A, comand: a, triggeredBy: [manual]}}\n"
    written, report = through_stdin(data)
    assert (written, report.fixed) == (data.replace(b"comand", b"command"), 1)


def test_input_beyond_the_limit_comes_out_whole(tmp_path: Path) -> None:
    line = b"# " + b"x" * 76 + b"\n"
    data = b"tasks: {a: {name: A, comand: a}}\n" + line * (8_000_000 // len(line))
    done = run_in(tmp_path, "check", "--fix", "-", stdin=data)
    assert done.stdout == data
    assert b"error[too-large]" in done.stderr
    assert done.returncode == 1
    done = run_in(tmp_path, "check", "--diff", "-", stdin=data)
    assert (done.stdout, done.returncode) == (b"", 1)
    assert b"error[too-large]" in done.stderr


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"a\x00b\x00", b"tasks: \xff\n", b"a: [\r"])
@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_input_that_can_not_be_read_comes_out_as_it_was(
    tmp_path: Path, data: bytes, option: str
) -> None:
    done = run_in(tmp_path, "check", option, "-", stdin=data)
    assert done.stdout == (data if option == "--fix" else b"")
    assert done.returncode == 1


def test_a_bug_in_fixing_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(fix_module, "fix_text", broken)
    written = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(written))
    rest = BytesIO(b"the rest")
    with pytest.raises(KeyError):
        fix_stdin(b"a: 1\n", rest, "a.yaml", Config(), Fixing(unsafe=False, diff=None))
    sys.stdout.flush()
    assert written.getvalue() == b"a: 1\nthe rest"


@needs_posix
@pytest.mark.parametrize("command", ["check -", "check --fix -", "check --diff -", "plan -"])
def test_a_closed_standard_input_is_a_finding(tmp_path: Path, command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m validator {command} <&-', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "error[unreadable-file]: can't be read: standard input is closed" in (
        done.stdout + done.stderr
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 1_000)
    assert len(read_bytes(str(path), 100)) == 101
