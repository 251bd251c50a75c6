"""The command `migrate` as people run it, and its page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.optional import needs_posix, needs_user
from validator.migration.migration import migrate_text

OLDER = "tasks:\n- name: Web\n  init: make\n  openMode: tab-after\n"
WITH_IMAGE = f"image: node:22\n{OLDER}"
PAGE = (ROOT / "docs" / "guides" / "migrate.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("migrate", ["migrate", "fixtures/migration/signals/.gitpod.yml"], 0),
        ("migrate-newer", ["migrate", "fixtures/clean/.ona/automations.yaml"], 1),
        ("migrate-missing", ["migrate"], 2),
        ("migrate-help", ["migrate", "--help"], 0),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def folder_with(folder: Path, text: str = WITH_IMAGE) -> Path:
    (folder / ".gitpod.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_in_the_current_folder_is_migrated_to_standard_output(tmp_path: Path) -> None:
    done = run_in(folder_with(tmp_path), "migrate")
    assert done.returncode == 0
    assert done.stdout.decode() == migrate_text(WITH_IMAGE).file
    assert b".gitpod.yml:5:3: hint[not-migrated]: `openMode` has no" in done.stderr
    assert b"Some of it belongs in `devcontainer.json`" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".gitpod.yml"]


def test_standard_input_is_migrated() -> None:
    done = run("migrate", "-", stdin=OLDER.encode())
    assert done.returncode == 0
    assert done.stdout.decode() == migrate_text(OLDER).file
    assert b"<stdin>:4:3: hint[not-migrated]" in done.stderr
    assert b"devcontainer" not in done.stderr


def test_without_findings_nothing_is_said() -> None:
    done = run("migrate", "-", stdin=b"tasks:\n- init: make\n")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_output_goes_to_a_file(tmp_path: Path) -> None:
    done = run_in(folder_with(tmp_path), "migrate", "-o", "out/new.yaml")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / "out" / "new.yaml").read_text("utf-8") == migrate_text(WITH_IMAGE).file


def test_write_puts_the_file_in_its_place(tmp_path: Path) -> None:
    inner = tmp_path / "web"
    inner.mkdir()
    done = run_in(tmp_path, "migrate", str(folder_with(inner) / ".gitpod.yml"), "--write")
    target = inner / ".ona" / "config.yaml"
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_text("utf-8") == migrate_text(WITH_IMAGE).file
    assert f"Wrote {target}." in done.stderr.decode()
    assert (inner / ".gitpod.yml").read_text("utf-8") == WITH_IMAGE
    assert run_in(inner, "check").returncode == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".ona/config.yaml", "there is already `.ona/config.yaml`; --force replaces it."),
        (
            ".ona/automations.yaml",
            "there is already `.ona/automations.yaml`, beside which `.ona/config.yaml` may not be",
        ),
    ],
)
def test_write_replaces_no_file_unless_forced(tmp_path: Path, name: str, message: str) -> None:
    (folder_with(tmp_path) / ".ona").mkdir()
    (tmp_path / name).write_text("tasks:\n", encoding="utf-8")
    done = run_in(tmp_path, "migrate", "--write", "--devcontainer", "x.json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Error: {message}" in done.stderr.decode()
    assert (tmp_path / name).read_text("utf-8") == "tasks:\n"
    assert not (tmp_path / "x.json").exists()
    assert run_in(tmp_path, "migrate", "--write", "--force").returncode == 0
    assert (tmp_path / ".ona/config.yaml").read_text("utf-8") == migrate_text(WITH_IMAGE).file


@pytest.mark.parametrize("text", ["", "tasks: [", "tasks: {a: {}}", "- a"])
def test_what_cannot_be_migrated_writes_nothing(tmp_path: Path, text: str) -> None:
    arguments = ["migrate", "--write", "--devcontainer", ".devcontainer/devcontainer.json"]
    done = run_in(folder_with(tmp_path, text), *arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b": error[" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".gitpod.yml"]


def test_a_devcontainer_file_is_made(tmp_path: Path) -> None:
    done = run_in(
        folder_with(tmp_path, "image: {file: Dockerfile}\n"),
        *("migrate", "--devcontainer", ".devcontainer/devcontainer.json"),
    )
    made = (tmp_path / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    assert done.returncode == 0
    assert made == migrate_text("image: {file: Dockerfile}\n").devcontainer
    assert b"Wrote .devcontainer/devcontainer.json." in done.stderr
    done = run_in(tmp_path, "migrate", "--devcontainer", ".devcontainer.json")
    assert '"dockerfile": "Dockerfile"' in (tmp_path / ".devcontainer.json").read_text("utf-8")


def test_an_existing_devcontainer_file_stays_and_what_to_add_is_shown(tmp_path: Path) -> None:
    text = "ports: [{port: 3000}]\n"
    (folder_with(tmp_path, text) / "d.json").write_text("{} // mine\n", encoding="utf-8")
    done = run_in(tmp_path, "migrate", "--devcontainer", "d.json")
    assert done.returncode == 0
    assert (tmp_path / "d.json").read_text("utf-8") == "{} // mine\n"
    assert done.stderr.decode() == (
        "d.json exists and stays as it is; add to it what it lacks of this:\n"
        '{\n  "forwardPorts": [3000]\n}\n'
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write", "-o", "x"], "--write and --output-file can't be used together."),
        (["."], ". is a folder; name the file, `./.gitpod.yml`."),
        (["--force"], "--force has a meaning only with --write."),
        (["-o", ".gitpod.yml"], "the output would overwrite the older file."),
        (["--devcontainer", ".gitpod.yml"], "the output would overwrite the older file."),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run_in(folder_with(tmp_path), "migrate", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().endswith(f"Error: {message}\n")
    assert (tmp_path / ".gitpod.yml").read_text("utf-8") == WITH_IMAGE


@needs_posix
@needs_user
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    folder_with(tmp_path).chmod(0o500)
    done = run_in(tmp_path, "migrate", "--write")
    tmp_path.chmod(0o700)
    assert done.returncode == 2
    assert b".ona: can't be made: Permission denied" in done.stderr


def test_the_configuration_is_followed(tmp_path: Path) -> None:
    (folder_with(tmp_path) / "automation-validator.toml").write_text(
        'ignore = ["not-migrated"]\n', encoding="utf-8"
    )
    assert b"not-migrated" not in run_in(tmp_path, "migrate").stderr
    assert b"not-migrated" in run_in(tmp_path, "migrate", "--isolated").stderr


def test_nothing_in_a_message_forges_output() -> None:
    text = 'tasks:\n- name: "\\e[2J::error::x"\n- "##[error]": 1\n  init: make\n'
    done = run("migrate", "-", stdin=text.encode())
    assert done.returncode == 0
    assert b"\x1b" not in done.stderr + done.stdout
    assert b"##[error]" not in done.stderr


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


def test_the_example_of_the_page_is_what_happens(tmp_path: Path) -> None:
    older, newer = blocks("yaml")[:2]
    (command,) = (line for line in blocks("sh")[0].splitlines() if "--write" in line)
    folder_with(tmp_path, older)
    done = run_in(tmp_path, *shlex.split(command)[1:], COLUMNS="100")
    assert done.returncode == 0
    assert (tmp_path / ".ona" / "config.yaml").read_text("utf-8") == newer
    made = (tmp_path / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    assert blocks("jsonc") == [made]
    assert blocks("text") == [done.stderr.decode()]


def test_the_library_example_of_the_page_works(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    exec(compile(example, "migrate.md", "exec"), {})
    assert capsys.readouterr().out == re.findall(r"(?m)^# prints: (.*\n)", example)[0]
