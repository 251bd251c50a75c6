"""The VS Code extension: its manifest, and if npm is installed, that it builds and runs."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.optional import needs_npm
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors/vscode"
PATHS = KNOWN_PATHS + WORKFLOW_PATHS
RUN = Path(__file__).parent / "vscode/run.js"


def read(name: str) -> str:
    return (EXTENSION / name).read_text(encoding="utf-8")


MANIFEST: dict[str, Any] = json.loads(read("package.json"))
SETTINGS: dict[str, Any] = MANIFEST["contributes"]["configuration"]["properties"]


def test_it_is_for_the_known_paths() -> None:
    assert json.loads(read("src/known-paths.json")) == list(PATHS)
    assert MANIFEST["activationEvents"] == [
        "onLanguage:yaml",
        "onLanguage:json",
        *(f"workspaceContains:**/{path}" for path in PATHS),
    ]


def test_it_has_the_version_and_the_license_of_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert MANIFEST["version"] == project["version"]
    assert MANIFEST["license"] == project["license"]
    assert read("LICENSE") == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_what_it_contributes_is_used_and_described() -> None:
    source = read("src/extension.ts").replace("${ID}", MANIFEST["name"])
    for command in MANIFEST["contributes"]["commands"]:
        assert f"registerCommand(`{command['command']}`" in source
    assert list(SETTINGS) == re.findall(r"^\| `(.*?)` \|", read("README.md"), re.MULTILINE)
    for setting in SETTINGS.values():
        assert setting["description"].endswith(".")
        assert setting["default"] in setting.get("enum", [setting["default"]])


def test_a_workspace_that_is_not_trusted_does_not_choose_what_is_run() -> None:
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["restrictedConfigurations"] == ["automation-validator.path"]
    assert SETTINGS["automation-validator.path"]["scope"] == "machine-overridable"


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads(read("package-lock.json"))
    assert lock["version"] == MANIFEST["version"]
    assert lock["packages"][""]["devDependencies"] == MANIFEST["devDependencies"]
    for name, package in lock["packages"].items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-")


@pytest.mark.slow
@needs_npm
def test_it_builds_and_runs(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(EXTENSION, source, ignore=shutil.ignore_patterns("node_modules", "dist"))
    for command in (["npm", "ci"], ["npm", "run", "package"]):
        done = subprocess.run(command, cwd=source, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(source / "dist/automation-validator.vsix") as package:
        assert {name for name in package.namelist() if name.startswith("extension/")} == {
            "extension/LICENSE.txt",
            "extension/package.json",
            "extension/readme.md",
            "extension/dist/extension.js",
        }
        package.extractall(tmp_path)
    bundle = tmp_path / "extension" / MANIFEST["main"]

    project = tmp_path / "project"
    files = [project / name for name in ("other.yaml", "further.yaml", KNOWN_PATHS[-1])]
    files[-1].parent.mkdir(parents=True)
    for file in files:
        file.write_text("tasks: {build: {name: Build, comand: make}}\n")
    (project / "automation-validator.toml").write_text('files = ["further.yaml"]\n')

    def views(**settings: object) -> Any:
        given = json.dumps({f"{MANIFEST['name']}.{name}": settings[name] for name in settings})
        done = subprocess.run(
            ["node", RUN, bundle, given, *files], cwd=project, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    nothing: dict[str, Any] = {"messages": [], "diagnostics": {}, "selectors": {}}
    installed = os.path.join(os.path.dirname(sys.executable), "automation-validator")
    *others, last = views(path=installed)
    assert others == [nothing, nothing]
    assert last["messages"] == []
    ((uri, found),) = last["diagnostics"].items()
    assert uri == files[-1].as_uri()
    # The name of the rule links to its documentation.
    ((value, target),) = ((each["code"]["value"], each["code"]["target"]) for each in found)
    assert value == "unknown-field"
    assert target["text"].endswith("/docs/rules/unknown-field.md")
    assert "registerRenameProvider" in last["selectors"]
    for selector in last["selectors"].values():
        assert [each["pattern"] for each in selector] == [f"**/{path}" for path in PATHS]

    first, *_, last = views(path=installed, files=["**/further.yaml"])
    assert first == nothing
    assert [*last["diagnostics"]] == [file.as_uri() for file in files[1:]]

    *others, last = views(path="no-such-command")
    assert others == [nothing, nothing]
    (message,) = last["messages"]
    assert last == nothing | {"messages": [message]}
    assert message == 'There is no command "no-such-command". Install it, or set its path.'

    lacking = tmp_path / "lacking"
    lacking.write_text("#!/bin/sh\necho 'Error: packages are not installed' >&2\nexit 2\n")
    lacking.chmod(0o755)
    (message,) = views(path=str(lacking))[-1]["messages"]
    assert message == f'The command "{lacking}" can\'t be run: packages are not installed'

    # Its help works, but it is no server: the client reports that, and no error is unhandled.
    failing = tmp_path / "failing"
    failing.write_text('#!/bin/sh\n[ "$2" = --help ]\n')
    failing.chmod(0o755)
    messages = views(path=str(failing))[-1]["messages"]
    assert any("Automation Validator" in message for message in messages)

    # On Windows a command is looked up in the folder that it is run in.
    recording = tmp_path / "recording"
    recording.write_text(f'#!/bin/sh\npwd >> {tmp_path}/folders\nexec "{installed}" "$@"\n')
    recording.chmod(0o755)
    assert views(path=str(recording))[-1]["diagnostics"]
    folders = (tmp_path / "folders").read_text().split()
    assert folders == [os.path.expanduser("~")] * 2
