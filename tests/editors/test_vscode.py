"""The VS Code extension: its manifest, and if npm is installed, that it builds and runs."""

import ast
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import which
from types import MappingProxyType
from typing import Any

import pytest
from packaging.requirements import Requirement

from scripts import extension, extension_server
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
NODE = which("node") or "node"
COMMAND = Path(sys.executable).with_name("automation-validator")
INSTALLED = os.pathsep.join([str(COMMAND.parent), os.environ["PATH"]])
"""A PATH with automation-validator."""
NO_SETTINGS: Mapping[str, object] = MappingProxyType({})


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


def test_the_version_of_the_server_that_it_contains() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"]
    lines = (extension_server.REQUIREMENTS, extension_server.COMPILED)
    pinned = {
        Requirement(line).name.lower(): Requirement(line).specifier
        for path in lines
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }
    for requirement in map(Requirement, needed):
        (version,) = pinned[requirement.name.lower()]
        assert requirement.specifier.contains(version.version)
    named = re.search(r"^OLDEST, NEWEST = (.*)$", read("server/run.py"), re.MULTILINE)
    assert named is not None
    versions = [tuple(map(int, each.split("."))) for each in extension_server.VERSIONS]
    assert ast.literal_eval(named[1]) == (versions[0], versions[-1])
    first, last = extension_server.VERSIONS[0], extension_server.VERSIONS[-1]
    for name in ("README.md", "src/server.ts", "walkthrough/server.md"):
        assert f"Python {first} to {last}" in read(name)
    assert {
        f"Programming Language :: Python :: {version}" for version in extension_server.VERSIONS
    } <= {*project["classifiers"]}


def test_it_has_the_version_and_the_license_of_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert MANIFEST["version"] == project["version"]
    assert MANIFEST["license"] == project["license"]
    assert read("LICENSE") == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_what_it_contributes_is_used_and_described() -> None:
    source = read("src/extension.ts").replace("${ID}", MANIFEST["name"])
    for command in MANIFEST["contributes"]["commands"]:
        assert f"registerCommand(`{command['command']}`" in source
        assert command["title"] in re.findall(r"^\| ([A-Z].*?) \|", read("README.md"), re.MULTILINE)
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


def test_links_lead_to_the_repository_once_it_is_known() -> None:
    plain = extension.manifest(MANIFEST, "")
    assert {"scripts", "devDependencies", "private", "repository"}.isdisjoint(plain)
    assert "--no-rewrite-relative-links" in extension.options("", "1.2.0")
    known = extension.manifest(MANIFEST, "https://example.org/us/it")
    assert known["repository"]["url"] == "https://example.org/us/it.git"
    assert known["bugs"]["url"] == "https://example.org/us/it/issues"
    assert extension.options("https://example.org/us/it", "1.2.0") == [
        "--baseContentUrl=https://example.org/us/it/blob/v1.2.0/editors/vscode",
        "--baseImagesUrl=https://example.org/us/it/raw/v1.2.0/editors/vscode",
    ]


def test_each_platform_is_released() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^        target:\n((?:          - .*\n)+)", text, re.MULTILINE)
    assert re.findall(r"- (.*)", targets) == [*extension_server.PLATFORMS, extension.UNIVERSAL]


def test_pictures_exist_and_are_what_the_marketplace_takes() -> None:
    steps = [step for each in MANIFEST["contributes"]["walkthroughs"] for step in each["steps"]]
    media = [step["media"].get("image") or step["media"]["markdown"] for step in steps]
    pictures = re.findall(r"!\[[^]]+\]\((.+?)\)", read("README.md"))
    for name in [MANIFEST["icon"], *media, *pictures]:
        assert (EXTENSION / name).is_file()
    for name in [MANIFEST["icon"], *pictures]:
        assert (EXTENSION / name).read_bytes().startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", (EXTENSION / MANIFEST["icon"]).read_bytes()[16:24])
    assert width == height >= 128


def test_commands_of_the_walkthrough_and_of_menus_exist() -> None:
    contributed = MANIFEST["contributes"]
    ours = {command["command"] for command in contributed["commands"]}
    for entries in contributed["menus"].values():
        assert {entry["command"] for entry in entries} <= ours
    used = re.findall(r"command:(automation-validator\.\w+)", json.dumps(contributed))
    assert used
    assert {*used} <= ours


Views = Callable[..., Any]


@pytest.fixture
def views(vsix: Path, tmp_path: Path, files: list[Path]) -> Views:
    """A function that opens the files, and returns what there is to see after each.

    `path` is the PATH, not the setting of that name. With `granted`, the workspace is trusted at
    the end, and what there is to see then comes last.
    """
    with zipfile.ZipFile(vsix) as package:
        package.extractall(tmp_path)
    bundle = tmp_path / "extension" / MANIFEST["main"]

    def run(
        settings: Mapping[str, object] = NO_SETTINGS,
        path: str = INSTALLED,
        trusted: bool = True,
        granted: bool = False,
    ) -> Any:
        given = {f"{MANIFEST['name']}.{name}": value for name, value in settings.items()}
        project = tmp_path / "project"
        options = {
            "settings": given,
            "folder": str(project),
            "trusted": trusted,
            "granted": granted,
        }
        environment = os.environ | {"PATH": path}
        done = subprocess.run(
            [NODE, RUN, bundle, json.dumps(options), *files],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files of a project: another one, one that its configuration names, and a known one."""
    project = tmp_path / "project"
    files = [project / name for name in ("other.yaml", "further.yaml", KNOWN_PATHS[-1])]
    files[-1].parent.mkdir(parents=True)
    for file in files:
        file.write_text("tasks: {build: {name: Build, comand: make}}\n")
    (project / "automation-validator.toml").write_text('files = ["further.yaml"]\n')
    return files


def has_known(view: Any, files: list[Path]) -> bool:
    """Whether the known file has diagnostics, and no other than the further one, not open, has."""
    named, known = (file.as_uri() for file in files[1:])
    return known in view["diagnostics"] and {*view["diagnostics"]} <= {named, known}


def program(path: Path, script: str) -> Path:
    """A program that runs a script of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def pythons(tmp_path: Path) -> str:
    """A PATH with a Python, and without automation-validator."""
    program(tmp_path / "pythons/python3", f'exec "{sys.executable}" "$@"')
    return str(tmp_path / "pythons")


def nothing(view: Any) -> bool:
    """Whether there is nothing to see."""
    return bool(view == {"messages": [], "diagnostics": {}, "selectors": {}, "status": ""})


@pytest.mark.slow
@needs_npm
def test_what_the_package_contains(vsix: Path) -> None:
    with zipfile.ZipFile(vsix) as package:
        names = [name for name in package.namelist() if name.startswith("extension/")]
        lib = "extension/server/lib/"
        assert {name for name in names if not name.startswith(lib)} == {
            "extension/LICENSE.txt",
            "extension/changelog.md",
            "extension/package.json",
            "extension/readme.md",
            "extension/dist/extension.js",
            "extension/images/findings.png",
            "extension/images/graph.png",
            "extension/images/icon.png",
            "extension/server/run.py",
            "extension/walkthrough/open.md",
            "extension/walkthrough/server.md",
        }
        schemas = {f"{lib}validator/schema/{path.name}" for path in (ROOT / "schema").iterdir()}
        assert schemas <= {*names}
        # One per version of Python.
        for module in ("yaml/_yaml.", "rpds/rpds."):
            compiled = [name for name in names if name.startswith(f"{lib}{module}c")]
            assert len(compiled) == len(extension_server.VERSIONS)
        licensed = {name for name in names if re.search(r"LICEN[CS]E|COPYING", name)}
        for name in {re.sub(r"(\.dist-info)/.*", r"\1", each) for each in names}:
            if name.endswith(".dist-info"):
                assert any(each.startswith(name) for each in licensed), name
        # Nothing names the machine that it was made on.
        folders = [os.fsencode(folder) for folder in (ROOT, vsix.parents[3])]
        for name in names:
            assert not any(folder in package.read(name) for folder in folders), name


@pytest.mark.slow
@needs_npm
def test_the_server_that_it_contains_runs_by_any_python(vsix: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(vsix) as package:
        package.extractall(tmp_path)
    script = tmp_path / "extension/server/run.py"
    file = tmp_path / "automations.yaml"
    file.write_text("tasks: {build: {name: Build, comand: make}}\n")
    found = filter(None, (which(f"python{version}") for version in extension_server.VERSIONS))
    for python in {sys.executable, *found}:
        command = [python, "-I", "-S", str(script), "check", "--format", "concise", str(file)]
        done = subprocess.run(command, capture_output=True, text=True)
        # A name on the PATH may be of a version that is not installed.
        if "not found" not in done.stderr:
            assert "error[unknown-field]" in done.stdout, (python, done.stderr)


@pytest.mark.slow
@needs_npm
def test_findings_are_shown(views: Views, files: list[Path]) -> None:
    *others, last = views()
    assert all(map(nothing, others))
    assert last["messages"] == []
    assert has_known(last, files)
    found = last["diagnostics"][files[-1].as_uri()]
    # The name of the rule links to its documentation.
    ((value, target),) = ((each["code"]["value"], each["code"]["target"]) for each in found)
    assert value == "unknown-field"
    assert target["text"].endswith("/docs/rules/unknown-field.md")
    assert "registerRenameProvider" in last["selectors"]
    for selector in last["selectors"].values():
        assert [each["pattern"] for each in selector] == [f"**/{path}" for path in PATHS]
    version = MANIFEST["version"]
    origin = "From the PATH: automation-validator"
    assert last["status"] == f"Automation Validator {version}: {origin}"


@pytest.mark.slow
@needs_npm
def test_further_files_are_served(views: Views, files: list[Path]) -> None:
    first, *_, last = views({"files": ["**/further.yaml"]})
    assert nothing(first)
    assert {*last["diagnostics"]} == {file.as_uri() for file in files[1:]}


@pytest.mark.slow
@needs_npm
def test_without_an_installed_server_its_own_runs(
    views: Views, files: list[Path], pythons: str
) -> None:
    last = views(path=pythons)[-1]
    assert last["messages"] == []
    assert has_known(last, files)
    assert last["status"].endswith(": From the extension: python3")


@pytest.mark.slow
@needs_npm
def test_the_server_of_a_trusted_workspace_comes_first(views: Views, files: list[Path]) -> None:
    executable = files[0].parent / ".venv/bin/automation-validator"
    program(executable, f'exec "{COMMAND}" "$@"')
    assert views()[-1]["status"].endswith(f": From the virtual environment: {executable}")
    assert views(trusted=False)[-1]["status"].endswith(": From the PATH: automation-validator")
    # One that can't be run does not stop the others.
    program(executable, "exit 1")
    assert views()[-1]["status"].endswith(": From the PATH: automation-validator")


@pytest.mark.slow
@needs_npm
def test_plugins_run_once_the_workspace_is_trusted(views: Views, files: list[Path]) -> None:
    # It is not installed: that is only noticed where it is needed.
    (files[0].parent / "automation-validator.toml").write_text('plugins = ["acme"]\n')

    def tried(view: Any) -> bool:
        found = view["diagnostics"][files[-1].as_uri()]
        return any("the plug-in `acme` failed" in str(each["message"]) for each in found)

    assert tried(views()[-1])
    *_, before, after = views(trusted=False, granted=True)
    assert not tried(before)
    assert tried(after)


@pytest.mark.slow
@needs_npm
def test_what_is_missing_is_said(views: Views, tmp_path: Path) -> None:
    *others, last = views({"path": "no-such-command"})
    assert all(map(nothing, others))
    (message,) = last["messages"]
    assert message == 'There is no command "no-such-command". Install it, or set its path.'
    assert last["status"] == f"Automation Validator is not running: {message}"
    assert last["diagnostics"] == {}

    (message,) = views(path=str(tmp_path))[-1]["messages"]
    assert message == (
        "Automation Validator needs Python 3.10 to 3.14, and found none that can run it."
    )

    lacking = program(tmp_path / "lacking", "echo 'Error: packages are missing' >&2\nexit 2")
    (message,) = views({"path": str(lacking)})[-1]["messages"]
    assert message == f'The command "{lacking}" can\'t be run: packages are missing'

    # Its help works, but it is no server: the client reports that, and no error is unhandled.
    failing = program(tmp_path / "failing", '[ "$2" = --help ]')
    last = views({"path": str(failing)})[-1]
    assert any("Automation Validator" in message for message in last["messages"])
    assert last["status"].startswith("Automation Validator is not running: ")


@pytest.mark.slow
@needs_npm
def test_settings_that_cannot_be_used_are_reported(views: Views, files: list[Path]) -> None:
    last = views({"path": 1, "files": ["./further.yaml", ""]})[-1]
    (message,) = last["messages"]
    assert message == (
        'Automation Validator: "automation-validator.path" must be a string. '
        '"automation-validator.files": "./further.yaml" matches no file; did you mean '
        '"**/further.yaml"? "automation-validator.files" must contain only glob patterns, such as '
        '"**/ci/automations.yaml".'
    )
    assert has_known(last, files)


@pytest.mark.slow
@needs_npm
def test_nothing_is_run_in_the_workspace(views: Views, tmp_path: Path) -> None:
    # On Windows a command is looked up in the folder that it is run in.
    folders = tmp_path / "folders"
    recording = program(tmp_path / "recording", f'pwd >> {folders}\nexec "{COMMAND}" "$@"')
    assert views({"path": str(recording)})[-1]["diagnostics"]
    assert folders.read_text().split() == [os.path.expanduser("~")] * 2
