"""Parts of the project other than its code: workflows, templates, the task runner."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.checkout import ROOT
from tests.optional import needs

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ZIZMOR = shutil.which("zizmor", path=str(Path(sys.executable).parent))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_step_of_others_is_pinned(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each) for each in used)
    assert all("timeout-minutes" in job for job in jobs)


@needs("zizmor", ZIZMOR is not None)
def test_zizmor_finds_nothing() -> None:
    assert ZIZMOR is not None
    done = subprocess.run(
        [ZIZMOR, "--offline", "--persona", "pedantic", ".github", "action.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_workflow_tests_the_oldest_versions_that_are_allowed() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = dict(
        re.findall(r'^    "(click|jsonschema|networkx|PyYAML|tomli)>=([\d.]+)', text, re.M)
    )
    lines = (ROOT / ".github" / "oldest.txt").read_text(encoding="utf-8").splitlines()[1:]
    oldest = dict(line.split("==") for line in lines)
    assert oldest.keys() == least.keys()
    for name, version in least.items():
        assert (oldest[name] + ".").startswith(version + "."), name


@needs("make", shutil.which("make") is not None)
def test_make_lists_what_it_can_do() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True)
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    names = [name for name in re.findall(r"^([a-z]+):", text, re.MULTILINE) if name != "help"]
    assert [line.split()[0] for line in done.stdout.splitlines()] == names
    assert done.returncode == 0


def test_the_hook_of_the_project_is_that_of_its_users() -> None:
    own = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = (
        hook
        for repository in own["repos"]
        for hook in repository["hooks"]
        if hook["id"] == "automation-validator"
    )
    (offered,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == f".venv/bin/{offered['entry']}"
    assert hook["files"] == offered["files"].replace("^", "^fixtures/clean/", 1)


def test_the_design_shows_the_layers_that_are_held_to() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^layers = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    held = [set(line.split(" | ")) for line in re.findall(r'"(.*)"', listed)]
    page = (ROOT / "docs" / "explanation" / "design.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(cli\n.*?)```", page, re.DOTALL)
    named = [set(line.split(", ")) for line in shown.splitlines()]
    assert [sorted(each - {"reference"}) for each in held] == [sorted(each) for each in named]
