"""The command `init` as people run it, and its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.optional import needs_posix, needs_user
from tests.proposal.repositories import repository
from validator import check_text, propose
from validator.proposal.template import TEMPLATE

PAGE = (ROOT / "docs" / "tutorials" / "first-file.md").read_text(encoding="utf-8")
FILES: dict[str, str | bytes] = {"go.mod": "module a\n"}


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("init", ["init", "fixtures/init/vscode-tasks/repository"], 0),
        ("init-nothing", ["init", "fixtures/init/nothing/repository"], 1),
        ("init-bare", ["init", "--bare"], 0),
        ("init-help", ["init", "--help"], 0),
        ("init-missing", ["init", "nowhere"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def test_the_current_folder_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    done = run_in(repository(tmp_path, FILES), "init")
    assert done.returncode == 0
    assert done.stdout.decode() == propose(tmp_path).file
    assert [path.name for path in tmp_path.iterdir()] == ["go.mod"]


@pytest.mark.parametrize("bare", [True, False])
def test_write_puts_the_file_in_its_place(tmp_path: Path, bare: bool) -> None:
    inner = repository(tmp_path / "inner", FILES)
    done = run_in(tmp_path, "init", "inner", "--write", *(["--bare"] if bare else []))
    assert (done.returncode, done.stdout) == (0, b"")
    written = (inner / ".ona" / "config.yaml").read_text("utf-8")
    assert written == (TEMPLATE if bare else propose(inner).file)
    assert "Wrote inner/.ona/config.yaml.\n" in done.stderr.decode().replace("\\", "/")
    assert run_in(inner, "check").returncode == 0


@pytest.mark.parametrize("name", [".ona/config.yaml", ".gitpod/automations.yml"])
def test_write_replaces_no_file_unless_forced(tmp_path: Path, name: str) -> None:
    repository(tmp_path, {**FILES, name: "tasks:\n"})
    done = run_in(tmp_path, "init", "--write")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Error: there is already `{name}`" in done.stderr.decode()
    assert (tmp_path / name).read_text("utf-8") == "tasks:\n"
    assert run_in(tmp_path, "init", "--write", "--force").returncode == 0
    assert (tmp_path / ".ona/config.yaml").read_text("utf-8") == propose(tmp_path).file


def test_nothing_to_propose_writes_nothing(tmp_path: Path) -> None:
    done = run_in(tmp_path, "init", "--write")
    assert (done.returncode, done.stdout) == (1, b"")
    assert list(tmp_path.iterdir()) == []


@needs_posix
@pytest.mark.parametrize("force", [True, False])
def test_nothing_is_written_out_of_the_folder(tmp_path: Path, force: bool) -> None:
    folder = repository(tmp_path / "folder", FILES)
    (tmp_path / "outside").mkdir()
    (folder / ".ona").symlink_to(tmp_path / "outside")
    done = run_in(folder, "init", "--write", *(["--force"] if force else []))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"`.ona/config.yaml` is a link out of the folder; nothing is written." in done.stderr
    assert list((tmp_path / "outside").iterdir()) == []


@needs_posix
@needs_user
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    repository(tmp_path, FILES).chmod(0o500)
    done = run_in(tmp_path, "init", "--write")
    tmp_path.chmod(0o700)
    assert done.returncode == 2
    assert b".ona: can't be made: Permission denied" in done.stderr


def test_force_needs_write(tmp_path: Path) -> None:
    done = run_in(tmp_path, "init", "--force")
    assert done.returncode == 2
    assert done.stderr.decode().endswith("Error: --force has a meaning only with --write.\n")


def test_nothing_in_a_note_forges_output(tmp_path: Path) -> None:
    label = "\\u001b[2J::error::x\\n##[error]"
    tasks = f'{{"tasks": [{{"label": "{label}", "command": "${{file}}"}}]}}'
    done = run_in(repository(tmp_path, {".vscode/tasks.json": tasks}), "init")
    assert done.returncode == 1
    assert b"left out" in done.stderr
    assert b"\x1b" not in done.stderr
    assert not re.search(rb"(?m)^::", done.stderr)
    assert b"##[error]" not in done.stderr


def test_limits_come_from_the_configuration(tmp_path: Path) -> None:
    repository(tmp_path, {**FILES, "automation-validator.toml": "[limits]\nmax-bytes = 5\n"})
    assert run_in(tmp_path, "init").returncode == 1
    assert run_in(tmp_path, "init", "--isolated").returncode == 0


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


def test_the_example_of_the_page_is_what_happens(tmp_path: Path) -> None:
    compose, newer, template = blocks("yaml")
    files: dict[str, str | bytes] = {
        "package.json": blocks("json")[0],
        "package-lock.json": "{}",
        "compose.yaml": compose,
    }
    done = run_in(repository(tmp_path, files), "init")
    assert done.stdout.decode() == newer
    assert done.stderr.decode() == blocks("text")[0]
    assert run("init", "--bare").stdout.decode() == template == TEMPLATE


def test_the_advice_of_the_page_passes_the_check() -> None:
    (advice,) = re.findall(r"(?ms)^    ```yaml\n(.*?)^    ```$", PAGE)
    text = re.sub(r"(?m)^    ", "", advice)
    assert check_text(text, kind="automations-file").findings == ()
    assert yaml.safe_load(text)["services"]["dev"]["commands"]["start"].startswith("until")


def test_the_library_example_of_the_page_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository(tmp_path, FILES))
    (example,) = blocks("python")
    exec(compile(example, "first-file.md", "exec"), {})
    assert "go.mod proposed tasks `install`, `build` and `test`" in capsys.readouterr().out
