"""`check --diff`: a patch that can be applied, and output that can't be forged."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import run_in
from tests.optional import needs_posix
from validator.cli import diff
from validator.cli.main import main

BEFORE = "tasks:\n  a:\n    name: A\n    command: make\n    triggered_by: [manual]\n"
AFTER = BEFORE.replace("triggered_by", "triggeredBy")
CI = re.compile("CI|GITHUB_ACTIONS|TEAMCITY_VERSION|TF_BUILD")


@pytest.fixture(autouse=True)
def outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in filter(CI.fullmatch, list(os.environ)):
        monkeypatch.delenv(name)


def patch_of(folder: Path, path: str, text: str = BEFORE) -> bytes:
    """The patch for a file, which is written first."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())
    done = run_in(folder, "check", path, "--diff")
    assert done.returncode == 1
    assert target.read_bytes() == text.encode()
    return done.stdout


def apply(folder: Path, patch: bytes, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, input=patch, capture_output=True)
    assert done.returncode == 0, done.stderr.decode() + patch.decode()


NAMES = [
    "a.yaml",
    ".ona/automations.yaml",
    "./sub/../.ona/automations.yaml",
    "a b/c d.yaml",
    "ä/日本.yaml",
    *(
        pytest.param(name, marks=needs_posix)
        for name in (
            'say "a".yaml',
            "back\\slash.yaml",
            "tab\t.yaml",
            "line\n::error::forged\n.yaml",
            "esc\033[2J\r.yaml",
            "##[error]x.yaml",
            "###vso[task.complete]x.yaml",
            "::error::x.yaml",
            "bidi\u202e\xa0.yaml",
        )
    ),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "command", [("git", "apply"), ("patch", "-p1", "--quiet")], ids=lambda command: command[0]
)
def test_a_patch_can_be_applied(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    if command[0] == "git":
        subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "sub").mkdir()
    patch = patch_of(tmp_path, name)
    if "\n" in name and command[0] == "patch":
        pytest.skip("patch refuses names with a line break")
    apply(tmp_path, patch, *command)
    assert (tmp_path / name).read_bytes().decode() == AFTER


@pytest.mark.parametrize(
    "text",
    [
        BEFORE.replace("\n", "\r\n"),
        "\ufeff" + BEFORE,
        BEFORE.removesuffix("\n"),
        BEFORE.replace("name: A", "name: \t'a\u2028b\x85c' # \u202e ##[error]x\n\n # ::error::x"),
        "# ::error::x\r##[error]y\n" + BEFORE,
        BEFORE + "# é日🚀",
    ],
)
def test_a_patch_has_the_bytes_of_the_file(tmp_path: Path, text: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("needs git")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    apply(tmp_path, patch_of(tmp_path, "a.yaml", text), "git", "apply", "--whitespace=nowarn")
    fixed = text.replace("triggered_by", "triggeredBy")
    assert (tmp_path / "a.yaml").read_bytes().decode() == fixed


def test_a_patch_is_for_the_current_folder(tmp_path: Path) -> None:
    """Also for an absolute path: no tool applies a patch to one."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "sub").mkdir()
    patch = patch_of(tmp_path / "sub", str(tmp_path / "sub" / "a.yaml"))
    assert patch.startswith(b"--- a/a.yaml\n+++ b/a.yaml\n@@ ")
    apply(tmp_path / "sub", patch, "git", "apply")
    assert (tmp_path / "sub" / "a.yaml").read_text(encoding="utf-8") == AFTER


@pytest.mark.parametrize("command", [("git", "apply"), ("patch", "-p1", "--quiet")])
@pytest.mark.parametrize(
    "paths",
    [
        [],
        ["../../.ona/config.yaml"],
        ["{root}/.ona/config.yaml"],
        ["a.yaml", "../../.ona/config.yaml", "../b.yaml"],
        ["../..", "-"],
    ],
)
def test_a_patch_of_files_above_can_be_applied_where_it_says(
    tmp_path: Path, paths: list[str], command: tuple[str, ...]
) -> None:
    """As from a subfolder of a repository: no tool accepts a path with `..`."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    here = tmp_path / "one" / "two"
    here.mkdir(parents=True)
    if command[0] == "git":
        subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    else:
        (tmp_path / ".git").mkdir()
    names = [".ona/config.yaml"]
    if "a.yaml" in paths:
        names += ["one/two/a.yaml", "one/b.yaml"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BEFORE, encoding="utf-8")
    given = [path.format(root=tmp_path) for path in paths]
    done = run_in(here, "check", *given, "--diff", stdin=b"")
    hint = b"Hint: apply this patch with `git -C ../.. apply` or `patch -d ../.. -p1`.\n"
    assert done.stderr.count(hint) == 1
    folder = ("-C", "../..") if command[0] == "git" else ("-d", "../..")
    apply(here, done.stdout, command[0], *folder, *command[1:])
    for name in names:
        assert (tmp_path / name).read_text(encoding="utf-8") == AFTER


def test_a_patch_in_the_current_folder_has_no_hint(tmp_path: Path) -> None:
    patch_of(tmp_path, "a.yaml")
    for path in ("a.yaml", ".", str(tmp_path / "a.yaml"), "../" + tmp_path.name):
        done = run_in(tmp_path, "check", path, "--diff")
        assert b"Hint" not in done.stderr


def test_where_the_current_folder_was_deleted_a_patch_says_where_it_applies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    (tmp_path / "sub").mkdir()
    paths = [tmp_path / "a.yaml", tmp_path / "sub" / "b.yaml"]
    for path in paths:
        path.write_text(BEFORE, encoding="utf-8")
    monkeypatch.chdir(gone)
    gone.rmdir()
    main(["check", *map(str, paths), "--diff"], standalone_mode=False)
    written, said = capfdbinary.readouterr()
    assert f"`patch -d {tmp_path} -p1`".encode() in said
    headers = [line for line in written.splitlines() if line.startswith(b"+++ ")]
    assert headers == [b"+++ b/a.yaml", b"+++ b/sub/b.yaml"]


def test_standard_input_has_a_patch(tmp_path: Path) -> None:
    done = run_in(tmp_path, "check", "-", "--diff", stdin=BEFORE.encode())
    assert done.stdout.startswith(b"--- a/<stdin>\n+++ b/<stdin>\n@@ ")
    done = run_in(
        tmp_path, "check", "-", "--diff", "--stdin-filename", "x.yaml", stdin=BEFORE.encode()
    )
    assert done.stdout.startswith(b"--- a/x.yaml\n+++ b/x.yaml\n@@ ")


def test_the_console_encoding_is_no_concern_of_a_patch(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes((BEFORE + "# 日本").encode())
    done = run_in(tmp_path, "check", "a.yaml", "--diff", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert "# 日本\n\\ No newline".encode() in done.stdout


EVIL = """\
tasks:
  a:
    name: A
    command: |
      ::error::forged\r      ::error::forged
      ##[error]forged ###vso[task.complete]\u202e\td
      a\u2028      b\x85      c
    triggered_by: [manual]
"""


@pytest.mark.parametrize("variable", ["CI", "GITHUB_ACTIONS", "TEAMCITY_VERSION", "TF_BUILD"])
def test_in_the_log_of_a_job_no_line_is_a_command(tmp_path: Path, variable: str) -> None:
    (tmp_path / "a.yaml").write_bytes(EVIL.encode())
    environment: Any = {variable: "true"}
    done = run_in(tmp_path, "check", "a.yaml", "--diff", **environment)
    shown = done.stdout.decode()
    assert is_harmless(shown)
    assert shown.split("\n")[3:-1] == [
        r"       : :error::forged\u{d}      ::error::forged",
        "       # #[error]forged ## #vso[task.complete]\\u{202e}\td",
        r"       a\u{2028}      b\u{85}      c",
        "-    triggered_by: [manual]",
        "+    triggeredBy: [manual]",
    ]
    said = b"a.yaml: the diff is escaped for the log; to apply it, redirect it to a file\n"
    assert said in done.stderr


def test_in_a_job_a_file_gets_the_patch_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(EVIL.encode())
    with open(tmp_path / "patch", "wb") as stream:
        subprocess.run(
            [sys.executable, "-m", "validator", "check", "a.yaml", "--diff"],
            cwd=tmp_path,
            stdout=stream,
            env={**os.environ, "CI": "true"},
        )
    patch = (tmp_path / "patch").read_bytes()
    assert patch == run_in(tmp_path, "check", "a.yaml", "--diff").stdout
    assert b"\n       ::error::forged\r      ::error::forged\n" in patch


def test_in_the_log_of_a_job_a_plain_diff_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(BEFORE.replace("\n", "\r\n").encode())
    done = run_in(tmp_path, "check", "a.yaml", "--diff", CI="true")
    assert done.stdout == run_in(tmp_path, "check", "a.yaml", "--diff").stdout
    assert b"escaped" not in done.stderr


def is_harmless(text: str) -> bool:
    """Whether a log shows nothing but the text: no control characters, no commands to a runner."""
    harmful = "(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
    return not re.search(rf"{harmful}|##\w*\[|(?m:^)\s*::", text)


PIECES = st.sampled_from(
    ["\r", "\n", "\t", " ", "::", "#", "##[", "##vso[", "\033", "\x85", "\u2028", "a", "\xa0"]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"])).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_any_line_is_shown_harmless(text: str) -> None:
    lines = [f" {line}\n" for line in text.split("\n")]
    assert is_harmless("".join(map(diff._shown, lines)))


@settings(deadline=None)
@given(TEXTS.filter(lambda text: "\0" not in text))
def test_any_name_is_quoted_as_git_reads_it(name: str) -> None:
    shown = diff._quoted(name)
    assert is_harmless(f"--- {shown}")
    assert "\n" not in shown
    if shown.startswith('"'):
        assert unquoted(shown[1:-1]) == os.fsencode(name)
    else:
        assert shown.removesuffix("\t" if " " in name else "") == name


def unquoted(text: str) -> bytes:
    """A name between quotes, decoded like by git's `unquote_c_style`."""
    letters = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}

    def byte(found: "re.Match[str]") -> str:
        code = letters[found[1]] if found[1] in letters else int(found[1], 8)
        return bytes([code]).decode("latin-1")

    latin = text.encode().decode("latin-1")
    return re.sub(r"\\([0-7]{3}|.)", byte, latin).encode("latin-1")
